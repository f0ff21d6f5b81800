using System.Globalization;
using NodaTime;

namespace Engagement.Core;

/// <summary>What a response time was made of: the steps of its curve, time by time, so that it can be calculated again.</summary>
internal static class CurveDetail
{
    private const double Hour = 3_600_000;

    /// <summary>Steps that are listed; the others stand in one product. Each channel has a curve, and a page of a hundred steps for each figure of each would tell no reader more.</summary>
    private const int Listed = 25;

    private static readonly (string English, string German) Noun = ("Times", "Zeiten");

    /// <summary>The steps up to a time, and S there.</summary>
    public static FigureDetail Of(ResponseTimes response, Duration time)
    {
        long last = ResponseTimes.Milliseconds(time, nameof(time));
        FigureDetail detail = Steps(response.Curve, last);
        return response.Curve.SurvivalAt(last) is { } survival ? detail with { Between = new([("S(t)", Quantity.Exact(survival))]) } : detail;
    }

    /// <summary>The steps up to the median, S there and before it; where S is flat at one half, both ends of that stretch.</summary>
    public static FigureDetail OfMedian(ResponseTimes response)
    {
        if (response.MedianHours.Value is not { } median)
        {
            FigureDetail all = Steps(response.Curve, long.MaxValue);
            return response.Curve.Longest is { } longest && response.Curve.SurvivalAt(longest) is { } left ? all with { Between = new([("S", Quantity.Exact(left))]) } : all;
        }

        // The last step at or before the median is where S comes down to one half; a median after it lies midway to the stretch's end.
        SurvivalStep down = response.Curve.Steps.Last(step => step.Events > 0 && step.Duration <= Math.Floor((median * Hour) + 0.001));
        FigureDetail detail = Steps(response.Curve, down.Duration);
        (string, Quantity) at = ("S(t₁)", Quantity.Exact(down.Survival));
        (string, Quantity) from = ("t₁", Quantity.Exact(down.Duration / Hour));
        double end = (2 * median) - (down.Duration / Hour);
        return detail with { Between = end - (down.Duration / Hour) > 0.5 / Hour ? new([at, from, ("t₂", Quantity.Exact(end))]) : new([at, from]) };
    }

    /// <summary>The times of the answered ones, and those in the middle.</summary>
    public static FigureDetail OfAnswered(ResponseTimes response)
    {
        if (response.Answered == 0) return FigureDetail.None;
        var terms = new List<FigureTerm>();
        int steps = 0;
        int seen = 0;
        int listed = 0;
        double? low = null;
        double? high = null;
        foreach (SurvivalStep step in response.Curve.Steps.Where(step => step.Events > 0))
        {
            seen += step.Events;
            if (steps++ < Listed)
            {
                terms.Add(Term(step, Quantity.From(Count.NotApplicable)));
                listed = seen;
            }

            if (seen > (response.Answered - 1) / 2) low ??= step.Duration / Hour;
            if (seen > response.Answered / 2) high ??= step.Duration / Hour;
        }

        return FigureDetail.None with
        {
            Noun = Noun,
            Terms = new(terms),
            More = steps - terms.Count,
            Rest = (Quantity.Exact(seen - listed), Quantity.From(Count.NotApplicable), default),
            Middle = low < high ? new([low.Value, high.Value]) : new([low!.Value]),
        };
    }

    private static FigureDetail Steps(SurvivalCurve curve, long last)
    {
        var terms = new List<FigureTerm>();
        int more = 0;
        double fall = 1;
        double greenwood = 0;
        foreach (SurvivalStep step in curve.Steps.TakeWhile(step => step.Duration <= last).Where(step => step.Events > 0))
        {
            if (terms.Count < Listed)
            {
                terms.Add(Term(step, Quantity.Exact(step.AtRisk)));
                continue;
            }

            double left = step.AtRisk - step.Events;
            more++;
            fall *= left / step.AtRisk;
            if (left > 0) greenwood += step.Events / (step.AtRisk * left);
        }

        return FigureDetail.None with { Noun = Noun, Terms = new(terms), More = more, RestOfCurve = more > 0 ? (Quantity.Exact(fall), Quantity.Exact(greenwood)) : null };
    }

    private static FigureTerm Term(SurvivalStep step, Quantity atRisk) => new(Text(step.Duration), Quantity.Exact(step.Events), atRisk);

    /// <summary>Hours, minutes and seconds: exact, and the same in every language.</summary>
    private static string Text(long milliseconds)
    {
        (long hours, long rest) = Math.DivRem(milliseconds, 3_600_000);
        string parts = (rest % 1_000) == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $".{rest % 1_000:000}");
        return string.Create(CultureInfo.InvariantCulture, $"{hours}:{rest / 60_000:00}:{rest / 1_000 % 60:00}{parts}");
    }
}
