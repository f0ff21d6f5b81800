using NodaTime;

namespace Engagement.Core;

/// <summary>A thread of messages tied by reply links: who began it, who takes part, and how often the word passes from one side to the other.</summary>
/// <remarks>
/// <para>
/// A message is an interaction of the Conversation class, a quote or a post, of anybody but bots. Replies of ours to ours are left out; threads run through them. A turn is an unbroken run of one side: the organisation and its staff, or everybody else.
/// </para>
/// <para>Immutable; equality is by value; no order.</para>
/// <example><c>Conversation.Find(portfolio.Interactions).Where(conversation => conversation.IsReciprocal)</c></example>
/// </remarks>
public sealed record Conversation
{
    internal Conversation(ThreadRows rows, ConversationState state, IReadOnlyList<int> messages)
    {
        Interaction root = rows.Interactions[state.Root];
        (Root, Channel, Initiator, Turns, IsReciprocal) = (root.Id, root.Channel, (ActorRole)state.Flow.Initiator, state.Turns, state.Flow.IsReciprocal);
        Began = rows.Interactions[messages[0]].At;
        LastMessageAt = rows.Interactions[messages[^1]].At;
        Messages = messages.Count;
        Participants = new ValueList<(ActorId Actor, ActorRole Role, int Messages)>(Count(messages.Select(row => rows.Interactions[row])));
    }

    /// <summary>The interaction that the thread hangs on.</summary>
    public InteractionId Root { get; }

    /// <summary>The channel.</summary>
    public ChannelId Channel { get; }

    /// <summary>When the first message came.</summary>
    public Instant Began { get; }

    /// <summary>When the last message came.</summary>
    public Instant LastMessageAt { get; }

    /// <summary>Who began it: the role of the first message.</summary>
    public ActorRole Initiator { get; }

    /// <summary>How many messages there are.</summary>
    public int Messages { get; }

    /// <summary>Unbroken runs of one side.</summary>
    public int Turns { get; }

    /// <summary>Whether there is at least one reply each way.</summary>
    public bool IsReciprocal { get; }

    /// <summary>Who takes part, as whom, and with how many messages, in the order of first words; those who are not known stand together, once for each role.</summary>
    public IReadOnlyList<(ActorId Actor, ActorRole Role, int Messages)> Participants { get; }

    /// <summary>The conversations among interactions, in the order of their first message.</summary>
    /// <param name="interactions">The interactions, in any order; each id once.</param>
    /// <returns>The conversations. Links that cannot be followed (to the unknown, the later, another channel, in a circle) are not: what hangs on them is a conversation of its own.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="interactions"/> or one of them is null.</exception>
    /// <exception cref="ArgumentException">An id is given twice.</exception>
    public static IReadOnlyList<Conversation> Find(IEnumerable<Interaction> interactions)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        ThreadRows rows = ThreadRows.Of(interactions);
        ConversationColumns columns = rows.Columns(default);
        using var pass = ConversationPass.OverEach(columns);
        var messages = new List<int>[pass.Count];
        for (int row = 0; row < rows.Interactions.Length; row++)
        {
            if (pass.ConversationOf(row) is >= 0 and int conversation && ConversationPass.IsMessage(columns, row)) (messages[conversation] ??= []).Add(row);
        }

        var found = new List<Conversation>();
        for (int conversation = 0; conversation < messages.Length; conversation++)
        {
            if (messages[conversation] is { } its) found.Add(new Conversation(rows, pass.Conversations[conversation], its));
        }

        return new ValueList<Conversation>(found.OrderBy(conversation => conversation.Began));
    }

    /// <summary>Actors with their messages, in the order of their first.</summary>
    internal static IEnumerable<(ActorId Actor, ActorRole Role, int Messages)> Count(IEnumerable<Interaction> messages) =>
        messages.GroupBy(message => (message.Actor, message.Role)).Select(group => (group.Key.Actor, group.Key.Role, group.Count()));

    /// <summary>Root, messages, turns and initiator.</summary>
    /// <returns>For example <c>q-1 on xing: 4 messages in 3 turns, begun by Member</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"{Root} on {Channel}: {Messages} messages in {Turns} turns, begun by {Initiator}");
}
