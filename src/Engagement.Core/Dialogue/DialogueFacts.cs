using NodaTime;

namespace Engagement.Core;

/// <summary>What the dialogue of a portfolio in a period is made of: threads worked out once, for every channel.</summary>
internal sealed class DialogueFacts
{
    private readonly bool[] _counted;
    private readonly ConversationState[] _conversations;
    private readonly ILookup<ChannelId, int> _rowsOf;
    private readonly ILookup<ChannelId, int> _conversationsOf;
    private readonly ILookup<ChannelId, Exchange> _exchangesOf;

    public DialogueFacts(Portfolio portfolio, LocalPeriod period, Instant until, BusinessHours? hours)
    {
        (Portfolio, Period, Until) = (portfolio, period, until.ToUnixTimeMilliseconds());
        DateTimeZone zone = portfolio.Organisation.TimeZone;
        HashSet<ChannelId> known = [.. portfolio.Channels.Select(channel => channel.Id)];
        Strangers = portfolio.Interactions.Count(interaction => !known.Contains(interaction.Channel));
        Rows = ThreadRows.Of(portfolio.Interactions.Where(interaction => known.Contains(interaction.Channel) && interaction.At < until));
        _counted = [.. Rows.Interactions.Select(interaction => period.Contains(interaction.At, zone))];
        using var pass = ConversationPass.OverEach(Rows.Columns(_counted));
        _conversations = pass.Conversations.ToArray();
        Clock = WorkingClock.Of(hours, zone, Times.Length == 0 ? Until : Times[0], Until);
        _rowsOf = Enumerable.Range(0, Times.Length).Where(row => _counted[row]).ToLookup(row => Rows.Interactions[row].Channel);
        _conversationsOf = Enumerable.Range(0, _conversations.Length).Where(index => _conversations[index].Flow.Counts).ToLookup(index => Rows.Interactions[_conversations[index].Root].Channel);
        _exchangesOf = pass.Exchanges.ToArray().ToLookup(exchange => Rows.Interactions[exchange.Asked].Channel);
    }

    public Portfolio Portfolio { get; }

    public LocalPeriod Period { get; }

    /// <summary>When observation ended, in milliseconds.</summary>
    public long Until { get; }

    public ThreadRows Rows { get; }

    public ReadOnlySpan<long> Times => Rows.Columns(default).Times;

    public WorkingClock Clock { get; }

    /// <summary>Interactions of channels that are not in the portfolio.</summary>
    public int Strangers { get; }

    /// <summary>The facts of some channels.</summary>
    public DialogueScope Of(IReadOnlyList<Channel> channels) => new(
        this,
        channels,
        [.. channels.SelectMany(channel => _rowsOf[channel.Id])],
        [.. channels.SelectMany(channel => _conversationsOf[channel.Id]).Select(index => _conversations[index])],
        [.. channels.SelectMany(channel => _exchangesOf[channel.Id])]);

    /// <summary>Whether a row lies in the period.</summary>
    public bool IsCounted(int row) => _counted[row];

    /// <summary>What becomes of each reply link of a row.</summary>
    public void CountLinks(int row, Span<int> counts)
    {
        ConversationColumns columns = Rows.Columns(default);
        counts[(int)ConversationPass.LinkOf(columns, row, columns.ReplyTo[row])]++;
        foreach (int parent in ConversationPass.AlsoOf(columns, row)) counts[(int)ConversationPass.LinkOf(columns, row, parent)]++;
    }

    public bool IsReplyToOutside(int row) => ConversationPass.IsReplyToOutside(Rows.Columns(default), row);

    /// <summary>How many circles of links were broken at one of these rows.</summary>
    public int CirclesAmong(int[] rows) => Rows.CircleRows.Count == 0 ? 0 : rows.Sum(row => Rows.CircleRows.GetValueOrDefault(row));

    public bool IsMessage(int row) => ConversationPass.IsMessage(Rows.Columns(default), row);

    /// <summary>Whether an interaction is left out of everything: a bot's, or a reply of ours to ours.</summary>
    public bool IsLeftOut(int row) => DialogueTraits.Side((int)Rows.Interactions[row].Role) is var side
        && (side == DialogueTraits.LeftOut || (side == DialogueTraits.Ours && ConversationPass.IsReplyToOurs(Rows.Columns(default), row)));
}
