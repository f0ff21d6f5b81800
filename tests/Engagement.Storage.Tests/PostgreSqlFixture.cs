[assembly: Xunit.AssemblyFixture(typeof(Engagement.Storage.Tests.PostgreSqlFixture))]

namespace Engagement.Storage.Tests;

/// <summary>The clusters that the tests of PostgreSQL share, each started when it is first asked for.</summary>
public sealed class PostgreSqlFixture : IDisposable
{
    private readonly Lazy<PostgreSqlServer> _server = new(() => PostgreSqlServer.Start());
    private readonly Lazy<PostgreSqlServer[]> _shards = new(() => [PostgreSqlServer.Start(), PostgreSqlServer.Start()]);

    public PostgreSqlServer Server => _server.Value;

    public IReadOnlyList<PostgreSqlServer> Shards => _shards.Value;

    public void Dispose()
    {
        if (_server.IsValueCreated) _server.Value.Dispose();
        if (!_shards.IsValueCreated) return;
        foreach (PostgreSqlServer shard in _shards.Value) shard.Dispose();
    }
}
