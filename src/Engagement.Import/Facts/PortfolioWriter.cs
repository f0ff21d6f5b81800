using System.Globalization;
using System.Text;
using System.Text.Json;
using CsvHelper;
using Engagement.Core;
using NodaTime;
using NodaTime.Text;

namespace Engagement.Import;

/// <summary>Writes the files of a portfolio folder, as docs/portfolio-folder.md describes them.</summary>
internal static class PortfolioWriter
{
    public const string ChannelsFile = "channels.csv";
    public const string AudiencesFile = "audiences.csv";
    public const string OverlapsFile = "overlaps.csv";
    public const string PublicationsFile = "publications.csv";
    public const string InteractionsFile = "interactions.csv";
    public const string EffortsFile = "efforts.csv";
    public const string MeasurementsFile = "measurements.csv";
    public const string ImportsFile = "imports.csv";

    public static readonly string[] InteractionHeader = ["id", "channel", "kind", "at", "role", "actor", "publication", "reply_to"];

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n" };

    public static void Write(Portfolio portfolio, FolderTransaction transaction)
    {
        Organisation(portfolio.Organisation, portfolio.Universes, transaction);
        Tables(portfolio, transaction);
    }

    /// <summary>All that is a table.</summary>
    public static void Tables(Portfolio portfolio, ITableTarget target)
    {
        Channels(portfolio.Channels, target);
        Audiences(portfolio.Audiences, target);
        Overlaps(portfolio.Overlaps, target);
        Publications(portfolio.Publications, target);
        Rows(target, InteractionsFile, InteractionHeader, portfolio.Interactions, Cells);
        Efforts(portfolio.Efforts, target);
    }

    public static void Organisation(Organisation organisation, IEnumerable<Universe> universes, FolderTransaction transaction)
    {
        using FileStream stream = transaction.Create(OrganisationFile.Name);
        using var json = new Utf8JsonWriter(stream, Indented);
        json.WriteStartObject();
        WriteOrganisation(json, organisation, universes);
        json.WriteEndObject();
    }

