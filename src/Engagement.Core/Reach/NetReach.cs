using System.Globalization;

namespace Engagement.Core;

/// <summary>How many are reached over several channels together: gross, and net between a lower and an upper bound, with named models in between.</summary>
/// <remarks>
/// <para>
/// Formulas: gross = ΣR; net lies within Fréchet's bounds max(R) ≤ net ≤ min(U, ΣR). Known overlaps R_ij of pairs narrow them: upper ΣR − the heaviest spanning forest of the overlaps;
/// lower the largest of max(R), R_i + R_j − R_ij and 2/(k + 1)·S₁ − 2/(k(k + 1))·S₂ with k = 1 + ⌊2·S₂/S₁⌋, S₁ = ΣR, S₂ = ΣR_ij over the channels with known overlaps.
/// Net is never one bare number. Equality is by value; no order.
/// </para>
/// <para>Where a reach is known in part only, as a portfolio may say of an audience, there is a lower bound alone: no upper one, and no model.</para>
/// <para><c>default</c> is the net reach of no channel: all 0, without a model.</para>
/// <para>Source: Fréchet (1935); Hunter (1976) and Worsley (1982); Dawson and Sankoff (1967); Sainsbury's random duplication formula.</para>
/// <example><c>NetReach.Of([9_000, 133, 38, 324], universe: 110_000)</c> is gross 9,495, net [9,000, 9,453.9955, 9,495].</example>
/// </remarks>
public readonly record struct NetReach
{
    private const double AgostiniFactor = 1.125;

    private readonly double? _independence;
    private readonly UndefinedReason? _noIndependence;
    private readonly double? _duplications;
    private readonly long _upper;
    private readonly bool _isOpen;

    private NetReach(long gross, long lower, long upper, double? independence, UndefinedReason? noIndependence, double? duplications) =>
        (Gross, Lower, _upper, _independence, _noIndependence, _duplications) = (gross, lower, upper, independence, noIndependence, duplications);

    /// <summary>The net reach of which a part is not known, above the least that is.</summary>
    private NetReach(NetReach least) => (Gross, Lower, _noIndependence, _isOpen) = (least.Gross, least.Lower, UndefinedReason.MissingNumerator, true);

    /// <summary>The sum: who is in several channels counts once for each. The least that it can be where a reach is known in part only.</summary>
    public long Gross { get; }

    /// <summary>The lower bound: the largest channel alone, or more where overlaps are known.</summary>
    public long Lower { get; }

    /// <summary>The model of independence; null when it says nothing, or lies outside the bounds that known overlaps leave: then <see cref="Estimate"/> says why.</summary>
    public double? Independence => Estimate(ReachModel.Independence).Value;

    /// <summary>The upper bound: no overlap but the known ones; null where a reach is known in part only, and nothing bounds it.</summary>
    public long? Upper => _isOpen ? null : _upper;

    /// <summary>The same where a reach is known in part only: at least so much, without a bound above and without a model.</summary>
    internal NetReach Open() => new(this);

    /// <summary>The net reach of channels in a universe of the same unit, with no overlap known.</summary>
    /// <param name="reaches">The reach of each channel; not negative, none above the universe.</param>
    /// <param name="universe">The size of the universe; not negative.</param>
    /// <returns>Gross, bounds and model.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or a reach exceeds the universe.</exception>
    /// <exception cref="OverflowException">The sum exceeds 2⁶³ − 1.</exception>
    public static NetReach Of(ReadOnlySpan<long> reaches, long universe) => Of(reaches, universe, []);

    /// <summary>The net reach of channels in a universe of the same unit, with the overlaps of some or all pairs.</summary>
    /// <param name="reaches">The reach of each channel; not negative, none above the universe.</param>
    /// <param name="universe">The size of the universe; not negative.</param>
    /// <param name="overlaps">How many two channels share, by their positions in <paramref name="reaches"/>; each pair at most once, and not more than either reach.</param>
    /// <returns>Gross, bounds and models.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, a reach exceeds the universe, a position is none, or an overlap exceeds a part of it.</exception>
    /// <exception cref="ArgumentException">A pair is named twice or is one channel, or the overlaps contradict each other.</exception>
    /// <exception cref="OverflowException">The sum exceeds 2⁶³ − 1.</exception>
    public static NetReach Of(ReadOnlySpan<long> reaches, long universe, ReadOnlySpan<(int First, int Second, long Shared)> overlaps)
    {
        Guard.NotNegative(universe);
        foreach (long reach in reaches)
        {
            if (reach > universe) throw Guard.OutOfRange(nameof(reaches), reach, string.Create(CultureInfo.InvariantCulture, $"must not exceed the universe ({universe})"), "pass a universe of the same unit that holds every audience");
        }

        NetReach net = Of(reaches, universe, universe, Checked(reaches, overlaps));
        return net.Lower <= net._upper ? net : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"overlaps ({overlaps.Length} values) contradict each other or the universe: at least {net.Lower} and at most {net._upper} would be reached. Check them at their source."), nameof(overlaps));
    }

    /// <summary>With a limit of its own for the upper bound: a universe of another unit bounds nobody. Overlaps that contradict each other give a lower bound above the upper one.</summary>
    internal static NetReach Of(ReadOnlySpan<long> reaches, long? universe, long limit, IReadOnlyCollection<SetOverlap> overlaps)
    {
        long gross = 0;
        long largest = 0;
        double? model = universe > 0 ? 0 : null;
        UndefinedReason? noModel = universe is null ? UndefinedReason.MissingDenominator : universe == 0 ? UndefinedReason.ZeroDenominator : null;
        foreach (long reach in reaches)
        {
            Guard.NotNegative(reach, nameof(reaches));
            gross = Guard.Sum(gross, reach, nameof(reaches));
            largest = Math.Max(largest, reach);
            if (reach > universe) noModel = UndefinedReason.PartExceedsWhole;
            model = reach > universe ? null : model + reach - (model * reach / universe);
        }

        if (overlaps.Count == 0)
        {
            long upper = Math.Max(largest, Math.Min(gross, limit));

            // The model lies within these bounds by its formula; the last bit of a double may not.
            return new(gross, largest, upper, reaches.Length > 0 && model is { } value ? Math.Clamp(value, largest, upper) : null, noModel, reaches.Length == 1 ? 0 : null);
        }

        double? duplications = overlaps.Count == (long)reaches.Length * (reaches.Length - 1) / 2 && overlaps.All(overlap => overlap.Least == overlap.Most) ? overlaps.Sum(overlap => (double)overlap.Most) : null;
        return new(gross, UnionBounds.Lower(reaches, overlaps), UnionBounds.Upper(reaches, overlaps, limit < largest ? long.MaxValue : limit), model, noModel, duplications);
    }

    /// <summary>The net reach by a model that needs nothing but reaches, universe and overlaps.</summary>
    /// <param name="model"><see cref="ReachModel.Independence"/>, or <see cref="ReachModel.Agostini"/>, which needs the overlap of every pair.</param>
    /// <returns>The value, or the reason why there is none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The model needs identities or a source: <see cref="Judge"/> takes its value.</exception>
    public ReachEstimate Estimate(ReachModel model)
    {
        switch (model)
        {
            case ReachModel.Independence:
                return _independence is { } independence ? Judge(model, independence) : new ReachEstimate(model, null, null, _noIndependence ?? UndefinedReason.MissingNumerator, null);
            case ReachModel.Agostini:
                if (_duplications is not { } duplications) return new ReachEstimate(model, null, null, UndefinedReason.MissingNumerator, null);
                return Judge(model, Gross == 0 ? 0 : (double)Gross / ((AgostiniFactor * duplications) + Gross) * Gross);
            default:
                throw Guard.OutOfRange(nameof(model), model, "must be Independence or Agostini", "pass the value of another model to Judge");
        }
    }

    /// <summary>Judges the net reach that a model or a source says by the bounds.</summary>
    /// <param name="model">The model.</param>
    /// <param name="value">What it says; finite, not negative.</param>
    /// <param name="error">Its own error, around the value; none by default.</param>
    /// <returns>The value, or its refusal by <see cref="UndefinedReason.OutsideBounds"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The model is unspecified, the value is negative or not finite, or the error does not hold the value.</exception>
    /// <example><c>net.Judge(ReachModel.Stated, 9_200)</c></example>
    public ReachEstimate Judge(ReachModel model, double value, Bounds? error = null)
    {
        Guard.Known(model);
        Guard.FiniteNotNegative(value);
        if (error is { } own && !(own.Lower <= value && value <= own.Upper)) throw Guard.OutOfRange(nameof(error), own, "must hold the value", "pass the bounds of the error around the value");

        // A model that meets a bound by its formula may miss it by the last bits of a double.
        double slack = Math.Max(1, Gross) * 1e-12;
        double upper = Upper ?? double.MaxValue;
        double nearest = Math.Clamp(value, Lower, Math.Max(Lower, upper));
        bool isWithin = Math.Abs(value - nearest) <= slack || (error is { } reach && reach.Lower <= upper && Lower <= reach.Upper);
        if (!isWithin) return new ReachEstimate(model, value, null, UndefinedReason.OutsideBounds, error);
        Bounds? left = error is { } wide ? new Bounds(Math.Clamp(wide.Lower, Lower, nearest), Math.Clamp(wide.Upper, nearest, Math.Max(nearest, upper))) : null;
        return new ReachEstimate(model, value, nearest, null, left);
    }

    /// <summary>Gross, bounds and model, in the invariant culture.</summary>
    /// <returns>For example <c>net [9000 … 9454 (independence) … 9495], gross 9495</c>, or <c>net [500 … open], gross at least 500</c>.</returns>
    public override string ToString()
    {
        string model = Independence is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value:0} (independence) … ") : "";
        return string.Create(CultureInfo.InvariantCulture, $"net [{Lower} … {model}{(_isOpen ? "open" : _upper.ToString(CultureInfo.InvariantCulture))}], gross {(_isOpen ? "at least " : "")}{Gross}");
    }

    private static SetOverlap[] Checked(ReadOnlySpan<long> reaches, ReadOnlySpan<(int First, int Second, long Shared)> overlaps)
    {
        if (overlaps.IsEmpty) return [];
        var seen = new HashSet<(int, int)>();
        var pairs = new SetOverlap[overlaps.Length];
        for (int index = 0; index < overlaps.Length; index++)
        {
            (int first, int second, long shared) = overlaps[index];
            Position(first, reaches.Length);
            Position(second, reaches.Length);
            Guard.NotNegative(shared, nameof(overlaps));
            if (first == second) throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"overlaps (row {index}) must be of two channels, not of {first} alone: name the other channel."), nameof(overlaps));
            if (shared > Math.Min(reaches[first], reaches[second])) throw Guard.OutOfRange(nameof(overlaps), shared, string.Create(CultureInfo.InvariantCulture, $"must not exceed the reaches that it is a part of ({reaches[first]} and {reaches[second]})"), "mend one of the three numbers");
            (first, second) = (Math.Min(first, second), Math.Max(first, second));
            if (!seen.Add((first, second))) throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"overlaps (row {index}) must name the pair {first} and {second} once: leave out the other one."), nameof(overlaps));
            pairs[index] = new SetOverlap(first, second, shared, shared);
        }

        return pairs;

        static void Position(int position, int length)
        {
            if (position < 0 || position >= length) throw Guard.OutOfRange(nameof(overlaps), position, string.Create(CultureInfo.InvariantCulture, $"must be a position in reaches (0 to {length - 1})"), "count the channels from 0");
        }
    }
}
