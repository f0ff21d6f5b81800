using System.Globalization;
using Engagement.Core;
using NodaTime;

namespace Engagement.Import;

/// <summary>Makes facts of a record, as the mapping says.</summary>
internal sealed class RowMapper
{
    // What stands in logs for the row of something that is not in them (InteractionLog.UnknownReply).
    private const string UnknownRow = "-2";

    private const int MostAccounts = 5;

    private readonly SourceMapping _source;
    private readonly TableMapping _table;
    private readonly FieldReader _fields;
    private readonly TemplateReader _templates;
    private readonly MeasurementMapper _measurements;
    private readonly string? _channel;
    private readonly Lazy<string> _defaultChannel;
    private readonly FactStore _store;
    private readonly UnitOfCount _unit;
    private readonly Dictionary<string, long> _missing = new(StringComparer.Ordinal);
    private readonly (long Agreed, long Compared)[] _checks;
    private readonly SortedSet<string> _accounts = new(StringComparer.Ordinal);
    private string? _account;
    private MappedRow _row = null!;

    public RowMapper(SourceMapping source, TableMapping table, FieldReader fields, ImportRequest request, FactStore store, Lazy<string> defaultChannel, string title = "")
    {
        (_source, _table, _fields, _store, _defaultChannel) = (source, table, fields, store, defaultChannel);
        _channel = request.Channel;
        _templates = new TemplateReader(source, table, fields, request, title);
        _measurements = new MeasurementMapper(table, fields, _templates, request.AsOf);
        _ = Words<UnitOfCount>.Read(source.Unit, out _unit);
        _checks = new (long, long)[table.Checks.Length];
    }

    /// <summary>How many cells of each column were blank.</summary>
    public IReadOnlyDictionary<string, long> Missing => _missing;

    /// <summary>How many values there were of each metric that the mapping does not know.</summary>
    public IReadOnlyDictionary<string, long> Unknown => _measurements.Unknown;

    /// <summary>The accounts that the rows are of, where the source names them and the channel is not made of their names; the first of them.</summary>
    public IReadOnlyCollection<string> Accounts => _accounts;

    /// <summary>Cells with a number below 0: the source takes back what it counted before.</summary>
    public long Corrections => _measurements.Corrections;

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

    /// <summary>The account whose audience a record states; empty where it states none.</summary>
    public string AccountOf(SourceRecord record)
    {
        if (Array.Find(_table.Facts, fact => fact.Fact == "audience")?.Channel is not { } account) return "";
        _fields.Begin(record);
        return Template.Fill(account, field => _fields.Text(field, out _));
    }

    /// <summary>A row that is not mapped has its number all the same.</summary>
    public void Pass() => _templates.Pass();

    public MappedRow Map(SourceRecord record)
    {
        _row = _templates.Begin(record);
        if (Array.Find(_table.Needs, field => _fields.Text(field, out _).Trim().Length == 0) is { } blank) _row.Refuse(new Fault(ImportCodes.ValueMissing, "must not be blank", "write it in each row: a merged cell of a sheet is blank in all but its first"), _fields.HeaderOf(blank), "");
        foreach (string field in _table.Fields.Keys.Where(field => _fields.Has(field) && _table.Fields[field][0][0] != '#' && _fields.Text(field, out _).Length == 0)) _missing[_fields.HeaderOf(field)] = 1 + _missing.GetValueOrDefault(_fields.HeaderOf(field));
        foreach (FactMapping fact in _table.Facts)
        {
            if (_row.Fault is null && fact.When.All(Holds) && !fact.Unless.Any(Holds)) Add(fact);
        }

        _templates.End();
        MappedRowValidator.Check(_row);
        if (_row.Fault is null) Recompute();
        return _row;
    }

    /// <summary>Whether a field has one of the texts of a condition, which may be made of other fields.</summary>
    private bool Holds(KeyValuePair<string, string[]> condition) =>
        FieldReader.Matches(_fields.Text(condition.Key, out _), Array.Exists(condition.Value, text => text.Contains('{', StringComparison.Ordinal)) ? [.. condition.Value.Select(_templates.Fill)] : condition.Value);

