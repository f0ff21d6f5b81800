namespace Engagement.Core;

/// <summary>Messages as columns in order of time, for one pass.</summary>
internal readonly ref struct ConversationColumns
{
    /// <summary>A reply to something that is not among the rows.</summary>
    public const int Unknown = ReplyLinks.Unknown;

    /// <summary>Milliseconds since the Unix epoch, never falling.</summary>
    public required ReadOnlySpan<long> Times { get; init; }

    /// <summary>The row that each replies to; −1 for none, any other number that is no row for an unknown one.</summary>
    public required ReadOnlySpan<int> ReplyTo { get; init; }

    /// <summary>The further rows that a row replies to, numbered likewise, of the rows that have such; null where none has.</summary>
    public IReadOnlyDictionary<int, int[]>? AlsoReplyTo { get; init; }

    public required ReadOnlySpan<byte> Kinds { get; init; }

    public required ReadOnlySpan<byte> Roles { get; init; }

    /// <summary>Who did it, −1 where not known; empty when nobody is known.</summary>
    public ReadOnlySpan<int> Actors { get; init; }

    /// <summary>Empty when there is one channel.</summary>
    public ReadOnlySpan<int> Channels { get; init; }

    /// <summary>Which rows count in figures; empty when all do. The others are known, and tie threads together.</summary>
    public ReadOnlySpan<bool> Counted { get; init; }
}
