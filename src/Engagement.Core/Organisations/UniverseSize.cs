using NodaTime;

namespace Engagement.Core;

/// <summary>The size of a universe as of a moment.</summary>
/// <param name="AsOf">When the size held.</param>
/// <param name="Size">The size, with its state.</param>
/// <remarks>Equality is by value; no order. <c>default</c> is <see cref="Count.Missing"/> as of 1970-01-01T00:00:00Z.</remarks>
public readonly record struct UniverseSize(Instant AsOf, Count Size)
{
    /// <summary>Size and moment, in the invariant culture.</summary>
    /// <returns>For example <c>~110000[110000..114999] as of 2014-11-19T23:00:00Z</c>.</returns>
    public override string ToString() => $"{Size} as of {AsOf}";
}
