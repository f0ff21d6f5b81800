using System.Data.Common;
using Engagement.Core;
using Engagement.Core.Logs;
using NodaTime;

namespace Engagement.Storage;

/// <summary>Figures over the log: grouped where it lies, and put together by the library.</summary>
internal sealed class Figures(Session session, OrganisationState state, LocalCalendar calendar, RollUpOptions options)
{
    private IReadOnlyList<ChannelId> _channels = [];

    /// <summary>Counts per channel (or publication), period, kind and role.</summary>
    /// <param name="fromEvents">Whether the events are counted even where daily cells would do.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<RollUp> RollUpAsync(bool fromEvents, CancellationToken cancellationToken)
    {
        await BeginAsync(cancellationToken).ConfigureAwait(false);
        bool byCells = !fromEvents && !options.ByPublication && calendar.Zone.Id == state.Organisation.TimeZone.Id && calendar.TimeZoneData == state.ZoneData;
        LogDictionary dictionary = await DictionaryAsync(cancellationToken).ConfigureAwait(false);
        return byCells ? await KeptCellsAsync(dictionary, cancellationToken).ConfigureAwait(false) : ForeignCells.RollUpOf(dictionary, calendar, options, await EventsAsync(cancellationToken).ConfigureAwait(false), state.Events);
    }

    /// <summary>Exact distinct actors per period and channel, and over all.</summary>
    public async Task<(IReadOnlyList<ChannelId> Channels, DistinctActors Actors)> DistinctActorsAsync(CancellationToken cancellationToken)
    {
        int cellCount = await BeginWithCellsAsync(cancellationToken).ConfigureAwait(false);
        long[] known = new long[cellCount];
        long[] without = new long[cellCount];
        long union = 0;
        if (PeriodSql.GivesPeriods(calendar) || calendar.Unit is CalendarUnit.Day)
        {
            string sql = $"SELECT period, channel_no, count(DISTINCT actor_no), count(*) - count(actor_no), GROUPING(period) FROM {Events("actor_no")} GROUP BY GROUPING SETS ((period, channel_no), ())";
            await foreach (DbDataReader row in session.QueryAsync(sql, cancellationToken, state.Number).ConfigureAwait(false))
            {
                if (Session.Whole(row, 4) != 0)
                {
                    union = row.GetInt64(2);
                    continue;
                }

                int cell = CellOf(row);
                (known[cell], without[cell]) = (row.GetInt64(2), row.GetInt64(3));
            }
        }
        else
        {
            // Days do not add up to weeks: each actor of a day is told, and counted once in his period.
            var seen = new HashSet<(int, long)>();
            var all = new HashSet<long>();
            await foreach (DbDataReader row in session.QueryAsync(ActorsSql(""), cancellationToken, state.Number).ConfigureAwait(false))
            {
                int cell = CellOf(row);
                if (row.IsDBNull(2)) without[cell] += row.GetInt64(3);
                else if (seen.Add((cell, row.GetInt64(2)))) known[cell]++;
                if (!row.IsDBNull(2)) all.Add(row.GetInt64(2));
            }

            union = all.Count;
        }

        return (_channels, DistinctActors.From(union, known, without));
    }

    /// <summary>Theta sketches per period and channel: of the texts of actors that have one, and of the numbers of others, or their texts, as the first of them came.</summary>
    public async Task<(IReadOnlyList<ChannelId> Channels, IReadOnlyList<ThetaSketch> Sketches, long RowsWithoutActor)> SketchesAsync(int nominalEntries, CancellationToken cancellationToken)
    {
        var builders = new ThetaSketchBuilder?[await BeginWithCellsAsync(cancellationToken).ConfigureAwait(false)];
        long without = 0;
        await foreach (DbDataReader row in session.QueryAsync(ActorsSql(", (SELECT k.actor FROM engagement.actor_key k WHERE k.org = $1 AND k.actor_no = a.actor_no)"), cancellationToken, state.Number).ConfigureAwait(false))
        {
            if (row.IsDBNull(2))
            {
                without += row.GetInt64(3);
                continue;
            }

            ThetaSketchBuilder builder = builders[CellOf(row)] ??= new ThetaSketchBuilder(nominalEntries);
            if (!row.IsDBNull(4)) builder.Add(row.GetString(4));
            else if (state.ActorsByText is true) builder.Add(row.GetInt64(2).ToString(System.Globalization.CultureInfo.InvariantCulture));
            else builder.Add(row.GetInt64(2));
        }

        return (_channels, [.. builders.Select(builder => builder?.Build() ?? ThetaSketch.Empty)], without);
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        _channels = [.. (await Keys.AllChannelsAsync(session, state.Number, cancellationToken).ConfigureAwait(false)).Select(entry => entry.Channel)];
    }

    private async Task<int> BeginWithCellsAsync(CancellationToken cancellationToken)
    {
        if (options.ByPublication) throw new ArgumentException($"options are by publication, and actors are counted by channel: leave {nameof(RollUpOptions.ByPublication)} out.");
        await BeginAsync(cancellationToken).ConfigureAwait(false);
        await RefuseOtherTimesAsync(cancellationToken).ConfigureAwait(false);
        long cells = (long)_channels.Count * calendar.Periods.Count;
        return cells <= Array.MaxLength ? (int)cells : throw new ArgumentException(FormattableString.Invariant($"calendar ({calendar}) times {_channels.Count} channels gives {cells} cells, and there may be {Array.MaxLength}: count fewer periods at once."));
    }

