namespace Engagement.Core.Logs;

/// <summary>What a roll-up counts, and how it works.</summary>
/// <remarks>
/// <para>Immutable; equality is by value; no order. What is not selected is left out of the cells, and a figure that would need it refuses the roll-up.</para>
/// <example><c>new RollUpOptions { Kinds = [InteractionKind.Comment], DegreeOfParallelism = 2 }</c></example>
/// </remarks>
public sealed record RollUpOptions
{
    /// <summary>The default: everybody but the organisation and bots, every kind, every channel, by channel, on one thread.</summary>
    public static RollUpOptions Default { get; } = new();

    /// <summary>The roles whose rows count; all but Organisation and Bot by default, because one's own replies are not engagement.</summary>
    /// <exception cref="ArgumentNullException">The roles are null.</exception>
    /// <exception cref="ArgumentException">No role is given.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A role is unspecified or unknown.</exception>
    public IReadOnlyList<ActorRole> Roles
    {
        get;
        init => field = SetOf(value, nameof(Roles));
    }
    = new ValueList<ActorRole>([ActorRole.Unknown, ActorRole.Staff, ActorRole.Member, ActorRole.NonMember]);

    /// <summary>The kinds that count; null, the default, for all.</summary>
    /// <exception cref="ArgumentException">No kind is given.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A kind is unspecified or unknown.</exception>
    public IReadOnlyList<InteractionKind>? Kinds
    {
        get;
        init => field = value is null ? null : SetOf(value, nameof(Kinds));
    }

    /// <summary>The channels whose rows count; null, the default, for all.</summary>
    /// <exception cref="ArgumentException">No channel is given.</exception>
    public IReadOnlyList<ChannelId>? Channels
    {
        get;
        init
        {
            if (value is { Count: 0 }) throw NothingGiven(nameof(Channels));
            field = value is null ? null : new ValueList<ChannelId>(value.Distinct().Order());
        }
    }

    /// <summary>Whether counts are kept per publication, with the rows that belong to none apart; else, the default, per channel.</summary>
    public bool ByPublication { get; init; }

    /// <summary>Whether rows outside the calendar are left out; else, the default, they are an error, because a forgotten month would read as 0.</summary>
    public bool LeavesOutOtherTimes { get; init; }

    /// <summary>How many threads work at once; 1 by default. The result is the same, to the bit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The degree is below 1 or above 256.</exception>
    public int DegreeOfParallelism
    {
        get;
        init => field = value is >= 1 and <= 256 ? value : throw Guard.OutOfRange(nameof(DegreeOfParallelism), value, "must lie between 1 and 256", "pass the number of cores to use");
    }
    = 1;

    /// <summary>Is told how many rows are done; null for nobody. It may be called from several threads at once.</summary>
    public IProgress<long>? Progress { get; init; }

    /// <summary>What is counted, apart from how.</summary>
    internal RollUpRecipe Recipe => new(
        Kinds is null ? ((1u << LogChunk.KindCount) - 1) & ~1u : Kinds.Aggregate(0u, (mask, kind) => mask | (1u << (int)kind)),
        Roles.Aggregate(0u, (mask, role) => mask | (1u << (int)role)),
        (ValueList<ChannelId>?)Channels,
        ByPublication,
        LeavesOutOtherTimes);

    private static ValueList<T> SetOf<T>(IReadOnlyList<T> values, string parameter)
        where T : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(values, parameter);
        return values.Count > 0 ? new(values.Select(value => Guard.Known(value, parameter)).Distinct().Order()) : throw NothingGiven(parameter);
    }

    private static ArgumentException NothingGiven(string parameter) => new($"{parameter} (0 values) must hold a value: name what counts, or leave it out for the default.", parameter);
}
