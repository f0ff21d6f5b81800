using NodaTime;

namespace Engagement.Core;

/// <summary>One event: who (actor, role), what (kind), when, where (channel, publication), in reply to what.</summary>
/// <remarks>
/// <para>Immutable; equality is by value; no order. Counts that a platform states per publication, without single events, are an <see cref="InteractionTally"/>.</para>
/// <example><c>new Interaction("c-1", xing.Id, InteractionKind.Comment, at, ActorRole.Member) { ReplyTo = question.Id }</c></example>
/// </remarks>
public sealed record Interaction
{
    /// <summary>An interaction.</summary>
    /// <param name="id">Its identifier.</param>
    /// <param name="channel">The channel that it happened on.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="at">When it happened.</param>
    /// <param name="role">Who the actor is to the organisation.</param>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The kind or the role is unspecified.</exception>
    public Interaction(string id, ChannelId channel, InteractionKind kind, Instant at, ActorRole role)
    {
        Id = new InteractionId(Guard.Identifier(id));
        Channel = channel;
        Kind = Guard.Known(kind);
        At = at;
        Role = Guard.Known(role);
    }

    /// <summary>The identifier.</summary>
    public InteractionId Id { get; }

    /// <summary>The channel that it happened on.</summary>
    public ChannelId Channel { get; }

    /// <summary>What it is.</summary>
    public InteractionKind Kind { get; }

    /// <summary>When it happened.</summary>
    public Instant At { get; }

    /// <summary>Who the actor is to the organisation.</summary>
    public ActorRole Role { get; }

    /// <summary>Who did it; <see cref="ActorId.IsNone"/> when not known.</summary>
    public ActorId Actor { get; init; }

    /// <summary>The publication that it belongs to; <see cref="PublicationId.IsNone"/> when to none.</summary>
    public PublicationId Publication { get; init; }

    /// <summary>The interaction that it replies to; <see cref="InteractionId.IsNone"/> when to none.</summary>
    public InteractionId ReplyTo { get; init; }

    /// <summary>The class of <see cref="Kind"/>.</summary>
    public InteractionClass Class => Kind.Class();

    /// <summary>Kind, channel, time and role.</summary>
    /// <returns>For example <c>c-1: Comment on xing-tio at 2014-11-20T09:00:00Z by Member</c>.</returns>
    public override string ToString() => $"{Id}: {Kind} on {Channel} at {At} by {Role}";
}
