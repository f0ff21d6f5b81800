using CsvHelper;
using Engagement.Core;
using NodaTime;
using NodaTime.Text;

namespace Engagement.Import;

/// <summary>The facts of the folder with what is imported merged into them. Single events and measurements, of which there may be many, go through files; everything else is kept in memory.</summary>
internal sealed class FactStore : IDisposable
{
    // In the scratch file, until it is known who publishes: the role of an author's own words.
    private const string OfAuthor = "author";
    private const int RoleColumn = 4;
    private const int MostFiguresOfFile = 2_000_000;

    private readonly string _folder;
    private readonly FolderTransaction? _transaction;
    private readonly Organisation _organisation;
    private readonly List<Universe> _universes;
    private readonly List<Channel> _channels;
    private readonly List<AudienceSnapshot> _audiences;
    private readonly List<Publication> _publications;
    private readonly Dictionary<ChannelId, Channel> _channelById;
    private readonly Dictionary<(ChannelId, Instant), int> _audienceAt = [];
    private readonly Dictionary<ChannelId, UnitOfCount> _unitOf = [];
    private readonly Dictionary<PublicationId, int> _publicationAt = [];
    private readonly Dictionary<(PublicationId Publication, string Column), Instant> _readAt = [];
    private readonly Dictionary<PublicationId, Publication> _atStart = [];
    private readonly List<(PublicationDraft Draft, PublicationId Id)> _waiting = [];
    private readonly Dictionary<PublicationId, Publication> _atSettling = [];
    private readonly DigestSet _interactionIds = new();
    private readonly DigestSet _measured = new();
    private readonly DigestSet _figures = new();
    private readonly Dictionary<ulong, ulong> _newestOf = [];
    private readonly List<(int File, int Columns)> _told = [];
    private readonly HashSet<int> _audiencesOfFile = [];
    private readonly HashSet<ulong> _figuresOfFile = [];
    private readonly HashSet<ChannelId> _publishing = [];
    private readonly HashSet<string> _authors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _placed = new(StringComparer.Ordinal);
    private readonly Dictionary<ChannelId, ChannelDraft> _authorsChannels = [];
    private int _file;
    private readonly FileStream? _newInteractions;
    private readonly FileStream? _newMeasurements;
    private readonly CsvWriter? _interactionWriter;
    private readonly CsvWriter? _measurementWriter;
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private readonly bool _isOrganisationNew;

    public FactStore(string folder, Portfolio? portfolio, Organisation organisation, FolderTransaction? transaction, CancellationToken cancellationToken)
    {
        (_folder, _transaction, _organisation, _isOrganisationNew) = (folder, transaction, organisation, portfolio is null);
        _universes = [.. portfolio?.Universes ?? []];
        _channels = [.. portfolio?.Channels ?? []];
        _audiences = [.. portfolio?.Audiences ?? []];
        _publications = [.. portfolio?.Publications ?? []];
        _channelById = _channels.DistinctBy(channel => channel.Id).ToDictionary(channel => channel.Id);
        for (int index = 0; index < _audiences.Count; index++)
        {
            _audienceAt[(_audiences[index].Channel, _audiences[index].AsOf)] = index;
            _unitOf.TryAdd(_audiences[index].Channel, _audiences[index].Unit);
        }

        for (int index = 0; index < _publications.Count; index++) _publicationAt.TryAdd(_publications[index].Id, index);
        _publishing.UnionWith(_publications.Select(publication => publication.Channel));
        if (portfolio is not null)
        {
            FactFiles.ReadInteractions(folder, new FindingList(), row => _interactionIds.Add(FormulaGuard.Restored(row.Text("id"))), cancellationToken);
            RememberMeasurements(cancellationToken);
        }

        if (transaction is null) return;
        _newInteractions = transaction.CreateScratch("interactions");
        _newMeasurements = transaction.CreateScratch("measurements");
        _interactionWriter = PortfolioWriter.Writer(_newInteractions);
        _measurementWriter = PortfolioWriter.Writer(_newMeasurements);
    }

    /// <summary>The files that are changed, in the order of the documentation.</summary>
    public IEnumerable<string> Changed => _changed.Order(StringComparer.Ordinal);

