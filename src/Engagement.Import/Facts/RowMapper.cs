using System.Buffers;
using System.Globalization;
using Engagement.Core;
using NodaTime;
using NodaTime.Text;

namespace Engagement.Import;

/// <summary>Makes facts of a record, as the mapping says.</summary>
internal sealed class RowMapper
{
    private const string RowDigest = "#row";

    // What stands in logs for the row of something that is not in them (InteractionLog.UnknownReply).
    private const string UnknownRow = "-2";

    private const int MostAccounts = 5;
    private const int MostUnknown = 100;
    private const int LongestName = 100;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.,");

    private static readonly Fault RoundedId = new(ImportCodes.DigitsLost, "is an identifier that a spreadsheet has rounded", "export it again, and do not save it with a spreadsheet");

    private readonly SourceMapping _source;
    private readonly TableMapping _table;
    private readonly FieldReader _fields;
    private readonly DateTimeZone? _zone;
    private readonly LocalDate? _asOf;
    private readonly string? _channel;
    private readonly Lazy<string> _defaultChannel;
    private readonly FactStore _store;
    private readonly string _title;
    private readonly SortedDictionary<string, long> _unknown = new(StringComparer.Ordinal);
    private readonly UnitOfCount _unit;
    private readonly Dictionary<string, long> _missing = new(StringComparer.Ordinal);
    private readonly (long Agreed, long Compared)[] _checks;
    private readonly DigestSet _rowsSeen = new();
    private readonly Dictionary<ulong, int> _repeats = [];
    private readonly RowNames? _names;
    private readonly string[] _namingFields;
    private readonly SortedSet<string> _accounts = new(StringComparer.Ordinal);
    private string? _account;
    private string? _digest;
    private MappedRow _row = null!;

    public RowMapper(SourceMapping source, TableMapping table, FieldReader fields, ImportRequest request, FactStore store, Lazy<string> defaultChannel, string title = "")
    {
        _title = title;
        (_source, _table, _fields, _store, _defaultChannel) = (source, table, fields, store, defaultChannel);
        _zone = table.Times.Zone == "ask" ? request.Zone : DateTimeZoneProviders.Tzdb[table.Times.Zone];
        (_asOf, _channel) = (request.AsOf, request.Channel);
        _ = Words<UnitOfCount>.Read(source.Unit, out _unit);
        _checks = new (long, long)[table.Checks.Length];

        // The number of a row that is replied to is another in each file that holds the same fact.
        _namingFields = [.. table.Fields.Keys.Except(table.Facts.Where(fact => fact.RepliesByRow).SelectMany(fact => Template.FieldsOf(fact.ReplyTo)), StringComparer.Ordinal)];
        if (table.Shape == "rows" && table.Facts.Any(fact => fact.RepliesByRow && Template.FieldsOf(fact.ReplyTo).Any(fields.Has))) _names = new RowNames();
    }

    /// <summary>How many cells of each column were blank.</summary>
    public IReadOnlyDictionary<string, long> Missing => _missing;

    /// <summary>How many values there were of each metric that the mapping does not know.</summary>
    public IReadOnlyDictionary<string, long> Unknown => _unknown;

    /// <summary>The accounts that the rows are of, where the source names them and the channel is not made of their names; the first of them.</summary>
    public IReadOnlyCollection<string> Accounts => _accounts;

    /// <summary>Cells with a number below 0: the source takes back what it counted before.</summary>
    public long Corrections { get; private set; }

    public IEnumerable<ImportCheck> Checks => _table.Checks.Select((check, index) => new ImportCheck(Formula(check), _checks[index].Agreed, _checks[index].Compared));

    /// <summary>Whether the mapping leaves the record out.</summary>
    public bool IsSkipped(SourceRecord record)
    {
        _fields.Begin(record);
        return _table.Skip.Any(skip => _fields.Has(skip.Key) && FieldReader.Matches(_fields.Text(skip.Key, out _), skip.Value));
    }

    /// <summary>What the record is about, if the table says by which fields that is known.</summary>
    public string? KeyOf(SourceRecord record)
    {
        if (_table.Key.Length == 0) return null;
        _fields.Begin(record);
        return string.Join('\u001F', _table.Key.Select(field => _fields.Text(field, out _)));
    }

