namespace Engagement.Storage;

/// <summary>A row of the table <c>month_cell</c>: what one channel, kind and role have on the days of one local month, from a day on. Several rows of one month, channel, kind and role add up.</summary>
internal readonly record struct MonthCell(int Day, int Channel, byte Kind, byte Role, long[] ByDay)
{
    /// <summary>The events of the days from one to another, which is not among them.</summary>
    public long Between(int from, int to)
    {
        int end = (int)Math.Min(ByDay.Length, (long)to - Day);
        long sum = 0;
        for (int index = (int)Math.Max(0, (long)from - Day); index < end; index++) sum += ByDay[index];
        return sum;
    }
}
