namespace Engagement.Core.Logs;

/// <summary>Counts of interactions per channel (or publication), local period, kind and role, with what was published and how often it was seen.</summary>
/// <remarks>
/// <para>
/// An additive monoid: <see cref="Merge(RollUp, RollUp)"/> of the roll-ups of any split of a log, in any order, is the roll-up of the whole, to the bit, with <see cref="Empty"/> as the neutral element. Counts are whole numbers, added
/// with a check; weights apply afterwards, in a definition. Distinct actors are not in it: they do not add up.
/// </para>
/// <para>
/// Immutable and safe to share between threads. Equality is by value: same calendar, same recipe, same channels, same cells, same rows read. The cells are in the order of period, channel, publication, kind and role, whatever the order of the rows was.
/// </para>
/// <example><c>RollUp.Of(log, LocalCalendar.Days(zone, LocalPeriod.Year(2014)), new RollUpOptions { DegreeOfParallelism = 2 })</c></example>
/// </remarks>
public sealed class RollUp : IEquatable<RollUp>
{
    private readonly ValueList<Series> _series;
    private readonly ValueList<RollUpExposure> _exposures;
    private readonly CellSource? _source;
    private readonly Lazy<SparseCells> _cells;

    private RollUp(RollUp other, long rowsRead)
    {
        (Calendar, Recipe, IsByPublicationDate, _series, _exposures, _source, _cells, Total) = (other.Calendar, other.Recipe, other.IsByPublicationDate, other._series, other._exposures, other._source, other._cells, other.Total);
        RowsRead = rowsRead;
    }

    private RollUp(LocalCalendar calendar, RollUpRecipe recipe, ValueList<Series> series, CellSource? source, Lazy<SparseCells> cells, long total, long rowsRead, ValueList<RollUpExposure>? exposures, bool isByPublicationDate)
    {
        (Calendar, Recipe, _series, _source, _cells, Total, RowsRead) = (calendar, recipe, series, source, cells, total, rowsRead);
        _exposures = exposures ?? ValueList<RollUpExposure>.Empty;
        IsByPublicationDate = isByPublicationDate && series.Count > 0;
    }

    internal RollUp(LocalCalendar calendar, RollUpRecipe recipe, ValueList<Series> series, SparseCells cells, long rowsRead, ValueList<RollUpExposure>? exposures = null, bool isByPublicationDate = false)
        : this(calendar, recipe, series, null, new(cells), cells.Total(), rowsRead, exposures, isByPublicationDate)
    {
    }

    internal RollUp(LocalCalendar calendar, RollUpRecipe recipe, ValueList<Series> series, CellSource source, long rowsRead, ValueList<RollUpExposure>? exposures = null, bool isByPublicationDate = false)
        : this(calendar, recipe, series, source, new(source.ToCells), source.Total, rowsRead, exposures, isByPublicationDate)
    {
    }

    /// <summary>The periods that were counted by.</summary>
    public LocalCalendar Calendar { get; }

    /// <summary>Whether counts are kept per publication.</summary>
    public bool ByPublication => Recipe.ByPublication;

    /// <summary>How many interactions were counted: the sum of all cells.</summary>
    public long Total { get; }

    /// <summary>How many rows were read, counted or not.</summary>
    public long RowsRead { get; }

    /// <summary>How many cells hold a count.</summary>
    public int CellCount => Keys.Length;

    /// <summary>The channels that were looked at, whether anything happened on them or not; ordinal.</summary>
    public IReadOnlyList<ChannelId> Channels => new ValueList<ChannelId>(_series.Select(series => series.Channel).Distinct());

    /// <summary>The kinds that count; what is not among them was left out.</summary>
    public IReadOnlyList<InteractionKind> Kinds => new ValueList<InteractionKind>(Enum.GetValues<InteractionKind>().Where(kind => (Recipe.Kinds >> (int)kind & 1) != 0));

    /// <summary>The roles that count; what is not among them was left out.</summary>
    public IReadOnlyList<ActorRole> Roles => new ValueList<ActorRole>(Enum.GetValues<ActorRole>().Where(role => (Recipe.Roles >> (int)role & 1) != 0));

