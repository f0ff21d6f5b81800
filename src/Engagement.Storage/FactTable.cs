using System.Data.Common;
using System.Globalization;
using Engagement.Core;
using NodaTime;

namespace Engagement.Storage;

/// <summary>A table of facts: what its columns are, which of them tell one fact from another, and how facts become rows and rows facts.</summary>
/// <remarks>Counts are text in the form of <see cref="Count"/> (<c>324</c>, <c>~9000[8500..9499]</c>, empty for missing), so that no state is lost; enums are their names; moments are milliseconds.</remarks>
internal sealed record FactTable(string Name, string Columns, string[] Keys, Func<Portfolio, IEnumerable<object?[]>> Rows, Action<DbDataReader, PortfolioDraft> Read)
{
    private static readonly Duration MostStaffTime = Duration.FromNanoseconds(long.MaxValue);

    public static readonly FactTable[] All =
    [
        new(
            "universe",
            "id TEXT NOT NULL, name TEXT NOT NULL, unit TEXT NOT NULL",
            ["id"],
            portfolio => portfolio.Universes.Select(universe => new object?[] { universe.Id.Value, universe.Name, universe.Unit.ToString() }),
            (row, draft) => draft.Universes.Add(new Universe(row.GetString(0), Word<UnitOfCount>(row, 2), row.GetString(1)))),
        new(
            "universe_size",
            "universe TEXT NOT NULL, as_of_ms BIGINT NOT NULL, size TEXT NOT NULL",
            ["universe", "as_of_ms"],
            portfolio => portfolio.Universes.SelectMany(universe => universe.Sizes.Select(size => new object?[] { universe.Id.Value, Ms(size.AsOf), size.Size.ToString() })),
            (row, draft) => draft.With(row.GetString(0), At(row, 1), CountAt(row, 2))),
        new(
            "channel",
            "id TEXT NOT NULL, name TEXT NOT NULL, platform TEXT NOT NULL, form TEXT NOT NULL, purposes INTEGER NOT NULL, target_universe TEXT, sub_brand TEXT, opened DATE, closed DATE",
            ["id"],
            portfolio => portfolio.Channels.Select(channel => new object?[]
            {
                channel.Id.Value, channel.Name, channel.Platform.Key, channel.Form.ToString(), (int)channel.Purposes, channel.TargetUniverse.IsNone ? null : channel.TargetUniverse.Value, channel.SubBrand, Date(channel.Opened), Date(channel.Closed),
            }),
            (row, draft) => draft.Builder.Add(new Channel(row.GetString(0), row.GetString(1), new Platform(row.GetString(2)), Word<ChannelForm>(row, 3))
            {
                Purposes = (ChannelPurposes)row.GetInt32(4),
                TargetUniverse = Text(row, 5) is { } target ? new UniverseId(target) : default,
                SubBrand = Text(row, 6),
                Opened = DateAt(row, 7),
                Closed = DateAt(row, 8),
            })),
        new(
            "audience",
            "channel TEXT NOT NULL, as_of_ms BIGINT NOT NULL, size TEXT NOT NULL, unit TEXT NOT NULL, members TEXT NOT NULL, in_target TEXT NOT NULL, source TEXT",
            ["channel", "as_of_ms"],
            portfolio => portfolio.Audiences.Select(audience => new object?[]
            {
                audience.Channel.Value, Ms(audience.AsOf), audience.Size.ToString(), audience.Unit.ToString(), audience.Members.ToString(), audience.InTarget.ToString(), audience.Source,
            }),
            (row, draft) => draft.Builder.Add(Audience(row))),
        new(
            "overlap",
            "channel TEXT NOT NULL, other TEXT NOT NULL, as_of_ms BIGINT NOT NULL, shared TEXT NOT NULL, members TEXT NOT NULL, in_target TEXT NOT NULL, source TEXT",
            ["channel", "as_of_ms", "other"],
            portfolio => portfolio.Overlaps.Select(overlap => new object?[]
            {
                overlap.Channel.Value, overlap.Other.Value, Ms(overlap.AsOf), overlap.Shared.ToString(), overlap.Members.ToString(), overlap.InTarget.ToString(), overlap.Source,
            }),
            (row, draft) => draft.Builder.Add(new AudienceOverlap(new(row.GetString(0)), new(row.GetString(1)), At(row, 2), CountAt(row, 3)) { Members = CountAt(row, 4), InTarget = CountAt(row, 5), Source = Text(row, 6) }))
        {
            // Which of the two is named first carries no meaning.
            Pair = ("channel", "other"),
        },
        new(
            "publication",
            "id TEXT NOT NULL, channel TEXT NOT NULL, published_at_ms BIGINT NOT NULL, impressions TEXT NOT NULL, reach TEXT NOT NULL, views TEXT NOT NULL",
            ["id"],
            portfolio => portfolio.Publications.Select(publication => new object?[]
            {
                publication.Id.Value, publication.Channel.Value, Ms(publication.PublishedAt),
                publication.Exposures.Impressions.ToString(), publication.Exposures.Reach.Persons.ToString(), publication.Exposures.Views.ToString(),
            }),
            (row, draft) => draft.Publications.Add(new Publication(row.GetString(0), new(row.GetString(1)), At(row, 2)) { Exposures = new(CountAt(row, 3), new MeasuredReach(CountAt(row, 4)), CountAt(row, 5)) })),
        new(
            "publication_count",
            "publication TEXT NOT NULL, kind TEXT NOT NULL, size TEXT NOT NULL",
            ["publication"],
            portfolio => portfolio.Publications.SelectMany(publication => publication.Interactions.Kinds.Select(kind => new object?[] { publication.Id.Value, kind.ToString(), publication.Interactions[kind].ToString() })),
            (row, draft) => draft.With(row.GetString(0), Word<InteractionKind>(row, 1), CountAt(row, 2)))
        {
            // A publication that states less than before has fewer rows, or none: what goes is known by the publications.
            Owner = ("publication", "id"),
        },
        new(
            "effort",
            "channel TEXT NOT NULL, first_day DATE NOT NULL, end_day DATE NOT NULL, staff_time_ns BIGINT, amount TEXT, currency TEXT",
            ["channel", "first_day", "end_day"],
            portfolio => portfolio.Efforts.Select(effort => new object?[]
            {
                effort.Channel.Value, Date(effort.Period.From), Date(effort.Period.To), effort.StaffTime?.ToInt64Nanoseconds(), effort.Cost?.Amount.ToString(CultureInfo.InvariantCulture), effort.Cost?.Currency,
            }),
            (row, draft) => draft.Builder.Add(new Effort(new(row.GetString(0)), LocalPeriod.Between(DateAt(row, 1)!.Value, DateAt(row, 2)!.Value))
            {
                StaffTime = row.IsDBNull(3) ? null : Duration.FromNanoseconds(row.GetInt64(3)),
                Cost = row.IsDBNull(4) ? null : new Money(decimal.Parse(row.GetString(4), CultureInfo.InvariantCulture), row.GetString(5)),
            })),
    ];

