namespace Engagement.Core.Logs;

/// <summary>Period, series, kind and role in 64 bits whose order is that of the four, one after the other.</summary>
internal static class CellKey
{
    /// <summary>How many periods a key can tell apart.</summary>
    public const int MostPeriods = 1 << 24;

    private const int SeriesShift = 8;
    private const int PeriodShift = 40;
    private const int KindShift = 3;

    public static ulong Of(int period, int series, int code) => unchecked(((ulong)(uint)period << PeriodShift) | ((ulong)(uint)series << SeriesShift) | (uint)code);

    public static int Code(int kind, int role) => (kind << KindShift) | role;

    public static int Period(ulong key) => (int)(key >> PeriodShift);

    public static int Series(ulong key) => unchecked((int)(uint)(key >> SeriesShift));

    public static int CodeOf(ulong key) => (int)(key & 0xFF);

    public static InteractionKind Kind(ulong key) => (InteractionKind)(CodeOf(key) >> KindShift);

    public static ActorRole Role(ulong key) => (ActorRole)(CodeOf(key) & ((1 << KindShift) - 1));
}
