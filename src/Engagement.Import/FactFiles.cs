using Engagement.Core;
using NodaTime;

namespace Engagement.Import;

/// <summary>Reads the CSV files of a folder, row by row, into facts.</summary>
internal sealed class FactFiles
{
    private static readonly CsvTable ChannelTable = new("channels.csv", ["id", "name", "platform", "form"], ["purposes", "target_universe", "sub_brand", "opened", "closed"]);
    private static readonly CsvTable AudienceTable = new("audiences.csv", ["channel", "as_of", "size", "unit"], ["members", "in_target", "source"]);
    private static readonly CsvTable OverlapTable = new("overlaps.csv", ["channel", "other", "as_of", "shared"], ["members", "in_target", "source"]);
    private static readonly CsvTable PublicationTable = new("publications.csv", ["id", "channel", "published_at"], [.. CountColumn.All.Select(column => column.Name)]);
    private static readonly CsvTable InteractionTable = new("interactions.csv", ["id", "channel", "kind", "at"], ["role", "actor", "publication", "reply_to"]);
    private static readonly CsvTable EffortTable = new("efforts.csv", ["channel", "from", "to"], ["hours", "amount", "currency"]);

    private readonly string _folder;
    private readonly PortfolioBuilder? _builder;
    private readonly DateTimeZone _zone;
    private readonly FactPlaces _places;
    private readonly FindingList _findings;
    private readonly CancellationToken _cancellationToken;

    /// <summary>The files of a folder. Without an organisation the rows are only checked, and their local times taken as UTC, which has neither gaps nor times twice.</summary>
    public FactFiles(string folder, Organisation? organisation, PortfolioBuilder? builder, FactPlaces places, FindingList findings, CancellationToken cancellationToken) =>
        (_folder, _zone, _builder, _places, _findings, _cancellationToken) = (folder, organisation?.TimeZone ?? DateTimeZone.Utc, builder, places, findings, cancellationToken);

    public static IReadOnlyList<string> Names { get; } = [ChannelTable.File, AudienceTable.File, OverlapTable.File, PublicationTable.File, InteractionTable.File, EffortTable.File];

    /// <summary>Files that an import leaves beside them.</summary>
    public static IReadOnlyList<string> Others { get; } = [PortfolioWriter.MeasurementsFile, PortfolioWriter.ImportsFile];

    /// <summary>Reads the rows of interactions.csv as they stand, for copying; only rows that are sound.</summary>
    public static void ReadInteractions(string folder, FindingList findings, Action<CsvRow> take, CancellationToken cancellationToken) => InteractionTable.Read(folder, isRequired: false, findings, take, cancellationToken);

    /// <summary>Reads the files.</summary>
    /// <param name="withInteractions">Whether to keep the single events, of which there may be more than memory holds.</param>
    public void Read(bool withInteractions = true)
    {
        ChannelTable.Read(_folder, isRequired: true, _findings, TakeChannel, _cancellationToken);
        AudienceTable.Read(_folder, isRequired: false, _findings, TakeAudience, _cancellationToken);
        OverlapTable.Read(_folder, isRequired: false, _findings, TakeOverlap, _cancellationToken);
        PublicationTable.Read(_folder, isRequired: false, _findings, TakePublication, _cancellationToken);
        if (withInteractions) InteractionTable.Read(_folder, isRequired: false, _findings, TakeInteraction, _cancellationToken);
        EffortTable.Read(_folder, isRequired: false, _findings, TakeEffort, _cancellationToken);
    }

    private void TakeChannel(CsvRow row)
    {
        string id = row.Identifier("id");
        string name = row.Name("name");
        string platform = row.Identifier("platform");
        ChannelForm form = row.Word<ChannelForm>("form");
        ChannelPurposes purposes = Purposes(row);
        string? target = row.IdentifierOrNone("target_universe");
        string? subBrand = row.NameOrNone("sub_brand");
        LocalDate? opened = row.DateOrNone("opened");
        LocalDate? closed = row.DateOrNone("closed");
        if (!IsWanted(row)) return;
        Keep(nameof(Portfolio.Channels), row).Add(new Channel(id, name, new Platform(platform), form)
        {
            Purposes = purposes,
            TargetUniverse = target is null ? default : new UniverseId(target),
            SubBrand = subBrand,
            Opened = opened,
            Closed = closed,
        });
    }

    private static ChannelPurposes Purposes(CsvRow row)
    {
        string text = row.Text("purposes");
        ChannelPurposes purposes = default;
        if (text.Length == 0) return purposes;
        foreach (string word in text.Split(';', StringSplitOptions.TrimEntries))
        {
            row.Note("purposes", text, Words<ChannelPurposes>.Read(word, out ChannelPurposes purpose));
            purposes |= purpose;
        }

        return purposes;
    }

