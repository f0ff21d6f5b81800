namespace Engagement.Core;

/// <summary>What each of some interactions replies to, by position: looked up once, because validation, dialogue and activity all follow the same links.</summary>
internal sealed class ReplyLinks
{
    /// <summary>A reply to nothing.</summary>
    public const int None = -1;

    /// <summary>A reply to what is not among them.</summary>
    public const int Unknown = -2;

    private readonly int[] _first;
    private readonly Dictionary<int, int[]> _also = [];

    public ReplyLinks(IReadOnlyList<Interaction> interactions)
    {
        // By their texts, which a dictionary hashes faster than anything made of them.
        var positions = new Dictionary<string, int>(interactions.Count, StringComparer.Ordinal);
        for (int index = 0; index < interactions.Count; index++)
        {
            if (!positions.TryAdd(interactions[index].Id.Value, index)) Twice ??= interactions[index].Id;
        }

        _first = new int[interactions.Count];
        for (int index = 0; index < _first.Length; index++)
        {
            Interaction interaction = interactions[index];
            if (interaction.AlsoReplyTo.Count == 0)
            {
                _first[index] = interaction.ReplyTo.IsNone ? None : PositionOf(interaction.ReplyTo);
                continue;
            }

            int[] parents = [.. interaction.Parents.Select(PositionOf)];
            _first[index] = parents[0];
            if (parents.Length > 1) _also.Add(index, parents[1..]);
        }

        int PositionOf(InteractionId id) => positions.GetValueOrDefault(id.Value, Unknown);
    }

    /// <summary>The first id that is given twice, of which the first interaction counts; null when every id is given once.</summary>
    public InteractionId? Twice { get; }

    /// <summary>What each replies to first.</summary>
    public ReadOnlySpan<int> First => _first;

    /// <summary>What else, of those that reply to several.</summary>
    public IReadOnlyDictionary<int, int[]> Also => _also;

    /// <summary>One of the links of an interaction, in the order of <see cref="Interaction.Parents"/>.</summary>
    public int this[int position, int link] => link == 0 ? _first[position] : _also[position][link - 1];

    /// <summary>How many links an interaction has; one that replies to nothing has one, to <see cref="None"/>.</summary>
    public int CountOf(int position) => _also.Count > 0 && _also.TryGetValue(position, out int[]? more) ? more.Length + 1 : 1;
}