    /// <summary>Links of interactions to what is not in the folder, which were left out.</summary>
    public long LinksLeftOut { get; private set; }

    /// <summary>Counts of publications that are not in the folder.</summary>
    public long Waiting => _waiting.Count;

    /// <summary>Counts of publications that are lower than those that were known before.</summary>
    public long Fallen { get; private set; }

    /// <summary>Counts that several rows of the file state, each another one.</summary>
    public long ToldTwice { get; private set; }

    public IReadOnlyList<Channel> Channels => _channels;

    /// <summary>Whether publications of an account are known, by its name as their author or as their channel.</summary>
    public bool IsAuthor(string account) => _authors.Contains(account) || (Texts.Identifier(account) is null && _publishing.Contains(new ChannelId(account)));

    /// <summary>Measurements that several rows of the file state, each with another value.</summary>
    public long FiguresToldTwice { get; private set; }

    /// <summary>Audiences of one moment that several rows of the file state, each of another size.</summary>
    public long AudiencesToldTwice { get; private set; }

    /// <summary>The channel of a publication; null when it is not known.</summary>
    public string? ChannelOf(string publication) => publication.Length > 0 && Texts.Identifier(publication) is null && _publicationAt.TryGetValue(new PublicationId(publication), out int index) ? _publications[index].Channel.Value : null;

    /// <summary>Merges the facts of a row. Null when they contradict the folder; else whether anything was new.</summary>
    /// <param name="row">The facts.</param>
    /// <param name="onlyFill">Whether counts that are known stay: a file that was imported before completes, and takes nothing back.</param>
    public bool? Merge(MappedRow row, bool onlyFill)
    {
        if (Contradiction(row) is { } fault)
        {
            row.Refuse(fault.Fault, fault.Column);
            return null;
        }

        bool isNew = false;
        if (row.Publications.Count > 0 && row.Author.Length > 0) _authors.Add(row.Author);
        foreach (ChannelDraft channel in row.Channels)
        {
            // Whose words they are, and so whether theirs is a channel, shows at the end.
            if (row.IsOfAuthor && row.Publications.Count == 0 && _transaction is not null) _authorsChannels.TryAdd(new ChannelId(channel.Id), channel);
            else isNew |= Merge(channel);
        }

        foreach (UniverseDraft universe in row.Universes) isNew |= Merge(universe, onlyFill);
        foreach (AudienceSnapshot audience in row.Audiences) isNew |= Merge(audience, onlyFill);
        foreach (PublicationDraft publication in row.Publications) isNew |= Merge(publication, onlyFill);
        foreach (Interaction interaction in row.Interactions) isNew |= Merge(interaction, row.IsOfAuthor);
        if (isNew) LinksLeftOut += row.LinksLeftOut;
        foreach (Measurement measurement in row.Measurements) isNew |= Merge(measurement, onlyFill);
        return isNew;
    }

    /// <summary>Tells that another file begins.</summary>
    public void BeginFile()
    {
        (_file, ToldTwice, AudiencesToldTwice, FiguresToldTwice) = (_file + 1, 0, 0, 0);
        _audiencesOfFile.Clear();
        _figuresOfFile.Clear();
    }

    /// <summary>Notes that a file of the folder changes although no fact does.</summary>
    public void Touch(string file) => _changed.Add(file);

    /// <summary>Settles what could only be known at the end: counts whose publication came later.</summary>
    public void Settle()
    {
        foreach ((PublicationDraft draft, PublicationId id) in _waiting.Where(entry => _publicationAt.ContainsKey(entry.Id)))
        {
            // Their turn was before that of the publication: what it says itself came later, and stays.
            if (!_atSettling.TryGetValue(id, out Publication? known)) _atSettling[id] = known = _publications[_publicationAt[id]];
            var counts = draft.Counts.Where(entry => !CountColumn.Find(entry.Key)!.Of(known).HasValue || (draft.AsOf is not null && _readAt.ContainsKey((id, entry.Key)))).ToDictionary(StringComparer.Ordinal);
            Merge(draft with { Counts = counts }, onlyFill: false);
        }

        _waiting.RemoveAll(entry => _publicationAt.ContainsKey(entry.Id));
    }