    private void Add(FactMapping fact)
    {
        string channel = ChannelOf(fact);
        if (_row.Fault is not null) return;
        if (fact.Of is not null && _accounts.Count < MostAccounts && _templates.Fill(fact.Of) is { Length: > 0 } account) _accounts.Add(account);
        switch (fact.Fact)
        {
            case "channel": break;
            case "publication": Publication(fact, channel); break;
            case "audience": Audience(fact, channel); break;
            case "interaction": Interaction(fact, channel); break;
            case "universe": UniverseSize(fact); break;
            default: _measurements.Map(fact, channel); break;
        }
    }

    /// <summary>The channel of a fact: the user's, else the row's own, else that of a publication that is known, else that of the source.</summary>
    private string ChannelOf(FactMapping fact)
    {
        string own = fact.Channel is null ? "" : _templates.Fill(fact.Channel);
        if (own.Length > 0) _row.Author = own;
        if (fact.Fact == "universe") return "";
        string id = _channel ?? (own.Length > 0 ? own : _store.ChannelOf(_templates.Fill(fact.Publication ?? (fact.At is null ? fact.Id : null) ?? "")) ?? _defaultChannel.Value);
        if (Texts.Identifier(id) is { } fault)
        {
            _row.Refuse(new Fault(ImportCodes.NotAnIdentifier, fault.Rule, fault.Cure), _templates.Column(fact.Channel), id);
            return id;
        }

        string name = fact.Name is null ? "" : _templates.Fill(fact.Name);
        _row.Channels.Add(new ChannelDraft(id, _channel is null && name.Length > 0 ? name : null, _source.Platform, _source.Form, fact.Fact == "channel"));
        return id;
    }

    private void Publication(FactMapping fact, string channel)
    {
        string id = _templates.Fill(fact.Id ?? "");
        if (id.Length == 0)
        {
            _row.Refuse(new Fault(ImportCodes.ValueMissing, "must have an identifier", "correct it at its source"), _templates.Column(fact.Id));
            return;
        }

        if (_templates.IsRoundedId(id, fact.Id)) return;
        Instant? at = fact.At is null ? null : _templates.Moment(fact.At, isRequired: true);
        Instant? asOf = fact.AsOf is null ? null : _templates.Moment(fact.AsOf, isRequired: false);
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
        if (_channel is not null && fact.Channel is not null && _templates.Fill(fact.Channel) is { Length: > 0 } account && (_account ??= account) != account)
        {
            _row.Refuse(new Fault(ImportCodes.OutOfRange, $"is of another account than the rows before ({_account}), and one channel has one audience", "leave out --channel, or split the file by account"), _templates.Column(fact.Channel), account);
            return;
        }

        Count size = CountOf(fact.Size!, channel, "");
        if (size.State is CountState.NotApplicable) return;
        Instant? at = _templates.MomentOfStock(fact.At);
        if (_row.Fault is not null) return;
        if (at is not { } asOf)
        {
            if (size.Value is { } value) _measurements.AddUndated(channel, fact.Size!, "", value.ToString(CultureInfo.InvariantCulture));
            return;
        }

        UnitOfCount unit = _unit;
        if (fact.Unit is not null && _templates.Fill(fact.Unit) is { Length: > 0 } word && Words<UnitOfCount>.Read(word, out unit) is { } fault)
        {
            _row.Refuse(new Fault(ImportCodes.UnknownWord, fault.Rule, fault.Cure), _templates.Column(fact.Unit), _templates.Fill(fact.Unit));
            return;
        }

        string source = fact.Source is null ? _templates.Source : _templates.Fill(fact.Source);
        _row.Audiences.Add(new AudienceSnapshot(new ChannelId(channel), asOf, size, unit) { Source = source.Length == 0 ? null : source });
    }

