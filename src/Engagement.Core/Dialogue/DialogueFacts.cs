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
        Unlinked = WithoutLinks();
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

    /// <summary>Channels on which messages of ours follow what calls for an answer, and none of ours names what it replies to, in whatever period: what was answered there is missing, not 0.</summary>
    public IReadOnlySet<ChannelId> Unlinked { get; }

    /// <summary>Interactions of channels that are not in the portfolio.</summary>
    public int Strangers { get; }

    /// <summary>The facts of some channels.</summary>
    public DialogueScope Of(IReadOnlyList<Channel> channels) => new(
        this,
        channels,
        [.. channels.SelectMany(channel => _rowsOf[channel.Id])],
        [.. channels.SelectMany(channel => _conversationsOf[channel.Id]).Select(index => _conversations[index])],
        [.. channels.SelectMany(channel => _exchangesOf[channel.Id])]);

    /// <summary>What calls for an answer on a channel in the period, each with its answer if there is one.</summary>
    public IEnumerable<Exchange> ExchangesOf(ChannelId channel) => _exchangesOf[channel];

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

    private HashSet<ChannelId> WithoutLinks()
    {
        ConversationColumns columns = Rows.Columns(default);
        bool[] isAsked = new bool[Portfolio.Channels.Count];
        bool[] isLinked = new bool[isAsked.Length];
        int[] unlinked = [.. Enumerable.Repeat(-1, isAsked.Length)];
        for (int row = 0; row < _traits.Length; row++)
        {
            byte traits = DialogueTraits.Of(columns.Kinds[row], columns.Roles[row]);
            int channel = columns.Channels[row];
            if ((traits & DialogueTraits.Answerable) != 0) isAsked[channel] = true;
            else if ((traits & DialogueTraits.SideMask) != DialogueTraits.Ours || !IsMessage(row)) continue;
            else if (ConversationPass.NamesWhatItRepliesTo(columns, row)) isLinked[channel] = true;
            else if (isAsked[channel] && (traits & DialogueTraits.MayReply) != 0) unlinked[channel] = row;
        }

        return [.. Enumerable.Range(0, isAsked.Length).Where(channel => unlinked[channel] >= 0 && !isLinked[channel]).Select(channel => Rows.Interactions[unlinked[channel]].Channel)];
    }

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
