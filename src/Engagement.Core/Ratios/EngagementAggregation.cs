namespace Engagement.Core;

/// <summary>From units to a figure: adds up, divides, and finds the interval that the way of adding up calls for.</summary>
internal sealed class EngagementAggregation(EngagementRatioDefinition definition, double confidence, IntervalMethod method)
{
    public Figure Figure(EngagementFacts facts, LocalPeriod period, ChannelId channel, IEnumerable<Caveat> more)
    {
        var caveats = new List<Caveat>([.. facts.About(), .. more]);
        Unit[] all = [.. facts.Units.Select(unit => new Unit(unit.Name, unit.Tally, unit.Tally is null ? default : Weighted(unit.Tally), facts.PeriodBase ?? unit.Base))];

        // A unit of which no interaction is known is left out with its base: counting the base alone would read missing as 0.
        Unit[] known = [.. all.Where(unit => unit.Interactions.HasValue && unit.Base.HasValue)];
        bool isPooled = definition.Aggregation is Aggregation.Pooled;

        // A ratio of its own needs a base above 0, and a part that is not open both ways; a pooled one may have units without any base.
        Unit[] used = isPooled ? known : [.. known.Where(unit => unit.Ratio.HasValue)];
        if (used.Length < all.Length && !facts.IsSilent)
        {
            caveats.Add(facts.IsByDay ? Caveats.DaysLeftOut(all.Length - used.Length, all.Length) : Caveats.PublicationsLeftOut(all.Length - used.Length, all.Length));
        }

        (Quantity numerator, Quantity denominator) = facts.IsSilent ? (default, WholeBase(facts, all))
            : used.Length == 0 ? WithoutUnits(facts, all, known, isPooled)
            : isPooled ? Pooled(facts, used)
            : OpenBothWays(used) is { } open ? open
            : definition.Aggregation is Aggregation.MedianOfPublications ? (Quantity.Statistic(Ratios(used), values => Medians.Of(values)), Quantity.Exact(1))
            : (Quantity.Statistic(Ratios(used), values => RatioKernel.SumDefined(values).Sum), Quantity.Exact(used.Length));

        // Where nothing is known of interactions, that is the reason, whatever else is missing too.
        Ratio ratio = facts.IsSilent ? Ratio.OfUndefined(UndefinedReason.MissingNumerator, 0, denominator.Value ?? 0) : FigureParts.Divide(numerator, denominator);
        int least = used.Count(unit => unit.Interactions.State is CountState.Partial);
        caveats.AddRange(FigureParts.Openness(numerator, denominator, Caveats.AtLeast(least)));
        if (!isPooled && used.Any(unit => unit.Base.State is CountState.Partial)) caveats.Add(Caveats.AtMost());
        FigureDetail detail = Detail(facts, used);
        IntervalEstimate? interval = ratio.IsDefined ? Interval(facts, used, numerator, denominator, caveats, ref detail) : null;
        return new Figure(definition, period, channel, numerator, denominator, ratio, FigureParts.Rounding(ratio, numerator, denominator), interval, caveats, detail);
    }

    /// <summary>What the figure would be divided by: the base when pooled, else the number of publications or days.</summary>
    private Quantity WholeBase(EngagementFacts facts, Unit[] units) =>
        definition.Aggregation is not Aggregation.Pooled ? Quantity.Exact(units.Length) : facts.PeriodBase ?? (units.Length == 0 ? default : Sum(units.Select(unit => unit.Base)));

    private static Quantity Sum(IEnumerable<Quantity> parts) => parts.Aggregate(Quantity.Sum);

    /// <summary>Nothing to add up: nothing was published (0 over nothing), or parts are missing.</summary>
    private (Quantity Numerator, Quantity Denominator) WithoutUnits(EngagementFacts facts, Unit[] all, Unit[] known, bool isPooled)
    {
        // Pooled, nothing published is 0 interactions over the base of the period; a mean over no publication has no value.
        if (all.Length == 0) return (Quantity.Exact(0), isPooled && facts.PeriodBase is { } basis ? basis : Quantity.Exact(0));
        if (known.Length > 0) return known.FirstOrDefault(unit => unit.Base.Value is > 0) is { Base.Value: > 0 } open ? (open.Interactions, open.Base) : (Quantity.Exact(0), Quantity.Exact(0));
        return all.Any(unit => unit.Interactions.HasValue) ? (Sum(all.Select(unit => unit.Interactions)), default) : (default, WholeBase(facts, all));
    }

    private IEnumerable<(InteractionKind Kind, Count Count, double Weight)> Kinds(InteractionTally sum) => sum.Kinds.Select(kind => (kind, sum[kind], definition.Selection[kind]));

    private static Quantity[] Ratios(Unit[] units) => [.. units.Select(unit => unit.Ratio)];