    private void Interaction(FactMapping fact, string channel)
    {
        string word = _templates.Fill(fact.Kind ?? "");
        if (fact.Kinds is not null)
        {
            if (!fact.Kinds.TryGetValue(word, out string? known))
            {
                _row.Refuse(new Fault(ImportCodes.UnknownWord, $"must be one of {string.Join(", ", fact.Kinds.Keys)}", "add the word to the kinds of the mapping"), _templates.Column(fact.Kind), word);
                return;
            }

            word = known;
        }

        if (word.Length == 0) return;
        if (Words<InteractionKind>.Read(word, out InteractionKind kind) is { } noKind)
        {
            _row.Refuse(new Fault(ImportCodes.UnknownWord, noKind.Rule, noKind.Cure), _templates.Column(fact.Kind), word);
            return;
        }

        string actor = _templates.Fill(fact.Actor ?? "");

        if (fact.Role is null && actor.Length > 0 && actor == _row.Author) _row.IsOfAuthor = true;
        ActorRole role = ActorRole.Unknown;
        string roleText = fact.Role is null ? "" : _templates.Fill(fact.Role);
        if (roleText.Length > 0 && Words<ActorRole>.Read(roleText, out role) is { } noRole)
        {
            _row.Refuse(new Fault(ImportCodes.UnknownWord, noRole.Rule, noRole.Cure), _templates.Column(fact.Role), roleText);
            return;
        }

        string id = _templates.Fill(fact.Id ?? $"{{{TemplateReader.RowDigest}}}");
        Instant? at = _templates.Moment(fact.At ?? "", isRequired: true);
        string publication = _templates.Fill(fact.Publication ?? "");
        string[] parents = RepliedTo(fact);
        foreach ((string text, string? column, bool isNeeded) in parents.Select(parent => (parent, fact.ReplyTo, true)).Concat([(id, fact.Id, true), (actor, fact.Actor, false), (publication, fact.Publication, false)]))
        {
            if ((text.Length > 0 || isNeeded) && Texts.Identifier(text) is { } fault) _row.Refuse(new Fault(ImportCodes.NotAnIdentifier, fault.Rule, fault.Cure), _templates.Column(column), text);
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
        string text = fact.ReplyTo is null ? "" : _templates.Fill(fact.ReplyTo);
        if (text.Length == 0) return [];
        if (!fact.RepliesByRow)
        {
            if (!_table.IsOurs) return [text];
            if (IdentifierList.Read(text) is { } ids) return [.. ids];
            _row.Refuse(new Fault(ImportCodes.NotAnIdentifier, "must close its quotes", "put an identifier with a semicolon into quotes, and separate several by semicolons"), _templates.Column(fact.ReplyTo), text);
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

            if (_templates.Names is null || !long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out long row))
            {
                _row.Refuse(new Fault(ImportCodes.OutOfRange, "must be a row of the table, counted from 0, or -2 for one that is not in it", "correct it at its source, or give the rows ids"), _templates.Column(fact.ReplyTo), part);
                return [];
            }

            if (_templates.Names.NameOf(row) is { } name) names.Add(name);
            else _row.LinksLeftOut++;
        }

        return [.. names.Distinct(StringComparer.Ordinal)];
    }

    private void UniverseSize(FactMapping fact)
    {
        Count size = CountOf(fact.Size!, "", "");
        Instant? at = _templates.MomentOfStock(fact.At);
        UnitOfCount unit = _unit;
        if (fact.Unit is not null) _ = Words<UnitOfCount>.Read(_templates.Fill(fact.Unit), out unit);
        if (fact.IsRounded && size.State is CountState.Observed) size = Count.Rounded(size.Value!.Value);
        if (at is null && size.HasValue) _measurements.AddUndated("", fact.Size!, _templates.Fill(fact.Id ?? "members"), size.ToString());
        else if (_row.Fault is null) _row.Universes.Add(new UniverseDraft(_templates.Fill(fact.Id ?? "members"), fact.Name is null ? null : _templates.Fill(fact.Name), unit, at!.Value, size));
    }

    private Count CountOf(string field, string channel, string publication)
    {
        string text = _templates.Cell(field);
        if (SourceCounts.Read(text, _fields.WritingOf(field), out Count count, out decimal? negative) is { } fault)
        {
            _row.Refuse(fault, _fields.HeaderOf(field), text);
            return default;
        }

        // No publication has fewer than no likes: the total is not known, and what the source says is kept as a correction.
        if (negative is { } correction) _measurements.AddCorrection(channel, publication, field, correction);
        return count;
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
}
