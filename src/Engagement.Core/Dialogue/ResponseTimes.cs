using System.Globalization;
using NodaTime;

namespace Engagement.Core;

/// <summary>How long outsiders wait for an answer: a Kaplan–Meier estimate, in which what is unanswered when observation ends is censored and not dropped.</summary>
/// <remarks>
/// <para>Immutable and safe to share between threads; equality is by value; no order. Times are whole milliseconds; quantiles are in hours.</para>
/// <para>Undefined: a quantile to which the curve does not fall is "not reached"; a share beyond the longest time that anybody was observed is not known.</para>
/// <example><c>ResponseTimes.Of(answered, unanswered).MedianHours.IsReached</c></example>
/// </remarks>
public sealed record ResponseTimes
{
    private const double Hour = 3_600_000;

    private readonly double _confidence;

    internal ResponseTimes(SurvivalCurve curve, BusinessHours? hours, double confidence)
    {
        (Curve, _confidence, Hours) = (curve, confidence, hours);
        MedianHours = QuantileHours(0.5);
        AnsweredOnlyMedianHours = curve.MedianOfEvents() / Hour;
    }

    /// <summary>The share still waiting after each time, in milliseconds.</summary>
    public SurvivalCurve Curve { get; }

    /// <summary>The hours in which time runs; null when it always does.</summary>
    public BusinessHours? Hours { get; }

    /// <summary>How many messages call for an answer.</summary>
    public int Answerable => Curve.Subjects;

    /// <summary>How many of them were answered.</summary>
    public int Answered => Curve.Events;

    /// <summary>How many were still waiting when observation ended.</summary>
    public int Unanswered => Curve.Censored;

    /// <summary>The median response time in hours, with log-log limits; "not reached" when fewer than half are answered.</summary>
    public SurvivalQuantile MedianHours { get; }

    /// <summary>The vendors' figure: the median of the answered ones alone, in hours; null when none is. It forgets who still waits, and is here to compare.</summary>
    public double? AnsweredOnlyMedianHours { get; }

    /// <summary>Response times in hand.</summary>
    /// <param name="answered">How long each answer took; not negative.</param>
    /// <param name="unanswered">How long each unanswered message has waited so far; not negative.</param>
    /// <param name="confidence">The confidence level of the limits, between 0 and 1, both excluded.</param>
    /// <returns>The response times; parts of a millisecond are cut off.</returns>
    /// <exception cref="ArgumentNullException">A list is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A duration is negative, or the confidence is not between 0 and 1.</exception>
    public static ResponseTimes Of(IEnumerable<Duration> answered, IEnumerable<Duration> unanswered, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(answered);
        ArgumentNullException.ThrowIfNull(unanswered);
        Guard.Confidence(confidence);
        long[] events = [.. answered.Select(duration => Milliseconds(duration, nameof(answered)))];
        long[] censored = [.. unanswered.Select(duration => Milliseconds(duration, nameof(unanswered)))];
        return new ResponseTimes(SurvivalCurve.KaplanMeier([.. events, .. censored], [.. events.Select(_ => true), .. censored.Select(_ => false)]), null, confidence);
    }

    /// <summary>A quantile of the response time in hours: after it, at least the share is answered.</summary>
    /// <param name="probability">The share, between 0 and 1, both excluded: 0.9 for nine of ten.</param>
    /// <returns>The quantile with log-log limits; each may be "not reached".</returns>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not between 0 and 1.</exception>
    public SurvivalQuantile QuantileHours(double probability)
    {
        SurvivalQuantile quantile = Curve.Quantile(probability, _confidence);
        return new(probability, quantile.Value / Hour, quantile.Lower / Hour, quantile.Upper / Hour, quantile.Confidence, quantile.Method);
    }

    /// <summary>The share answered within a time: 1 − S.</summary>
    /// <param name="time">The time, for example 24 hours; not negative.</param>
    /// <returns>The share; null when nobody was observed so long.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public double? ShareWithin(Duration time) => 1 - Curve.SurvivalAt(Milliseconds(time, nameof(time)));

    /// <summary>The log-log limits of <see cref="ShareWithin"/>.</summary>
    /// <param name="time">The time; not negative.</param>
    /// <returns>The limits; null where there are none: before the first answer, after all are answered, and where nobody was observed so long.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public IntervalEstimate? IntervalOfShareWithin(Duration time) =>
        Curve.IntervalAt(Milliseconds(time, nameof(time)), _confidence) is { } still ? new(1 - still.Upper, 1 - still.Lower, still.Confidence, still.Method) : null;

    /// <summary>Can two response times be told apart (two channels, or two periods)? The log-rank test.</summary>
    /// <param name="other">The other response times, measured by the same hours.</param>
    /// <returns>χ², its degrees of freedom, and the p-value; null where nothing can be compared.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    /// <exception cref="ArgumentException">One counts business hours and the other does not, or other ones.</exception>
    public (double? ChiSquare, int DegreesOfFreedom, double? PValue) LogRank(ResponseTimes other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Hours != other.Hours) throw new ArgumentException($"other ({other.Hours?.ToString() ?? "all hours"}) must count the same hours as this ({Hours?.ToString() ?? "all hours"}): calculate both by one calculator.", nameof(other));
        return SurvivalCurve.LogRank([Curve, other.Curve]);
    }

    /// <summary>How many were answered, and the median.</summary>
    /// <returns>For example <c>5 of 20 answered, median not reached (answered only: 0.88 h)</c>.</returns>
    public override string ToString()
    {
        string vendors = AnsweredOnlyMedianHours is { } median ? string.Create(CultureInfo.InvariantCulture, $" (answered only: {median:0.##} h)") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Answered} of {Answerable} answered, median {MedianHours}{(MedianHours.IsReached ? " h" : "")}{vendors}");
    }

    internal static long Milliseconds(Duration duration, string parameter)
    {
        if (duration < Duration.Zero) throw Guard.OutOfRange(parameter, duration, "must not be negative", "check which of the two times comes first");
        return (long)Math.Floor(duration.TotalMilliseconds);
    }
}
