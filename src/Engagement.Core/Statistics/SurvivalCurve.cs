using System.Buffers;
using System.Globalization;

namespace Engagement.Core;

/// <summary>The Kaplan–Meier estimate: the share that is still without an event after each duration, where some were lost from sight before their event came (right-censored).</summary>
/// <remarks>
/// <para>
/// Formula: S(t) = Π (n − d)/n over the durations up to t, with n at risk and d events at each; events come before censorings of the same duration.
/// Its standard error is Greenwood's: S² · Σ d/(n·(n − d)).
/// </para>
/// <para>Durations are whole numbers of any unit (milliseconds, days); results are in the same unit. Immutable, safe to share between threads. Equality is by value, step by step; no order.</para>
/// <para>Undefined: nothing is known after the longest duration, unless the curve has fallen to 0 by then. Memory: 32 B per distinct duration; while it is made, 16 B per row more.</para>
/// <para>Source: E. L. Kaplan and P. Meier, Nonparametric estimation from incomplete observations, J. Amer. Statist. Assoc. 53 (1958); conventions as in R's package survival.</para>
/// <example><c>SurvivalCurve.KaplanMeier([1, 2, 3, 4], [true, true, false, true]).Quantile(0.5).Value</c> is 3 (midway between 2 and 4, where the curve is flat at one half).</example>
/// </remarks>
public sealed class SurvivalCurve : IEquatable<SurvivalCurve>
{
    // R's tolerance where a curve is compared with a level: √ε of a double.
    private const double Tolerance = 1.4901161193847656e-8;

    private readonly long[] _durations;
    private readonly int[] _atRisk;
    private readonly int[] _events;
    private readonly double[] _survival;
    private readonly double[] _greenwood;

    private SurvivalCurve(ReadOnlySpan<ulong> sorted)
    {
        // A key is 2 × duration, + 1 when censored: the events of a duration come first.
        int steps = 0;
        ulong previous = ulong.MaxValue;
        foreach (ulong key in sorted)
        {
            if (key >> 1 != previous) steps++;
            previous = key >> 1;
        }

        _durations = GC.AllocateUninitializedArray<long>(steps);
        _atRisk = GC.AllocateUninitializedArray<int>(steps);
        _events = GC.AllocateUninitializedArray<int>(steps);
        _survival = GC.AllocateUninitializedArray<double>(steps);
        _greenwood = GC.AllocateUninitializedArray<double>(steps);
        Subjects = sorted.Length;

        // Without a censoring in between the product telescopes to one quotient, which is exact to a rounding.
        double survival = 1;
        double before = 1;
        int baseAtRisk = sorted.Length;
        double greenwood = 0;
        int row = 0;
        for (int step = 0; step < steps; step++)
        {
            ulong duration = sorted[row] >> 1;
            int first = row;
            while (row < sorted.Length && sorted[row] == duration << 1) row++;
            int events = row - first;
            while (row < sorted.Length && sorted[row] >> 1 == duration) row++;
            int atRisk = sorted.Length - first;
            int left = atRisk - events;
            if (events > 0)
            {
                survival = before * ((double)left / baseAtRisk);
                greenwood += events / ((double)atRisk * left);
                Events += events;
            }

            if (row - first > events) (before, baseAtRisk) = (survival, sorted.Length - row);
            (_durations[step], _atRisk[step], _events[step], _survival[step], _greenwood[step]) = ((long)duration, atRisk, events, survival, greenwood);
        }
    }

    /// <summary>How many there are: events and censorings.</summary>
    public int Subjects { get; }

    /// <summary>How many events came.</summary>
    public int Events { get; }

    /// <summary>How many were censored.</summary>
    public int Censored => Subjects - Events;

    /// <summary>The longest duration, whether it ended by an event or not; null when there is nobody.</summary>
    public long? Longest => _durations.Length == 0 ? null : _durations[^1];

    /// <summary>Where the curve may step: every distinct duration, in order, also those where only censorings lie. With <see cref="SurvivalAt"/> and its like they give the whole curve.</summary>
    public IEnumerable<long> Durations => Array.AsReadOnly(_durations);

