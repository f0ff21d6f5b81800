using Engagement.Core;

namespace Engagement.Storage.Tests;

/// <summary>A DuckDB file in a folder of its own.</summary>
internal sealed class DuckDbPlace : Place
{
    private readonly string _folder = Directory.CreateTempSubdirectory("engagement-store-").FullName;

    // The schema's own name: the catalog of such a file bears it too.
    public string File => Path.Combine(_folder, "engagement.duckdb");

    public override Task<EngagementStore> CreateAsync(Organisation organisation) => EngagementStore.CreateAsync($"duckdb:{File}", organisation);

    public override Task<EngagementStore> OpenAsync() => EngagementStore.OpenAsync($"duckdb:{File}");

    public override async Task CreateOfVersionAsync(Organisation organisation, int version)
    {
        await using DuckDbEngine engine = DuckDbEngine.OfFile(File, mustExist: false);
        await SchemaWriter.CreateAsync(engine, organisation, [], CancellationToken.None, version);
    }

    public override ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    protected override async Task<Session> SessionAsync()
    {
        DuckDbEngine engine = DuckDbEngine.OfFile(File, mustExist: true);
        Session session = await engine.OpenAsync(CancellationToken.None);
        return new Session(engine, session.Connection, async () =>
        {
            await session.DisposeAsync();
            await engine.DisposeAsync();
        });
    }
}