    /// <summary>The query that counts events, whose organisation is the parameter $1.</summary>
    internal static string CountsSql(LocalCalendar calendar, RollUpOptions options, IReadOnlyList<ChannelId> channels, Engine engine, long lastBatch)
    {
        string publication = options.ByPublication ? ", publication_no" : "";
        return $"SELECT period, channel_no, kind, role, count(*){publication} FROM {Events($"kind, role{publication}", calendar, options, channels, engine, lastBatch)} GROUP BY period, channel_no, kind, role{publication}";
    }

    private async Task<LogDictionary> DictionaryAsync(CancellationToken cancellationToken)
    {
        if (!options.ByPublication) return LogDictionary.Of(_channels, [], [], []);
        List<(string Id, int Channel)> publications = await session.ListAsync(
            "SELECT publication, channel_no FROM engagement.publication_key WHERE org = $1 ORDER BY publication_no",
            row => (row.GetString(0), row.GetInt32(1)),
            cancellationToken,
            state.Number).ConfigureAwait(false);
        return LogDictionary.Of(_channels, publications.Select(entry => new PublicationId(entry.Id)), [], [.. publications.Select(entry => entry.Channel)]);
    }

    private async Task<RollUp> KeptCellsAsync(LogDictionary dictionary, CancellationToken cancellationToken)
    {
        var cells = new KeptCells(session, state, calendar, options, dictionary);
        if (!options.LeavesOutOtherTimes && await cells.CountOutsideAsync(cancellationToken).ConfigureAwait(false) is > 0 and long outside) throw OtherTimes(outside);
        return await cells.RollUpAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<List<ForeignCell>> EventsAsync(CancellationToken cancellationToken)
    {
        await RefuseOtherTimesAsync(cancellationToken).ConfigureAwait(false);
        return await session.ListAsync(
            CountsSql(calendar, options, _channels, session.Engine, state.LastBatch),
            row => new ForeignCell(PeriodOf(row, PeriodSql.GivesPeriods(calendar)), row.GetInt32(1), !options.ByPublication || row.IsDBNull(5) ? InteractionLog.None : row.GetInt32(5), (byte)row.GetInt16(2), (byte)row.GetInt16(3), row.GetInt64(4)),
            cancellationToken,
            state.Number).ConfigureAwait(false);
    }

    /// <summary>What was not counted is not 0: events outside of the calendar are an error unless they are to be left out, and so are events that were taken out of the store.</summary>
    private async Task RefuseOtherTimesAsync(CancellationToken cancellationToken)
    {
        if (state.EventsFrom is { } from && from > Instant.FromUnixTimeMilliseconds(calendar.Segments.Start))
        {
            throw new StoreException($"{session.Engine.Place}: events before {from} were taken out, and the calendar ({calendar}) begins earlier: ask from that day on, or for a roll-up by channel in {state.Organisation.TimeZone.Id}, which kept cells answer.");
        }

        if (options.LeavesOutOtherTimes) return;
        long outside = await session.NumberAsync($"SELECT count(*) FROM engagement.event WHERE org = $1 AND NOT ({PeriodSql.IsInside(calendar)}){EventFilter.Acknowledged(session, state)}", cancellationToken, state.Number).ConfigureAwait(false);
        if (outside > 0) throw OtherTimes(outside);
    }

    private string Events(string columns) => Events(columns, calendar, options, _channels, session.Engine, state.LastBatch);

    /// <summary>The events that count, whose organisation is the parameter $1, with their periods.</summary>
    private static string Events(string columns, LocalCalendar calendar, RollUpOptions options, IReadOnlyList<ChannelId> channels, Engine engine, long lastBatch) =>
        $"(SELECT {PeriodSql.OfMoment(calendar, engine)} AS period, channel_no, {columns} FROM engagement.event WHERE org = $1 AND {PeriodSql.IsInside(calendar)}{EventFilter.Of(options, channels)}{EventFilter.Acknowledged(engine, lastBatch)}) e";

    private string ActorsSql(string more) => $"SELECT period, channel_no, actor_no, events{more} FROM (SELECT period, channel_no, actor_no, count(*) AS events FROM {Events("actor_no")} GROUP BY period, channel_no, actor_no) a";

    private int CellOf(DbDataReader row) => (PeriodOf(row, PeriodSql.GivesPeriods(calendar)) * _channels.Count) + row.GetInt32(1);

    private int PeriodOf(DbDataReader row, bool isPeriod) => isPeriod ? row.GetInt32(0) : calendar.IndexOf(DayNumber.ToDate(row.GetInt32(0)));

    private ArgumentException OtherTimes(long outside) =>
        new(FormattableString.Invariant($"calendar ({calendar}) must hold every event of the store, and {outside} lie outside: take a calendar that holds them, or set {nameof(RollUpOptions.LeavesOutOtherTimes)}."));
}
