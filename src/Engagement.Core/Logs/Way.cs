namespace Engagement.Core.Logs;

/// <summary>The ways of counting a log; all give the same, and which is taken is chosen by the log unless a test says it.</summary>
internal enum Way
{
    /// <summary>A table with every cell of every day.</summary>
    Table,

    /// <summary>Period by period, in a table of one.</summary>
    Partition,

    /// <summary>A cell for each row, sorted.</summary>
    Sort,
}
