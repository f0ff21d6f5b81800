using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Engagement.Core.Benchmarks;

/// <summary>All contestants in one process, on the very same buffers; a few short iterations, the time per row, and the ratios to the limit and to DuckDB on as many threads.</summary>
/// <remarks>A method whose name begins with Read is the limit, one that begins with DuckByCase or DuckDistinct is DuckDB's best; on two threads where its name ends with Two, or the parameter Threads says so.</remarks>
internal sealed class LogConfig : ManualConfig
{
    public LogConfig()
    {
        AddJob(Job.Default.WithToolchain(new InProcessEmitToolchain(TimeSpan.FromHours(1), logOutput: false)).WithIterationTime(TimeInterval.FromMilliseconds(100)).WithWarmupCount(1).WithIterationCount(5).WithUnrollFactor(1));
        AddColumn(
            new MedianColumn("ms", "Median milliseconds", (_, _, median) => median / 1e6),
            new MedianColumn("ns/row", "Median nanoseconds per row", (_, one, median) => one.Parameters["Rows"] is int rows ? median / rows : null),
            new MedianColumn("x limit", "Median over that of merely reading the columns on as many threads", (summary, one, median) => median / Rival(summary, one, "Read")),
            new MedianColumn("DuckDB over this", "Median of DuckDB's best on as many threads over this median", (summary, one, median) => (Rival(summary, one, "DuckByCase") ?? Rival(summary, one, "DuckDistinct")) / median));
        HideColumns("Error", "StdDev", "Mean", "Median", "Ratio", "RatioSD", "Gen0", "Gen1", "Gen2", "Alloc Ratio");
    }

    private static double? Rival(Summary summary, BenchmarkCase one, string name)
    {
        string method = one.Descriptor.WorkloadMethod.Name;
        BenchmarkCase? rival = summary.BenchmarksCases.FirstOrDefault(other =>
            other.Descriptor.WorkloadMethod.Name.StartsWith(name, StringComparison.Ordinal)
            && other.Descriptor.WorkloadMethod.Name.EndsWith("Two", StringComparison.Ordinal) == method.EndsWith("Two", StringComparison.Ordinal)
            && other.Descriptor.Categories.SequenceEqual(one.Descriptor.Categories)
            && other.Parameters.DisplayInfo == one.Parameters.DisplayInfo);
        return rival is null ? null : MedianColumn.Of(summary, rival);
    }
}
