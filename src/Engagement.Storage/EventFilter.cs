using System.Globalization;
using Engagement.Core;
using Engagement.Core.Logs;

namespace Engagement.Storage;

/// <summary>Which events (or cells) count, as conditions that are added to a query; numbers only, so that nothing of a user's text stands in it.</summary>
internal static class EventFilter
{
    /// <summary>Where an append that was cut off may have left events, only those of acknowledged batches: they are numbered in that order.</summary>
    public static string Acknowledged(Session session, OrganisationState state) => Acknowledged(session.Engine, state.LastBatch);

    public static string Acknowledged(Engine engine, long lastBatch) => engine.MayHoldRemains ? FormattableString.Invariant($" AND batch_no <= {lastBatch}") : "";

    /// <summary>The kinds, roles and channels of some options.</summary>
    public static string Of(RollUpOptions options, IReadOnlyList<ChannelId> channels)
    {
        string filter = "";
        if (options.Kinds is { } kinds) filter += $" AND kind IN ({Numbers(kinds.Select(kind => (int)kind))})";
        if (options.Roles.Count < LogChunk.RoleCount - 1) filter += $" AND role IN ({Numbers(options.Roles.Select(role => (int)role))})";
        if (options.Channels is { } wanted)
        {
            int[] numbers = [.. Enumerable.Range(0, channels.Count).Where(number => wanted.Contains(channels[number]))];
            filter += numbers.Length == 0 ? " AND 1 = 0" : $" AND channel_no IN ({Numbers(numbers)})";
        }

        return filter;
    }

    private static string Numbers(IEnumerable<int> numbers) => string.Join(", ", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));
}
