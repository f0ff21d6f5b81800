using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using Engagement.Core;
using FluentValidation;
using NodaTime;
using NodaTime.Text;

namespace Engagement.Import.Tests;

public class RoundTripTests
{
    private static readonly string[] Zones = ["Europe/Berlin", "UTC", "Pacific/Apia", "Australia/Lord_Howe", "America/St_Johns"];
    private static readonly string[] Letters = ["a", "Z", "ü", "İ", "ß", "\"", ",", ";", " ", "\n", "\r\n", "\t", "~", "=", "中", "😀", "-", "0"];
    private static readonly InteractionKind[] Kinds = [.. Enum.GetValues<InteractionKind>().Skip(2)];

    private static readonly string[] Columns =
    [
        "likes", "dislikes", "emojis", "clicks", "saves", "votes", "attendances", "comments", "replies", "mentions", "questions", "direct_messages", "shares", "reposts", "forwards",
        "quotes", "follows", "unfollows", "joins", "leaves", "posts",
    ];

    [Fact]
    public void What_is_written_is_read_back_equal() => Gen.Int.Sample(
        seed =>
        {
            var random = new Random(seed);
            using var folder = new TestFolder();
            Portfolio portfolio = RandomPortfolio(random);
            Write(portfolio, folder, random);

            PortfolioReading reading = folder.Read();

            Assert.DoesNotContain(reading.Findings, finding => finding.Severity is Severity.Error);
            Assert.Equal(portfolio, reading.Portfolio);
        },
        iter: 300, threads: 1);

    [Fact]
    public void What_the_package_writes_it_reads_back_equal() => Gen.Int.Sample(
        seed =>
        {
            using var folder = new TestFolder();
            Portfolio portfolio = RandomPortfolio(new Random(seed));
            PortfolioFolder.Write(portfolio, folder.Path);

            PortfolioReading reading = folder.Read();

            Assert.DoesNotContain(reading.Findings, finding => finding.Severity is Severity.Error);
            Assert.Equal(portfolio, reading.Portfolio);
        },
        iter: 200, threads: 1);

    private static Portfolio RandomPortfolio(Random random)
    {
        DateTimeZone zone = DateTimeZoneProviders.Tzdb[Pick(random, Zones)];
        PortfolioBuilder builder = Portfolio.For(new Organisation(Id(random, 0), Name(random), zone, random.Next(2) == 0 ? default : new OrganisationId(Id(random, 1))));
        UniverseId[] universes = Many(random, index => new UniverseId(Id(random, index)));
        foreach (UniverseId id in universes)
        {
            var universe = new Universe(id.Value, (UnitOfCount)random.Next(1, 7), random.Next(2) == 0 ? null : Name(random));
            builder.Add(Many(random, _ => (At: Moment(random), Size: Size(random))).Aggregate(universe, (known, size) => known.With(size.At, size.Size)));
        }

        Channel[] channels = [RandomChannel(random, 0, universes), .. Many(random, index => RandomChannel(random, index + 1, universes))];
        foreach (Channel channel in channels) builder.Add(channel);
        foreach (Channel channel in channels)
        {
            UnitOfCount unit = (UnitOfCount)random.Next(1, 7);
            foreach (AudienceSnapshot snapshot in Many(random, _ => new AudienceSnapshot(channel.Id, Moment(random), Size(random), unit) { Members = Nothing(random), InTarget = Nothing(random), Source = random.Next(2) == 0 ? null : Name(random) })) builder.Add(snapshot);
        }

        for (int index = 1; index < channels.Length; index++) builder.Add(new AudienceOverlap(channels[index].Id, channels[index - 1].Id, Moment(random), Count.Observed(0)) { Members = Nothing(random), Source = random.Next(2) == 0 ? null : Name(random) });

        Publication[] publications = Many(random, index => RandomPublication(random, index, channels));
        foreach (Publication publication in publications) builder.Add(publication);
        var earlier = new List<InteractionId>();
        foreach (Interaction interaction in Many(random, index => RandomInteraction(random, index, channels, publications)))
        {
            InteractionId first = random.Next(2) == 0 || earlier.Count == 0 ? default : earlier[^1];
            builder.Add(interaction with { ReplyTo = first, AlsoReplyTo = first.IsNone ? [] : [.. earlier.SkipLast(1).Where(_ => random.Next(3) == 0)] });
            earlier.Add(interaction.Id);
        }

        foreach (Effort effort in Many(random, _ => RandomEffort(random, channels))) builder.Add(effort);
        return builder.Build();
    }

