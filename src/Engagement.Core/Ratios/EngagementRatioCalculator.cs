using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Engagement.Core.Logs;

namespace Engagement.Core;

/// <summary>The engagement ratio by a definition: of numbers in hand, of columns, or of every channel of a portfolio.</summary>
/// <remarks>
/// <para>Immutable and safe to share between threads. For one line without a definition use <see cref="EngagementRatio"/>.</para>
/// <para>
/// Formula: by the definition's aggregation, ΣI/ΣB, the mean or the median of I/B over publications, or the mean over days; I the weighted interactions of the selected kinds and roles, B the base.
/// Undefined, with the reason, when the base is 0 or missing, or no interactions are known. Never 0 for missing, never clamped.
/// </para>
/// <para>
/// Interval: over several publications or days the delete-one jackknife with t, for a median order statistics, and Garwood's for a single one; a pooled Garwood interval over publications whose
/// rates differ would be far too narrow.
/// </para>
/// <example><c>new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach).Calculate(portfolio, LocalPeriod.Month(2014, 11)).Total</c></example>
/// </remarks>
public sealed class EngagementRatioCalculator
{
    private readonly double _confidence;
    private readonly IntervalMethod _interval;

    /// <summary>A calculator for a definition.</summary>
    /// <param name="definition">The recipe; <see cref="EngagementRatioDefinitions"/> has the ready-made ones.</param>
    /// <param name="confidence">The confidence level of the intervals, between 0 and 1, both excluded.</param>
    /// <param name="interval">
    /// The method of the intervals; <see cref="Definition.Interval"/> by default. Jackknife or Linearised over publications or days (not for a median); for a pooled ratio Garwood or Wilson too, which over several publications bear the names PooledGarwood and
    /// PooledWilson, because they are too narrow where rates differ.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="definition"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The confidence does not lie between 0 and 1, or the method says nothing about the definition's figures.</exception>
    public EngagementRatioCalculator(EngagementRatioDefinition definition, double confidence = 0.95, IntervalMethod? interval = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        Guard.Confidence(confidence);
        IntervalMethod[] possible = definition.Aggregation switch
        {
            Aggregation.MedianOfPublications => [IntervalMethod.OrderStatistics],
            Aggregation.Pooled => [IntervalMethod.Jackknife, IntervalMethod.Linearised, IntervalMethod.Garwood, IntervalMethod.Wilson],
            _ => [IntervalMethod.Jackknife, IntervalMethod.Linearised],
        };
        if (interval is { } asked && !possible.Contains(asked)) throw Guard.OutOfRange(nameof(interval), asked, $"is no method for figures of {definition.Id} ({definition.Aggregation})", $"pass one of {string.Join(", ", possible)}, or none for the definition's own");
        (Definition, _confidence, _interval) = (definition, confidence, interval ?? possible[0]);
    }

    /// <summary>The recipe.</summary>
    public EngagementRatioDefinition Definition { get; }