    /// <summary>A mean of ratios of which some are the least and some the most that they can be says nothing; its parts then, in order to say so.</summary>
    private static (Quantity Numerator, Quantity Denominator)? OpenBothWays(Unit[] units) =>
        units.FirstOrDefault(unit => unit.Ratio.State is CountState.Partial) is { Interactions.HasValue: true } least && units.FirstOrDefault(unit => unit.Base.State is CountState.Partial) is { Base.HasValue: true } most
            ? (least.Interactions.State is CountState.Partial ? least.Interactions : least.Ratio, most.Base)
            : null;

    /// <summary>Whole counts are added up first, kind by kind, and weighted once.</summary>
    private (Quantity Numerator, Quantity Denominator) Pooled(EngagementFacts facts, Unit[] units) => (Weighted(Tally(units)), facts.PeriodBase ?? Sum(units.Select(unit => unit.Base)));

    private InteractionTally Tally(Unit[] units)
    {
        InteractionTally sum = InteractionTally.Empty;
        foreach (InteractionKind kind in definition.Selection.Kinds) sum = sum.With(kind, Count.Sum(units.Select(unit => unit.Tally![kind])));
        return sum;
    }

    /// <summary>Σ weight · count over the kinds that the tally states; 0 for an empty tally, which is a day on which nothing was published.</summary>
    private Quantity Weighted(InteractionTally tally)
    {
        if (tally.IsEmpty) return Quantity.Exact(0);
        if (definition.Selection.CommonWeight is 1) return Quantity.From(Count.Sum(tally.Kinds.Where(kind => definition.Selection[kind] > 0).Select(kind => tally[kind])));
        return Sum(tally.Kinds.Where(kind => definition.Selection[kind] > 0).Select(kind => Quantity.From(tally[kind]).Times(definition.Selection[kind])));
    }

    /// <summary>The publications or days one by one, and the sums between them and the figure's two parts.</summary>
    private FigureDetail Detail(EngagementFacts facts, Unit[] used)
    {
        FigureDetail detail = FigureDetail.None with { Sources = new(facts.Sources()) };
        if (used.Length == 0) return detail;

        // A base that stands once, and one publication as its own base, need not be told of each.
        bool hasOwnBase = facts.PeriodBase is null && definition.Base is not EngagementBase.Publications;
        FigureTerm[] terms = [.. used.Select(unit => new FigureTerm(unit.Name, unit.Interactions, hasOwnBase ? unit.Base : Quantity.From(Count.NotApplicable)))];
        detail = facts.IsByDay ? detail.With(terms, "Days", "Tage") : detail.With(terms, "Publications", "Veröffentlichungen");
        if (definition.Aggregation is Aggregation.Pooled) return detail with { Kinds = new(Kinds(Tally(used))) };
        if (definition.Aggregation is Aggregation.MedianOfPublications)
        {
            double[] ratios = [.. used.Select(unit => unit.Ratio.Value!.Value).Order()];
            detail = detail with { Middle = new(ratios.Length % 2 == 1 ? [ratios[ratios.Length / 2]] : [ratios[(ratios.Length / 2) - 1], ratios[ratios.Length / 2]]) };
        }

        return facts.PeriodBase is { } basis ? detail with { Between = new([("ΣI", Sum(used.Select(unit => unit.Interactions))), (EngagementFormula.Letter(definition.Base), basis)]) } : detail;
    }

    private IntervalEstimate? Interval(EngagementFacts facts, Unit[] units, Quantity numerator, Quantity denominator, List<Caveat> caveats, ref FigureDetail detail)
    {
        // A figure that is a least is made of least counts, one that is a most of least bases, and so is its interval.
        bool isLeast = numerator.State is CountState.Partial;
        bool isMost = denominator.State is CountState.Partial;
        double Number(Quantity quantity) => (isLeast ? quantity.Lower : quantity.Value) ?? 0;
        double share = facts.PeriodBase is null ? 1 : 1.0 / units.Length;
        double[] bases = [.. units.Select(unit => ((isMost ? unit.Base.Lower : unit.Base.Value) ?? 0) * share)];
        bool isPooled = definition.Aggregation is Aggregation.Pooled;
        double effective = isPooled ? Math.Pow(bases.Sum(), 2) / bases.Sum(one => one * one) : units.Length;
        bool isMedian = definition.Aggregation is Aggregation.MedianOfPublications;
        double[] ratios = isPooled ? [] : [.. Ratios(units).Select(Number)];
        double[] tops = isPooled ? [.. units.Select(unit => Number(unit.Interactions))] : ratios;
        if (!isPooled) bases = [.. ratios.Select(_ => 1.0)];

        // Two figures are told apart by how the publications of each differ, whatever interval was asked for.
        IntervalEstimate? spread = !isMedian && units.Length > 1 && Spread(tops, bases) is { } between && between.Upper > between.Lower ? between : null;
        if (spread is { } known) detail = detail with { Spread = ((known.Upper - known.Lower) / 2 / StudentDistribution.Quantile(units.Length - 1, 1 - ConfidenceLevel.Tail(confidence)), units.Length - 1) };
        if (method is IntervalMethod.Garwood or IntervalMethod.Wilson)
        {
            IntervalEstimate? ofEvents = OfEvents(facts, units, numerator, denominator, caveats, ref detail);
            if (ofEvents is not null) Warn();
            return ofEvents;
        }

        Warn();
        if (isMedian)
        {
            // Of ten times 0/38 order statistics say [0, 0]; as with a mean without any spread, the events themselves must speak then.
            if (!MedianIntervals.TryOrderStatistics(ratios, out IntervalEstimate median, confidence))
            {
                caveats.Add(Caveats.NoInterval("too few publications for order statistics at this confidence", "zu wenige Veröffentlichungen für Ordnungsstatistiken bei diesem Niveau"));
                return null;
            }

            if (median.Upper > median.Lower) return Widened(median, numerator);
        }

        if (spread is { } estimate)
        {
            IntervalEstimate wide = Widened(estimate, Quantity.Quotient(numerator, denominator));
            if (wide.Lower >= 0) return wide;
            caveats.Add(Caveats.IntervalCut());
            return new IntervalEstimate(0, wide.Upper, confidence, wide.Method);
        }

        // One unit, or units that do not differ at all: their spread says nothing, and the interval of the events themselves remains.
        return OfEvents(facts, units, numerator, denominator, caveats, ref detail);

        void Warn()
        {
            if (units.Length == 1 && !facts.IsByDay) caveats.Add(Caveats.OnePublication());
            else if (effective < 10) caveats.Add(Caveats.FewPublications(effective, facts.IsByDay));
        }
    }