    /// <summary>The cells that hold a count, in the order of period, channel, publication, kind and role.</summary>
    public IEnumerable<RollUpCell> Cells
    {
        get
        {
            for (int index = 0; index < CellCount; index++) yield return CellAt(index);
        }
    }

    /// <summary>What was published, per channel and period, in the order of period and channel.</summary>
    public IReadOnlyList<RollUpExposure> Exposures => _exposures;

    /// <summary>What it counts.</summary>
    internal RollUpRecipe Recipe { get; }

    /// <summary>Whether the periods are those of the publications, and not those of the interactions; without any series it is neither, and merges with both.</summary>
    internal bool IsByPublicationDate { get; }

    internal ReadOnlySpan<ulong> Keys => _cells.Value.Keys;

    internal ReadOnlySpan<long> Counts => _cells.Value.Counts;

    /// <summary>No fewer cells than hold a count, without a look at them.</summary>
    internal int MostCells => _source?.MostCells ?? CellCount;

    internal ValueList<Series> SeriesList => _series;

    /// <summary>The neutral element: nothing was looked at.</summary>
    /// <param name="calendar">The periods.</param>
    /// <param name="options">What would have counted.</param>
    /// <returns>A roll-up without channels and cells.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="calendar"/> is null.</exception>
    public static RollUp Empty(LocalCalendar calendar, RollUpOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        options ??= RollUpOptions.Default;
        return new(calendar, options.Recipe, ValueList<Series>.Empty, SparseCells.None, 0);
    }