    /// <summary>Writes the files that changed.</summary>
    public void Write(CancellationToken cancellationToken)
    {
        FolderTransaction transaction = _transaction!;
        if (_changed.Contains(PortfolioWriter.InteractionsFile)) WriteInteractions(transaction, cancellationToken);
        if (_isOrganisationNew || _changed.Contains(OrganisationFile.Name)) PortfolioWriter.Organisation(_organisation, _universes, transaction);
        if (_isOrganisationNew || _changed.Contains(PortfolioWriter.ChannelsFile)) PortfolioWriter.Channels(_channels, transaction);
        if (_changed.Contains(PortfolioWriter.AudiencesFile)) PortfolioWriter.Audiences(_audiences.OrderBy(audience => audience.AsOf), transaction);
        if (_changed.Contains(PortfolioWriter.PublicationsFile)) PortfolioWriter.Publications(_publications, transaction);
        if (_changed.Contains(PortfolioWriter.MeasurementsFile)) WriteMeasurements(transaction);
    }

    public void Dispose()
    {
        _interactionWriter?.Dispose();
        _measurementWriter?.Dispose();
        _newInteractions?.Dispose();
        _newMeasurements?.Dispose();
    }

    private (Fault Fault, string? Column)? Contradiction(MappedRow row)
    {
        foreach (AudienceSnapshot audience in row.Audiences)
        {
            if (_unitOf.TryGetValue(audience.Channel, out UnitOfCount unit) && unit != audience.Unit)
            {
                return (new Fault(ImportCodes.UnitMismatch, $"must count {Words<UnitOfCount>.Of(unit)}s like the other snapshots of the channel {audience.Channel}, not {Words<UnitOfCount>.Of(audience.Unit)}s", "import it into a channel of its own (--channel)"), null);
            }
        }

        foreach ((string channel, Instant at) in row.Publications.Where(item => item.PublishedAt is not null).Select(item => (item.Channel, item.PublishedAt!.Value)).Concat(row.Interactions.Select(item => (item.Channel.Value, item.At))))
        {
            if (_channelById.TryGetValue(new ChannelId(channel), out Channel? known) && known.Closed is { } closed && at.InZone(_organisation.TimeZone).Date > closed)
            {
                return (new Fault(ImportCodes.OutOfRange, $"must not lie after the day on which the channel {channel} closed", "mend that day in channels.csv, or import it into another channel (--channel)"), null);
            }
        }

        foreach (PublicationDraft publication in row.Publications)
        {
            if (_publicationAt.TryGetValue(new PublicationId(publication.Id), out int index) && _publications[index].Channel.Value != publication.Channel && publication.PublishedAt is not null)
            {
                return (new Fault(ImportCodes.OutOfRange, $"is a publication of the channel {_publications[index].Channel} already", "import it into that channel (--channel)"), null);
            }
        }

        return null;
    }

    private bool Merge(ChannelDraft draft)
    {
        var id = new ChannelId(draft.Id);
        if (_channelById.ContainsKey(id)) return false;
        _ = Words<ChannelForm>.Read(draft.Form, out ChannelForm form);
        string name = draft.Name is { } given && Texts.Name(given) is null ? given : draft.Id;
        var channel = new Channel(draft.Id, name, new Platform(draft.Platform.Length == 0 ? "other" : draft.Platform), form);
        _channels.Add(channel);
        _channelById.Add(id, channel);
        return Changes(PortfolioWriter.ChannelsFile);
    }

    private bool Merge(UniverseDraft draft, bool onlyFill)
    {
        var id = new UniverseId(draft.Id);
        int at = _universes.FindIndex(universe => universe.Id == id);
        Universe known = at < 0 ? new Universe(draft.Id, draft.Unit, draft.Name) : _universes[at];
        if (known.Sizes.Any(size => size.AsOf == draft.AsOf && (size.Size == draft.Size || (onlyFill && size.Size.HasValue)))) return false;
        Universe grown = new Universe(known.Id.Value, known.Unit, known.Name).WithAll(known.Sizes.Where(size => size.AsOf != draft.AsOf).Append(new UniverseSize(draft.AsOf, draft.Size)));
        if (at < 0) _universes.Add(grown);
        else _universes[at] = grown;
        return Changes(OrganisationFile.Name);
    }

