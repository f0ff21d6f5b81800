namespace Engagement.Core;

/// <summary>How many interactions of each kind: the counts that a platform states for a publication.</summary>
/// <remarks>
/// <para>Immutable and additive, kind by kind. Equality is by value; no order. A tally knows neither time nor role nor actor; single events are <see cref="Interaction"/>s.</para>
/// <para>A kind that the tally does not state is <see cref="Count.NotApplicable"/> (the platform has no such thing); a kind stated as <see cref="Count.Missing"/> is not known.</para>
/// <example><c>InteractionTally.Empty.With(InteractionKind.Like, Count.Observed(79)).With(InteractionKind.Comment, Count.Missing)</c></example>
/// </remarks>
public sealed class InteractionTally : IEquatable<InteractionTally>
{
    /// <summary>How many kinds there are, the unspecified one with them: their numbers run from 0.</summary>
    internal static readonly int KindCount = Enum.GetValues<InteractionKind>().Length;

    // Only what is stated, in the order of the kinds: a portfolio may hold a million tallies of three kinds.
    private readonly InteractionKind[] _kinds;
    private readonly Count[] _counts;

    private InteractionTally(InteractionKind[] kinds, Count[] counts) => (_kinds, _counts) = (kinds, counts);

    /// <summary>A tally that states nothing; the neutral element of the sum.</summary>
    public static InteractionTally Empty { get; } = new([], []);

    /// <summary>The kinds that the tally states, in the order of <see cref="InteractionKind"/>.</summary>
    public IEnumerable<InteractionKind> Kinds => Array.AsReadOnly(_kinds);

    /// <summary>Whether no kind is stated.</summary>
    public bool IsEmpty => _kinds.Length == 0;

    /// <summary>The count of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The count; <see cref="Count.NotApplicable"/> when the tally does not state the kind.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The kind is unspecified or unknown.</exception>
    public Count this[InteractionKind kind] => Array.IndexOf(_kinds, Guard.Known(kind)) is >= 0 and int index ? _counts[index] : Count.NotApplicable;

    /// <summary>The same tally with the count of one kind replaced.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="count">Its count; <see cref="Count.NotApplicable"/> takes the kind out.</param>
    /// <returns>A new tally.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The kind is unspecified or unknown.</exception>
    public InteractionTally With(InteractionKind kind, Count count)
    {
        Guard.Known(kind);
        return From(_kinds.Zip(_counts).Where(entry => entry.First != kind).Append((kind, count)));
    }

    /// <summary>How many of each kind there are among events.</summary>
    /// <param name="events">The events, each kind with its count.</param>
    /// <param name="kinds">The kinds to count; one that does not occur is 0, because the events were all seen.</param>
    /// <returns>A tally of exact counts.</returns>
    internal static InteractionTally Of(IEnumerable<(InteractionKind Kind, long Count)> events, IEnumerable<InteractionKind> kinds)
    {
        // Asked once for every publication and every day of a portfolio.
        long[] seen = new long[KindCount];
        foreach ((InteractionKind kind, long count) in events) seen[(int)kind] = checked(seen[(int)kind] + count);
        return Of(seen, kinds);
    }

    /// <summary>The same of numbers that are counted already, by the numbers of the kinds.</summary>
    internal static InteractionTally Of(IReadOnlyList<long> counts, IEnumerable<InteractionKind> kinds) => From(kinds.Select(kind => (kind, Count.Observed(counts[(int)kind]))));

    /// <summary>The sum, kind by kind.</summary>
    /// <param name="left">One tally.</param>
    /// <param name="right">The other tally.</param>
    /// <returns>Each kind's counts added; states as in <see cref="Count"/>.</returns>
    /// <exception cref="ArgumentNullException">A tally is null.</exception>
    /// <exception cref="OverflowException">A sum exceeds 2⁶³ − 1.</exception>
    public static InteractionTally Add(InteractionTally left, InteractionTally right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return From(left._kinds.Union(right._kinds).Select(kind => (kind, left[kind] + right[kind])));
    }

    /// <summary>The sum, kind by kind; see <see cref="Add"/>.</summary>
    public static InteractionTally operator +(InteractionTally left, InteractionTally right) => Add(left, right);

    /// <inheritdoc/>
    public bool Equals(InteractionTally? other) => other is not null && _kinds.AsSpan().SequenceEqual(other._kinds) && _counts.AsSpan().SequenceEqual(other._counts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as InteractionTally);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (Count count in _counts) hash.Add(count);
        return hash.ToHashCode();
    }

    /// <summary>The stated kinds with their counts, in the invariant culture.</summary>
    /// <returns>For example <c>Like 79, Comment 4, Share 17</c>.</returns>
    public override string ToString() => IsEmpty ? "nothing stated" : string.Join(", ", Kinds.Select(kind => $"{kind} {this[kind]}"));

    private static InteractionTally From(IEnumerable<(InteractionKind Kind, Count Count)> entries)
    {
        // Each kind comes once, and mostly in order; a portfolio asks for this hundreds of thousands of times.
        Span<InteractionKind> kinds = stackalloc InteractionKind[KindCount];
        Span<Count> counts = stackalloc Count[KindCount];
        int stated = 0;
        foreach ((InteractionKind kind, Count count) in entries)
        {
            if (count.State is CountState.NotApplicable) continue;
            int place = stated++;
            for (; place > 0 && kinds[place - 1] > kind; place--) (kinds[place], counts[place]) = (kinds[place - 1], counts[place - 1]);
            (kinds[place], counts[place]) = (kind, count);
        }

        return stated == 0 ? Empty : new(kinds[..stated].ToArray(), counts[..stated].ToArray());
    }
}
