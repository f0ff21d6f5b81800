using System.Globalization;
using Npgsql;

namespace Engagement.Storage.Benchmarks;

/// <summary>Measures stores: see <c>benchmarks/storage --help</c>, which starts throw-away servers and calls this.</summary>
internal static class Program
{
    private const string Scheme = "postgresql:";

    public static async Task<int> Main(string[] args)
    {
        if (args.Length < 4)
        {
            await Console.Error.WriteLineAsync("Arguments: file for the appends, file for the questions, rows, store, and the connection of each shard. benchmarks/storage passes them.").ConfigureAwait(false);
            return 2;
        }

        string place = args[3];
        string[] shards = args[4..];
        string engine = place.StartsWith("duckdb:", StringComparison.Ordinal) ? "DuckDB" : shards.Length == 0 ? "PostgreSQL" : string.Create(CultureInfo.InvariantCulture, $"PostgreSQL, {shards.Length} shard{(shards.Length == 1 ? "" : "s")}");
        await using var appends = new StreamWriter(args[0], append: true);
        await using var questions = new StreamWriter(args[1], append: true);

        // Once with few rows in a place of its own, so that what is compiled at first use is not timed, of the store as of the bare load.
        bool isFile = place.StartsWith("duckdb:", StringComparison.Ordinal);
        string[] warmShards = await Task.WhenAll(shards.Select(WarmAsync)).ConfigureAwait(false);
        await new Trial(engine, isFile ? $"{place}.warm" : $"{Scheme}{await WarmAsync(place[Scheme.Length..]).ConfigureAwait(false)}", warmShards, 100_000).RunAsync(TextWriter.Null, TextWriter.Null).ConfigureAwait(false);
        await new Trial(engine, place, shards, int.Parse(args[2], CultureInfo.InvariantCulture)).RunAsync(appends, questions).ConfigureAwait(false);
        return 0;
    }

    /// <summary>Another database on the same server.</summary>
    private static async Task<string> WarmAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync().ConfigureAwait(false);
        await using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = "CREATE DATABASE warm";
        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
        return new NpgsqlConnectionStringBuilder(connectionString) { Database = "warm" }.ConnectionString;
    }
}
