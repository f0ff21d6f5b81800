using System.Runtime.InteropServices;
using Engagement.Core.Logs;

namespace Engagement.Storage;

/// <summary>Counts of days on their way into rows of the table <c>month_cell</c>: one row for each local month, channel, kind and role, with the counts of its days from the first that has any to the last.</summary>
internal sealed class MonthCellDraft
{
    public static readonly string[] Columns = ["org", "day", "channel_no", "kind", "role", "events", "by_day"];

    private readonly Dictionary<(int Month, int Channel, int Code), long[]> _days = [];
    private (int First, int End) _month;

    public int Count => _days.Count;

    public void Add(int day, int channel, int kind, int role, long events)
    {
        if (day < _month.First || day >= _month.End) _month = DayNumber.MonthOf(day);
        ref long[]? days = ref CollectionsMarshal.GetValueRefOrAddDefault(_days, (_month.First, channel, CellKey.Code(kind, role)), out _);
        days ??= new long[_month.End - _month.First];
        days[day - _month.First] += events;
    }

    public void Add(MonthCell cell)
    {
        for (int index = 0; index < cell.ByDay.Length; index++) Add(cell.Day + index, cell.Channel, cell.Kind, cell.Role, cell.ByDay[index]);
    }

    /// <summary>The rows in order, with the columns of the table.</summary>
    public IEnumerable<object?[]> Rows(int organisation)
    {
        foreach (((int month, int channel, int code), long[] days) in _days.OrderBy(entry => entry.Key))
        {
            int first = Array.FindIndex(days, count => count != 0);
            if (first < 0) continue;
            int last = Array.FindLastIndex(days, count => count != 0);
            ulong key = CellKey.Of(0, 0, code);
            yield return [organisation, month + first, channel, (short)CellKey.Kind(key), (short)CellKey.Role(key), days.Sum(), days[first..(last + 1)]];
        }
    }
}
