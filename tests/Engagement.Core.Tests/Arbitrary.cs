using CsCheck;

namespace Engagement.Core.Tests;

/// <summary>Random facts for laws.</summary>
internal static class Arbitrary
{
    private static readonly double[] Edges = [0.0, -0.0, double.Epsilon, 2.2250738585072014e-308, 1.0, 0.1, long.MaxValue, double.MaxValue];

    /// <summary>Counts in every state, small enough that a few of them never overflow.</summary>
    public static readonly Gen<Count> Count = Counts(1_000_000_000_000_000);

    public static Gen<Count> Counts(long most) => Gen.Select(Gen.Int[0, 6], Gen.Long[0, most], Gen.Long[0, 1_000], Gen.Long[0, 1_000], (state, value, below, above) => state switch
    {
        0 => Core.Count.Missing,
        1 => Core.Count.Withheld,
        2 => Core.Count.NotApplicable,
        3 => Core.Count.Partial(value),
        4 => Core.Count.Rounded(value),
        5 => Core.Count.Rounded(value, Math.Max(0, value - below), value + above),
        _ => Core.Count.Observed(value),
    });

    /// <summary>Finite numbers that are not negative: 0, −0, denormals, whole numbers, fractions and the largest ones.</summary>
    public static readonly Gen<double> Number = Gen.OneOf(
        Gen.Int[0, Edges.Length - 1].Select(index => Edges[index]),
        Gen.Double[0, 1],
        Gen.Double[0, double.MaxValue],
        Gen.Long[0, long.MaxValue].Select(whole => (double)whole));
}
