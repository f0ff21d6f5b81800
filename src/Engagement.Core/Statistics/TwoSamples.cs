namespace Engagement.Core;

/// <summary>Successes of two samples, checked at the door; counts as doubles, so that products of margins do not overflow.</summary>
internal readonly record struct TwoSamples(double X1, double N1, double X2, double N2)
{
    public double Y1 => N1 - X1;

    public double Y2 => N2 - X2;

    public double Successes => X1 + X2;

    public double Failures => Y1 + Y2;

    public double Total => N1 + N2;

    /// <summary>x₁n₂ − x₂n₁, with all its digits.</summary>
    public double Cross => AccurateMath.DifferenceOfProducts(X1, N2, X2, N1);

    public TwoSamples Swapped => new(X2, N2, X1, N1);

    public static TwoSamples Check(long successes, long trials, long otherSuccesses, long otherTrials)
    {
        Check(successes, trials, nameof(successes), nameof(trials));
        Check(otherSuccesses, otherTrials, nameof(otherSuccesses), nameof(otherTrials));
        if (trials > long.MaxValue - otherTrials) throw Guard.OutOfRange(nameof(otherTrials), otherTrials, $"and trials ({Guard.Text(trials)}) exceed 2⁶³ − 1 together", "pass counts of things, not sums of codes");
        return new(successes, trials, otherSuccesses, otherTrials);
    }

    private static void Check(long successes, long trials, string successesName, string trialsName)
    {
        Guard.NotNegative(successes, successesName);
        if (trials < 1) throw Guard.OutOfRange(trialsName, trials, "must be at least 1", "a proportion of nothing compares with nothing, so leave it out");
        if (successes > trials) throw Guard.OutOfRange(successesName, successes, $"must not exceed {trialsName} ({Guard.Text(trials)})", "for events that can happen more than once per person, use RateRatio");
    }
}
