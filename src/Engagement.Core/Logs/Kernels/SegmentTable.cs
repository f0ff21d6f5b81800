using System.Numerics;
using System.Runtime.CompilerServices;

namespace Engagement.Core.Logs;

/// <summary>
/// Half-open runs of moments in order, each with a period: <c>period(t) = periods[i]</c> for <c>starts[i] ≤ t &lt; starts[i + 1]</c>. A moment is found in three steps without a search: a slot of a power of two
/// of milliseconds, the first run in it, and whether the moment lies behind that run's end.
/// </summary>
internal sealed class SegmentTable
{
    /// <summary>The period of a moment that belongs to none.</summary>
    public const int Outside = -1;

    private const int MostSlots = 1 << 17;

    private readonly long[] _starts;
    private readonly int[] _periods;
    private readonly int[] _firstInSlot;
    private readonly int _shift;

    public SegmentTable(long[] starts, int[] periods, int periodCount)
    {
        (_starts, _periods, PeriodCount) = (starts, periods, periodCount);
        if (periods.Length == 0)
        {
            _firstInSlot = [];
            return;
        }

        // A slot no longer than the shortest run holds at most one border, so that one step leads from its first run to the right one.
        long shortest = long.MaxValue;
        for (int index = 0; index < periods.Length; index++) shortest = Math.Min(shortest, starts[index + 1] - starts[index]);
        ulong span = (ulong)(starts[^1] - starts[0]);
        _shift = Math.Max(BitOperations.Log2((ulong)shortest), Math.Max(0, BitOperations.Log2(span) + 1 - BitOperations.Log2(MostSlots)));
        _firstInSlot = new int[((span - 1) >> _shift) + 1];
        int run = 0;
        for (int slot = 0; slot < _firstInSlot.Length; slot++)
        {
            long start = starts[0] + ((long)slot << _shift);
            while (starts[run + 1] <= start) run++;
            _firstInSlot[slot] = run;
        }
    }

    /// <summary>How many periods the runs belong to.</summary>
    public int PeriodCount { get; }

    /// <summary>Whether some moments between the first and the last belong to no period.</summary>
    public bool HasGaps => _periods.Contains(Outside);

    /// <summary>The first moment of all runs.</summary>
    public long Start => _starts[0];

    /// <summary>The moment after the last.</summary>
    public long End => _starts[^1];

    /// <summary>Where each run starts, and where the last one ends.</summary>
    public ReadOnlySpan<long> Starts => _starts;

    /// <summary>The period of each run.</summary>
    public ReadOnlySpan<int> Periods => _periods;

    /// <summary>The period of a moment; <see cref="Outside"/> when it belongs to none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int PeriodOf(long time)
    {
        int run = RunOf(time);
        return run < 0 ? Outside : _periods[run];
    }

    /// <summary>The period of a moment, and where the run that it lies in ends; a moment in no run has <see cref="Outside"/> and ends where the runs begin, or never.</summary>
    public (int Period, long End) RunAt(long time)
    {
        int run = RunOf(time);
        return run >= 0 ? (_periods[run], _starts[run + 1]) : (Outside, time < _starts[0] ? _starts[0] : long.MaxValue);
    }

    /// <summary>The run that a moment lies in; −1 when in none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int RunOf(long time)
    {
        ulong slot = unchecked((ulong)(time - _starts[0])) >> _shift;
        if (slot >= (ulong)_firstInSlot.Length) return -1;
        int run = _firstInSlot[(int)slot];
        run += time >= _starts[run + 1] ? 1 : 0;

        // Only where runs are so short (a day's second piece may last a minute) that slots hold several borders.
        while ((uint)run < (uint)_periods.Length && time >= _starts[run + 1]) run++;
        return run < _periods.Length ? run : -1;
    }
}