    /// <summary>The interval from the spread between publications or days, by the method asked for; null where one of them carries the whole base.</summary>
    private IntervalEstimate? Spread(double[] tops, double[] bases) =>
        method is IntervalMethod.Linearised ? RatioIntervals.Linearised(tops, bases, confidence)
        : RatioIntervals.TryJackknife(tops, bases, out IntervalEstimate estimate, confidence) ? estimate
        : null;

    /// <summary>The interval of the events themselves, as if all publications had one rate. Over several it bears a name of its own.</summary>
    private IntervalEstimate? OfEvents(EngagementFacts facts, Unit[] units, Quantity numerator, Quantity denominator, List<Caveat> caveats, ref FigureDetail detail)
    {
        bool isPooled = definition.Aggregation is Aggregation.Pooled;
        (Quantity events, Quantity exposure) = isPooled ? (numerator, denominator) : Pooled(facts, units);
        if (!isPooled && facts.PeriodBase is { } basis) exposure = basis.Times(units.Length);
        if (method is IntervalMethod.Wilson)
        {
            IntervalEstimate? wilson = definition.Selection.CommonWeight is 1 && events.Upper <= exposure.Lower ? FigureParts.Proportion(events, exposure, confidence) : null;
            if (wilson is null) caveats.Add(Caveats.NoInterval("Wilson's is of a part of a whole, counted in full and without weights", "Das von Wilson gilt für einen Teil eines Ganzen, vollständig gezählt und ohne Gewichte"));
            return Named(wilson, 1, units.Length > 1 ? IntervalMethod.PooledWilson : IntervalMethod.Wilson);
        }

        double weight = definition.Selection.CommonWeight ?? 0;
        IntervalEstimate? garwood = weight > 0 ? FigureParts.Rate(events.Unweighted(weight), exposure, confidence) : null;
        if (garwood is null)
        {
            caveats.Add(weight > 0
                ? Caveats.NoIntervalOfOpenCounts()
                : Caveats.NoInterval("unequal weights, and no spread between publications to judge by", "ungleiche Gewichte, und keine Streuung zwischen Veröffentlichungen, aus der es sich ergäbe"));
        }
        else if (isPooled)
        {
            detail = detail with { Events = (events.Unweighted(weight), exposure) };
        }

        return Named(garwood, weight, units.Length > 1 ? IntervalMethod.PooledGarwood : IntervalMethod.Garwood);
    }

    private IntervalEstimate? Named(IntervalEstimate? estimate, double weight, IntervalMethod name) =>
        estimate is { } found ? new IntervalEstimate(found.Lower * weight, found.Upper * weight, confidence, name) : null;

    /// <summary>Interval arithmetic: each end moves by the factor by which rounding can move the figure.</summary>
    private static IntervalEstimate Widened(IntervalEstimate estimate, Quantity figure)
    {
        if (figure is not { State: CountState.Rounded, Value: > 0 and { } value, Lower: { } least, Upper: { } most }) return estimate;
        double lower = estimate.Lower * (estimate.Lower < 0 ? most : least) / value;
        return new IntervalEstimate(lower, estimate.Upper * most / value, estimate.Confidence, estimate.Method);
    }

    /// <summary>One publication or day, weighted.</summary>
    private readonly record struct Unit(string Name, InteractionTally? Tally, Quantity Interactions, Quantity Base)
    {
        public Quantity Ratio => Quantity.Quotient(Interactions, Base);
    }
}