    internal IEnumerable<SurvivalStep> Steps => Enumerable.Range(0, _durations.Length).Select(StepAt);

    internal int StepCount => _durations.Length;

    /// <summary>The Kaplan–Meier estimate of durations.</summary>
    /// <param name="durations">How long each was observed; not negative.</param>
    /// <param name="isEvent">Whether the event came then; false where observation ended without it.</param>
    /// <returns>The curve; of nobody when the columns are empty.</returns>
    /// <exception cref="ArgumentException">The columns differ in length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A duration is negative; the error names its row.</exception>
    /// <example><code>SurvivalCurve curve = SurvivalCurve.KaplanMeier([6, 6, 6, 7, 10], [true, true, false, true, false]);</code></example>
    public static SurvivalCurve KaplanMeier(ReadOnlySpan<long> durations, ReadOnlySpan<bool> isEvent)
    {
        Guard.SameLength(durations.Length, nameof(durations), isEvent.Length, nameof(isEvent));
        ulong[] keys = ArrayPool<ulong>.Shared.Rent(durations.Length);
        try
        {
            for (int row = 0; row < durations.Length; row++)
            {
                long duration = durations[row];
                if (duration < 0) throw Guard.OutOfRange(string.Create(CultureInfo.InvariantCulture, $"durations[{row}]"), duration, "must not be negative", "check which of the two times comes first");
                keys[row] = Key(duration, isEvent[row]);
            }

            return OfKeys(keys.AsSpan(0, durations.Length), []);
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(keys);
        }
    }

    /// <summary>Can curves be told apart? The log-rank test of Mantel, and its weighted family of Harrington and Fleming.</summary>
    /// <remarks>
    /// <para>
    /// At each duration with events every group expects d·n_g/n of the d events; U sums observed − expected, weighted by S(t−)^ρ of all groups together, V the hypergeometric covariances with the squared weights; χ² = UᵀV⁻¹U
    /// with one degree of freedom less than there are groups that expect anything. ρ = 0 is the log-rank test; ρ = 1 (Peto and Peto) gives early differences more weight.
    /// </para>
    /// <para>Source: D. P. Harrington and T. R. Fleming, A class of rank test procedures for censored survival data, Biometrika 69 (1982); as R's survdiff.</para>
    /// </remarks>
    /// <param name="curves">The curves of the groups; at least two, none of them null.</param>
    /// <param name="rho">ρ: 0, the default, for the log-rank test; finite, not negative.</param>
    /// <returns>χ², its degrees of freedom, and the probability of a χ² at least as large when the curves are the same; null where fewer than two groups expect an event, or nothing varies.</returns>
    /// <exception cref="ArgumentException">There are fewer than two curves, or one is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">ρ is negative or not finite.</exception>
    /// <example><code>SurvivalCurve.LogRank([xing, facebook]).PValue</code></example>
    public static (double? ChiSquare, int DegreesOfFreedom, double? PValue) LogRank(ReadOnlySpan<SurvivalCurve> curves, double rho = 0) =>
        LogRankTest.Of(curves, rho) is var test ? (test.ChiSquare, test.DegreesOfFreedom, test.PValue) : default;

    /// <summary>S(t): the share that is still without an event after a duration.</summary>
    /// <param name="duration">The duration; not negative.</param>
    /// <returns>The share; null beyond the longest duration, where nobody was observed, unless the curve has fallen to 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The duration is negative.</exception>
    public double? SurvivalAt(long duration) => TryStep(duration, out int step) ? step < 0 ? 1 : _survival[step] : null;

    /// <summary>Greenwood's standard error of <see cref="SurvivalAt"/>.</summary>
    /// <param name="duration">The duration; not negative.</param>
    /// <returns>The standard error; null where the curve has fallen to 0, or nothing is known.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The duration is negative.</exception>
    public double? StandardErrorAt(long duration) => TryStep(duration, out int step) ? step < 0 ? 0 : StandardError(step) : null;

