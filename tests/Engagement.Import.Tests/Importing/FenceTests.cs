using Engagement.Import.Columnar;

namespace Engagement.Import.Tests;

/// <summary>The fence around native code: so long, so much memory, one exception.</summary>
public class FenceTests
{
    [Fact]
    public void A_step_that_takes_too_long_is_given_up_and_what_it_works_on_left_alone()
    {
        using var release = new ManualResetEventSlim();
        var fence = new Fence("Parquet", TimeSpan.FromMilliseconds(50), long.MaxValue);
        Assert.Equal(7, fence.Run(() => 7));
        Assert.False(fence.IsGivenUp);

        ImportException exception = Assert.Throws<ImportException>(() => fence.Run(() => release.Wait(TimeSpan.FromSeconds(30), CancellationToken.None)));
        release.Set();

        Assert.Equal((ImportCodes.LimitExceeded, "must be readable within 0.05 seconds a batch", true), (exception.Fault.Code, exception.Fault.Rule, fence.IsGivenUp));
    }

    [Fact]
    public void A_step_that_takes_too_much_memory_is_given_up()
    {
        long held = 1_000;
        using var release = new ManualResetEventSlim();
        var fence = new Fence("Parquet", TimeSpan.FromSeconds(30), 500, () => Interlocked.Read(ref held));

        // Just what is allowed, beyond what was taken before.
        Assert.True(fence.Run(() => Interlocked.Add(ref held, 500) == 1_500 && !release.Wait(100, CancellationToken.None)));
        ImportException exception = Assert.Throws<ImportException>(() => fence.Run(() =>
        {
            Interlocked.Add(ref held, 501);
            return release.Wait(TimeSpan.FromSeconds(30), CancellationToken.None);
        }));
        release.Set();

        Assert.Equal((ImportCodes.LimitExceeded, "must be readable within 500 bytes of memory", true), (exception.Fault.Code, exception.Fault.Rule, fence.IsGivenUp));
    }

    [Fact]
    public void Steps_that_are_under_way_together_have_the_memory_of_one()
    {
        long held = 1_000;
        using var release = new ManualResetEventSlim();
        var fence = new Fence("Parquet", TimeSpan.FromSeconds(30), 500, () => Interlocked.Read(ref held));
        Assert.Equal(1_400, fence.Run(() => Interlocked.Add(ref held, 400)));

        // Once nothing is under way, what is held was taken before.
        Task<bool> first = fence.Begin(() => release.Wait(TimeSpan.FromSeconds(5), CancellationToken.None));
        Interlocked.Add(ref held, 400);
        _ = fence.Begin(() => Interlocked.Add(ref held, 101));
        ImportException exception = Assert.Throws<ImportException>(() => fence.End(first));
        release.Set();

        Assert.Equal((ImportCodes.LimitExceeded, "must be readable within 500 bytes of memory", true), (exception.Fault.Code, exception.Fault.Rule, fence.IsGivenUp));
    }

    [Theory]
    [InlineData(0, "10 seconds")]
    [InlineData(40L << 20, "20 seconds")]
    [InlineData(16L << 30, "60 seconds")]
    public void The_time_grows_with_the_file_up_to_a_minute(long fileBytes, string time) => Assert.Contains(time, Fence.Of("Parquet", fileBytes, ImportLimits.Default).ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData(0, "167772160 bytes")]
    [InlineData(1L << 20, "377487360 bytes")]
    [InlineData(16L << 30, "2147483648 bytes")]
    public void The_memory_grows_with_the_file_up_to_two_gigabytes(long fileBytes, string memory) => Assert.Contains(memory, Fence.Of("Parquet", fileBytes, ImportLimits.Default).ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("class parquet::ParquetStatusException (message: 'Deserializing page header failed.\n\u0001\u0002')", "is not a sound Parquet file: what it holds does not fit what it says of itself")]
    [InlineData("could not verify page integrity, CRC checksum verification failed for page_ordinal 0", "is not a sound Parquet file: a page has a wrong checksum")]
    public void The_words_of_a_library_do_not_reach_the_user(string message, string rule)
    {
        ImportException exception = Assert.Throws<ImportException>(() => new Fence("Parquet", TimeSpan.FromSeconds(30), long.MaxValue).Run<int>(() => throw new InvalidOperationException(message)));

        Assert.Equal((ImportCodes.Damaged, rule, message), (exception.Fault.Code, exception.Fault.Rule, exception.InnerException!.Message));
    }
}