    /// <summary>The roll-up of a log.</summary>
    /// <param name="log">The interactions.</param>
    /// <param name="calendar">The periods.</param>
    /// <param name="options">What to count and how; the default leaves out the organisation and bots.</param>
    /// <param name="cancellationToken">Stops the work; nothing of it is left.</param>
    /// <returns>The roll-up.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="log"/> or <paramref name="calendar"/> is null.</exception>
    /// <exception cref="ArgumentException">A row lies outside the calendar, and <see cref="RollUpOptions.LeavesOutOtherTimes"/> is not set.</exception>
    /// <exception cref="OverflowException">A count exceeds 2⁶³ − 1.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static RollUp Of(InteractionLog log, LocalCalendar calendar, RollUpOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(log);
        return OfStream([log], calendar, options, cancellationToken);
    }

    /// <summary>The roll-up of a stream of logs, of which one at a time is held.</summary>
    /// <param name="logs">The chunks of the stream, of any size; their channels may differ.</param>
    /// <param name="calendar">The periods.</param>
    /// <param name="options">What to count and how; the default leaves out the organisation and bots.</param>
    /// <param name="cancellationToken">Stops the work; nothing of it is left.</param>
    /// <returns>The roll-up of all of them together.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="logs"/>, one of them, or <paramref name="calendar"/> is null.</exception>
    /// <exception cref="ArgumentException">A row lies outside the calendar, and <see cref="RollUpOptions.LeavesOutOtherTimes"/> is not set.</exception>
    /// <exception cref="OverflowException">A count exceeds 2⁶³ − 1.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static RollUp OfStream(IEnumerable<InteractionLog> logs, LocalCalendar calendar, RollUpOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(logs);
        ArgumentNullException.ThrowIfNull(calendar);
        using var work = new RollUpWork(calendar, options ?? RollUpOptions.Default, cancellationToken);
        foreach (InteractionLog log in logs is IPassingLogs file ? file.Passing : logs)
        {
            ArgumentNullException.ThrowIfNull(log, nameof(logs));
            work.Add(log);
        }

        return work.Finish();
    }

    /// <summary>What was published, as a roll-up without interactions; merge it with one of the same calendar.</summary>
    /// <param name="publications">The publications.</param>
    /// <param name="calendar">The periods; a publication outside of them is left out.</param>
    /// <param name="options">The options of the roll-up that it will be merged with.</param>
    /// <returns>A roll-up with <see cref="Exposures"/>.</returns>
    /// <exception cref="ArgumentNullException">A parameter is null.</exception>
    /// <exception cref="OverflowException">A sum exceeds 2⁶³ − 1.</exception>
    public static RollUp OfPublications(IEnumerable<Publication> publications, LocalCalendar calendar, RollUpOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(publications);
        ArgumentNullException.ThrowIfNull(calendar);
        options ??= RollUpOptions.Default;
        RequirePeriods(calendar);
        var cells = publications.Where(publication => options.Channels?.Contains(publication.Channel) is not false)
            .Select(publication => (Period: calendar.IndexOf(publication.PublishedAt), Publication: publication)).Where(entry => entry.Period >= 0)
            .GroupBy(entry => (entry.Period, entry.Publication.Channel)).OrderBy(group => group.Key)
            .Select(group => new RollUpExposure(
                group.Key.Channel,
                calendar.Periods[group.Key.Period],
                group.LongCount(),
                Sum(group.Select(entry => entry.Publication.Exposures.Impressions), group.Key.Channel, calendar.Periods[group.Key.Period], "impressions"),
                Sum(group.Select(entry => entry.Publication.Exposures.Views), group.Key.Channel, calendar.Periods[group.Key.Period], "views")));
        return new(calendar, options.Recipe, ValueList<Series>.Empty, SparseCells.None, 0, new(cells));
    }

    /// <summary>The sum of two roll-ups.</summary>
    /// <param name="left">One roll-up.</param>
    /// <param name="right">Another of the same calendar and recipe.</param>
    /// <returns>Their cells together; those of the same channel, period, kind and role are added.</returns>
    /// <exception cref="ArgumentNullException">A roll-up is null.</exception>
    /// <exception cref="ArgumentException">Their calendars or recipes differ.</exception>
    /// <exception cref="OverflowException">A sum exceeds 2⁶³ − 1.</exception>
    public static RollUp Merge(RollUp left, RollUp right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        if (left.DifferenceTo(right) is { } difference) throw new ArgumentException($"left and right must be of one calendar and one recipe, and differ in their {difference}: roll both up alike.", nameof(right));
        ValueList<Series> series = left._series.Equals(right._series) ? left._series : new(left._series.Concat(right._series).Distinct().Order(Series.Ordinal));
        long rows = Guard.Sum(left.RowsRead, right.RowsRead, "rows read");
        ValueList<RollUpExposure> exposures = Sum(left._exposures, right._exposures);
        bool isByPublicationDate = left.IsByPublicationDate || right.IsByPublicationDate;
        if (left._source is DenseCells leftTable && right._source is DenseCells rightTable && ReferenceEquals(series, left._series) && DenseCells.Sum(leftTable, rightTable) is { } sum)
        {
            return new(left.Calendar, left.Recipe, series, sum, rows, exposures, isByPublicationDate);
        }

        CellList cells = CellList.Merge(left.KeysIn(series), left.Counts, right.KeysIn(series), right.Counts, key => Describe(left.Calendar, series, key));
        try
        {
            return new(left.Calendar, left.Recipe, series, SparseCells.Of(cells), rows, exposures, isByPublicationDate);
        }
        finally
        {
            cells.Return();
        }
    }

    /// <summary>The sum of several roll-ups.</summary>
    /// <param name="rollUps">Roll-ups of the same calendar and recipe; at least one.</param>
    /// <returns>Their cells together.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="rollUps"/> or one of them is null.</exception>
    /// <exception cref="ArgumentException">There is none, or their calendars or recipes differ.</exception>
    /// <exception cref="OverflowException">A sum exceeds 2⁶³ − 1.</exception>
    public static RollUp Merge(IEnumerable<RollUp> rollUps)
    {
        ArgumentNullException.ThrowIfNull(rollUps);
        RollUp[] all = [.. rollUps];
        if (all.Length == 0) throw new ArgumentException($"rollUps (0 values) must hold a roll-up: begin with {nameof(RollUp)}.{nameof(Empty)}.", nameof(rollUps));
        foreach (RollUp one in all) ArgumentNullException.ThrowIfNull(one, nameof(rollUps));

        // In pairs, so that each cell is copied a few times and not once per roll-up.
        for (int count = all.Length; count > 1; count = (count + 1) / 2)
        {
            for (int pair = 0; pair < count / 2; pair++) all[pair] = Merge(all[2 * pair], all[(2 * pair) + 1]);
            if (count % 2 == 1) all[count / 2] = all[count - 1];
        }

        return all[0];
    }

    /// <summary>The sum of the cells that are asked for.</summary>
    /// <param name="channel">The channel; null for all.</param>
    /// <param name="period">The days; null for all. A period that is cut by it is an error.</param>
    /// <param name="kind">The kind; null for all.</param>
    /// <param name="role">The role; null for all.</param>
    /// <returns>The number of interactions.</returns>
    /// <exception cref="ArgumentException">The days are not in the calendar, or cut one of its periods.</exception>
    public long CountOf(ChannelId? channel = null, LocalPeriod? period = null, InteractionKind? kind = null, ActorRole? role = null)
    {
        (int first, int end) = period is { } days ? PeriodsOf(days) : (0, int.MaxValue);
        long sum = 0;
        (ulong[] keys, long[] counts) = (_cells.Value.Keys, _cells.Value.Counts);
        for (int index = 0; index < keys.Length; index++)
        {
            ulong key = keys[index];
            if (CellKey.Period(key) < first || CellKey.Period(key) >= end) continue;
            if (channel is { } wanted && _series[CellKey.Series(key)].Channel != wanted) continue;
            if ((kind is { } k && CellKey.Kind(key) != k) || (role is { } r && CellKey.Role(key) != r)) continue;
            sum += counts[index];
        }

        return sum;
    }

    /// <summary>The same counts by coarser periods: months from days, years from months.</summary>
    /// <param name="calendar">The coarser periods, in the same zone; they hold every period of this roll-up whole.</param>
    /// <returns>The roll-up that the log itself would have given.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="calendar"/> is null.</exception>
    /// <exception cref="ArgumentException">The zones or their data differ, the calendar cuts or lacks a period of this one, or it has more days although rows outside of this one were left out.</exception>
    /// <exception cref="OverflowException">A sum exceeds 2⁶³ − 1.</exception>
    public RollUp In(LocalCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        RequirePeriods(Calendar);
        RequirePeriods(calendar);
        if (!Calendar.Zone.Equals(calendar.Zone) || Calendar.TimeZoneData != calendar.TimeZoneData)
        {
            throw new ArgumentException($"calendar ({calendar}; {calendar.TimeZoneData}) must be in the zone of the roll-up, {Calendar.Zone.Id} ({Calendar.TimeZoneData}): for days of any zone keep {nameof(QuarterHourCells)}.", nameof(calendar));
        }

        if (Recipe.IsCut && (calendar.Period.From < Calendar.Period.From || calendar.Period.To > Calendar.Period.To))
        {
            throw new ArgumentException($"calendar ({calendar}) must not reach beyond the days of the roll-up, {Calendar.Period}, because rows outside of them were left out, and what was left out is not 0: take a calendar of the same days.", nameof(calendar));
        }

        int[] target = new int[Calendar.Periods.Count];
        for (int index = 0; index < target.Length; index++)
        {
            LocalPeriod fine = Calendar.Periods[index];
            int coarse = fine.From >= calendar.Period.From && fine.To <= calendar.Period.To ? calendar.IndexOf(fine.From) : -1;
            target[index] = coarse >= 0 && fine.To <= calendar.Periods[coarse].To
                ? coarse
                : throw new ArgumentException($"calendar ({calendar}) must hold every period of the roll-up whole, and {(coarse < 0 ? "lacks" : "cuts")} {fine}: roll up by days, and take a calendar of the same days.", nameof(calendar));
        }

        return Moved(calendar, key => CellKey.Of(target[CellKey.Period(key)], CellKey.Series(key), CellKey.CodeOf(key)), _series, ByPublication, IsByPublicationDate, exposure => calendar.Periods[target[Calendar.IndexOf(exposure.Period.From)]]);
    }

    /// <summary>The life-time counts of a roll-up by publication, per channel and the period in which each publication appeared.</summary>
    /// <param name="publications">When each publication appeared; one that is not among them, and rows without a publication, are left out, as <see cref="Total"/> shows.</param>
    /// <param name="calendar">The periods; what was published outside of them is left out.</param>
    /// <returns>A roll-up by channel, by publication date; it merges with no roll-up by interaction date, and answers no definition by it.</returns>
    /// <exception cref="ArgumentNullException">A parameter is null.</exception>
    /// <exception cref="InvalidOperationException">This roll-up is by channel.</exception>
    /// <exception cref="ArgumentException">A publication is given twice.</exception>
    /// <exception cref="OverflowException">A sum exceeds 2⁶³ − 1.</exception>
    public RollUp ByPublicationDate(IEnumerable<Publication> publications, LocalCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(publications);
        ArgumentNullException.ThrowIfNull(calendar);
        RequirePeriods(calendar);
        if (!ByPublication) throw new InvalidOperationException($"The roll-up is by channel, and does not know what belongs to which publication: roll up with {nameof(RollUpOptions.ByPublication)}.");
        var appeared = new Dictionary<Series, int>();
        foreach (Publication publication in publications)
        {
            if (!appeared.TryAdd(new(publication.Channel, publication.Id), calendar.IndexOf(publication.PublishedAt))) throw new ArgumentException($"publications hold {Guard.Text(publication.Id.Value)} twice: name each once.", nameof(publications));
        }

        ValueList<Series> channels = new(_series.Select(series => new Series(series.Channel, default)).Distinct());
        var channelIndex = channels.Select((series, index) => (series, index)).ToDictionary(entry => entry.series, entry => entry.index);
        int[] channelOf = [.. _series.Select(series => channelIndex[new(series.Channel, default)])];
        int[] periodOf = [.. _series.Select(series => series.Publication.IsNone ? -1 : appeared.GetValueOrDefault(series, -1))];
        return Moved(calendar, key => periodOf[CellKey.Series(key)] is >= 0 and var period ? CellKey.Of(period, channelOf[CellKey.Series(key)], CellKey.CodeOf(key)) : null, channels, byPublication: false, isByPublicationDate: true, null);
    }

    /// <summary>Whether all parts are equal.</summary>
    /// <param name="other">The roll-up to compare with.</param>
    /// <returns>Whether they are equal.</returns>
    public bool Equals(RollUp? other) =>
        other is not null && RowsRead == other.RowsRead && DifferenceTo(other) is null && Total == other.Total && _series.Equals(other._series) && Keys.SequenceEqual(other.Keys) && Counts.SequenceEqual(other.Counts) && _exposures.Equals(other._exposures);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RollUp);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Calendar, RowsRead, Total, _series.Count);

    /// <summary>How much was counted, and by what.</summary>
    /// <returns>For example <c>1000 of 1100 rows in 240 cells on 50 channels by Day of 2014-01-01/2015-01-01 in Europe/Berlin</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"{Total} of {RowsRead} rows in {CellCount} cells on {Channels.Count} channels by {Calendar}");

    internal RollUp WithRowsRead(long rowsRead) => new(this, rowsRead);

    internal static string Describe(LocalCalendar calendar, ValueList<Series> series, ulong key) => $"{series[CellKey.Series(key)]} {(calendar.Periods.Count == 0 ? "" : calendar.Periods[CellKey.Period(key)])} {CellKey.Kind(key)} by {CellKey.Role(key)}";

    internal RollUpCell CellAt(int index)
    {
        ulong key = Keys[index];
        Series series = _series[CellKey.Series(key)];
        return new(series.Channel, series.Publication, Calendar.Periods[CellKey.Period(key)], CellKey.Kind(key), CellKey.Role(key), Counts[index]);
    }

    /// <summary>The periods of some days, as a half-open run of indexes.</summary>
    internal (int First, int End) PeriodsOf(LocalPeriod period)
    {
        if (period.IsEmpty) return (0, 0);
        if (period.From < Calendar.Period.From || period.To > Calendar.Period.To) throw new ArgumentException($"period ({period}) must lie in the days of the roll-up, {Calendar.Period}: what was not rolled up is not 0.", nameof(period));
        int first = Calendar.IndexOf(period.From);
        int last = Calendar.IndexOf(period.To.PlusDays(-1));
        return Calendar.Periods[first].From == period.From && Calendar.Periods[last].To == period.To
            ? (first, last + 1)
            : throw new ArgumentException($"period ({period}) must not cut a period of the roll-up, which is by {Calendar}: roll up by days.", nameof(period));
    }

    private static void RequirePeriods(LocalCalendar calendar)
    {
        if (calendar.Periods.Count >= CellKey.MostPeriods) throw new ArgumentException(FormattableString.Invariant($"calendar ({calendar.Periods.Count} periods) must have fewer than {CellKey.MostPeriods}: take a shorter period."), nameof(calendar));
    }

    private static ValueList<RollUpExposure> Sum(ValueList<RollUpExposure> left, ValueList<RollUpExposure> right)
    {
        if (left.Count == 0) return right;
        if (right.Count == 0) return left;
        return Sum(left.Concat(right));
    }

    private static ValueList<RollUpExposure> Sum(IEnumerable<RollUpExposure> exposures) => new(exposures.GroupBy(one => (one.Period.From, one.Channel)).OrderBy(group => group.Key).Select(group => new RollUpExposure(
        group.Key.Channel,
        group.First().Period,
        group.Select(one => one.Publications).Aggregate((left, right) => Guard.Sum(left, right, $"{group.Key.Channel} {group.First().Period} publications")),
        Sum(group.Select(one => one.Impressions), group.Key.Channel, group.First().Period, "impressions"),
        Sum(group.Select(one => one.Views), group.Key.Channel, group.First().Period, "views"))));

    private static Count Sum(IEnumerable<Count> counts, ChannelId channel, LocalPeriod period, string figure)
    {
        try
        {
            return Count.Sum(counts);
        }
        catch (OverflowException overflow)
        {
            throw new OverflowException($"{channel} {period} {figure}: {overflow.Message}", overflow);
        }
    }

    private string? DifferenceTo(RollUp other) =>
        Calendar.DifferenceTo(other.Calendar) is { } calendar ? calendar
        : Recipe.DifferenceTo(other.Recipe) is { } recipe ? recipe
        : _series.Count > 0 && other._series.Count > 0 && IsByPublicationDate != other.IsByPublicationDate ? "dates (of the publications and of the interactions)"
        : null;

    /// <summary>The keys with the series' places in a longer list; both lists are in order, so the keys stay in order.</summary>
    private ReadOnlySpan<ulong> KeysIn(ValueList<Series> series)
    {
        if (ReferenceEquals(series, _series) || series.Equals(_series)) return Keys;
        int[] place = new int[_series.Count];
        for (int old = 0, index = 0; old < place.Length; index++)
        {
            if (_series[old] == series[index]) place[old++] = index;
        }

        ulong[] keys = Keys.ToArray();
        foreach (ref ulong key in keys.AsSpan()) key = CellKey.Of(CellKey.Period(key), place[CellKey.Series(key)], CellKey.CodeOf(key));
        return keys;
    }

    private RollUp Moved(LocalCalendar calendar, Func<ulong, ulong?> move, ValueList<Series> series, bool byPublication, bool isByPublicationDate, Func<RollUpExposure, LocalPeriod>? periodOf)
    {
        var moved = new CellList(CellCount);
        try
        {
            for (int index = 0; index < CellCount; index++)
            {
                if (move(Keys[index]) is { } key) moved.Add(key, Counts[index]);
            }

            moved.Sorted(key => Describe(calendar, series, key));
            ValueList<RollUpExposure> exposures = periodOf is null ? ValueList<RollUpExposure>.Empty : Sum(_exposures.Select(one => new RollUpExposure(one.Channel, periodOf(one), one.Publications, one.Impressions, one.Views)));
            return new(calendar, Recipe with { ByPublication = byPublication }, series, SparseCells.Of(moved), RowsRead, exposures, isByPublicationDate);
        }
        finally
        {
            moved.Return();
        }
    }
}
