namespace Engagement.Core;

/// <summary>Results of unequal definitions were to be compared, subtracted, ranked or drawn as one series.</summary>
/// <remarks>
/// <para>The message names every part that differs, with both values. Two recipes give two numbers of the same facts, so their difference says nothing about the facts.</para>
/// <example><c>first (by-followers v1) and second (by-reach v1) must have one definition; they differ in base (PotentialReach and MeasuredReach) …</c></example>
/// </remarks>
public sealed class DefinitionMismatchException : InvalidOperationException
{
    internal DefinitionMismatchException(Definition first, Definition second)
        : base(Text(first, second)) => (First, Second) = (first, second);

    /// <summary>The definition of the one.</summary>
    public Definition First { get; }

    /// <summary>The definition of the other.</summary>
    public Definition Second { get; }

    /// <summary>Refuses definitions that are not equal.</summary>
    internal static void ThrowIfUnequal(Definition first, Definition second)
    {
        if (!first.Equals(second)) throw new DefinitionMismatchException(first, second);
    }

    private static string Text(Definition first, Definition second) =>
        $"{first.Id} and {second.Id} must be one definition, and differ in {string.Join(", ", Definition.Differences(first, second))}: calculate both by the same one.";
}
