using System.Buffers;

namespace Engagement.Core.Logs;

/// <summary>Hands the actors of the rows of a log that count on, block by block, with a cell for each period and in it for each channel.</summary>
internal static class ActorsOfLog
{
    private const int BlockRows = 1 << 20;

    /// <summary>How many cells there are, after the options and the times were checked.</summary>
    public static int CellsOf(InteractionLog log, LocalCalendar calendar, RollUpOptions options, CancellationToken cancellationToken)
    {
        if (options.ByPublication) throw new ArgumentException($"options are by publication, and actors are counted by channel: leave {nameof(RollUpOptions.ByPublication)} out.", nameof(options));
        cancellationToken.ThrowIfCancellationRequested();
        RollUpWork.RefuseOtherTimes(log, calendar, options);
        int channels = log.Channels.Count;
        long cellCount = (long)channels * calendar.Periods.Count;
        if (cellCount > int.MaxValue) throw new ArgumentException(FormattableString.Invariant($"calendar ({calendar}) times {channels} channels gives {cellCount} cells, and there may be {int.MaxValue}: count fewer periods at once."), nameof(calendar));
        return (int)cellCount;
    }

    /// <summary>Acts on the actors and the cells of the rows that count, of each block.</summary>
    public static void ForEachBlock(InteractionLog log, LocalCalendar calendar, RollUpOptions options, Action<ReadOnlyMemory<long>, ReadOnlyMemory<int>> act)
    {
        RollUpRecipe recipe = options.Recipe;
        HashSet<ChannelId>? wanted = recipe.Channels is null ? null : [.. recipe.Channels];
        bool[] counts = [.. log.Channels.Select(channel => wanted?.Contains(channel) is not false)];
        long done = 0;
        long[] actors = ArrayPool<long>.Shared.Rent(BlockRows);
        int[] cells = ArrayPool<int>.Shared.Rent(BlockRows);
        try
        {
            foreach (LogChunk chunk in log.Columns.ToArray())
            {
                for (int start = 0; start < chunk.Count; start += BlockRows)
                {
                    int length = Math.Min(BlockRows, chunk.Count - start);
                    int found = Select(chunk, start, length, calendar, recipe, counts, actors, cells);
                    act(actors.AsMemory(0, found), cells.AsMemory(0, found));
                    options.Progress?.Report(done += length);
                }
            }
        }
        finally
        {
            ArrayPool<long>.Shared.Return(actors);
            ArrayPool<int>.Shared.Return(cells);
        }
    }

    private static int Select(LogChunk chunk, int start, int length, LocalCalendar calendar, RollUpRecipe recipe, bool[] counts, Span<long> actors, Span<int> cells)
    {
        ReadOnlySpan<long> times = chunk.Times.Span.Slice(start, length);
        ReadOnlySpan<int> channels = chunk.ChannelIndexes.Span.Slice(start, length);
        ReadOnlySpan<byte> kinds = chunk.Kinds.Span.Slice(start, length);
        ReadOnlySpan<byte> roles = chunk.Roles.IsEmpty ? default : chunk.Roles.Span.Slice(start, length);
        ReadOnlySpan<int> column = chunk.Actors.IsEmpty ? default : chunk.Actors.Span.Slice(start, length);
        (uint kindMask, uint roleMask) = (recipe.Kinds, recipe.Roles);
        int found = 0;
        for (int row = 0; row < times.Length; row++)
        {
            int role = roles.IsEmpty ? (int)ActorRole.Unknown : roles[row];
            int period = calendar.Segments.PeriodOf(times[row]);
            if (period < 0 || !counts[channels[row]] || (kindMask >> kinds[row] & 1) == 0 || (roleMask >> role & 1) == 0) continue;
            int actor = column.IsEmpty ? InteractionLog.None : column[row];
            actors[found] = actor == InteractionLog.None ? DistinctActors.MissingActor : actor;
            cells[found++] = (period * counts.Length) + channels[row];
        }

        return found;
    }
}
