using System.Globalization;

namespace Engagement.Core;

/// <summary>Whether one beats another under every weighting with like ≤ comment ≤ share, or only under some.</summary>
/// <remarks>
/// <para>
/// Formula: per base, the tail sums S, C + S, L + C + S. The first is preferred under every weighting when all of its are at least those of the second, and the other way round. Otherwise it depends on the weights, and <see cref="SwitchingWeight"/> says where the
/// preference turns among the weightings 1, w, w² (each step counts w times as much as the one before).
/// </para>
/// <para>Immutable; equality is by value; no order. <c>default</c> compares nothing with nothing: equal.</para>
/// <example><c>WeightDominance.Of((100, 2, 0, 1_000), (30, 10, 4, 1_000)).SwitchingWeight</c> is 3.30: 1/1/1 and 1/2/3 prefer the first, 1/4/16 the second.</example>
/// </remarks>
public readonly record struct WeightDominance
{
    private readonly double _likes;
    private readonly double _comments;
    private readonly double _shares;

    // First minus second, per base.
    private WeightDominance(double likes, double comments, double shares) => (_likes, _comments, _shares) = (likes, comments, shares);

    /// <summary>Whether the preference depends on the weights.</summary>
    public bool DependsOnWeights => Tails.Any(tail => tail > 0) && Tails.Any(tail => tail < 0);

    /// <summary>Which is preferred under every weighting: 1 the first, −1 the second, 0 neither (they are equal, or it depends on the weights).</summary>
    public int Preferred => DependsOnWeights ? 0 : Math.Sign(Tails.Sum());

    /// <summary>The smallest w above 1 at which the preference among the weightings 1, w, w² turns; null when it does not.</summary>
    public double? SwitchingWeight
    {
        get
        {
            // The roots of likes + comments·w + shares·w².
            (double a, double b, double c) = (_shares, _comments, _likes);
            double[] roots;
            if (a == 0)
            {
                roots = b == 0 ? [] : [-c / b];
            }
            else
            {
                double discriminant = (b * b) - (4 * a * c);
                if (discriminant <= 0) return null;

                // q first, so that no two nearly equal numbers are subtracted; with two roots it is not 0.
                double q = -(b + Math.CopySign(Math.Sqrt(discriminant), b)) / 2;
                roots = [q / a, c / q];
            }

            double[] above = [.. roots.Where(root => root > 1).Order()];
            return above.Length > 0 ? above[0] : null;
        }
    }

    private double[] Tails => [_shares, _comments + _shares, _likes + _comments + _shares];

    /// <summary>Compares two by likes, comments and shares, each over its own base.</summary>
    /// <param name="first">The counts and the base of the first; not negative, the base above 0.</param>
    /// <param name="second">Those of the second.</param>
    /// <returns>Which is preferred under which weightings.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or a base is not above 0.</exception>
    public static WeightDominance Of((long Likes, long Comments, long Shares, long Base) first, (long Likes, long Comments, long Shares, long Base) second)
    {
        Check(first, nameof(first));
        Check(second, nameof(second));

        // Cross-multiplied and left whole: a common factor turns no preference, and quotients would not add up to 0 where the ratios are equal.
        double Difference(long one, long other) => (double)(((Int128)one * second.Base) - ((Int128)other * first.Base));
        return new(Difference(first.Likes, second.Likes), Difference(first.Comments, second.Comments), Difference(first.Shares, second.Shares));
    }

    /// <summary>Which is preferred under given weights.</summary>
    /// <param name="like">The weight of a like; finite, not negative.</param>
    /// <param name="comment">The weight of a comment; not below that of a like.</param>
    /// <param name="share">The weight of a share; not below that of a comment.</param>
    /// <returns>1 the first, −1 the second, 0 neither.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative, NaN, infinite, or below the one before it.</exception>
    public int PreferredAt(double like, double comment, double share)
    {
        Guard.FiniteNotNegative(like);
        Guard.FiniteNotNegative(comment);
        Guard.FiniteNotNegative(share);
        if (comment < like) throw Guard.OutOfRange(nameof(comment), comment, $"must not be below the weight of a like ({Guard.Text(like)})", "pass weights with like ≤ comment ≤ share");
        if (share < comment) throw Guard.OutOfRange(nameof(share), share, $"must not be below the weight of a comment ({Guard.Text(comment)})", "pass weights with like ≤ comment ≤ share");

        // Only the proportion of the weights matters; so nothing overflows.
        double largest = share == 0 ? 1 : share;
        return Math.Sign((like / largest * _likes) + (comment / largest * _comments) + (share / largest * _shares));
    }

    /// <summary>The verdict, in the invariant culture.</summary>
    /// <returns>For example <c>depends on the weights: of 1, w, w² the preference turns at w = 3.3012</c>.</returns>
    public override string ToString() =>
        Preferred > 0 ? "the first is preferred under every weighting with like ≤ comment ≤ share"
        : Preferred < 0 ? "the second is preferred under every weighting with like ≤ comment ≤ share"
        : !DependsOnWeights ? "equal under every weighting"
        : SwitchingWeight is { } weight ? string.Create(CultureInfo.InvariantCulture, $"depends on the weights: of 1, w, w² the preference turns at w = {weight:0.####}")
        : "depends on the weights";

    private static void Check((long Likes, long Comments, long Shares, long Base) counts, string parameter)
    {
        Guard.NotNegative(counts.Likes, $"{parameter}.Likes");
        Guard.NotNegative(counts.Comments, $"{parameter}.Comments");
        Guard.NotNegative(counts.Shares, $"{parameter}.Shares");
        if (counts.Base <= 0) throw Guard.OutOfRange($"{parameter}.Base", counts.Base, "must be above 0", "leave out what has no base");
    }
}