    private bool Merge(AudienceSnapshot audience, bool onlyFill)
    {
        _unitOf.TryAdd(audience.Channel, audience.Unit);
        if (!_audienceAt.TryGetValue((audience.Channel, audience.AsOf), out int index))
        {
            _audienceAt.Add((audience.Channel, audience.AsOf), _audiences.Count);
            if (audience.Size.HasValue) _audiencesOfFile.Add(_audiences.Count);
            _audiences.Add(audience);
            return Changes(PortfolioWriter.AudiencesFile);
        }

        AudienceSnapshot known = _audiences[index];

        // A source that does not know the size does not take it away from one that does.
        bool isFirst = !audience.Size.HasValue || _audiencesOfFile.Add(index);
        if (known.Size == audience.Size || !audience.Size.HasValue || (onlyFill && known.Size.HasValue)) return false;
        if (!isFirst) AudiencesToldTwice++;
        _audiences[index] = new AudienceSnapshot(known.Channel, known.AsOf, audience.Size, known.Unit) { Members = known.Members, InTarget = known.InTarget, Source = audience.Source };
        return Changes(PortfolioWriter.AudiencesFile);
    }

    private bool Merge(PublicationDraft draft, bool onlyFill)
    {
        var id = new PublicationId(draft.Id);
        if (!_publicationAt.TryGetValue(id, out int index))
        {
            if (draft.PublishedAt is not { } at)
            {
                _waiting.Add((draft, id));
                return false;
            }

            _publicationAt.Add(id, _publications.Count);
            _publishing.Add(new ChannelId(draft.Channel));
            _publications.Add(WithCounts(new Publication(draft.Id, new ChannelId(draft.Channel), at), draft.Counts, kept: null));
            if (draft.AsOf is { } read) Newest(draft, id, read);
            else Compare(draft, _publications.Count - 1, known: null);
            return Changes(PortfolioWriter.PublicationsFile);
        }

        if (draft.AsOf is { } asOf) draft = Newest(draft, id, asOf);

        Publication known = _publications[index];
        if (onlyFill) _atStart.TryAdd(id, known);
        Publication? kept = onlyFill ? _atStart[id] : null;
        Publication merged = WithCounts(draft.PublishedAt is { } published && published != known.PublishedAt && !onlyFill ? new Publication(draft.Id, known.Channel, published) { Exposures = known.Exposures, Interactions = known.Interactions } : known, draft.Counts, kept);
        if (!onlyFill && draft.AsOf is null) Compare(draft, index, known);
        if (merged == known) return false;
        _publications[index] = merged;
        return Changes(PortfolioWriter.PublicationsFile);
    }

    /// <summary>Counts what a reader of the figures should know of totals that replace others: a total does not fall by itself, and a row that says another one than the row before says it of something else.</summary>
    private void Compare(PublicationDraft draft, int index, Publication? known)
    {
        while (_told.Count <= index) _told.Add(default);
        int columns = _told[index].File == _file ? _told[index].Columns : 0;
        foreach ((string name, Count count) in draft.Counts.Where(entry => entry.Value.HasValue))
        {
            CountColumn column = CountColumn.Find(name)!;
            int bit = 1 << Array.IndexOf(CountColumn.All, column);
            bool isFirst = (columns & bit) == 0;
            columns |= bit;
            if (known is null || column.Of(known) is not { HasValue: true } before || before == count) continue;
            if (!isFirst) ToldTwice++;
            else if (count.Value < before.Value) Fallen++;
        }

        _told[index] = (_file, columns);
    }