    /// <summary>The account whose publication a record is, where the record says so; else empty.</summary>
    public string OwnerOf(SourceRecord record)
    {
        if (Array.Find(_table.Facts, fact => fact.Fact == "publication" && fact.Channel is not null)?.Channel is not { } owner) return "";
        _fields.Begin(record);
        return Template.Fill(owner, field => _fields.Text(field, out _));
    }

    /// <summary>A row that is not mapped has its number all the same.</summary>
    public void Pass() => _names?.Add(0, 0);

    public MappedRow Map(SourceRecord record)
    {
        _fields.Begin(record);
        _row = new MappedRow();
        _digest = null;
        foreach (string field in _table.Fields.Keys.Where(field => _fields.Has(field) && _table.Fields[field][0][0] != '#' && _fields.Text(field, out _).Length == 0)) _missing[_fields.HeaderOf(field)] = 1 + _missing.GetValueOrDefault(_fields.HeaderOf(field));
        foreach (FactMapping fact in _table.Facts)
        {
            if (_row.Fault is null && fact.When.All(condition => FieldReader.Matches(_fields.Text(condition.Key, out _), condition.Value)) && !fact.Unless.Any(condition => FieldReader.Matches(_fields.Text(condition.Key, out _), condition.Value))) Add(fact);
        }

        if (_digest is null) Pass();
        MappedRowValidator.Check(_row);
        if (_row.Fault is null) Recompute();
        return _row;
    }

    private void Add(FactMapping fact)
    {
        string channel = ChannelOf(fact);
        if (_row.Fault is not null) return;
        if (fact.Of is not null && _accounts.Count < MostAccounts && Fill(fact.Of) is { Length: > 0 } account) _accounts.Add(account);
        switch (fact.Fact)
        {
            case "channel": break;
            case "publication": Publication(fact, channel); break;
            case "audience": Audience(fact, channel); break;
            case "interaction": Interaction(fact, channel); break;
            case "universe": UniverseSize(fact); break;
            default: Measure(fact, channel); break;
        }
    }

    /// <summary>The channel of a fact: the user's, else the row's own, else that of a publication that is known, else that of the source.</summary>
    private string ChannelOf(FactMapping fact)
    {
        string own = fact.Channel is null ? "" : Fill(fact.Channel);
        if (fact.Fact == "universe") return "";
        string id = _channel ?? (own.Length > 0 ? own : _store.ChannelOf(Fill(fact.Publication ?? (fact.At is null ? fact.Id : null) ?? "")) ?? _defaultChannel.Value);
        if (Texts.Identifier(id) is { } fault)
        {
            _row.Refuse(new Fault(ImportCodes.NotAnIdentifier, fault.Rule, fault.Cure), Column(fact.Channel), id);
            return id;
        }

        string name = fact.Name is null ? "" : Fill(fact.Name);
        _row.Channels.Add(new ChannelDraft(id, _channel is null && name.Length > 0 ? name : null, _source.Platform, _source.Form, fact.Fact == "channel"));
        return id;
    }

    private void Publication(FactMapping fact, string channel)
    {
        string id = Fill(fact.Id ?? "");
        if (id.Length == 0)
        {
            _row.Refuse(new Fault(ImportCodes.ValueMissing, "must have an identifier", "correct it at its source"), Column(fact.Id));
            return;
        }

        if (IsRoundedId(id))
        {
            _row.Refuse(RoundedId, Column(fact.Id), id);
            return;
        }

        Instant? at = fact.At is null ? null : Moment(fact.At, isRequired: true);
        Instant? asOf = fact.AsOf is null ? null : Moment(fact.AsOf, isRequired: false);
        var counts = new Dictionary<string, Count>(StringComparer.Ordinal);
        foreach ((string column, string fields) in fact.Counts)
        {
            string[] parts = [.. SourceCounts.Parts(fields).Where(_fields.Has)];
            if (parts.Length == 0) continue;
            Count sum = parts.Length == 1 ? CountOf(parts[0], channel, id) : Count.Sum(parts.Select(part => CountOf(part, channel, id)));
            counts[column] = sum;
        }

        if (_row.Fault is null) _row.Publications.Add(new PublicationDraft(id, channel, at, asOf, counts));
    }

