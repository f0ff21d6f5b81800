using Engagement.Core;

namespace Engagement.Storage;

/// <summary>What a check of a store found: whether its daily cells and its batches agree with the log.</summary>
/// <remarks>Immutable; equality is by value; no order.</remarks>
public sealed record StoreCheck
{
    private readonly ValueList<string> _findings;

    internal StoreCheck(long batches, long events, ValueList<string> findings) => (Batches, Events, _findings) = (batches, events, findings);

    /// <summary>How many batches were acknowledged.</summary>
    public long Batches { get; }

    /// <summary>How many events the log holds.</summary>
    public long Events { get; }

    /// <summary>What does not agree, in words, the first 200; empty when the store is sound.</summary>
    public IReadOnlyList<string> Findings => _findings;

    /// <summary>Whether nothing was found.</summary>
    public bool IsSound => _findings.Count == 0;

    /// <summary>Batches, events and findings.</summary>
    /// <returns>For example <c>12 batches, 1000 events, sound</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"{Batches} batches, {Events} events, {(IsSound ? "sound" : $"{_findings.Count} findings")}");
}