    /// <summary>What of a reading is not older than what is known. Each count by itself: another table reads others, at other times.</summary>
    private PublicationDraft Newest(PublicationDraft draft, PublicationId id, Instant asOf)
    {
        bool IsNewest(string column) => !_readAt.TryGetValue((id, column), out Instant newest) || newest <= asOf;
        PublicationDraft newest = draft with
        {
            Counts = draft.Counts.Where(entry => IsNewest(entry.Key)).ToDictionary(StringComparer.Ordinal),
            PublishedAt = IsNewest("published_at") ? draft.PublishedAt : null,
        };
        foreach ((string column, _) in newest.Counts.Where(entry => entry.Value.HasValue)) _readAt[(id, column)] = asOf;
        if (newest.PublishedAt is not null) _readAt[(id, "published_at")] = asOf;
        return newest;
    }

    private bool Merge(Interaction interaction, bool isOfAuthor)
    {
        // What was taken for a publication before stays one: a post is one fact.
        if ((isOfAuthor || interaction.Kind is InteractionKind.Post) && _publicationAt.ContainsKey(new PublicationId(interaction.Id.Value))) return false;
        if (!_interactionIds.Add(interaction.Id.Value)) return false;
        string[] cells = PortfolioWriter.Cells(interaction);
        if (isOfAuthor) cells[RoleColumn] = OfAuthor;
        _interactionWriter?.WriteRecord(cells);
        return Changes(PortfolioWriter.InteractionsFile);
    }

    private bool Merge(Measurement measurement, bool onlyFill)
    {
        string[] cells = measurement.Cells();
        if (!Remember(cells, onlyFill)) return false;
        _measurementWriter?.WriteRecord(cells);
        return Changes(PortfolioWriter.MeasurementsFile);
    }

    /// <summary>Whether a reading is new: nobody has told it, or others since, so that it is the newest again. A file that was imported before is no new reading.</summary>
    private bool Remember(string[] cells, bool onlyFill)
    {
        ulong reading = DigestSet.Of(string.Join('\u001F', cells));
        bool isNew = _measured.Add(reading);
        if (!isNew && onlyFill) return false;
        ulong figure = DigestSet.Of(string.Join('\u001F', cells.Where((_, column) => column is not (Measurement.ValueColumn or Measurement.FlagColumn))));
        bool isFirst = _figuresOfFile.Count >= MostFiguresOfFile || _figuresOfFile.Add(figure);
        if (_figures.Add(figure)) return isNew;
        bool isNewest = _newestOf.TryGetValue(figure, out ulong newest) ? newest != reading : isNew;
        if (!isFirst && isNewest) FiguresToldTwice++;
        if (isNewest) _newestOf[figure] = reading;
        return isNew || isNewest;
    }

    private bool Changes(string file)
    {
        _changed.Add(file);
        return true;
    }

    /// <summary>The publication with the counts that are known; a count that is missing takes none away, and one that <paramref name="kept"/> has stays.</summary>
    private static Publication WithCounts(Publication publication, IReadOnlyDictionary<string, Count> counts, Publication? kept)
    {
        Exposures exposures = publication.Exposures;
        InteractionTally interactions = publication.Interactions;
        foreach ((string name, Count count) in counts)
        {
            CountColumn column = CountColumn.Find(name)!;
            column.Set(ref exposures, ref interactions, Newer(column.Of(publication), count, kept is null ? null : column.Of(kept)));
        }

        return publication with { Exposures = exposures, Interactions = interactions };
    }

    private static Count Newer(Count known, Count count, Count? kept) => known.HasValue && (kept is { HasValue: true } || !count.HasValue) ? known : count;

    /// <summary>The old rows as they are, and the new ones without links to what the folder does not know.</summary>
    private void WriteInteractions(FolderTransaction transaction, CancellationToken cancellationToken)
    {
        _interactionWriter!.Dispose();
        _newInteractions!.Position = 0;
        using FileStream stream = transaction.Create(PortfolioWriter.InteractionsFile);
        using CsvWriter csv = PortfolioWriter.Writer(stream);
        csv.WriteRecord(PortfolioWriter.InteractionHeader);
        FactFiles.ReadInteractions(_folder, new FindingList(), row => csv.WriteRecord([.. PortfolioWriter.InteractionHeader.Select(row.Text)]), cancellationToken);
        using var added = CsvReader.Create(_newInteractions, new CsvReaderOptions { Separator = ',', HasHeader = false }, leaveOpen: true);
        while (added.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            string[] cells = [.. Enumerable.Range(0, PortfolioWriter.InteractionHeader.Length).Select(added.GetString)];
            if (cells[RoleColumn] == OfAuthor) Place(cells);
            if (cells[6].Length > 0 && !Knows(new PublicationId(FormulaGuard.Restored(cells[6])), cells[1])) LeaveOut(ref cells[6]);
            cells[7] = Replies(cells[7]);
            csv.WriteRecord(cells);
        }
    }

