namespace Engagement.Core;

/// <summary>From units to a figure: adds up, divides, and finds the interval that the way of adding up calls for.</summary>
internal sealed class EngagementAggregation(EngagementRatioDefinition definition, double confidence)
{
    public Figure Figure(EngagementFacts facts, LocalPeriod period, ChannelId channel, IEnumerable<Caveat> more)
    {
        var caveats = new List<Caveat>([.. facts.About(), .. more]);
        EngagementUnit[] known = [.. facts.Units.Where(unit => unit.Tally is not null && (facts.PeriodBase is not null || unit.Base.HasValue))];
        bool isPooled = definition.Aggregation is Aggregation.Pooled;

        // A ratio of its own needs a base above 0; a pooled one may have units without any base.
        EngagementUnit[] used = isPooled ? known : [.. known.Where(unit => BaseOf(unit, facts).Value is > 0)];
        if (used.Length < facts.Units.Count && !facts.IsSilent)
        {
            caveats.Add(facts.IsByDay ? Caveats.DaysLeftOut(facts.Units.Count - used.Length, facts.Units.Count) : Caveats.PublicationsLeftOut(facts.Units.Count - used.Length, facts.Units.Count));
        }

        (Quantity numerator, Quantity denominator) = facts.IsSilent ? (default, DenominatorWhenUnknown(facts))
            : used.Length == 0 ? WithoutUnits(facts, known.Length, isPooled)
            : isPooled ? Pooled(facts, used)
            : definition.Aggregation is Aggregation.MedianOfPublications ? Median(facts, used)
            : Mean(facts, used);

        // Where nothing is known of interactions, that is the reason, whatever else is missing too.
        Ratio ratio = facts.IsSilent ? Ratio.OfUndefined(UndefinedReason.MissingNumerator, 0, denominator.Value ?? 0) : FigureParts.Divide(numerator, denominator);
        int open = used.Count(unit => Weighted(unit.Tally!).State is CountState.Partial);
        caveats.AddRange(FigureParts.Openness(numerator, denominator, open));
        IntervalEstimate? interval = ratio.IsDefined ? Interval(facts, used, numerator, denominator, caveats) : null;
        return new Figure(definition.Id, period, channel, definition.Scale, numerator, denominator, ratio, FigureParts.Rounding(ratio, numerator, denominator), interval, caveats);
    }

    private static Quantity BaseOf(EngagementUnit unit, EngagementFacts facts) => facts.PeriodBase ?? unit.Base;

    private static Quantity DenominatorWhenUnknown(EngagementFacts facts) => facts.PeriodBase ?? (facts.Units.Count == 0 ? default : Sum(facts.Units.Select(unit => unit.Base)));

    private static Quantity Sum(IEnumerable<Quantity> parts) => parts.Aggregate(Quantity.Sum);

    /// <summary>Nothing to add up: nothing was published (0 over nothing), or parts are missing.</summary>
    private static (Quantity Numerator, Quantity Denominator) WithoutUnits(EngagementFacts facts, int known, bool isPooled)
    {
        // Pooled, nothing published is 0 interactions over the base of the period; a mean over no publication has no value.
        if (facts.Units.Count == 0) return (Quantity.Exact(0), isPooled && facts.PeriodBase is { } basis ? basis : Quantity.Exact(0));
        if (known > 0) return (Quantity.Exact(0), Quantity.Exact(0));
        bool tallied = facts.Units.Any(unit => unit.Tally is not null);
        return (tallied ? Quantity.Exact(0) : default, tallied ? default : DenominatorWhenUnknown(facts));
    }

    /// <summary>Whole counts are added up first and weighted once.</summary>
    private (Quantity Numerator, Quantity Denominator) Pooled(EngagementFacts facts, EngagementUnit[] units) =>
        (Weighted(units.Select(unit => unit.Tally!).Aggregate(InteractionTally.Add)), facts.PeriodBase ?? Sum(units.Select(unit => unit.Base)));

    private (Quantity Numerator, Quantity Denominator) Mean(EngagementFacts facts, EngagementUnit[] units) =>
        (Quantity.Statistic(Ratios(facts, units), values => RatioKernel.SumDefined(values).Sum), Quantity.Exact(units.Length));

    private (Quantity Numerator, Quantity Denominator) Median(EngagementFacts facts, EngagementUnit[] units) =>
        (Quantity.Statistic(Ratios(facts, units), values => Medians.Of(values)), Quantity.Exact(1));

