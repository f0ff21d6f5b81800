using Engagement.Core;

namespace Engagement.Import;

/// <summary>A column of publications.csv with counts: how often a publication was seen, or what was done with it.</summary>
internal sealed class CountColumn
{
    /// <summary>The columns in their order.</summary>
    public static readonly CountColumn[] All =
    [
        new("impressions", publication => publication.Exposures.Impressions, (ref exposures, ref _, count) => exposures = exposures with { Impressions = count }),
        new("reach", publication => publication.Exposures.Reach.Persons, (ref exposures, ref _, count) => exposures = exposures with { Reach = new MeasuredReach(count) }),
        new("views", publication => publication.Exposures.Views, (ref exposures, ref _, count) => exposures = exposures with { Views = count }),
        new("likes", InteractionKind.Like),
        new("dislikes", InteractionKind.Dislike),
        new("emojis", InteractionKind.Emoji),
        new("clicks", InteractionKind.Click),
        new("saves", InteractionKind.Save),
        new("votes", InteractionKind.Vote),
        new("attendances", InteractionKind.Attend),
        new("comments", InteractionKind.Comment),
        new("replies", InteractionKind.Reply),
        new("mentions", InteractionKind.Mention),
        new("questions", InteractionKind.Question),
        new("direct_messages", InteractionKind.DirectMessage),
        new("shares", InteractionKind.Share),
        new("reposts", InteractionKind.Repost),
        new("forwards", InteractionKind.Forward),
        new("quotes", InteractionKind.Quote),
        new("follows", InteractionKind.Follow),
        new("unfollows", InteractionKind.Unfollow),
        new("joins", InteractionKind.Join),
        new("leaves", InteractionKind.Leave),
        new("posts", InteractionKind.Post),
    ];

    private static readonly Dictionary<string, CountColumn> ByName = All.ToDictionary(column => column.Name, StringComparer.Ordinal);

    public delegate void Setter(ref Exposures exposures, ref InteractionTally interactions, Count count);

    private CountColumn(string name, Func<Publication, Count> of, Setter set) => (Name, Of, Set) = (name, of, set);

    private CountColumn(string name, InteractionKind kind)
        : this(name, publication => publication.Interactions[kind], (ref _, ref interactions, count) => interactions = interactions.With(kind, count)) => Kind = kind;

    public string Name { get; }

    /// <summary>The kind of interactions that it counts; null where it counts who or what saw the publication.</summary>
    public InteractionKind? Kind { get; }

    /// <summary>The count of a publication.</summary>
    public Func<Publication, Count> Of { get; }

    /// <summary>Puts a count where a publication keeps it; of many counts, the publication is made once.</summary>
    public Setter Set { get; }

    /// <summary>The column of a name; null when it is none of these.</summary>
    public static CountColumn? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>The column that counts a kind of interactions.</summary>
    public static CountColumn For(InteractionKind kind) => Array.Find(All, column => column.Kind == kind)!;
}