    private void TakeAudience(CsvRow row)
    {
        string channel = row.Identifier("channel");
        Instant asOf = row.Moment("as_of", _zone);
        Count size = row.Count("size");
        UnitOfCount unit = row.Word<UnitOfCount>("unit");
        Count members = row.Count("members");
        Count inTarget = row.Count("in_target");
        string source = FormulaGuard.Restored(row.Text("source"));
        if (!IsWanted(row)) return;
        Keep(nameof(Portfolio.Audiences), row).Add(new AudienceSnapshot(new ChannelId(channel), asOf, size, unit) { Members = members, InTarget = inTarget, Source = source.Length == 0 ? null : source });
    }

    private void TakeOverlap(CsvRow row)
    {
        string channel = row.Identifier("channel");
        string other = row.Identifier("other");
        Instant asOf = row.Moment("as_of", _zone);
        Count shared = row.Count("shared");
        Count members = row.Count("members");
        Count inTarget = row.Count("in_target");
        string source = FormulaGuard.Restored(row.Text("source"));
        if (!IsWanted(row)) return;
        Keep(nameof(Portfolio.Overlaps), row).Add(new AudienceOverlap(new ChannelId(channel), new ChannelId(other), asOf, shared) { Members = members, InTarget = inTarget, Source = source.Length == 0 ? null : source });
    }

    private void TakePublication(CsvRow row)
    {
        string id = row.Identifier("id");
        string channel = row.Identifier("channel");
        Instant publishedAt = row.Moment("published_at", _zone);
        var exposures = new Exposures(row.Count("impressions"), new MeasuredReach(row.Count("reach")), row.Count("views"));
        InteractionTally tally = InteractionTally.Empty;
        foreach (CountColumn column in CountColumn.All)
        {
            // An absent column states nothing; an empty cell says that the number is missing.
            if (column.Kind is { } kind && row.Has(column.Name)) tally = tally.With(kind, row.Count(column.Name));
        }

        if (!IsWanted(row)) return;
        Keep(nameof(Portfolio.Publications), row).Add(new Publication(id, new ChannelId(channel), publishedAt) { Exposures = exposures, Interactions = tally });
    }

    private void TakeInteraction(CsvRow row)
    {
        string id = row.Identifier("id");
        string channel = row.Identifier("channel");
        InteractionKind kind = row.Word<InteractionKind>("kind");
        Instant at = row.Moment("at", _zone);
        ActorRole role = row.Text("role").Length == 0 ? ActorRole.Unknown : row.Word<ActorRole>("role");
        string? actor = row.IdentifierOrNone("actor");
        string? publication = row.IdentifierOrNone("publication");
        IReadOnlyList<string> replyTo = row.Identifiers("reply_to");
        if (!IsWanted(row)) return;
        Keep(nameof(Portfolio.Interactions), row).Add(new Interaction(id, new ChannelId(channel), kind, at, role)
        {
            Actor = actor is null ? default : new ActorId(actor),
            Publication = publication is null ? default : new PublicationId(publication),
            ReplyTo = replyTo.Count == 0 ? default : new InteractionId(replyTo[0]),
            AlsoReplyTo = replyTo.Count < 2 ? [] : [.. replyTo.Skip(1).Select(id => new InteractionId(id))],
        });
    }

    private void TakeEffort(CsvRow row)
    {
        string channel = row.Identifier("channel");
        LocalDate from = row.Date("from");
        LocalDate to = row.Date("to");
        Duration? hours = row.HoursOrNone("hours");
        decimal? amount = row.AmountOrNone("amount");
        string currency = row.Text("currency");
        if (!row.IsBroken && to < from) row.Note("to", row.Text("to"), new Fault(Codes.PeriodReversed, $"must not lie before {row.Text("from")}", "write the day after the last one"));
        if (amount is not null && currency.Length == 0) row.Note("currency", text: null, new Fault(Codes.HalfAnAmount, "must stand beside an amount", "write EUR, for example"));
        else if (amount is null && currency.Length > 0) row.Note("amount", text: null, new Fault(Codes.HalfAnAmount, "must stand beside a currency", "write the amount, or leave the currency empty"));
        else if (currency.Length > 0) row.Note("currency", currency, Texts.Currency(currency));
        if (!IsWanted(row)) return;
        Keep(nameof(Portfolio.Efforts), row).Add(new Effort(new ChannelId(channel), LocalPeriod.Between(from, to)) { StaffTime = hours, Cost = amount is { } cost ? new Money(cost, currency) : null });
    }

    /// <summary>Whether the fact of a row is to be kept: after the first error there will be no portfolio, and rows are only checked.</summary>
    private bool IsWanted(CsvRow row) => !row.IsBroken && _findings.ErrorCount == 0;

    private PortfolioBuilder Keep(string list, CsvRow row)
    {
        _places.Add(list, row.Line);
        return _builder!;
    }
}
