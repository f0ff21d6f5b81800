using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Engagement.Core.Benchmarks;

/// <summary>All contestants in one process, on the very same columns; a few short iterations, and the time per message.</summary>
internal sealed class MessageConfig : ManualConfig
{
    public MessageConfig()
    {
        AddJob(Job.Default.WithToolchain(new InProcessEmitToolchain(TimeSpan.FromHours(1), logOutput: false)).WithIterationTime(TimeInterval.FromMilliseconds(100)).WithWarmupCount(1).WithIterationCount(5).WithUnrollFactor(1));
        AddColumn(new MedianColumn("ns/message", "Median nanoseconds per message", (_, one, median) => one.Parameters["Messages"] is int messages ? median / messages : null));
        HideColumns("Error", "StdDev", "Mean", "Gen0", "Gen1", "Gen2");
    }
}
