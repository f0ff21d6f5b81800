namespace Engagement.Core.Logs;

/// <summary>One cell of a roll-up: how many interactions of a kind and a role a channel had in a local period.</summary>
/// <remarks>
/// <para>Immutable and additive: the counts of cells may be summed. Equality is by value; no order.</para>
/// <para><c>default</c> is no interactions of an unspecified kind in the empty period.</para>
/// </remarks>
public readonly record struct RollUpCell
{
    internal RollUpCell(ChannelId channel, PublicationId publication, LocalPeriod period, InteractionKind kind, ActorRole role, long count) =>
        (Channel, Publication, Period, Kind, Role, Count) = (channel, publication, period, kind, role, count);

    /// <summary>The channel.</summary>
    public ChannelId Channel { get; }

    /// <summary>The publication, in a roll-up by publication; <see cref="PublicationId.IsNone"/> for rows that belong to none, and in a roll-up by channel.</summary>
    public PublicationId Publication { get; }

    /// <summary>The period.</summary>
    public LocalPeriod Period { get; }

    /// <summary>What they are.</summary>
    public InteractionKind Kind { get; }

    /// <summary>Who did them.</summary>
    public ActorRole Role { get; }

    /// <summary>How many there are; at least 1.</summary>
    public long Count { get; }

    /// <summary>All parts, in the invariant culture.</summary>
    /// <returns>For example <c>xing 2014-11-20/2014-11-21 Like by Member: 12</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"{Channel}{(Publication.IsNone ? "" : $" {Publication}")} {Period} {Kind} by {Role}: {Count}");
}