    /// <summary>The engagement ratio of every channel, and of all together.</summary>
    /// <param name="portfolio">The facts.</param>
    /// <param name="period">The days.</param>
    /// <returns>A figure, or the reason why there is none, for each channel and for all that have one together.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="portfolio"/> is null.</exception>
    /// <exception cref="ArgumentException">The portfolio holds an id twice.</exception>
    /// <exception cref="OverflowException">A sum of counts exceeds 2⁶³ − 1.</exception>
    public EngagementRatioResult Calculate(Portfolio portfolio, LocalPeriod period)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        portfolio.RequireUniqueIds();
        return Calculate(portfolio, EngagementEvents.Of(Definition, portfolio), period);
    }

    /// <summary>The engagement ratio of every channel, and of all together, from a roll-up of the interactions: the same figures as from the interactions themselves.</summary>
    /// <remarks>
    /// By interaction date the roll-up is by days; by publication date it is by publication (<see cref="RollUpOptions.ByPublication"/>) and holds their life-time. A roll-up by channel cannot tell which of a platform's own counts were rolled up too,
    /// so the caveat that they have no date stands wherever the platform states any.
    /// </remarks>
    /// <param name="rollUp">The interactions, in the zone of the organisation.</param>
    /// <param name="portfolio">All other facts; no interactions.</param>
    /// <param name="period">The days; they cut no period of the roll-up.</param>
    /// <returns>A figure, or the reason why there is none, for each channel and for all that have one together.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="rollUp"/> or <paramref name="portfolio"/> is null.</exception>
    /// <exception cref="ArgumentException">The portfolio holds interactions, or an id twice, or the days are not in the roll-up or cut one of its periods.</exception>
    /// <exception cref="InvalidOperationException">The roll-up lacks a part of the definition: kinds, roles, days, publications or actors.</exception>
    /// <exception cref="OverflowException">A sum of counts exceeds 2⁶³ − 1.</exception>
    public EngagementRatioResult Calculate(RollUp rollUp, Portfolio portfolio, LocalPeriod period)
    {
        ArgumentNullException.ThrowIfNull(rollUp);
        ArgumentNullException.ThrowIfNull(portfolio);
        portfolio.RequireUniqueIds();
        return Calculate(portfolio, EngagementEvents.Of(Definition, rollUp, portfolio, period), period);
    }

    private EngagementRatioResult Calculate(Portfolio portfolio, EngagementEvents events, LocalPeriod period)
    {
        var aggregation = new EngagementAggregation(Definition, _confidence, _interval);
        var figures = new List<Figure>();
        var counted = new List<Channel>();
        foreach (Channel channel in portfolio.Channels)
        {
            var facts = new EngagementFacts(Definition, portfolio, events, period, [channel]);
            Caveat[] about = channel.SubBrand is { } subBrand ? [Caveats.SubBrand(subBrand)] : [];
            Figure figure = aggregation.Figure(facts, period, channel.Id, about);
            figures.Add(figure);
            if (figure.Ratio.IsDefined) counted.Add(channel);
        }

        return new EngagementRatioResult(Definition, period, figures, Total(portfolio, events, period, aggregation, figures, counted));
    }

    /// <summary>Each row's ratio: one publication (or day) a row.</summary>
    /// <param name="interactions">Interactions, already weighted and added up; not negative; <see cref="Count.MissingInColumn"/> where not known.</param>
    /// <param name="bases">The base of each row; not negative; <see cref="Count.MissingInColumn"/> where not known.</param>
    /// <param name="ratios">Where the ratios go; NaN where a part is missing or the base is 0. Allocates nothing. After an exception its content is of no use.</param>
    /// <exception cref="ArgumentException">The columns differ in length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    [SuppressMessage("Performance", "CA1822", Justification = "A door of this calculator: callers need not know that no definition changes the quotient of a row.")]
    public void Calculate(ReadOnlySpan<long> interactions, ReadOnlySpan<long> bases, Span<double> ratios)
    {
        Guard.SameLength(interactions.Length, nameof(interactions), bases.Length, nameof(bases));
        Guard.SameLength(interactions.Length, nameof(interactions), ratios.Length, nameof(ratios));
        RatioKernel.Divide(interactions, bases, ratios, nameof(interactions), nameof(bases));
    }

    /// <summary>Each row's ratio from likes, comments and shares, with the definition's weights of these three kinds.</summary>
    /// <param name="likes">Likes; not negative; <see cref="Count.MissingInColumn"/> where not known.</param>
    /// <param name="comments">Comments, likewise.</param>
    /// <param name="shares">Shares, likewise.</param>
    /// <param name="bases">The base of each row, likewise.</param>
    /// <param name="ratios">Where the ratios go; NaN where the base is missing or 0, or none of the three is known. Where only some are known it is the least that the ratio can be. Allocates nothing.</param>
    /// <exception cref="ArgumentException">The columns differ in length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    /// <exception cref="InvalidOperationException">The definition selects none of the three kinds.</exception>
    public void Calculate(ReadOnlySpan<long> likes, ReadOnlySpan<long> comments, ReadOnlySpan<long> shares, ReadOnlySpan<long> bases, Span<double> ratios)
    {
        CheckLengths(likes, comments, shares, bases);
        Guard.SameLength(likes.Length, nameof(likes), ratios.Length, nameof(ratios));
        var weights = Weights();
        for (int row = 0; row < ratios.Length; row++)
        {
            CheckRow(likes, comments, shares, bases, row);
            ratios[row] = RowRatio(likes[row], comments[row], shares[row], bases[row], weights);
        }
    }

    /// <summary>One ratio of all rows, by the definition's aggregation.</summary>
    /// <param name="interactions">Interactions, already weighted and added up; not negative; <see cref="Count.MissingInColumn"/> where not known.</param>
    /// <param name="bases">The base of each row; not negative; <see cref="Count.MissingInColumn"/> where not known.</param>
    /// <returns>Pooled, mean or median of the rows that are known; undefined when none is, or the base is 0. Allocates nothing; a median takes its scratch from the array pool.</returns>
    /// <exception cref="ArgumentException">The columns differ in length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    /// <exception cref="InvalidOperationException">Pooled, the definition's base stands once for the period: pass it as one number.</exception>
    /// <exception cref="OverflowException">A sum exceeds 2⁶³ − 1.</exception>
    public Ratio Calculate(ReadOnlySpan<long> interactions, ReadOnlySpan<long> bases)
    {
        Guard.SameLength(interactions.Length, nameof(interactions), bases.Length, nameof(bases));
        RequireBaseOfRows();
        switch (Definition.Aggregation)
        {
            case Aggregation.Pooled:
                (long top, long bottom, int known) = RatioKernel.Sums(interactions, bases, nameof(interactions), nameof(bases));
                return known == 0 ? WithoutRows(interactions, bases) : Ratio.Of(top, bottom);
            case Aggregation.MedianOfPublications:
                double[] scratch = ArrayPool<double>.Shared.Rent(interactions.Length);
                Span<double> ratios = scratch.AsSpan(0, interactions.Length);
                try
                {
                    RatioKernel.Divide(interactions, bases, ratios, nameof(interactions), nameof(bases));
                    return MedianOf(ratios) ?? WithoutRows(interactions, bases);
                }
                finally
                {
                    ArrayPool<double>.Shared.Return(scratch);
                }

            default:
                (double sum, int rows) = RatioKernel.SumOfRatios(interactions, bases, nameof(interactions), nameof(bases));
                return rows == 0 ? WithoutRows(interactions, bases) : Ratio.Of(sum, rows);
        }
    }

    /// <summary>One ratio of all rows over a base that stands once for the period, by the definition's aggregation: ΣI/B pooled, the mean or the median of I/B.</summary>
    /// <param name="interactions">Interactions, already weighted and added up; not negative; <see cref="Count.MissingInColumn"/> where not known.</param>
    /// <param name="periodBase">The base of the period; not negative; <see cref="Count.MissingInColumn"/> when not known.</param>
    /// <returns>
    /// The ratio over the rows that are known; undefined when of all rows none is, or the base is 0. Without any row nothing was published: pooled that is 0 over the base, and a mean or a median has no value.
    /// Allocates nothing; a median takes its scratch from the array pool.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    /// <exception cref="InvalidOperationException">Pooled, the definition's base belongs to publications: pass one for each row.</exception>
    /// <exception cref="OverflowException">A sum exceeds 2⁶³ − 1.</exception>
    public Ratio Calculate(ReadOnlySpan<long> interactions, long periodBase)
    {
        RatioKernel.CheckCount(periodBase, 0, nameof(periodBase));
        if (!Definition.BaseIsOfPeriod) throw new InvalidOperationException($"{Definition.Id} takes a base for each row: pass a column of bases.");
        long sum = 0;
        int rows = 0;
        for (int row = 0; row < interactions.Length; row++)
        {
            RatioKernel.CheckCount(interactions[row], row, nameof(interactions));
            if (interactions[row] == Count.MissingInColumn) continue;
            sum = Guard.Sum(sum, interactions[row], nameof(interactions));
            rows++;
        }

        if (rows == 0 && interactions.Length > 0) return Ratio.OfUndefined(UndefinedReason.MissingNumerator, 0, Known(periodBase));
        if (periodBase == Count.MissingInColumn) return Ratio.OfUndefined(UndefinedReason.MissingDenominator, sum);
        if (Definition.Aggregation is Aggregation.Pooled) return Ratio.Of(sum, periodBase);
        if (periodBase == 0 || rows == 0) return Ratio.Of(0, 0);
        double[] scratch = ArrayPool<double>.Shared.Rent(interactions.Length);
        Span<double> ratios = scratch.AsSpan(0, interactions.Length);
        try
        {
            RatioKernel.Divide(interactions, periodBase, ratios, nameof(interactions));
            return Definition.Aggregation is Aggregation.MedianOfPublications ? MedianOf(ratios)!.Value : Ratio.Of(RatioKernel.SumDefined(ratios).Sum, rows);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(scratch);
        }
    }

    /// <summary>One ratio of all rows from likes, comments and shares, by the definition's aggregation and its weights of these three kinds.</summary>
    /// <param name="likes">Likes; not negative; <see cref="Count.MissingInColumn"/> where not known.</param>
    /// <param name="comments">Comments, likewise.</param>
    /// <param name="shares">Shares, likewise.</param>
    /// <param name="bases">The base of each row, likewise.</param>
    /// <returns>
    /// Pooled, mean or median of the rows that have a base and any count that the definition selects; undefined when none has, or the base is 0. Allocates nothing; a mean and a median take their scratch from the array pool.
    /// Where <see cref="CountPartialRows"/> is not 0, the ratio is the least that it can be.
    /// </returns>
    /// <exception cref="ArgumentException">The columns differ in length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    /// <exception cref="InvalidOperationException">The definition selects none of the three kinds or, pooled, its base stands once for the period.</exception>
    /// <exception cref="OverflowException">A sum exceeds 2⁶³ − 1.</exception>
    public Ratio Calculate(ReadOnlySpan<long> likes, ReadOnlySpan<long> comments, ReadOnlySpan<long> shares, ReadOnlySpan<long> bases)
    {
        CheckLengths(likes, comments, shares, bases);
        RequireBaseOfRows();
        Weights();
        if (Definition.Aggregation is Aggregation.Pooled) return PooledOf(likes, comments, shares, bases);
        double[] scratch = ArrayPool<double>.Shared.Rent(likes.Length);
        Span<double> ratios = scratch.AsSpan(0, likes.Length);
        try
        {
            Calculate(likes, comments, shares, bases, ratios);
            if (Definition.Aggregation is Aggregation.MedianOfPublications) return MedianOf(ratios) ?? WithoutRows(likes, comments, shares, bases);
            (double sum, int rows) = RatioKernel.SumDefined(ratios);
            return rows == 0 ? WithoutRows(likes, comments, shares, bases) : Ratio.Of(sum, rows);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(scratch);
        }
    }

    /// <summary>How many rows have a count that the definition selects missing and another one known: a ratio with them is a least.</summary>
    /// <param name="likes">Likes; <see cref="Count.MissingInColumn"/> where not known.</param>
    /// <param name="comments">Comments, likewise.</param>
    /// <param name="shares">Shares, likewise.</param>
    /// <returns>The number of rows that are known in part only. Allocates nothing.</returns>
    /// <exception cref="ArgumentException">The columns differ in length.</exception>
    /// <exception cref="InvalidOperationException">The definition selects none of the three kinds.</exception>
    public int CountPartialRows(ReadOnlySpan<long> likes, ReadOnlySpan<long> comments, ReadOnlySpan<long> shares)
    {
        CheckLengths(likes, comments, shares, likes);
        (double like, double comment, double share) = Weights();
        int partial = 0;
        for (int row = 0; row < likes.Length; row++)
        {
            bool lacksAny = (like > 0 && likes[row] == Count.MissingInColumn) || (comment > 0 && comments[row] == Count.MissingInColumn) || (share > 0 && shares[row] == Count.MissingInColumn);
            if (lacksAny && HasAny(likes[row], comments[row], shares[row], (like, comment, share))) partial++;
        }

        return partial;
    }

    private static Ratio? MedianOf(Span<double> ratios)
    {
        // What is defined moves to the front; a median needs no order.
        int defined = 0;
        foreach (double ratio in ratios)
        {
            if (!double.IsNaN(ratio)) ratios[defined++] = ratio;
        }

        return defined > 0 ? Ratio.Of(Medians.Of(ratios[..defined]), 1) : null;
    }

    /// <summary>Why no row has a ratio: every base is 0, or a part is missing in every row.</summary>
    private static Ratio WithoutRows(bool anyInteractions, bool anyPair) =>
        anyPair ? Ratio.Of(0, 0) : Ratio.OfUndefined(anyInteractions ? UndefinedReason.MissingDenominator : UndefinedReason.MissingNumerator);

    private static Ratio WithoutRows(ReadOnlySpan<long> interactions, ReadOnlySpan<long> bases)
    {
        bool anyInteractions = interactions.ContainsAnyExcept(Count.MissingInColumn);
        return WithoutRows(anyInteractions || interactions.IsEmpty, interactions.IsEmpty || RatioKernel.Sums(interactions, bases, nameof(interactions), nameof(bases)).Rows > 0);
    }

    private Ratio WithoutRows(ReadOnlySpan<long> likes, ReadOnlySpan<long> comments, ReadOnlySpan<long> shares, ReadOnlySpan<long> bases)
    {
        bool anyInteractions = bases.IsEmpty;
        bool anyPair = bases.IsEmpty;
        var weights = Weights();
        for (int row = 0; row < bases.Length; row++)
        {
            bool hasAny = HasAny(likes[row], comments[row], shares[row], weights);
            anyInteractions |= hasAny;
            anyPair |= hasAny && bases[row] != Count.MissingInColumn;
        }

        return WithoutRows(anyInteractions, anyPair);
    }

    /// <summary>Whether any count that the definition selects is known.</summary>
    private static bool HasAny(long likes, long comments, long shares, (double Like, double Comment, double Share) weights) =>
        (weights.Like > 0 && likes != Count.MissingInColumn) || (weights.Comment > 0 && comments != Count.MissingInColumn) || (weights.Share > 0 && shares != Count.MissingInColumn);

    private static void CheckLengths(ReadOnlySpan<long> likes, ReadOnlySpan<long> comments, ReadOnlySpan<long> shares, ReadOnlySpan<long> bases)
    {
        Guard.SameLength(likes.Length, nameof(likes), comments.Length, nameof(comments));
        Guard.SameLength(likes.Length, nameof(likes), shares.Length, nameof(shares));
        Guard.SameLength(likes.Length, nameof(likes), bases.Length, nameof(bases));
    }

    private static void CheckRow(ReadOnlySpan<long> likes, ReadOnlySpan<long> comments, ReadOnlySpan<long> shares, ReadOnlySpan<long> bases, int row)
    {
        RatioKernel.CheckCount(likes[row], row, nameof(likes));
        RatioKernel.CheckCount(comments[row], row, nameof(comments));
        RatioKernel.CheckCount(shares[row], row, nameof(shares));
        RatioKernel.CheckCount(bases[row], row, nameof(bases));
    }

    private static double RowRatio(long likes, long comments, long shares, long basis, (double Like, double Comment, double Share) weights)
    {
        if (!HasAny(likes, comments, shares, weights) || basis is 0 or Count.MissingInColumn) return double.NaN;
        return ((weights.Like * Known(likes)) + (weights.Comment * Known(comments)) + (weights.Share * Known(shares))) / basis;
    }

    private static long Known(long count) => count == Count.MissingInColumn ? 0 : count;

    private Ratio PooledOf(ReadOnlySpan<long> likes, ReadOnlySpan<long> comments, ReadOnlySpan<long> shares, ReadOnlySpan<long> bases)
    {
        long likeSum = 0;
        long commentSum = 0;
        long shareSum = 0;
        long baseSum = 0;
        int rows = 0;
        (double like, double comment, double share) = Weights();
        for (int row = 0; row < bases.Length; row++)
        {
            CheckRow(likes, comments, shares, bases, row);
            if (!HasAny(likes[row], comments[row], shares[row], (like, comment, share)) || bases[row] == Count.MissingInColumn) continue;
            likeSum = Guard.Sum(likeSum, Known(likes[row]), nameof(likes));
            commentSum = Guard.Sum(commentSum, Known(comments[row]), nameof(comments));
            shareSum = Guard.Sum(shareSum, Known(shares[row]), nameof(shares));
            baseSum = Guard.Sum(baseSum, bases[row], nameof(bases));
            rows++;
        }

        return rows == 0 ? WithoutRows(likes, comments, shares, bases) : Ratio.Of((like * likeSum) + (comment * commentSum) + (share * shareSum), baseSum);
    }

    private (double Like, double Comment, double Share) Weights()
    {
        (double Like, double Comment, double Share) weights = (Definition.Selection[InteractionKind.Like], Definition.Selection[InteractionKind.Comment], Definition.Selection[InteractionKind.Share]);
        return weights is (0, 0, 0)
            ? throw new InvalidOperationException($"{Definition.Id} counts none of likes, comments and shares: pass one column of the interactions that it counts.")
            : weights;
    }

    private void RequireBaseOfRows()
    {
        if (Definition is { BaseIsOfPeriod: true, Aggregation: Aggregation.Pooled }) throw new InvalidOperationException($"{Definition.Id} takes its base once for the period: pass it as one number, not as a column.");
    }

    /// <summary>Whether followers of several channels come into one sum; a mean or a median over publications divides by those of one channel at a time.</summary>
    private bool AddsAudiencesUp() => Definition.Base is EngagementBase.PotentialReach && (Definition.BaseIsOfPeriod || Definition.Aggregation is Aggregation.Pooled or Aggregation.MeanOfDays);

    private static UnitOfCount[] UnitsOf(Portfolio portfolio, LocalPeriod period, IEnumerable<Channel> channels) =>
        [.. channels.Select(channel => portfolio.AudienceOf(channel.Id).Latest(period, portfolio.Organisation.TimeZone)).Where(audience => audience?.Size.HasValue is true).Select(audience => audience!.Unit).Distinct()];

    private Figure Total(Portfolio portfolio, EngagementEvents events, LocalPeriod period, EngagementAggregation aggregation, List<Figure> figures, List<Channel> counted)
    {
        ChannelId[] leftOut = [.. portfolio.Channels.Except(counted).Select(channel => channel.Id)];
        var about = new List<Caveat>();
        if (leftOut.Length > 0) about.Add(Caveats.ChannelsLeftOut(leftOut, portfolio.Channels.Count));
        var known = portfolio.Channels.Select(channel => channel.Id).ToHashSet();
        int strangers = (int)Math.Min(int.MaxValue, portfolio.Publications.Count(publication => !known.Contains(publication.Channel)) + events.Strangers);
        if (strangers > 0) about.Add(Caveats.FactsWithoutChannel(strangers));
        if (counted.Count > 1 && Definition is { Base: EngagementBase.PotentialReach, BaseIsOfPeriod: true }) about.Add(Caveats.GrossCountsTwice());
        if (AddsAudiencesUp() && UnitsOf(portfolio, period, counted) is { Length: > 1 } units) about.Add(Caveats.MixedUnits(units));

        // One channel's figure is the total, and need not be made twice.
        if (counted.Count == 1) return figures.Single(figure => figure.Channel == counted[0].Id).OfAll(about);

        // Without any channel that has a figure, all channels together say why there is none.
        return aggregation.Figure(new EngagementFacts(Definition, portfolio, events, period, counted.Count > 0 ? counted : portfolio.Channels), period, default, about);
    }
}