    /// <summary>How many are under observation, without their event, just before a duration.</summary>
    /// <param name="duration">The duration; not negative.</param>
    /// <returns>The number at risk.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The duration is negative.</exception>
    public int AtRiskAt(long duration)
    {
        Guard.NotNegative(duration);
        int step = Array.BinarySearch(_durations, duration);
        if (step < 0) step = ~step;
        return step < _atRisk.Length ? _atRisk[step] : 0;
    }

    /// <summary>The confidence limits of <see cref="SurvivalAt"/>.</summary>
    /// <remarks>
    /// <para>With s the standard error divided by S, and z the normal quantile of the level: log-log exp(−exp(ln(−ln S) ± z·s/ln S)); log S·exp(±z·s); plain S ± z·S·s; logit on the scale ln(S/(1 − S)). Plain and log are cut at 0 and 1.</para>
    /// </remarks>
    /// <param name="duration">The duration; not negative.</param>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <param name="method">One of the four formulas for survival; log-log by default, the only one beside logit that never needs cutting.</param>
    /// <returns>The limits; null where there are none: where the curve has fallen to 0, where it is still at 1 from the first duration on (log-log and logit), and where nothing is known.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The duration is negative, the confidence is not between 0 and 1, or the method is none for survival.</exception>
    public IntervalEstimate? IntervalAt(long duration, double confidence = 0.95, IntervalMethod method = IntervalMethod.SurvivalLogLog)
    {
        double z = Check(confidence, method);
        if (!TryStep(duration, out int step)) return null;
        return Limits(step, z, method) is { } limits ? new IntervalEstimate(limits.Lower, limits.Upper, confidence, method) : null;
    }

    /// <summary>A quantile: the first duration after which at least a share of all events has come.</summary>
    /// <remarks>
    /// <para>Where the curve is flat exactly at 1 − p, the quantile is the midpoint of the flat stretch (which ends, at the latest, with the longest duration), as in R. The limits are the same quantile of the curve's lower and upper limits.</para>
    /// <para>Source: R. Brookmeyer and J. Crowley, A confidence interval for the median survival time, Biometrics 38 (1982).</para>
    /// </remarks>
    /// <param name="probability">p: the share of events, between 0 and 1, both excluded.</param>
    /// <param name="confidence">The confidence level of the limits, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <param name="method">One of the four formulas for survival; log-log by default.</param>
    /// <returns>The quantile and its limits; each is null where it is not reached.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The probability or the confidence is not between 0 and 1, or the method is none for survival.</exception>
    /// <example><code>curve.Quantile(0.5); // 310 [285, 363]</code></example>
    public SurvivalQuantile Quantile(double probability, double confidence = 0.95, IntervalMethod method = IntervalMethod.SurvivalLogLog)
    {
        if (!(probability > 0 && probability < 1)) throw Guard.OutOfRange(nameof(probability), probability, "must lie between 0 and 1, both excluded", "pass 0.5 for the median");
        double z = Check(confidence, method);
        var value = new Crossing(probability);
        var lower = new Crossing(probability);
        var upper = new Crossing(probability);
        for (int step = 0; step < _durations.Length; step++)
        {
            // Flat stretches are told by their first duration.
            if (_events[step] == 0) continue;
            double fallen = 1 - _survival[step];
            value.See(fallen, _durations[step]);
            if (Limits(step, z, method) is not { } limits) continue;
            lower.See(1 - limits.Lower, _durations[step]);
            upper.See(1 - limits.Upper, _durations[step]);
        }

        bool isZero = _survival.Length > 0 && _survival[^1] == 0;
        double end = Longest ?? 0;
        return new SurvivalQuantile(probability, value.At(end), lower.At(isZero ? null : end), upper.At(isZero ? null : end), confidence, method);
    }