    private static Channel RandomChannel(Random random, int index, UniverseId[] universes) => new(Id(random, index), Name(random), new Platform(Id(random, index)), (ChannelForm)random.Next(1, 10))
    {
        Purposes = (ChannelPurposes)random.Next(32),
        TargetUniverse = universes.Length == 0 || random.Next(2) == 0 ? default : Pick(random, universes),
        SubBrand = random.Next(2) == 0 ? null : Name(random),
        Opened = random.Next(2) == 0 ? null : new LocalDate(random.Next(1, 1900), 1, 1),
        Closed = random.Next(2) == 0 ? null : new LocalDate(random.Next(2101, 9999), 12, 31),
    };

    private static Publication RandomPublication(Random random, int index, Channel[] channels) => new(Id(random, index), Pick(random, channels).Id, Moment(random))
    {
        Exposures = new Exposures(Size(random), new MeasuredReach(Size(random)), Size(random)),
        Interactions = Kinds.Where(_ => random.Next(3) == 0).Aggregate(InteractionTally.Empty, (tally, kind) => tally.With(kind, Size(random))),
    };

    private static Interaction RandomInteraction(Random random, int index, Channel[] channels, Publication[] publications)
    {
        Publication? publication = publications.Length == 0 || random.Next(2) == 0 ? null : Pick(random, publications);
        return new Interaction(Id(random, index), publication?.Channel ?? Pick(random, channels).Id, (InteractionKind)random.Next(1, 23), Moment(random), (ActorRole)random.Next(1, 7))
        {
            Actor = random.Next(2) == 0 ? default : new ActorId(Id(random, index)),
            Publication = publication?.Id ?? default,
        };
    }

    private static Effort RandomEffort(Random random, Channel[] channels)
    {
        LocalDate from = new LocalDate(2014, 1, 1).PlusDays(random.Next(1_000));
        return new Effort(Pick(random, channels).Id, LocalPeriod.Between(from, from.PlusDays(random.Next(1, 100))))
        {
            StaffTime = random.Next(2) == 0 ? null : Duration.FromMinutes(3L * random.Next(100_000)),
            Cost = random.Next(2) == 0 ? null : new Money(random.Next(1_000_000) / 100m, "EUR"),
        };
    }

