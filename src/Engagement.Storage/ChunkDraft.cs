using System.Data.Common;
using Engagement.Core;
using Engagement.Core.Logs;

namespace Engagement.Storage;

/// <summary>A chunk of a log while its rows are read. An event that replies to one of another chunk replies to none there.</summary>
internal sealed class ChunkDraft(ChannelId[] channels, PublicationId[] publications)
{
    private readonly List<long> _times = [];
    private readonly List<int> _channels = [];
    private readonly List<byte> _kinds = [];
    private readonly List<byte> _roles = [];
    private readonly List<int> _actors = [];
    private readonly List<int> _publications = [];
    private readonly List<(long Batch, int Row)> _parents = [];
    private readonly Dictionary<(long Batch, int Row), int> _rowOf = [];
    private readonly Dictionary<ActorId, int> _actorOf = [];
    private readonly Dictionary<string, int> _rowOfId = new(StringComparer.Ordinal);
    private readonly List<(int Row, string Id)> _also = [];
    private bool _hasTexts;

    public int Count => _times.Count;

    /// <summary>Adds a row; with ids, what they reply to, and where that is, stand after it.</summary>
    public void Add(DbDataReader row, bool hasTexts, bool hasIds)
    {
        _hasTexts = hasTexts;
        _rowOf.Add((row.GetInt64(6), row.GetInt32(7)), _times.Count);
        _times.Add(row.GetInt64(0));
        _channels.Add(row.GetInt32(1));
        _kinds.Add((byte)row.GetInt16(2));
        _roles.Add((byte)row.GetInt16(3));
        _actors.Add(row.IsDBNull(4) ? InteractionLog.None : hasTexts ? IndexOf(new ActorId(row.GetString(4))) : (int)row.GetInt64(4));
        _publications.Add(row.IsDBNull(5) ? InteractionLog.None : row.GetInt32(5));

        // As in DialogueAsync: batches are numbered from 1, and batch 0 is one that is not known.
        if (hasIds && !row.IsDBNull(9)) _parents.Add(row.IsDBNull(10) ? (0, 0) : (row.GetInt64(10), row.GetInt32(11)));
        else _parents.Add(row.IsDBNull(8) ? (-1, -1) : (row.GetInt64(6), row.GetInt32(8)));
    }

    /// <summary>Gives the row that was added last its id, if it has one, and the ids of what it replies to besides.</summary>
    public void Name(string? id, IEnumerable<string> alsoReplyTo)
    {
        if (id is not null) _rowOfId.Add(id, Count - 1);
        _also.AddRange(alsoReplyTo.Select(also => (Count - 1, also)));
    }

    /// <param name="isWhole">Whether it is all that is read: what is not in it is then in no other chunk.</param>
    public InteractionLog Build(bool isWhole)
    {
        InteractionLog log = InteractionLog.Of(channels, _times.ToArray(), _channels.ToArray(), _kinds.ToArray(), _roles.ToArray());
        if (_actors.Exists(actor => actor != InteractionLog.None)) log = log.WithActors(_actors.ToArray(), _hasTexts ? _actorOf.Keys : null);
        if (_publications.Exists(publication => publication != InteractionLog.None)) log = log.WithPublications(_publications.ToArray(), publications);
        int[] replies = [.. _parents.Select(parent => parent.Batch < 0 ? InteractionLog.None : _rowOf.GetValueOrDefault(parent, isWhole || parent.Batch == 0 || parent.Row == EventBlock.UnknownRow ? InteractionLog.UnknownReply : InteractionLog.None))];
        if (Array.Exists(replies, reply => reply != InteractionLog.None)) log = log.WithReplies(replies);
        (int Row, int Reply)[] also = [.. _also.Where(link => _rowOfId.ContainsKey(link.Id)).Select(link => (link.Row, Reply: _rowOfId[link.Id])).Where(link => link.Reply != replies[link.Row]).Distinct()];
        return also.Length == 0 ? log : log.WithAlsoReplyTo(also.Select(link => link.Row).ToArray(), also.Select(link => link.Reply).ToArray());
    }

    private int IndexOf(ActorId actor)
    {
        if (!_actorOf.TryGetValue(actor, out int index)) _actorOf.Add(actor, index = _actorOf.Count);
        return index;
    }
}
