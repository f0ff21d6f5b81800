using System.Diagnostics;
using DuckDB.NET.Data;
using Engagement.Core;
using Engagement.Core.Logs;

namespace Engagement.Storage.Tests;

/// <summary>What a DuckDB file can meet with: damage, a full disk, another process, the app's own connection.</summary>
public sealed class DuckDbFaultTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_that_is_not_DuckDBs_is_refused_and_left_as_it_is()
    {
        await using var place = new DuckDbPlace();
        byte[] bytes = new byte[100_000];
        new Random(1).NextBytes(bytes);
        await File.WriteAllBytesAsync(place.File, bytes, Token);
        foreach (Func<Task<EngagementStore>> open in new[] { place.OpenAsync, () => place.CreateAsync(Ihk()) })
        {
            var error = await Assert.ThrowsAsync<StoreException>(open);
            Assert.Contains("cannot be read or written as a DuckDB file", error.Message, StringComparison.Ordinal);
            Assert.EndsWith("check the path, or restore the file from a backup.", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(bytes, await File.ReadAllBytesAsync(place.File, Token));
    }

    [Theory]
    [InlineData("IO Error: Could not read enough bytes from file", true)]
    [InlineData("Serialization Error: Failed to deserialize", true)]
    [InlineData("Binder Error: Referenced column not found", false)]
    public async Task What_the_engine_says_without_its_client_is_told_as_what_the_client_says(string said, bool isOfFile)
    {
        await using var connection = new DuckDBConnection("DataSource=:memory:");
        await using DuckDbEngine engine = DuckDbEngine.Of(connection);
        Assert.Equal(isOfFile, engine.Explain(new IOException(said))!.Message.EndsWith("check the path, or restore the file from a backup.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_path_that_is_a_folder_or_lies_in_none_is_refused_by_name()
    {
        string folder = Directory.CreateTempSubdirectory("engagement-folder-").FullName;
        try
        {
            foreach (string path in new[] { folder, Path.Combine(folder, "not there", "engagement.duckdb") })
            {
                var create = await Assert.ThrowsAsync<StoreException>(() => EngagementStore.CreateAsync($"duckdb:{path}", Ihk(), cancellationToken: Token));
                Assert.Equal($"duckdb:\"{path}\" {(path == folder ? "must be a file, and is a folder: name a file in it." : "must lie in a folder that exists: make the folder, or correct the path.")}", create.Message);
                var open = await Assert.ThrowsAsync<StoreException>(() => EngagementStore.OpenAsync($"duckdb:{path}", cancellationToken: Token));
                Assert.EndsWith("must be a store that exists: create it (engagement store init), or correct the path.", open.Message, StringComparison.Ordinal);
            }

            Assert.Empty(Directory.GetFileSystemEntries(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_damaged_file_gives_the_right_answer_or_an_error_and_no_other_answer()
    {
        InteractionLog log = SeededLog.Around(SeededLog.Zone("Europe/Berlin"), new(2014, 10, 26), 20_000, seed: 31).Log;
        LocalCalendar year = LocalCalendar.Days(SeededLog.Zone("Europe/Berlin"), LocalPeriod.Year(2014));
        RollUp expected = log.RollUp(year, cancellationToken: Token);
        await using var place = new DuckDbPlace();
        await using (EngagementStore store = await place.CreateAsync(Ihk())) await store.AppendAsync("one", log, Token);
        byte[] sound = await File.ReadAllBytesAsync(place.File, Token);
        var random = new Random(32);
        int refused = 0;
        for (int round = 0; round < 20; round++)
        {
            byte[] damaged = [.. sound];
            for (int bit = 0; bit < 8; bit++) damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            await File.WriteAllBytesAsync(place.File, damaged, Token);
            try
            {
                await using EngagementStore store = await place.OpenAsync();
                Assert.Equal(expected.Cells, (await store.RollUpAsync(year, null, fromEvents: true, Token)).Cells);
                Assert.Equal(expected.Cells, (await store.RollUpAsync(year, cancellationToken: Token)).Cells);
            }
            catch (StoreException)
            {
                refused++;
            }
        }

        Assert.NotEqual(0, refused);
    }

    [Fact]
    [Trait("Runs", "Once")]
    public async Task A_full_disk_refuses_the_batch_and_keeps_what_was_acknowledged()
    {
        using SmallDisk disk = await SmallDisk.MountAsync(megabytes: 12);
        string file = $"duckdb:{Path.Combine(disk.Folder, "engagement.duckdb")}";
        long acknowledged = 0;
        StoreException? error = null;
        await using (EngagementStore store = await EngagementStore.CreateAsync(file, Ihk(), cancellationToken: Token))
        {
            for (int batch = 0; batch < 100 && error is null; batch++)
            {
                try
                {
                    await store.AppendAsync($"batch {batch}", Appender.Program.Batch(batch, 50_000), Token);
                    acknowledged++;
                }
                catch (StoreException full)
                {
                    error = full;
                }
            }
        }

        Assert.NotNull(error);
        Assert.NotEqual(0, acknowledged);
        Assert.Contains("the disk is full", error.Message, StringComparison.Ordinal);
        await disk.GrowAsync(megabytes: 64);
        await using EngagementStore again = await EngagementStore.OpenAsync(file, cancellationToken: Token);
        StoreCheck check = await again.CheckAsync(Token);
        Assert.Empty(check.Findings);
        Assert.Equal((acknowledged, acknowledged * 50_000), (check.Batches, check.Events));
        Assert.True(await again.AppendAsync($"batch {acknowledged}", Appender.Program.Batch((int)acknowledged, 50_000), Token));
    }

    [Fact]
    public async Task The_apps_own_connection_is_used_and_stays_open()
    {
        await using var connection = new DuckDBConnection("DataSource=:memory:");
        await connection.OpenAsync(Token);
        InteractionLog log = SeededLog.Around(SeededLog.Zone("Europe/Berlin"), new(2014, 10, 26), 1_000, seed: 33).Log;
        await using (EngagementStore store = await EngagementStore.CreateOverAsync(connection, Ihk(), Token)) await store.AppendAsync("one", log, Token);
        await using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM engagement.event";
        Assert.Equal(1_000L, await command.ExecuteScalarAsync(Token));
        await using EngagementStore again = await EngagementStore.OpenOverAsync(connection, default, Token);
        LocalCalendar year = LocalCalendar.Days(SeededLog.Zone("Europe/Berlin"), LocalPeriod.Year(2014));
        Assert.Equal(log.RollUp(year, cancellationToken: Token), await again.RollUpAsync(year, cancellationToken: Token));
    }

    [Fact]
    public async Task A_file_in_use_by_another_process_is_refused_by_name()
    {
        await using var place = new DuckDbPlace();
        await (await place.CreateAsync(Ihk())).DisposeAsync();
        using Process other = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Engagement.Storage.Appender.dll"), $"duckdb:{place.File}", "0", "100000", "100"]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        try
        {
            Assert.Equal("open", await other.StandardOutput.ReadLineAsync(Token));
            var error = await Assert.ThrowsAsync<StoreException>(place.OpenAsync);
            Assert.Contains("is in use by another process", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            other.Kill();
            await other.WaitForExitAsync(Token);
        }
    }

    private static Organisation Ihk() => new("ihk", "IHK", SeededLog.Zone("Europe/Berlin"));
}
