namespace Engagement.Core;

/// <summary>How many interactions of each kind: the counts that a platform states for a publication.</summary>
/// <remarks>
/// <para>Immutable and additive, kind by kind. Equality is by value; no order. A tally knows neither time nor role nor actor; single events are <see cref="Interaction"/>s.</para>
/// <para>A kind that the tally does not state is <see cref="Count.NotApplicable"/> (the platform has no such thing); a kind stated as <see cref="Count.Missing"/> is not known.</para>
/// <example><c>InteractionTally.Empty.With(InteractionKind.Like, Count.Observed(79)).With(InteractionKind.Comment, Count.Missing)</c></example>
/// </remarks>
public sealed class InteractionTally : IEquatable<InteractionTally>
{
    private static readonly int Length = Enum.GetValues<InteractionKind>().Length;

    private readonly Count[] _counts;

    private InteractionTally(Count[] counts) => _counts = counts;

    /// <summary>A tally that states nothing; the neutral element of the sum.</summary>
    public static InteractionTally Empty { get; } = new([.. Enumerable.Repeat(Count.NotApplicable, Length)]);

    /// <summary>The kinds that the tally states, in the order of <see cref="InteractionKind"/>.</summary>
    public IEnumerable<InteractionKind> Kinds => Enumerable.Range(1, Length - 1).Select(index => (InteractionKind)index).Where(kind => this[kind].State is not CountState.NotApplicable);

    /// <summary>Whether no kind is stated.</summary>
    public bool IsEmpty => !Kinds.Any();

    /// <summary>The count of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The count; <see cref="Count.NotApplicable"/> when the tally does not state the kind.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The kind is unspecified or unknown.</exception>
    public Count this[InteractionKind kind] => _counts[(int)Guard.Known(kind)];

    /// <summary>The same tally with the count of one kind replaced.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="count">Its count.</param>
    /// <returns>A new tally.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The kind is unspecified or unknown.</exception>
    public InteractionTally With(InteractionKind kind, Count count)
    {
        Guard.Known(kind);
        Count[] counts = [.. _counts];
        counts[(int)kind] = count;
        return new InteractionTally(counts);
    }

    /// <summary>How often each kind stands in a list of events.</summary>
    /// <param name="interactions">The events.</param>
    /// <param name="kinds">The kinds to count; one that does not occur is 0, because the events were all seen.</param>
    /// <returns>A tally of exact counts.</returns>
    internal static InteractionTally Of(IEnumerable<Interaction> interactions, IEnumerable<InteractionKind> kinds)
    {
        long[] seen = new long[Length];
        foreach (Interaction interaction in interactions) seen[(int)interaction.Kind]++;
        Count[] counts = [.. Empty._counts];
        foreach (InteractionKind kind in kinds) counts[(int)kind] = Count.Observed(seen[(int)kind]);
        return new InteractionTally(counts);
    }

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
        return new([.. left._counts.Zip(right._counts, Count.Add)]);
    }

    /// <summary>The sum, kind by kind; see <see cref="Add"/>.</summary>
    public static InteractionTally operator +(InteractionTally left, InteractionTally right) => Add(left, right);

    /// <inheritdoc/>
    public bool Equals(InteractionTally? other) => other is not null && _counts.AsSpan().SequenceEqual(other._counts);

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
}