    private static void Write(Portfolio portfolio, TestFolder folder, Random random)
    {
        folder.Write("organisation.json", JsonSerializer.Serialize(OrganisationOf(portfolio)));
        folder.Write("channels.csv", Table(random, portfolio.Channels, [
            ("id", fact => fact.Id.Value), ("name", fact => fact.Name), ("platform", fact => fact.Platform.Key), ("form", fact => Word(fact.Form)),
            ("purposes", fact => fact.Purposes is ChannelPurposes.Unspecified ? "" : string.Join(';', Enum.GetValues<ChannelPurposes>().Skip(1).Where(purpose => fact.Purposes.HasFlag(purpose)).Select(purpose => Word(purpose)))),
            ("target_universe", fact => fact.TargetUniverse.Value), ("sub_brand", fact => fact.SubBrand ?? ""), ("opened", fact => Day(fact.Opened)), ("closed", fact => Day(fact.Closed))]));
        folder.Write("audiences.csv", Table(random, portfolio.Audiences, [
            ("channel", fact => fact.Channel.Value), ("as_of", fact => Text(fact.AsOf)), ("size", fact => fact.Size.ToString()), ("unit", fact => Word(fact.Unit)), ("members", fact => fact.Members.ToString()),
            ("in_target", fact => fact.InTarget.ToString()), ("source", fact => fact.Source ?? "")]));
        folder.Write("overlaps.csv", Table(random, portfolio.Overlaps, [
            ("channel", fact => fact.Channel.Value), ("other", fact => fact.Other.Value), ("as_of", fact => Text(fact.AsOf)), ("shared", fact => fact.Shared.ToString()), ("members", fact => fact.Members.ToString()),
            ("in_target", fact => fact.InTarget.ToString()), ("source", fact => fact.Source ?? "")]));
        folder.Write("publications.csv", Table(random, portfolio.Publications, [
            ("id", fact => fact.Id.Value), ("channel", fact => fact.Channel.Value), ("published_at", fact => Text(fact.PublishedAt)), ("impressions", fact => fact.Exposures.Impressions.ToString()),
            ("reach", fact => fact.Exposures.Reach.ToString()), ("views", fact => fact.Exposures.Views.ToString()),
            .. Columns.Select((column, index) => (column, (Func<Publication, string>)(fact => fact.Interactions[Kinds[index]].ToString())))]));
        folder.Write("interactions.csv", Table(random, portfolio.Interactions, [
            ("id", fact => fact.Id.Value), ("channel", fact => fact.Channel.Value), ("kind", fact => Word(fact.Kind)), ("at", fact => Text(fact.At)),
            ("role", fact => fact.Role is ActorRole.Unknown ? "" : Word(fact.Role)), ("actor", fact => fact.Actor.Value), ("publication", fact => fact.Publication.Value), ("reply_to", fact => string.Join(';', fact.AlsoReplyTo.Prepend(fact.ReplyTo).Where(parent => !parent.IsNone).Select(parent => parent.Value.Contains(';', StringComparison.Ordinal) || parent.Value.StartsWith('"') ? $"\"{parent.Value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : parent.Value)))]));
        folder.Write("efforts.csv", Table(random, portfolio.Efforts, [
            ("channel", fact => fact.Channel.Value), ("from", fact => Day(fact.Period.From)), ("to", fact => Day(fact.Period.To)),
            ("hours", fact => fact.StaffTime is { } time ? ((decimal)time.TotalMinutes / 60).ToString("0.00", CultureInfo.InvariantCulture) : ""),
            ("amount", fact => fact.Cost?.Amount.ToString(CultureInfo.InvariantCulture) ?? ""), ("currency", fact => fact.Cost?.Currency ?? "")]));
    }

    private static Dictionary<string, object> OrganisationOf(Portfolio portfolio)
    {
        var organisation = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["id"] = portfolio.Organisation.Id.Value,
            ["name"] = portfolio.Organisation.Name,
            ["timeZone"] = portfolio.Organisation.TimeZone.Id,
            ["universes"] = portfolio.Universes.Select(universe => new
            {
                id = universe.Id.Value,
                unit = Word(universe.Unit),
                name = universe.Name,
                sizes = universe.Sizes.Select(size => new { asOf = Text(size.AsOf), size = size.Size.State is CountState.Observed ? (object)size.Size.Value! : size.Size.ToString() }),
            }),
        };
        if (!portfolio.Organisation.Umbrella.IsNone) organisation["umbrella"] = portfolio.Organisation.Umbrella.Value;
        return organisation;
    }

    /// <summary>A CSV file with its columns in any order and quotes where they must or may be.</summary>
    private static string Table<T>(Random random, IReadOnlyList<T> facts, (string Name, Func<T, string> Value)[] columns)
    {
        random.Shuffle(columns);
        string end = random.Next(2) == 0 ? "\n" : "\r\n";
        var text = new StringBuilder(random.Next(2) == 0 ? "" : "\uFEFF").AppendJoin(',', columns.Select(column => column.Name)).Append(end);
        foreach (T fact in facts) text.AppendJoin(',', columns.Select(column => Field(random, column.Value(fact)))).Append(end);
        return text.ToString();
    }

    private static string Field(Random random, string value) => value.AsSpan().ContainsAny(",\"\r\n") || random.Next(4) == 0 ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;

    private static string Word<T>(T member)
        where T : struct, Enum => string.Concat(member.ToString().Select((letter, index) => char.IsAsciiLetterUpper(letter) ? (index == 0 ? "" : "-") + char.ToLowerInvariant(letter) : letter.ToString()));

    private static string Text(Instant at) => InstantPattern.ExtendedIso.Format(at);

    private static string Day(LocalDate? date) => date is { } day ? LocalDatePattern.Iso.Format(day) : "";

    private static T[] Many<T>(Random random, Func<int, T> make) => [.. Enumerable.Range(0, random.Next(6)).Select(make)];

    private static T Pick<T>(Random random, IReadOnlyList<T> items) => items[random.Next(items.Count)];

    private static string Name(Random random) => "n" + string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Pick(random, Letters)));

    private static string Id(Random random, int index) => string.Create(CultureInfo.InvariantCulture, $"{Name(random).Replace("\r", "", StringComparison.Ordinal).Replace('\n', '/').Replace('\t', '_')}{index}");

    private static Instant Moment(Random random) => Instant.FromUtc(2000, 1, 1, 0, 0) + Duration.FromSeconds(random.NextInt64(3_000_000_000)) + Duration.FromNanoseconds(random.Next(3) == 0 ? random.Next(1_000_000_000) : 0);

    private static Count Nothing(Random random) => random.Next(4) switch { 0 => Count.Withheld, 1 => Count.NotApplicable, 2 => Count.Partial(0), _ => Count.Missing };

    private static Count Size(Random random) => random.Next(8) switch
    {
        0 => Count.Missing,
        1 => Count.Withheld,
        2 => Count.NotApplicable,
        3 => Count.Partial(random.Next(1_000)),
        4 => Count.Rounded(random.Next(100_000)),
        5 => Count.Rounded(9_000, random.Next(9_000), random.Next(9_000, 20_000)),
        6 => Count.Observed(random.NextInt64(1L << 50)),
        _ => Count.Observed(random.Next(100)),
    };
}
