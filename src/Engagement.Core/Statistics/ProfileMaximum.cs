namespace Engagement.Core;

/// <summary>The place where a likelihood is largest as one parameter runs from very small to very large, the others being best for each of its values.</summary>
internal static class ProfileMaximum
{
    private const double First = -28;
    private const double Last = 40;
    private const double Step = 2;

    // A slope below this share of what it is the sum of is rounding error.
    private const double Noise = 1e-12;

    /// <summary>The logarithm of the parameter at the interior maximum; false where the likelihood grows towards an end, or does not depend on the parameter.</summary>
    /// <param name="slope">The slope at a logarithm, and the sum of the sizes of its terms.</param>
    /// <param name="value">The likelihood at a logarithm.</param>
    /// <param name="place">Where the maximum is.</param>
    public static bool TryFind(Func<double, (double Slope, double Size)> slope, Func<double, double> value, out double place)
    {
        (place, double best) = (0, double.NegativeInfinity);
        double rising = double.NaN;
        for (double at = First; at <= Last; at += Step)
        {
            (double current, double size) = slope(at);
            if (Math.Abs(current) <= Noise * size) continue;
            if (current > 0)
            {
                rising = at;
            }
            else if (!double.IsNaN(rising))
            {
                double root = RootSearch.Between(x => slope(x).Slope, rising, at), height = value(root);
                if (height > best) (place, best) = (root, height);
                rising = double.NaN;
            }
        }

        return best > double.NegativeInfinity && best >= Math.Max(value(First), value(Last)) - (1e-12 * Math.Abs(best));
    }
}
