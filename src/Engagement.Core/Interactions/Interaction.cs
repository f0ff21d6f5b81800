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

    /// <summary>The interaction that it replies to; <see cref="InteractionId.IsNone"/> when to none. Where it replies to several, the first of them.</summary>
    public InteractionId ReplyTo { get; init; }

    /// <summary>The other interactions that it replies to, where one message answers several; empty by default. It ties their threads into one conversation, and answers each of them.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    /// <exception cref="ArgumentException">One of them is none.</exception>
    /// <example><c>new Interaction("a-1", xing.Id, InteractionKind.Reply, at, ActorRole.Staff) { ReplyTo = first.Id, AlsoReplyTo = [second.Id, third.Id] }</c></example>
    public IReadOnlyList<InteractionId> AlsoReplyTo
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(AlsoReplyTo));
            if (value.Any(id => id.IsNone)) throw new ArgumentException("AlsoReplyTo must not hold none: name an interaction, or leave it out.", nameof(AlsoReplyTo));
            field = value.Count == 0 ? ValueList<InteractionId>.Empty : new ValueList<InteractionId>(value);
        }
    } = ValueList<InteractionId>.Empty;

    /// <summary>All interactions that it replies to, each once.</summary>
    internal IEnumerable<InteractionId> Parents => AlsoReplyTo.Count == 0 ? ReplyTo.IsNone ? [] : [ReplyTo] : AlsoReplyTo.Prepend(ReplyTo).Where(id => !id.IsNone).Distinct();

    /// <summary>The class of <see cref="Kind"/>.</summary>
    public InteractionClass Class => Kind.Class();

    /// <summary>Kind, channel, time and role.</summary>
    /// <returns>For example <c>c-1: Comment on xing-tio at 2014-11-20T09:00:00Z by Member</c>.</returns>
    public override string ToString() => $"{Id}: {Kind} on {Channel} at {At} by {Role}";
}
