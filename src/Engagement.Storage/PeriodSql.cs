using System.Globalization;
using Engagement.Core.Logs;
using NodaTime;

namespace Engagement.Storage;

/// <summary>The periods of a calendar as SQL over moments in milliseconds: NodaTime's boundaries are written into the query, and no engine asks its own time-zone data.</summary>
internal static class PeriodSql
{
    // A search tree of so many borders is as quick as the arithmetic, and its groups are as few as the answer.
    private const int MostBorders = 256;

    private const long DayMilliseconds = 86_400_000;

    // Makes the sum positive for every year that counts, so that division rounds down in all engines.
    private const int DaysAhead = 1_000_000;

    /// <summary>Whether an expression gives the period's index; else it gives the number of the local day.</summary>
    public static bool GivesPeriods(LocalCalendar calendar) => calendar.Segments.Periods.Length <= MostBorders;

    /// <summary>The period (or local day) of the moment in <c>at_ms</c>.</summary>
    public static string OfMoment(LocalCalendar calendar, Engine engine)
    {
        if (!GivesPeriods(calendar)) return LocalDay(calendar.Zone, calendar.Segments.Start, calendar.Segments.End, engine);
        ReadOnlySpan<long> starts = calendar.Segments.Starts;
        return Tree("at_ms", starts[..^1].ToArray(), calendar.Segments.Periods.ToArray());
    }

    /// <summary>Whether a moment lies in one of the calendar's periods.</summary>
    public static string IsInside(LocalCalendar calendar)
    {
        ReadOnlySpan<long> starts = calendar.Segments.Starts;
        ReadOnlySpan<int> periods = calendar.Segments.Periods;
        var gaps = new List<string> { $"at_ms >= {Text(calendar.Segments.Start)} AND at_ms < {Text(calendar.Segments.End)}" };
        for (int run = 0; run < periods.Length; run++)
        {
            if (periods[run] == SegmentTable.Outside) gaps.Add($"NOT (at_ms >= {Text(starts[run])} AND at_ms < {Text(starts[run + 1])})");
        }

        return string.Join(" AND ", gaps);
    }

    /// <summary>The local day of a moment between two, as a number: its offset by the zone's changes, and a division.</summary>
    public static string LocalDay(DateTimeZone zone, long from, long to, Engine engine)
    {
        var offsets = zone.GetZoneIntervals(new Interval(Instant.FromUnixTimeMilliseconds(from), Instant.FromUnixTimeMilliseconds(Math.Max(from + 1, to)))).ToArray();
        string offset = Tree("at_ms", [.. offsets.Select(span => span.HasStart ? span.Start.ToUnixTimeMilliseconds() : long.MinValue)], [.. offsets.Select(span => span.WallOffset.Milliseconds)]);
        return $"CAST((at_ms + {offset} + {Text(DaysAhead * DayMilliseconds)}) {engine.Divide} {Text(DayMilliseconds)} - {Text(DaysAhead)} AS INTEGER)";
    }

    /// <summary>The value of the last border that is not after the operand, found by halving.</summary>
    private static string Tree(string operand, long[] borders, int[] values)
    {
        return values.Length == 0 ? "-1" : Node(0, values.Length - 1);

        string Node(int first, int last)
        {
            if (first == last) return values[first] < 0 ? $"({Text(values[first])})" : Text(values[first]);
            int middle = (first + last + 1) / 2;
            return $"CASE WHEN {operand} < {Text(borders[middle])} THEN {Node(first, middle - 1)} ELSE {Node(middle, last)} END";
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