    /// <summary>Where an author's words stand and whose they are: who publishes is the organisation, in his own channel; anybody else is somebody under the post that he replies to.</summary>
    private void Place(string[] cells)
    {
        string channel = FormulaGuard.Restored(cells[1]);
        string actor = FormulaGuard.Restored(cells[5]);
        bool isOurs = IsAuthor(actor);
        if (!isOurs && (ChannelOf(FormulaGuard.Restored(cells[6])) ?? _placed.GetValueOrDefault(FormulaGuard.Restored(cells[6]))) is { } of && IsOpen(of, cells[3])) channel = of;
        _placed[FormulaGuard.Restored(cells[0])] = channel;
        (cells[1], cells[RoleColumn]) = (FormulaGuard.Neutral(channel), Words<ActorRole>.Of(isOurs ? ActorRole.Organisation : ActorRole.Unknown));
        if (_authorsChannels.TryGetValue(new ChannelId(channel), out ChannelDraft? draft)) Merge(draft);
    }

    private bool IsOpen(string channel, string at) => !(_channelById.TryGetValue(new ChannelId(channel), out Channel? known) && known.Closed is { } closed && InstantPattern.ExtendedIso.Parse(at).Value.InZone(_organisation.TimeZone).Date > closed);

    /// <summary>What an interaction replies to, without what the folder does not have.</summary>
    private string Replies(string replyTo)
    {
        string[] parents = replyTo.Length == 0 ? [] : [.. IdentifierList.Read(FormulaGuard.Restored(replyTo))!];
        string[] known = [.. parents.Where(_interactionIds.Contains)];
        LinksLeftOut += parents.Length - known.Length;
        return FormulaGuard.Neutral(IdentifierList.Text(known));
    }

    private bool Knows(PublicationId id, string channel) => _publicationAt.TryGetValue(id, out int index) && _publications[index].Channel.Value == FormulaGuard.Restored(channel);

    private void LeaveOut(ref string link)
    {
        link = "";
        LinksLeftOut++;
    }

    private void WriteMeasurements(FolderTransaction transaction)
    {
        _measurementWriter!.Dispose();
        _newMeasurements!.Position = 0;
        using FileStream stream = transaction.Create(PortfolioWriter.MeasurementsFile);
        string old = FolderTransaction.PathOf(_folder, PortfolioWriter.MeasurementsFile);
        if (File.Exists(old))
        {
            using FileStream known = File.OpenRead(old);
            known.CopyTo(stream);
        }
        else
        {
            using CsvWriter csv = PortfolioWriter.Writer(stream);
            csv.WriteRecord(Measurement.Header);
        }

        _newMeasurements.CopyTo(stream);
    }

    private void RememberMeasurements(CancellationToken cancellationToken)
    {
        string path = FolderTransaction.PathOf(_folder, PortfolioWriter.MeasurementsFile);
        if (!File.Exists(path)) return;
        using FileStream stream = File.OpenRead(path);
        using var reader = CsvReader.Create(stream, new CsvReaderOptions { Separator = ',', HasHeader = false });
        if (!reader.Read() || !Enumerable.Range(0, reader.FieldCount).Select(reader.GetString).SequenceEqual(Measurement.Header, StringComparer.Ordinal))
        {
            throw new ImportException(new Fault(ImportCodes.FolderUnsound, $"must have the columns {string.Join(',', Measurement.Header)}", "restore the header, or move the file elsewhere"), value: path);
        }

        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            Remember([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)], onlyFill: false);
        }
    }
}
