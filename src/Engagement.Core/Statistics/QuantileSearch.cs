namespace Engagement.Core;

/// <summary>The search for the root of a logarithm of a distribution function, in a variable u in which the density is log-concave.</summary>
/// <remarks>Halley steps inside a bracket; a step that leaves it, or that tells nothing, becomes a bisection. <c>default</c> is no search.</remarks>
internal struct QuantileSearch(bool rising)
{
    private const int MostSteps = 200;

    private double _low = -1500;
    private double _high = 1500;
    private int _steps;

    /// <summary>Whether the last step has carried u to the root, to the last digits.</summary>
    public bool Done { get; private set; }

    /// <summary>The shift of u that leads towards tail(u) = target.</summary>
    /// <param name="u">Where the tail was looked at.</param>
    /// <param name="tail">The probability there: rising in u, or falling.</param>
    /// <param name="target">The probability looked for.</param>
    /// <param name="density">The density there, with respect to u.</param>
    /// <param name="drift">Minus the derivative of the density's logarithm there.</param>
    public double Step(double u, double tail, double target, double density, double drift)
    {
        if (tail == target || ++_steps > MostSteps)
        {
            Done = true;
            return 0;
        }

        bool below = tail < target == rising;
        if (below) _low = Math.Max(_low, u);
        else _high = Math.Min(_high, u);

        double difference = (tail - target) / target;
        double excess = Math.Abs(difference) < 0.5 ? AccurateMath.Log1p(difference) : Math.Log(tail / target);
        double slope = (rising ? density : -density) / tail;
        double newton = -excess / slope;
        double bend = newton * (-drift - slope) / 2;
        double step = newton / (1 + Math.Clamp(bend, -0.5, 1));
        double next = u + step;
        if (!double.IsFinite(next) || next < _low || next > _high)
        {
            // The end of the bracket may be u itself, rounded: then there is nowhere left to go.
            double half = ((_low + _high) / 2) - u;
            Done = Math.Abs(excess) < 1e-9 || _high - _low <= 1e-15 * Math.Abs(u);
            return Done ? (double.IsFinite(step) && Math.Abs(step) < 1e-6 ? step : 0) : half;
        }

        Done = Math.Abs(excess) < 2e-6;
        return step;
    }
}
