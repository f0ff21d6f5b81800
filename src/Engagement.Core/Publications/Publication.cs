using NodaTime;

namespace Engagement.Core;

/// <summary>Something the organisation put out: a post, an article, an issue, a mailing.</summary>
/// <remarks>
/// <para>Immutable; equality is by value; no order.</para>
/// <example><c>new Publication("post-1", facebook.Id, at) { Interactions = InteractionTally.Empty.With(InteractionKind.Like, Count.Observed(79)) }</c></example>
/// </remarks>
public sealed record Publication
{
    /// <summary>A publication.</summary>
    /// <param name="id">Its identifier.</param>
    /// <param name="channel">The channel that it appeared on.</param>
    /// <param name="publishedAt">When it appeared.</param>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public Publication(string id, ChannelId channel, Instant publishedAt)
    {
        Id = new PublicationId(Guard.Identifier(id));
        Channel = channel;
        PublishedAt = publishedAt;
    }

    /// <summary>The identifier.</summary>
    public PublicationId Id { get; }

    /// <summary>The channel that it appeared on.</summary>
    public ChannelId Channel { get; }

    /// <summary>When it appeared.</summary>
    public Instant PublishedAt { get; }

    /// <summary>How often it was seen, over its life; missing by default.</summary>
    public Exposures Exposures { get; init; }

    /// <summary>The interactions that its platform states, over its life; nothing stated by default.</summary>
    /// <exception cref="ArgumentNullException">The tally is null.</exception>
    public InteractionTally Interactions
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Interactions));
            field = value;
        }
    }
    = InteractionTally.Empty;

    /// <summary>Id, channel and time.</summary>
    /// <returns>For example <c>post-1 on facebook at 2014-11-20T09:00:00Z</c>.</returns>
    public override string ToString() => $"{Id} on {Channel} at {PublishedAt}";
}
