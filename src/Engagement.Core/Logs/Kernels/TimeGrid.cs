namespace Engagement.Core.Logs;

/// <summary>
/// The arithmetic of bins of one length on a clock that is moved now and then: <c>x = (t − base) / 32 ms</c> in 32 bits, <c>y = x + first + Σ step[i] (where x ≥ at[i])</c>, <c>bin = y / length</c>.
/// </summary>
/// <remarks>
/// 32 ms divide a quarter hour, and 2³² of them are 4.35 years. The division is a multiplication by a rounded-up reciprocal, which is exact for every numerator that can occur: with <c>n &lt; 2^bits</c>
/// and <c>m = ⌈2^s / d⌉</c> it is where <c>(m·d − 2^s)·(2^bits − 1) &lt; 2^s</c>.
/// </remarks>
internal sealed class TimeGrid
{
    /// <summary>Times are taken in units of 2⁵ ms.</summary>
    public const int Shift = 5;

    /// <summary>s: as much as the reciprocals of a day and of a quarter hour have room for.</summary>
    public const int ReciprocalShift = 46;

    private const int MostSteps = 24;

    private TimeGrid(long start, uint first, uint[] at, uint[] by, int twos, uint reciprocal) =>
        (Base, First, At, By, Twos, Reciprocal) = (start, first, at, by, twos, reciprocal);

    /// <summary>The moment at which x is 0.</summary>
    public long Base { get; }

    /// <summary>What is added to every x.</summary>
    public uint First { get; }

    /// <summary>From which x on each step is added.</summary>
    public uint[] At { get; }

    /// <summary>What each step adds, modulo 2³².</summary>
    public uint[] By { get; }

    /// <summary>How many factors of 2 the length of a bin has: y is shifted by them before it is multiplied.</summary>
    public int Twos { get; }

    /// <summary>m.</summary>
    public uint Reciprocal { get; }

    /// <summary>The grid for times from the earliest to the latest; null where the times span too much, a border is on no multiple of 32 ms, the clock is moved too often, or a time before the first bin would be taken for one of the last.</summary>
    /// <param name="origin">The moment at which the first bin would begin on the clock that shows UTC.</param>
    /// <param name="binLength">The length of a bin in ms.</param>
    /// <param name="offsets">From when on which offset holds, both in ms, in order; the first from ever on.</param>
    /// <param name="earliest">No time is before.</param>
    /// <param name="latest">No time is after.</param>
    /// <param name="bins">How many bins there are.</param>
    public static TimeGrid? For(long origin, long binLength, ReadOnlySpan<(long From, long Offset)> offsets, long earliest, long latest, int bins)
    {
        const long FarAway = 1L << 50;
        if (earliest < -FarAway || latest > FarAway || Math.Abs(origin) > FarAway) return null;
        int current = 0;
        while (current + 1 < offsets.Length && offsets[current + 1].From <= earliest) current++;
        long unit = 1L << Shift;

        // The base keeps the phase of the grid, and lies up to one bin before the earliest time.
        long start = origin + ((((earliest - origin) / binLength) - 1) * binLength);
        if (start > earliest || latest - start >= unit << 32 || binLength % unit != 0 || offsets[current].Offset % unit != 0) return null;
        var at = new List<uint>();
        var by = new List<uint>();
        long lowest = earliest + offsets[current].Offset - origin;
        long widest = offsets[current].Offset;
        for (int index = current + 1; index < offsets.Length && offsets[index].From <= latest; index++)
        {
            if ((offsets[index].From - start) % unit != 0 || offsets[index].Offset % unit != 0 || at.Count == MostSteps) return null;
            at.Add((uint)((offsets[index].From - start) >> Shift));
            lowest = Math.Min(lowest, offsets[index].From + offsets[index].Offset - origin);
            widest = Math.Max(widest, offsets[index].Offset);
            by.Add(unchecked((uint)((offsets[index].Offset - offsets[index - 1].Offset) >> Shift)));
        }

        long firstUnits = (start + offsets[current].Offset - origin) >> Shift;
        long lastUnits = (latest + widest - origin) >> Shift;
        if (Math.Abs(firstUnits) > int.MaxValue || Math.Abs(lastUnits) > int.MaxValue * 2L) return null;
        long units = binLength >> Shift;

        // Below the origin y wraps round: a day before the first would be day 1,589 of four and a half years.
        if (lowest < 0 && ((1L << 32) + (lowest >> Shift)) / units < bins) return null;
        int twos = System.Numerics.BitOperations.TrailingZeroCount(units);
        uint divisor = (uint)(units >> twos);
        UInt128 power = UInt128.One << ReciprocalShift;
        UInt128 reciprocal = (power + divisor - 1) / divisor;
        UInt128 excess = (reciprocal * divisor) - power;
        bool isExact = reciprocal <= uint.MaxValue && excess * ((UInt128.One << (32 - twos)) - 1) < power;
        return isExact ? new(start, unchecked((uint)firstUnits), [.. at], [.. by], twos, (uint)reciprocal) : null;
    }

    /// <summary>The bin of one time; what the vectors compute.</summary>
    public uint BinOf(long time)
    {
        unchecked
        {
            uint x = (uint)((ulong)(time - Base) >> Shift);
            uint y = x + First;
            for (int step = 0; step < At.Length; step++) y += x >= At[step] ? By[step] : 0;
            return (uint)(((ulong)(y >> Twos) * Reciprocal) >> ReciprocalShift);
        }
    }
}