    private Quantity[] Ratios(EngagementFacts facts, EngagementUnit[] units) => [.. units.Select(unit => Quantity.Quotient(Weighted(unit.Tally!), BaseOf(unit, facts)))];

    /// <summary>Σ weight · count over the kinds that the tally states; 0 for an empty tally, which is a day on which nothing was published.</summary>
    private Quantity Weighted(InteractionTally tally)
    {
        if (tally.IsEmpty) return Quantity.Exact(0);
        if (definition.Selection.CommonWeight is 1) return Quantity.From(Count.Sum(tally.Kinds.Where(kind => definition.Selection[kind] > 0).Select(kind => tally[kind])));
        return Sum(tally.Kinds.Where(kind => definition.Selection[kind] > 0).Select(kind => Quantity.From(tally[kind]).Times(definition.Selection[kind])));
    }

    private IntervalEstimate? Interval(EngagementFacts facts, EngagementUnit[] units, Quantity numerator, Quantity denominator, List<Caveat> caveats)
    {
        // A figure that is a least is made of least counts, and so is its interval.
        bool isLeast = numerator.State is CountState.Partial;
        double Number(Quantity quantity) => (isLeast ? quantity.Lower : quantity.Value) ?? 0;
        double share = facts.PeriodBase is null ? 1 : 1.0 / units.Length;
        double[] bases = [.. units.Select(unit => (BaseOf(unit, facts).Value ?? 0) * share)];
        bool isPooled = definition.Aggregation is Aggregation.Pooled;
        double effective = isPooled ? Math.Pow(bases.Sum(), 2) / bases.Sum(one => one * one) : units.Length;
        if (effective < 10) caveats.Add(Caveats.FewPublications(effective, facts.IsByDay));

        double[] ratios = isPooled ? [] : [.. Ratios(facts, units).Select(Number)];
        if (definition.Aggregation is Aggregation.MedianOfPublications)
        {
            if (MedianIntervals.TryOrderStatistics(ratios, out IntervalEstimate median, confidence)) return Widened(median, numerator);
            caveats.Add(Caveats.NoInterval("too few publications for order statistics at this confidence", "zu wenige Veröffentlichungen für Ordnungsstatistiken bei diesem Niveau"));
            return null;
        }

        double[] tops = isPooled ? [.. units.Select(unit => Number(Weighted(unit.Tally!)))] : ratios;
        if (!isPooled) bases = [.. ratios.Select(_ => 1.0)];
        if (units.Length > 1 && RatioIntervals.TryJackknife(tops, bases, out IntervalEstimate estimate, confidence) && estimate.Upper > estimate.Lower)
        {
            IntervalEstimate wide = Widened(estimate, Quantity.Quotient(numerator, denominator));
            if (wide.Lower >= 0) return wide;
            caveats.Add(Caveats.IntervalCut());
            return new IntervalEstimate(0, wide.Upper, confidence, wide.Method);
        }

        // One unit, or units that do not differ at all: their spread says nothing, and the interval of the events themselves remains.
        (Quantity events, Quantity exposure) = isPooled ? (numerator, denominator) : Pooled(facts, units);
        if (!isPooled && facts.PeriodBase is { } basis) exposure = basis.Times(units.Length);
        double weight = definition.Selection.CommonWeight ?? 0;
        IntervalEstimate? garwood = weight > 0 ? FigureParts.Garwood(events.Times(1 / weight), exposure, confidence) : null;
        if (garwood is { } found && weight != 1) garwood = new IntervalEstimate(found.Lower * weight, found.Upper * weight, confidence, found.Method);
        if (garwood is null) caveats.Add(Caveats.NoInterval("one publication with unequal weights has no spread to judge by", "Eine Veröffentlichung mit ungleichen Gewichten hat keine Streuung, aus der sich eines ergäbe"));
        return garwood;
    }

    /// <summary>Interval arithmetic: each end moves by the factor by which rounding can move the figure.</summary>
    private static IntervalEstimate Widened(IntervalEstimate estimate, Quantity figure)
    {
        if (figure is not { State: CountState.Rounded, Value: > 0 and { } value, Lower: { } least, Upper: { } most }) return estimate;
        double lower = estimate.Lower * (estimate.Lower < 0 ? most : least) / value;
        return new IntervalEstimate(lower, estimate.Upper * most / value, estimate.Confidence, estimate.Method);
    }
}
