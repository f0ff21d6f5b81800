using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Engagement.Core.Benchmarks;

/// <summary>All contestants in one process, on the very same buffers; a few short iterations, and the time per row.</summary>
internal sealed class LogConfig : ManualConfig
{
    public LogConfig()
    {
        AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.DontLogOutput).WithIterationTime(TimeInterval.FromMilliseconds(100)).WithWarmupCount(2).WithIterationCount(7).WithUnrollFactor(1));
        AddColumn(new PerRow());
        HideColumns("Error", "StdDev", "Mean", "RatioSD", "Gen0", "Gen1", "Gen2", "Alloc Ratio");
        AddColumn(StatisticColumn.Median);
        SummaryStyle = SummaryStyle.Default.WithRatioStyle(RatioStyle.Value);
    }

    /// <summary>Median nanoseconds per row.</summary>
    private sealed class PerRow : IColumn
    {
        public string Id => nameof(PerRow);

        public string ColumnName => "ns/row";

        public bool AlwaysShow => true;

        public ColumnCategory Category => ColumnCategory.Custom;

        public int PriorityInCategory => 0;

        public bool IsNumeric => true;

        public UnitType UnitType => UnitType.Dimensionless;

        public string Legend => "Median nanoseconds per row";

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
        {
            int rows = benchmarkCase.Parameters["Rows"] is int count ? count : 1;
            return summary[benchmarkCase]?.ResultStatistics is { } statistics ? (statistics.Median / rows).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture) : "-";
        }

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);

        public bool IsAvailable(Summary summary) => true;

        public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;
    }
}
