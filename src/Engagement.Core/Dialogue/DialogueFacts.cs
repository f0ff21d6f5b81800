using NodaTime;

namespace Engagement.Core;

/// <summary>What the dialogue of a portfolio in a period is made of: threads worked out once, for every channel.</summary>
internal sealed class DialogueFacts
{
    private readonly bool[] _counted;
    private readonly RowTraits[] _traits;
    private readonly ConversationState[] _conversations;
    private readonly ILookup<ChannelId, int> _rowsOf;
    private readonly ILookup<ChannelId, int> _conversationsOf;
    private readonly ILookup<ChannelId, Exchange> _exchangesOf;

    public DialogueFacts(Portfolio portfolio, LocalPeriod period, Instant until, BusinessHours? hours)
    {
        (Portfolio, Period, Until) = (portfolio, period, until.ToUnixTimeMilliseconds());
        DateTimeZone zone = portfolio.Organisation.TimeZone;
        HashSet<ChannelId> known = [.. portfolio.Channels.Select(channel => channel.Id)];
        Strangers = portfolio.Interactions.Count - known.Sum(channel => portfolio.InteractionsOf(channel).Count);
        Rows = ThreadRows.Of(portfolio, interaction => interaction.At < until && (Strangers == 0 || known.Contains(interaction.Channel)));
        Func<Instant, bool> isInPeriod = period.MomentsIn(zone);
        _counted = [.. Rows.Interactions.Select(interaction => isInPeriod(interaction.At))];
        _traits = Traits(Rows.Columns(default));
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

    /// <summary>What becomes of each reply link of some rows: how many links there are of each kind.</summary>
    public int[] CountLinks(int[] rows)
    {
        int[] counts = new int[Enum.GetValues<ThreadLink>().Length];
        ConversationColumns columns = Rows.Columns(default);
        foreach (int row in rows)
        {
            counts[(int)ConversationPass.LinkOf(columns, row, columns.ReplyTo[row])]++;
            foreach (int parent in ConversationPass.AlsoOf(columns, row)) counts[(int)ConversationPass.LinkOf(columns, row, parent)]++;
        }

        return counts;
    }

    public bool IsReplyToOutside(int row) => (_traits[row] & RowTraits.ReplyToOutside) != RowTraits.None;

    /// <summary>How many circles of links were broken at one of these rows.</summary>
    public int CirclesAmong(int[] rows) => Rows.CircleRows.Count == 0 ? 0 : rows.Sum(row => Rows.CircleRows.GetValueOrDefault(row));

    public bool IsMessage(int row) => (_traits[row] & RowTraits.Message) != RowTraits.None;

    /// <summary>Whether an interaction is left out of everything: a bot's, or a reply of ours to ours.</summary>
    public bool IsLeftOut(int row) => (_traits[row] & RowTraits.LeftOut) != RowTraits.None;

    /// <summary>What every row is, worked out once: channel by channel, and again for all together, it is asked several times.</summary>
    private static RowTraits[] Traits(in ConversationColumns columns)
    {
        var traits = new RowTraits[columns.Times.Length];
        for (int row = 0; row < traits.Length; row++)
        {
            byte side = DialogueTraits.Side(columns.Roles[row]);
            bool isLeftOut = side == DialogueTraits.LeftOut || (side == DialogueTraits.Ours && ConversationPass.IsReplyToOurs(columns, row));
            traits[row] = (ConversationPass.IsMessage(columns, row) ? RowTraits.Message : RowTraits.None) | (ConversationPass.IsReplyToOutside(columns, row) ? RowTraits.ReplyToOutside : RowTraits.None) | (isLeftOut ? RowTraits.LeftOut : RowTraits.None);
        }

        return traits;
    }

    [Flags]
    private enum RowTraits : byte
    {
        None = 0,
        Message = 1,
        ReplyToOutside = 2,
        LeftOut = 4,
    }
}
