using Engagement.Core;
using Engagement.Core.Logs;
using NodaTime;

namespace Engagement.Storage.Tests;

/// <summary>Rows at random from a seed: all kinds and roles, some without actor or publication, replies to rows before, and times around a clock change of the zone.</summary>
internal sealed record SeededLog(long[] Times, int[] ChannelIndexes, byte[] Kinds, byte[] Roles, int[] Actors, int[] Publications, int[] Replies, ActorId[]? Texts)
{
    /// <summary>Zones and days on which their clocks were moved: an ordinary change, one at midnight that brings a day back, a day that does not exist, a change by half an hour, and a day without midnight.</summary>
    public static readonly (string Zone, LocalDate Change)[] ClockChanges =
    [
        ("Europe/Berlin", new(2014, 10, 26)),
        ("America/St_Johns", new(2011, 11, 6)),
        ("Pacific/Apia", new(2011, 12, 30)),
        ("Australia/Lord_Howe", new(2014, 4, 6)),
        ("America/Sao_Paulo", new(2014, 10, 19)),
    ];

    public static readonly ChannelId[] Channels = [new("xing"), new("b"), new("a"), new("Zeta"), new("quiet")];

    public static readonly PublicationId[] Posts = [.. Enumerable.Range(0, 20).Select(number => new PublicationId($"post-{number}"))];

    public static DateTimeZone Zone(string id) => DateTimeZoneProviders.Tzdb[id];

    public InteractionLog Log { get; } = InteractionLog.Of(Channels, Times, ChannelIndexes, Kinds, Roles).WithActors(Actors, Texts).WithPublications(Publications, Posts).WithReplies(Replies);

    /// <summary>The log of some days around a date. The channel <c>quiet</c> has no rows.</summary>
    public static SeededLog Around(DateTimeZone zone, LocalDate date, int count, int seed, int days = 20, bool withTexts = false)
    {
        var random = new Random(seed);
        long start = Midnight(zone, date.PlusDays(-days)).ToInstant().ToUnixTimeMilliseconds();
        long span = 2L * days * 24 * 60 * 60 * 1_000;
        long[] times = [.. Enumerable.Range(0, count).Select(_ => start + random.NextInt64(span)).Order()];

        // Every fifth row within three hours of the midnights at the change, where engines would differ first.
        long midnight = Midnight(zone, date).ToInstant().ToUnixTimeMilliseconds();
        for (int row = 0; row < count; row += 5) times[row] = midnight + random.NextInt64(-3 * 3_600_000, 27 * 3_600_000);
        int[] publications = [.. times.Select(_ => random.Next(3) == 0 ? InteractionLog.None : random.Next(Posts.Length))];
        return new(
            times,
            [.. publications.Select(publication => publication == InteractionLog.None ? random.Next(4) : publication % 4)],
            [.. times.Select(_ => (byte)random.Next(1, 23))],
            [.. times.Select(_ => (byte)random.Next(1, 7))],
            [.. times.Select(_ => random.Next(10) == 0 ? InteractionLog.None : random.Next((count / 4) + 1))],
            publications,
            [.. Enumerable.Range(0, count).Select(row => row > 0 && random.Next(3) == 0 ? random.Next(row) : InteractionLog.None)],
            withTexts ? [.. Enumerable.Range(0, (count / 4) + 1).Select(number => new ActorId($"person {number}"))] : null);
    }

    /// <summary>A part of the log, without replies.</summary>
    public InteractionLog Part(int start, int count) => InteractionLog.Of(Channels, Times.AsMemory(start, count), ChannelIndexes.AsMemory(start, count), Kinds.AsMemory(start, count), Roles.AsMemory(start, count))
        .WithActors(Actors.AsMemory(start, count), Texts).WithPublications(Publications.AsMemory(start, count), Posts);

    private static ZonedDateTime Midnight(DateTimeZone zone, LocalDate date) => date.AtMidnight().InZoneLeniently(zone);
}
