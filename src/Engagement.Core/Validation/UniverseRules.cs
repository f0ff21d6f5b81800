namespace Engagement.Core;

/// <summary>ENG01xx: universes.</summary>
internal static class UniverseRules
{
    public static void Check(Portfolio portfolio, FindingCollector findings)
    {
        RuleTools.CheckUnique(portfolio.Universes, universe => universe.Id, nameof(Portfolio.Universes), "ENG0101", "universe", findings);
        for (int index = 0; index < portfolio.Universes.Count; index++)
        {
            IReadOnlyList<UniverseSize> sizes = portfolio.Universes[index].Sizes;
            for (int size = 1; size < sizes.Count; size++)
            {
                if (sizes[size].AsOf != sizes[size - 1].AsOf) continue;
                findings.Warning("ENG0102", RuleTools.At(nameof(Portfolio.Universes), index, FormattableString.Invariant($"Sizes[{size}].AsOf")), sizes[size].AsOf, "is the moment of another size of this universe, and the last one given counts", "keep one size for each moment");
            }
        }
    }
}