    /// <summary>The names of the columns.</summary>
    public string[] ColumnNames { get; } = [.. Columns.Split(", ").Select(column => column[..column.IndexOf(' ', StringComparison.Ordinal)])];

    /// <summary>The table and its key whose rows replace those of this one; null for its own.</summary>
    public (string Table, string Key)? Owner { get; init; }

    /// <summary>Two of the keys that are the same the other way round; null for none.</summary>
    public (string One, string Other)? Pair { get; init; }

    public string Selection => string.Join(", ", ColumnNames);

    /// <summary>A key of a row, as an expression that is the same in all rows of one fact.</summary>
    /// <param name="row">The name of the row.</param>
    /// <param name="key">The key.</param>
    public string KeyOf(string row, string key) =>
        Pair is not { } pair || (key != pair.One && key != pair.Other) ? $"{row}.{key}" : $"{(key == pair.One ? "least" : "greatest")}({row}.{pair.One}, {row}.{pair.Other})";

    /// <summary>Refuses what no column holds, before anything is written.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The staff time of an effort has more nanoseconds than a number of 63 bits.</exception>
    public static void RefuseTooLarge(Portfolio portfolio)
    {
        for (int index = 0; index < portfolio.Efforts.Count; index++)
        {
            if (portfolio.Efforts[index].StaffTime is not { } time || time <= MostStaffTime) continue;
            throw Guard.OutOfRange(FormattableString.Invariant($"portfolio.Efforts[{index}].StaffTime"), time.TotalHours, FormattableString.Invariant($"must be at most {(long)MostStaffTime.TotalHours} hours in a store"), "correct it, or state it in several efforts of shorter periods");
        }
    }

    public static AudienceSnapshot Audience(DbDataReader row) =>
        new(new ChannelId(row.GetString(0)), At(row, 1), CountAt(row, 2), Word<UnitOfCount>(row, 3)) { Members = CountAt(row, 4), InTarget = CountAt(row, 5), Source = Text(row, 6) };

    private static long Ms(Instant at) => at.ToUnixTimeMilliseconds();

    private static Instant At(DbDataReader row, int column) => Instant.FromUnixTimeMilliseconds(row.GetInt64(column));

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateOnly? Date(LocalDate? date) => date?.ToDateOnly();

    private static LocalDate? DateAt(DbDataReader row, int column) => row.IsDBNull(column) ? null : LocalDate.FromDateOnly(row.GetFieldValue<DateOnly>(column));

    private static T Word<T>(DbDataReader row, int column)
        where T : struct, Enum => Enum.TryParse(row.GetString(column), out T value) ? value : throw NotSound(row, column);

    private static Count CountAt(DbDataReader row, int column) => Count.TryParse(row.GetString(column), out Count count) ? count : throw NotSound(row, column);

    private static StoreException NotSound(DbDataReader row, int column) => new($"{row.GetName(column)} ({Guard.Excerpt(row.GetString(column))}) in the store is not in a form that this version writes: mend the row, or restore the store from a backup.");
}
