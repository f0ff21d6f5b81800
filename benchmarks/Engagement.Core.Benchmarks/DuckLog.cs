using System.Globalization;
using DuckDB.NET.Data;
using Engagement.Core.Logs;
using NodaTime;

namespace Engagement.Core.Benchmarks;

/// <summary>The same log in a DuckDB in memory.</summary>
internal sealed class DuckLog : IDisposable
{
    private static DuckLog? _last;
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");
    private readonly SeededLog _log;
    private readonly string _day;

    private DuckLog(SeededLog log)
    {
        _log = log;
        _connection.Open();
        Run("CREATE TABLE log (t BIGINT NOT NULL, channel INTEGER NOT NULL, kind UTINYINT NOT NULL)");
        using (var appender = _connection.CreateAppender("log"))
        {
            for (int row = 0; row < log.Rows; row++) appender.CreateRow().AppendValue(log.Times[row]).AppendValue(log.ChannelIndexes[row]).AppendValue(log.KindCodes[row]).EndRow();
        }

        // Its best with the zone right: the offset by the few moments at which it changes, worked out beforehand.
        Instant from = SeededLog.Berlin.AtStartOfDay(SeededLog.Years.From).ToInstant();
        Instant to = SeededLog.Berlin.AtStartOfDay(SeededLog.Years.To).ToInstant();
        string offset = string.Concat(SeededLog.Berlin.GetZoneIntervals(from, to).Select(span => span.HasEnd && span.End < to
            ? string.Create(CultureInfo.InvariantCulture, $"WHEN t < {span.End.ToUnixTimeMilliseconds()} THEN {span.WallOffset.Milliseconds} ")
            : string.Create(CultureInfo.InvariantCulture, $"ELSE {span.WallOffset.Milliseconds} ")));
        _day = $"(t + CASE {offset}END) // 86400000";
    }

    public static DuckLog Of(SeededLog log)
    {
        if (_last is { } last && ReferenceEquals(last._log, log)) return last;
        _last?.Dispose();
        return _last = new DuckLog(log);
    }

    /// <summary>The number of cells and of rows, so that the hand-over of cells is not measured.</summary>
    public long ByCase(int threads) => Count(_day, threads);

    public long ByIcu(int threads) => Count("CAST((epoch_ms(t) AT TIME ZONE 'UTC') AT TIME ZONE 'Europe/Berlin' AS DATE)", threads);

    /// <summary>Stops the run if a cell differs.</summary>
    public void MustEqual(RollUp rollUp, bool withIcu)
    {
        Check(rollUp, $"SELECT {_day} AS day, channel, kind, count(*) FROM log GROUP BY ALL");
        if (withIcu) Check(rollUp, "SELECT CAST((epoch_ms(t) AT TIME ZONE 'UTC') AT TIME ZONE 'Europe/Berlin' AS DATE) - DATE '1970-01-01' AS day, channel, kind, count(*) FROM log GROUP BY ALL");
    }

    public void Dispose() => _connection.Dispose();

    private long Count(string day, int threads)
    {
        Run(string.Create(CultureInfo.InvariantCulture, $"SET threads = {threads}"));
        using DuckDBCommand command = _connection.CreateCommand();
        command.CommandText = $"SELECT CAST(count(*) + sum(n) AS BIGINT) FROM (SELECT {day} AS day, channel, kind, count(*) AS n FROM log GROUP BY ALL)";
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private void Check(RollUp rollUp, string query)
    {
        var expected = rollUp.Cells.ToDictionary(cell => ((long)Period.DaysBetween(new LocalDate(1970, 1, 1), cell.Period.From), cell.Channel, cell.Kind), cell => cell.Count);
        using DuckDBCommand command = _connection.CreateCommand();
        command.CommandText = query;
        using DuckDBDataReader reader = command.ExecuteReader();
        int cells = 0;
        while (reader.Read())
        {
            var key = (Convert.ToInt64(reader.GetValue(0), CultureInfo.InvariantCulture), _log.Log.Channels[reader.GetInt32(1)], (InteractionKind)reader.GetByte(2));
            if (expected.GetValueOrDefault(key) != reader.GetInt64(3)) throw new InvalidOperationException("DuckDB's cells differ.");
            cells++;
        }

        if (cells != expected.Count) throw new InvalidOperationException("DuckDB has another number of cells.");
    }

    private void Run(string statement)
    {
        using DuckDBCommand command = _connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }
}