    /// <summary>The properties of organisation.json.</summary>
    public static void WriteOrganisation(Utf8JsonWriter json, Organisation organisation, IEnumerable<Universe> universes)
    {
        json.WriteString("id", organisation.Id.Value);
        json.WriteString("name", organisation.Name);
        json.WriteString("timeZone", organisation.TimeZone.Id);
        if (!organisation.Umbrella.IsNone) json.WriteString("umbrella", organisation.Umbrella.Value);
        json.WriteStartArray("universes");
        foreach (Universe universe in universes)
        {
            json.WriteStartObject();
            json.WriteString("id", universe.Id.Value);
            if (universe.Name != universe.Id.Value) json.WriteString("name", universe.Name);
            json.WriteString("unit", Words<UnitOfCount>.Of(universe.Unit));
            json.WriteStartArray("sizes");
            foreach (UniverseSize size in universe.Sizes)
            {
                json.WriteStartObject();
                json.WriteString("asOf", Text(size.AsOf));
                json.WriteString("size", size.Size.ToString());
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void Channels(IEnumerable<Channel> channels, ITableTarget target) => Rows(target, ChannelsFile, ["id", "name", "platform", "form", "purposes", "target_universe", "sub_brand", "opened", "closed"], channels, channel =>
    [
        FormulaGuard.Neutral(channel.Id.Value), FormulaGuard.Neutral(channel.Name), FormulaGuard.Neutral(channel.Platform.Key), Words<ChannelForm>.Of(channel.Form),
        string.Join(';', Enum.GetValues<ChannelPurposes>().Where(purpose => purpose != default && channel.Purposes.HasFlag(purpose)).Select(Words<ChannelPurposes>.Of)),
        FormulaGuard.Neutral(channel.TargetUniverse.Value ?? ""), FormulaGuard.Neutral(channel.SubBrand ?? ""), Text(channel.Opened), Text(channel.Closed),
    ]);

    public static void Audiences(IEnumerable<AudienceSnapshot> audiences, ITableTarget target) => Rows(target, AudiencesFile, ["channel", "as_of", "size", "unit", "members", "in_target", "source"], audiences, audience =>
    [
        FormulaGuard.Neutral(audience.Channel.Value), Text(audience.AsOf), Text(audience.Size), Words<UnitOfCount>.Of(audience.Unit), Text(audience.Members), Text(audience.InTarget), FormulaGuard.Neutral(audience.Source ?? ""),
    ]);

    public static void Publications(IReadOnlyCollection<Publication> publications, ITableTarget target)
    {
        // A column that is absent says that there is no such number: only kinds that some publication states have one.
        CountColumn[] columns = [.. CountColumn.All.Where(column => column.Kind is null || publications.Any(publication => column.Of(publication).State is not CountState.NotApplicable))];
        Rows(target, PublicationsFile, ["id", "channel", "published_at", .. columns.Select(column => column.Name)], publications, publication =>
        [
            FormulaGuard.Neutral(publication.Id.Value), FormulaGuard.Neutral(publication.Channel.Value), Text(publication.PublishedAt), .. columns.Select(column => Text(column.Of(publication))),
        ]);
    }

    public static string[] Cells(Interaction interaction) =>
    [
        FormulaGuard.Neutral(interaction.Id.Value), FormulaGuard.Neutral(interaction.Channel.Value), Words<InteractionKind>.Of(interaction.Kind), Text(interaction.At), Words<ActorRole>.Of(interaction.Role),
        FormulaGuard.Neutral(interaction.Actor.Value ?? ""), FormulaGuard.Neutral(interaction.Publication.Value ?? ""), FormulaGuard.Neutral(IdentifierList.Text(Parents(interaction).Select(parent => parent.Value))),
    ];

    /// <summary>All that an interaction replies to, the first of them first.</summary>
    public static IEnumerable<InteractionId> Parents(Interaction interaction) => interaction.AlsoReplyTo.Prepend(interaction.ReplyTo).Where(parent => !parent.IsNone);

    public static CsvWriter Writer(Stream stream) => CsvWriter.Create(new StreamWriter(stream, Utf8, 1 << 16, leaveOpen: true) { NewLine = "\n" }, CsvWriterOptions.Default with { NewLine = "\n" });

    public static void Rows<T>(ITableTarget target, string file, string[] header, IEnumerable<T> facts, Func<T, string[]> cells) => target.Write(file, header, facts.Select(cells));

    private static void Overlaps(IEnumerable<AudienceOverlap> overlaps, ITableTarget target) => Rows(target, OverlapsFile, ["channel", "other", "as_of", "shared", "members", "in_target", "source"], overlaps, overlap =>
    [
        FormulaGuard.Neutral(overlap.Channel.Value), FormulaGuard.Neutral(overlap.Other.Value), Text(overlap.AsOf), Text(overlap.Shared), Text(overlap.Members), Text(overlap.InTarget), FormulaGuard.Neutral(overlap.Source ?? ""),
    ]);

    private static void Efforts(IEnumerable<Effort> efforts, ITableTarget target) => Rows(target, EffortsFile, ["channel", "from", "to", "hours", "amount", "currency"], efforts, effort =>
    [
        FormulaGuard.Neutral(effort.Channel.Value), Text(effort.Period.From), Text(effort.Period.To), Hours(effort.StaffTime), effort.Cost?.Amount.ToString(CultureInfo.InvariantCulture) ?? "", effort.Cost?.Currency ?? "",
    ]);

    private static string Text(Count count) => count.State is CountState.Missing ? "" : count.ToString();

    private static string Text(Instant at) => InstantPattern.ExtendedIso.Format(at);

    private static string Text(LocalDate? date) => date is { } day ? LocalDatePattern.Iso.Format(day) : "";

    public static string Hours(Duration? time) => time is { } spent ? ((spent.Days * 24m) + (spent.NanosecondOfDay / 3_600_000_000_000m)).ToString(CultureInfo.InvariantCulture) : "";
}
