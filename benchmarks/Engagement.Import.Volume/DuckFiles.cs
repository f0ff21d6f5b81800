using System.Globalization;
using DuckDB.NET.Data;
using NodaTime;

namespace Engagement.Import.Volume;

/// <summary>DuckDB makes the files, and does the same work on them.</summary>
internal static class DuckFiles
{
    private const int SampleRows = 100_000;

    /// <summary>A skewed log of two years: 50 channels, 6 kinds. The hash of a row's number stands for chance, so the same version makes the same file.</summary>
    private const string Rows = """
        SELECT make_timestamp_ms(1356994800000 + CAST(floor(i * (63072000000.0 / {0})) AS BIGINT)) AS "at",
               'channel-' || lpad(CAST(CAST(floor(50 * power(hash(i) / 18446744073709551616.0, 3)) AS INTEGER) AS VARCHAR), 3, '0') AS channel,
               list_extract(['like', 'share', 'comment', 'reply', 'click', 'follow'], 1 + CAST(floor(6 * power(hash(i + 7) / 18446744073709551616.0, 2)) AS INTEGER)) AS kind, i
        FROM range({0}) AS t(i)
        """;

    public static string Version() => (string)Scalar("SELECT library_version FROM pragma_version()", ":memory:")!;

    public static long WriteCsv(string file, long bytes)
    {
        Csv(file, SampleRows);
        long rows = (long)(bytes / (new FileInfo(file).Length / (double)SampleRows));
        Csv(file, rows);
        return rows;
    }

    public static void WriteParquet(string file, long rows) => Scalar($"COPY (SELECT \"at\" AT TIME ZONE 'UTC' AS \"at\", channel, kind FROM ({Of(rows)})) TO '{file}' (FORMAT parquet, COMPRESSION snappy)", ":memory:");

    public static Func<string[]> RollUpOf(string file, int threads)
    {
        // Its best with the zone right: the offset by the few moments at which it changes, worked out beforehand; types and separator are told, so that nothing is guessed.
        Instant from = OurWork.Berlin.AtStartOfDay(OurWork.Years.From).ToInstant();
        Instant to = OurWork.Berlin.AtStartOfDay(OurWork.Years.To).ToInstant();
        string offset = string.Concat(OurWork.Berlin.GetZoneIntervals(from, to).Select(span => span.HasEnd && span.End < to
            ? string.Create(CultureInfo.InvariantCulture, $"WHEN t < {span.End.ToUnixTimeMilliseconds()} THEN {span.WallOffset.Milliseconds} ")
            : string.Create(CultureInfo.InvariantCulture, $"ELSE {span.WallOffset.Milliseconds} ")));
        string source = file.EndsWith(".csv", StringComparison.Ordinal) ? CsvSource(file) : $"'{file}'";
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"SET threads = {threads}");
        command.ExecuteNonQuery();
        command.CommandText = $"SELECT (t + CASE {offset}END) // 86400000 AS day, channel, kind, count(*) FROM (SELECT epoch_ms(\"at\") AS t, channel, kind FROM {source}) GROUP BY ALL";
        using DuckDBDataReader reader = command.ExecuteReader();
        var cells = new List<(long Day, string Channel, string Kind, long Count)>();
        while (reader.Read()) cells.Add((reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetInt64(3)));
        return () => [.. cells.Select(cell => OurWork.Line(cell.Day, cell.Channel, cell.Kind, cell.Count))];
    }

    public static Func<string[]> Import(string file)
    {
        string database = Path.Combine(Path.GetDirectoryName(file)!, "import.duckdb");
        object? taken = Scalar($"CREATE TABLE log AS SELECT DISTINCT ON (id) * FROM {CsvSource(file)}; SELECT count(*) FROM log", database);
        File.Delete(database);
        return () => [string.Create(CultureInfo.InvariantCulture, $"{taken} taken")];
    }

    private static void Csv(string file, long rows) =>
        Scalar($"COPY (SELECT 'i' || i AS id, strftime(\"at\", '%Y-%m-%dT%H:%M:%S.%gZ') AS \"at\", channel, kind, 'actor-' || hash(i + 3) % 1000000 AS actor FROM ({Of(rows)})) TO '{file}' (FORMAT csv, HEADER)", ":memory:");

    private static string CsvSource(string file) => $"read_csv('{file}', auto_detect = false, header = true, delim = ',', quote = '\"', columns = {{'id': 'VARCHAR', 'at': 'TIMESTAMP', 'channel': 'VARCHAR', 'kind': 'VARCHAR', 'actor': 'VARCHAR'}})";

    private static string Of(long rows) => Rows.Replace("{0}", rows.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static object? Scalar(string statement, string database)
    {
        using var connection = new DuckDBConnection($"DataSource={database}");
        connection.Open();
        object? last = null;
        foreach (string part in statement.Split("; "))
        {
            using DuckDBCommand command = connection.CreateCommand();
            command.CommandText = part;
            last = command.ExecuteScalar();
        }

        return last;
    }
}