    private void Audience(FactMapping fact, string channel)
    {
        if (!_fields.Has(fact.Size!)) return;
        if (_channel is not null && fact.Channel is not null && Fill(fact.Channel) is { Length: > 0 } account && (_account ??= account) != account)
        {
            _row.Refuse(new Fault(ImportCodes.OutOfRange, $"is of another account than the rows before ({_account}), and one channel has one audience", "leave out --channel, or split the file by account"), Column(fact.Channel), account);
            return;
        }

        Count size = CountOf(fact.Size!, channel, "");
        if (size.State is CountState.NotApplicable) return;
        Instant? at = fact.At is null ? StartOfAsOf() : Moment(fact.At, isRequired: true);
        if (_row.Fault is not null) return;
        if (at is not { } asOf)
        {
            // A count without a day is no snapshot; it is kept, and the day can be given later.
            if (size.Value is { } value) _row.Measurements.Add(new Measurement(channel, "", fact.Size!, "", "", "", "moment", "stock", "additive", "", value.ToString(CultureInfo.InvariantCulture), "", Source()));
            return;
        }

        UnitOfCount unit = _unit;
        if (fact.Unit is not null && Fill(fact.Unit) is { Length: > 0 } word && Words<UnitOfCount>.Read(word, out unit) is { } fault)
        {
            _row.Refuse(new Fault(ImportCodes.UnknownWord, fault.Rule, fault.Cure), Column(fact.Unit), Fill(fact.Unit));
            return;
        }

        string source = fact.Source is null ? Source() : Fill(fact.Source);
        _row.Audiences.Add(new AudienceSnapshot(new ChannelId(channel), asOf, size, unit) { Source = source.Length == 0 ? null : source });
    }

    private void Interaction(FactMapping fact, string channel)
    {
        string word = Fill(fact.Kind ?? "");
        if (fact.Kinds is not null)
        {
            if (!fact.Kinds.TryGetValue(word, out string? known))
            {
                _row.Refuse(new Fault(ImportCodes.UnknownWord, $"must be one of {string.Join(", ", fact.Kinds.Keys)}", "add the word to the kinds of the mapping"), Column(fact.Kind), word);
                return;
            }

            word = known;
        }

        if (word.Length == 0) return;
        if (Words<InteractionKind>.Read(word, out InteractionKind kind) is { } noKind)
        {
            _row.Refuse(new Fault(ImportCodes.UnknownWord, noKind.Rule, noKind.Cure), Column(fact.Kind), word);
            return;
        }

        ActorRole role = ActorRole.Unknown;
        string roleText = fact.Role is null ? "" : Fill(fact.Role);
        if (roleText.Length > 0 && Words<ActorRole>.Read(roleText, out role) is { } noRole)
        {
            _row.Refuse(new Fault(ImportCodes.UnknownWord, noRole.Rule, noRole.Cure), Column(fact.Role), roleText);
            return;
        }

        string id = Fill(fact.Id ?? $"{{{RowDigest}}}");
        Instant? at = Moment(fact.At ?? "", isRequired: true);
        string actor = Fill(fact.Actor ?? "");
        string publication = Fill(fact.Publication ?? "");
        string[] parents = RepliedTo(fact);
        foreach ((string text, string? column, bool isNeeded) in parents.Select(parent => (parent, fact.ReplyTo, true)).Concat([(id, fact.Id, true), (actor, fact.Actor, false), (publication, fact.Publication, false)]))
        {
            if ((text.Length > 0 || isNeeded) && Texts.Identifier(text) is { } fault) _row.Refuse(new Fault(ImportCodes.NotAnIdentifier, fault.Rule, fault.Cure), Column(column), text);
        }

        if (_row.Fault is not null) return;
        _row.Interactions.Add(new Interaction(id, new ChannelId(channel), kind, at!.Value, role)
        {
            Actor = actor.Length == 0 ? default : new ActorId(actor),
            Publication = publication.Length == 0 ? default : new PublicationId(publication),
            ReplyTo = parents.Length == 0 ? default : new InteractionId(parents[0]),
            AlsoReplyTo = parents.Length < 2 ? [] : [.. parents.Skip(1).Select(parent => new InteractionId(parent))],
        });
    }

