using System.Globalization;

namespace Engagement.Storage.Benchmarks;

/// <summary>Measures stores: see <c>benchmarks/storage --help</c>, which starts throw-away servers and calls this.</summary>
internal static class Program
{
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

        // Once with few rows, so that what is compiled at first use is not timed.
        if (place.StartsWith("duckdb:", StringComparison.Ordinal)) await new Trial(engine, $"{place}.warm", shards, 100_000).RunAsync(TextWriter.Null, TextWriter.Null).ConfigureAwait(false);
        await new Trial(engine, place, shards, int.Parse(args[2], CultureInfo.InvariantCulture)).RunAsync(appends, questions).ConfigureAwait(false);
        return 0;
    }
}