    /// <summary>The restricted mean: the area under the curve up to the longest duration.</summary>
    /// <returns>The mean duration, each cut at the longest one; null when there is nobody.</returns>
    public double? RestrictedMean()
    {
        if (_durations.Length == 0) return null;
        double area = _durations[0];
        for (int step = 1; step < _durations.Length; step++) area += _survival[step - 1] * (_durations[step] - _durations[step - 1]);
        return area;
    }

    /// <summary>The standard error of <see cref="RestrictedMean"/>: √Σ A²·d/(n·(n − d)), with A the area that is left after each event.</summary>
    /// <returns>The standard error; null when there is nobody.</returns>
    public double? RestrictedMeanStandardError()
    {
        if (_durations.Length == 0) return null;
        double variance = 0;
        double area = 0;
        for (int step = _durations.Length - 2; step >= 0; step--)
        {
            area += _survival[step] * (_durations[step + 1] - _durations[step]);
            if (_events[step] > 0) variance += area * area * (_events[step] / ((double)_atRisk[step] * (_atRisk[step] - _events[step])));
        }

        return Math.Sqrt(variance);
    }

    /// <inheritdoc/>
    public bool Equals(SurvivalCurve? other) =>
        other is not null && Subjects == other.Subjects && _durations.AsSpan().SequenceEqual(other._durations) && _atRisk.AsSpan().SequenceEqual(other._atRisk) && _events.AsSpan().SequenceEqual(other._events);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SurvivalCurve);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Subjects, Events, Longest);

    /// <summary>Counts and the median.</summary>
    /// <returns>For example <c>165 events of 228, median 310 [285, 363]</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Events} events of {Subjects}, median {Quantile(0.5)}");

    /// <summary>A duration, not negative, and whether its event came, as one number in the order of the curve.</summary>
    internal static ulong Key(long duration, bool isEvent) => ((ulong)duration << 1) | (isEvent ? 0UL : 1UL);

    /// <summary>The curve of two lists of keys, which it reorders; one that is in order is not sorted again.</summary>
    internal static SurvivalCurve OfKeys(Span<ulong> first, Span<ulong> second)
    {
        int count = first.Length + second.Length;
        ulong[] scratch = ArrayPool<ulong>.Shared.Rent(Math.Max(first.Length, second.Length));
        ulong[] both = [];
        try
        {
            if (!IsSorted(second)) SortInto(second, scratch);
            if (second.IsEmpty) return new SurvivalCurve(RadixSort.Sort(first, scratch.AsSpan(0, first.Length)));
            if (first.IsEmpty) return new SurvivalCurve(second);
            both = ArrayPool<ulong>.Shared.Rent(count);
            Merge(RadixSort.Sort(first, scratch.AsSpan(0, first.Length)), second, both);
            return new SurvivalCurve(both.AsSpan(0, count));
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(scratch);
            ArrayPool<ulong>.Shared.Return(both);
        }

        static void SortInto(Span<ulong> keys, ulong[] scratch)
        {
            Span<ulong> sorted = RadixSort.Sort(keys, scratch.AsSpan(0, keys.Length));
            if (sorted != keys) sorted.CopyTo(keys);
        }

        static bool IsSorted(ReadOnlySpan<ulong> keys)
        {
            for (int index = 1; index < keys.Length; index++)
            {
                if (keys[index] < keys[index - 1]) return false;
            }

            return true;
        }

        static void Merge(ReadOnlySpan<ulong> first, ReadOnlySpan<ulong> second, Span<ulong> both)
        {
            int left = 0;
            int right = 0;
            while (left < first.Length && right < second.Length)
            {
                bool isLeft = first[left] <= second[right];
                both[left + right] = isLeft ? first[left] : second[right];
                left += isLeft ? 1 : 0;
                right += isLeft ? 0 : 1;
            }

            first[left..].CopyTo(both[(left + right)..]);
            second[right..].CopyTo(both[(first.Length + right)..]);
        }
    }

    /// <summary>The median of the durations with an event alone; null when there is none.</summary>
    internal double? MedianOfEvents()
    {
        if (Events == 0) return null;
        double lower = double.NaN;
        int seen = 0;
        for (int step = 0; ; step++)
        {
            seen += _events[step];
            if (double.IsNaN(lower) && seen > (Events - 1) / 2) lower = _durations[step];
            if (seen > Events / 2) return lower + ((_durations[step] - lower) / 2);
        }
    }

    internal (long Duration, int AtRisk, int Events) Raw(int step) => (_durations[step], _atRisk[step], _events[step]);

    private static double Check(double confidence, IntervalMethod method)
    {
        Guard.Confidence(confidence);
        if (method is not (IntervalMethod.SurvivalLogLog or IntervalMethod.SurvivalLog or IntervalMethod.SurvivalPlain or IntervalMethod.SurvivalLogit))
        {
            throw Guard.OutOfRange(nameof(method), method, "must be a formula for survival", "pass SurvivalLogLog, SurvivalLog, SurvivalPlain or SurvivalLogit");
        }

        return ConfidenceLevel.NormalQuantile(confidence);
    }

    private SurvivalStep StepAt(int step)
    {
        int next = step + 1 < _atRisk.Length ? _atRisk[step + 1] : 0;
        return new SurvivalStep(_durations[step], _atRisk[step], _events[step], _atRisk[step] - _events[step] - next, _survival[step], StandardError(step));
    }

    private double? StandardError(int step) => _survival[step] == 0 ? null : _survival[step] * Math.Sqrt(_greenwood[step]);

    /// <summary>The last step not after a duration, −1 before the first; false where nothing is known.</summary>
    private bool TryStep(long duration, out int step)
    {
        Guard.NotNegative(duration);
        step = Array.BinarySearch(_durations, duration);
        if (step < 0) step = ~step - 1;
        return duration <= Longest || (_survival.Length > 0 && _survival[^1] == 0);
    }

    private (double Lower, double Upper)? Limits(int step, double z, IntervalMethod method)
    {
        // Before the first duration nothing has happened to anybody.
        if (step < 0) return (1, 1);
        double s = _survival[step];
        double width = z * Math.Sqrt(_greenwood[step]);
        if (s == 0) return null;
        switch (method)
        {
            case IntervalMethod.SurvivalPlain: return (Math.Max(0, s - (width * s)), Math.Min(1, s + (width * s)));
            case IntervalMethod.SurvivalLog: return (s * Math.Exp(-width), Math.Min(1, s * Math.Exp(width)));
        }

        if (s == 1) return null;
        if (method is IntervalMethod.SurvivalLogit)
        {
            double odds = s / (1 - s);
            double half = width * (1 + odds);
            return (1 - (1 / (1 + (odds * Math.Exp(-half)))), 1 - (1 / (1 + (odds * Math.Exp(half)))));
        }

        // ln S is negative: the larger power gives the lower limit.
        double log = Math.Log(s);
        double factor = Math.Exp(width / -log);
        return (Math.Exp(log * factor), Math.Exp(log / factor));
    }

    /// <summary>Where a rising curve y reaches p: the duration of its smallest value not below p, and midway to that of its smallest value above p where it is flat at p.</summary>
    /// <remarks>The smallest value and not the first one: limits may turn back where few are left at risk, and R looks them up by value.</remarks>
    private struct Crossing(double probability)
    {
        private double _reached = double.PositiveInfinity;
        private double _passed = double.PositiveInfinity;
        private double? _reachedAt;
        private double? _passedAt;
        private double _last = double.NaN;

        public void See(double value, double duration)
        {
            if (value + Tolerance >= probability && value < _reached) (_reached, _reachedAt) = (value, duration);
            if (value - Tolerance >= probability && value < _passed) (_passed, _passedAt) = (value, duration);
            _last = value;
        }

        /// <summary>The quantile, with the end of the last flat stretch; null for an end where the curve's last value is none.</summary>
        public readonly double? At(double? end)
        {
            if (_reachedAt is not { } reached) return null;
            if (end is { } longest && Math.Abs(probability - _last) < Tolerance) return (reached + longest) / 2;
            return _passedAt is { } passed ? (reached + passed) / 2 : null;
        }
    }
}