    /// <summary>What an interaction replies to: by ids, or by the number of a row of the table. Of rows that come later none is taken, so that replies never go round in a circle.</summary>
    private string[] RepliedTo(FactMapping fact)
    {
        string text = fact.ReplyTo is null ? "" : Fill(fact.ReplyTo);
        if (text.Length == 0) return [];
        if (!fact.RepliesByRow)
        {
            if (!_table.IsOurs) return [text];
            if (IdentifierList.Read(text) is { } ids) return [.. ids];
            _row.Refuse(new Fault(ImportCodes.NotAnIdentifier, "must close its quotes", "put an identifier with a semicolon into quotes, and separate several by semicolons"), Column(fact.ReplyTo), text);
            return [];
        }

        var names = new List<string>();
        foreach (string part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part == UnknownRow)
            {
                _row.LinksLeftOut++;
                continue;
            }

            if (_names is null || !long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out long row))
            {
                _row.Refuse(new Fault(ImportCodes.OutOfRange, "must be a row of the table, counted from 0, or -2 for one that is not in it", "correct it at its source, or give the rows ids"), Column(fact.ReplyTo), part);
                return [];
            }

            if (_names.NameOf(row) is { } name) names.Add(name);
            else _row.LinksLeftOut++;
        }

        return [.. names.Distinct(StringComparer.Ordinal)];
    }

    private void UniverseSize(FactMapping fact)
    {
        Count size = CountOf(fact.Size!, "", "");
        Instant? at = fact.At is null ? StartOfAsOf() : Moment(fact.At, isRequired: true);
        UnitOfCount unit = _unit;
        if (fact.Unit is not null) _ = Words<UnitOfCount>.Read(Fill(fact.Unit), out unit);
        if (fact.IsRounded && size.State is CountState.Observed) size = Count.Rounded(size.Value!.Value);
        if (at is null && size.HasValue) _row.Measurements.Add(new Measurement("", "", fact.Size!, "", "", "", "moment", "stock", "additive", Fill(fact.Id ?? "members"), size.ToString(), "", Source()));
        else if (_row.Fault is null) _row.Universes.Add(new UniverseDraft(Fill(fact.Id ?? "members"), fact.Name is null ? null : Fill(fact.Name), unit, at!.Value, size));
    }

    /// <summary>Every metric of the row that has a number.</summary>
    private void Measure(FactMapping fact, string channel)
    {
        (string from, string to) = PeriodOf(fact);
        if (_row.Fault is not null) return;
        string publication = Fill(fact.Publication ?? "");
        if (IsRoundedId(publication))
        {
            _row.Refuse(RoundedId, Column(fact.Publication), publication);
            return;
        }

        string segment = Fill(fact.Segment ?? "");
        string source = fact.Source is not null && Fill(fact.Source) is { Length: > 0 } provenance ? $"{Source()}: {provenance}" : Source();
        foreach ((string field, string metric, string adds) in MetricsOf(fact))
        {
            string text = Cell(field);
            if (SourceCounts.Read(text, _fields.WritingOf(field), out decimal value, out CountState state, out _) is { } fault)
            {
                _row.Refuse(fault, _fields.HeaderOf(field), text);
                return;
            }

            if (state is not (CountState.Observed or CountState.Rounded)) continue;
            if (SourceCounts.IsKnown(metric) && state is CountState.Observed && SourceCounts.NotWhole(text, _fields.WritingOf(field), value) is { } part)
            {
                _row.Refuse(part, _fields.HeaderOf(field), text);
                return;
            }

            bool isStock = adds == "stock";
            bool isCorrection = value < 0 && !isStock;
            if (isCorrection) Corrections++;
            string nature = isStock ? "stock" : fact.Per == "life" ? "total" : "flow";
            string kind = FactFiles.KindOf(metric) is { } known ? Words<InteractionKind>.Of(known) : "";
            _row.Measurements.Add(new Measurement(
                channel, publication, metric, kind, from, to, fact.Per, nature, adds == "unique" ? "unique" : "additive", segment,
                (state is CountState.Rounded ? "~" : "") + value.ToString(CultureInfo.InvariantCulture), isCorrection ? "correction" : "", source));
        }
    }

    /// <summary>The metrics of the row: the field, our name and how it adds up.</summary>
    private IEnumerable<(string Field, string Metric, string Adds)> MetricsOf(FactMapping fact)
    {
        foreach (string field in fact.Metrics.Where(_fields.Has)) yield return (field, field, fact.Stock.Contains(field, StringComparer.Ordinal) ? "stock" : fact.Unique.Contains(field, StringComparer.Ordinal) ? "unique" : "additive");
        if (fact.Metric is null || Fill(fact.Metric) is not { Length: > 0 } name) yield break;
        if (!fact.Known.TryGetValue(name, out string? meaning) || !_fields.Has(fact.Value!))
        {
            if (name.Length > LongestName) name = name[..LongestName];
            if (_unknown.Count >= MostUnknown && !_unknown.ContainsKey(name)) name = "further names";
            _unknown[name] = 1 + _unknown.GetValueOrDefault(name);
            yield break;
        }

        string[] words = meaning.Split(' ');
        if (words[0].Length > 0) yield return (fact.Value!, words[0], words.Length > 1 ? words[1] : "additive");
    }

    /// <summary>The days that measurements cover, the last one not included, or a moment.</summary>
    private (string From, string To) PeriodOf(FactMapping fact)
    {
        if (fact.At is null) return (_asOf is { } day ? LocalDatePattern.Iso.Format(day) : "", "");
        string text = Fill(fact.At);
        if (text.Length == 0) return ("", "");
        if (fact.Per is "life" or "moment") return (Moment(fact.At, isRequired: true) is { } moment ? InstantPattern.ExtendedIso.Format(moment) : "", "");

        // A day is a day on the source's own calendar; it becomes no instant, so it needs no zone.
        if (Day(text, fact.At) is not { } from) return ("", "");
        LocalDate last = from;
        if (fact.Until is not null && Fill(fact.Until) is { Length: > 0 } until)
        {
            if (Day(until, fact.Until) is not { } end) return ("", "");
            last = end;
        }

        (LocalDate first, LocalDate next) = fact.Per switch
        {
            "day ended" => (from.PlusDays(-1), from),
            "week ended" => (from.PlusDays(-7), from),
            "28 days ended" => (from.PlusDays(-28), from),
            "interval" => (from, last),
            "week" => (from.PlusDays(-6), from.PlusDays(1)),
            "28 days" => (from.PlusDays(-27), from.PlusDays(1)),
            "month" => (new LocalDate(from.Year, from.Month, 1), new LocalDate(from.Year, from.Month, 1).PlusMonths(1)),
            _ => (from, last.PlusDays(1)),
        };
        return (LocalDatePattern.Iso.Format(first), LocalDatePattern.Iso.Format(next));
    }

    private LocalDate? Day(string text, string template)
    {
        Fault? fault = SourceTimes.Read(text, _table.Times, DateTimeZone.Utc, out _, out LocalDate day);
        if (fault is null) return day;
        _row.Refuse(fault, Column(template), text);
        return null;
    }

    private Instant? StartOfAsOf()
    {
        if (_asOf is not { } day) return null;
        if (_zone is null) throw new ImportException(new Fault(ImportCodes.ZoneNeeded, "is a day, and its clock is not known", "pass the zone (--zone Europe/Berlin)"), isQuestion: true);
        return _zone.AtStartOfDay(day).ToInstant();
    }

    private Instant? Moment(string template, bool isRequired)
    {
        string text = Fill(template);
        if (text.Length == 0)
        {
            if (isRequired) _row.Refuse(new Fault(ImportCodes.ValueMissing, "must have a time", "correct it at its source"), Column(template));
            return null;
        }

        try
        {
            if (SourceTimes.Read(text, _table.Times, _zone, out Instant moment, out _) is not { } fault) return moment;
            _row.Refuse(fault, Column(template), text);
            return null;
        }
        catch (ImportException exception) when (exception.IsQuestion && exception.Value is null)
        {
            throw new ImportException(exception.Fault, exception.Line, Column(template), text, isQuestion: true);
        }
    }

    private Count CountOf(string field, string channel, string publication)
    {
        string text = Cell(field);
        if (SourceCounts.Read(text, _fields.WritingOf(field), out Count count, out decimal? negative) is { } fault)
        {
            _row.Refuse(fault, _fields.HeaderOf(field), text);
            return default;
        }

        if (negative is { } correction)
        {
            // No publication has fewer than no likes: the total is not known, and what the source says is kept as a correction.
            Corrections++;
            string kind = FactFiles.KindOf(field) is { } known ? Words<InteractionKind>.Of(known) : "";
            _row.Measurements.Add(new Measurement(channel, publication, field, kind, "", "", "life", "total", "additive", "", correction.ToString(CultureInfo.InvariantCulture), "correction", Source()));
        }

        return count;
    }

    private string Cell(string field)
    {
        string text = _fields.Text(field, out Fault? fault);
        if (fault is not null) _row.Refuse(fault, _fields.HeaderOf(field), text);
        return text;
    }

    private string Fill(string template) => Template.Fill(template, field => field switch { RowDigest => _digest ??= DigestOf(), FieldReader.Title => _title, _ => Cell(field).Trim() }, TimeOf);

    /// <summary>A time by ISO 8601: in a name, so that a sheet that is saved with its days written another way names the same.</summary>
    private string TimeOf(string text)
    {
        if (SourceTimes.Read(text, _table.Times, DateTimeZone.Utc, out Instant at, out _) is not null) return text;
        LocalDateTime time = at.InUtc().LocalDateTime;
        return time.TimeOfDay == LocalTime.Midnight ? LocalDatePattern.Iso.Format(time.Date) : LocalDateTimePattern.GeneralIso.Format(time);
    }

    private string? Column(string? template) => Template.FieldsOf(template).FirstOrDefault() is { } field && field[0] != '#' ? _fields.HeaderOf(field) : null;

    private string Source() => $"{_source.Id}/{_table.Id}";

    /// <summary>A name for a row that has none: the digest of its fields, and which of its equals it is, so that two equal rows stay two and the same file again adds nothing.</summary>
    private string DigestOf()
    {
        ulong digest = DigestSet.Of(string.Join('\u001F', _namingFields.Select(field => _fields.Text(field, out _))));
        int repeat = _rowsSeen.Add(digest) ? 1 : _repeats[digest] = _repeats.GetValueOrDefault(digest, 1) + 1;
        _names?.Add(digest, repeat);
        return RowNames.Of(digest, repeat);
    }

    private void Recompute()
    {
        for (int index = 0; index < _table.Checks.Length; index++)
        {
            CheckMapping check = _table.Checks[index];
            if (Number(check.Stated) is not { } stated) continue;
            decimal?[] parts = [.. check.Parts.Select(Number)];
            decimal? per = check.Per is null ? 1 : Number(check.Per);
            if (per is null || (per == 0 && !check.ZeroWhenUndefined) || parts.All(part => part is null)) continue;
            double recomputed = per == 0 ? 0 : (double)parts.Sum(part => part ?? 0) / (double)per;
            double allowed = Math.Max(check.Tolerance, 1e-12) * Math.Max(1, Math.Abs(recomputed));
            _checks[index].Compared++;
            if (Math.Abs(recomputed - (double)stated) <= allowed) _checks[index].Agreed++;
        }
    }

    private decimal? Number(string field)
    {
        string text = _fields.Text(field, out _).Trim();
        bool isPercent = text.EndsWith('%');
        if (isPercent) text = text[..^1].TrimEnd(' ', '\u00A0', '\u202F');
        return SourceCounts.Read(text, _fields.WritingOf(field), out decimal value, out CountState state, out _) is null && state is CountState.Observed ? isPercent ? value / 100 : value : null;
    }

    private string Formula(CheckMapping check)
    {
        string parts = string.Join(" + ", check.Parts.Select(_fields.HeaderOf));
        return $"{_fields.HeaderOf(check.Stated)} = {(check.Per is null ? parts : $"({parts}) / {_fields.HeaderOf(check.Per)}{(check.ZeroWhenUndefined ? " (0 where undefined)" : "")}")}";
    }

    /// <summary>1.18E+18: several identifiers have become one.</summary>
    private static bool IsRoundedId(string id)
    {
        int exponent = id.IndexOf("E+", StringComparison.OrdinalIgnoreCase);
        return exponent > 0 && id.Length > exponent + 2 && !id.AsSpan(exponent + 2).ContainsAnyExceptInRange('0', '9') && !id.AsSpan(0, exponent).ContainsAnyExcept(Digits);
    }
}
