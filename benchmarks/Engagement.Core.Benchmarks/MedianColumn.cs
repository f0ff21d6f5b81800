using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Engagement.Core.Benchmarks;

/// <summary>A column worked out from the median time.</summary>
internal sealed class MedianColumn(string name, string legend, Func<Summary, BenchmarkCase, double, double?> of) : IColumn
{
    public string Id => name;

    public string ColumnName => name;

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => legend;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
    {
        double? value = Of(summary, benchmarkCase) is { } median ? of(summary, benchmarkCase, median) : null;
        return value?.ToString(value < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture) ?? "-";
    }

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    /// <summary>The median in nanoseconds; null for a contestant that was left out, which does nothing at once.</summary>
    public static double? Of(Summary summary, BenchmarkCase one) => summary[one]?.ResultStatistics?.Median is { } median and > 1_000 ? median : null;
}
