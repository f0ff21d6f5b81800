using NodaTime;

namespace Engagement.Core;

/// <summary>Is the effort in a sound proportion to the benefit? Shares, index, effort per benefit, break-even and dominated channels.</summary>
/// <remarks>
/// <para>Immutable and safe to share between threads. Print and mail stand beside social media on equal terms: what counts is effort and what it brought.</para>
/// <para>
/// Formulas, over the channels whose effort E and benefit B are known: effort share E/ΣE; benefit share B/ΣB; proportionality index (B/ΣB)/(E/ΣE), 1 in proportion; effort per benefit E/B;
/// break-even E·ΣB/ΣE. A channel is dominated by another that has more benefit for no more effort.
/// </para>
/// <para>
/// Currencies are never mixed: each is a measure of its own, beside hours. With an hourly rate a further measure values staff time in the rate's currency; money in another currency is not in it, and leaves it open: at least so much.
/// </para>
/// <example><c>new EffortBenefitCalculator().Calculate(portfolio, period, [Benefit.Interactions(portfolio, period)])</c></example>
/// </remarks>
public sealed class EffortBenefitCalculator
{
    private const string Hours = "hours";

    private readonly Money? _hourlyRate;

    /// <summary>A calculator.</summary>
    /// <param name="hourlyRate">What an hour of staff time costs, to compare time and money in one measure; none by default, and then they stand apart.</param>
    /// <exception cref="ArgumentException">The rate has no currency.</exception>
    public EffortBenefitCalculator(Money? hourlyRate = null)
    {
        if (hourlyRate is { Currency: "" }) throw new ArgumentException("hourlyRate (0) must have a currency: pass new Money(60, \"EUR\"), for example.", nameof(hourlyRate));
        _hourlyRate = hourlyRate;
    }

    /// <summary>Effort and benefit of every channel in a period.</summary>
    /// <param name="portfolio">The facts.</param>
    /// <param name="period">The days. An effort that reaches beyond them is spread evenly over its own days, and a caveat says so.</param>
    /// <param name="benefits">The benefits, side by side; at least one.</param>
    /// <returns>A row for each benefit, measure and channel.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">No benefit is given, or the portfolio holds an id twice.</exception>
    /// <exception cref="OverflowException">A channel's efforts add up to more than a decimal number holds.</exception>
    public EffortBenefitResult Calculate(Portfolio portfolio, LocalPeriod period, IEnumerable<Benefit> benefits)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        ArgumentNullException.ThrowIfNull(benefits);
        portfolio.RequireUniqueIds();
        Benefit[] asked = [.. benefits];
        if (asked.Length == 0) throw new ArgumentException("benefits (0 values) must hold a benefit: pass Benefit.Interactions(portfolio, period), for example.", nameof(benefits));

        var about = new List<Caveat>();
        Spent[] spent = [.. portfolio.Efforts.Select(effort => Spent.Of(effort, period)).OfType<Spent>()];
        int spread = spent.Count(part => part.Share < 1);
        if (spread > 0) about.Add(Caveats.EffortSpread(spread));
        string[] currencies = [.. spent.Select(part => part.Effort.Cost?.Currency).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        string[] together = _hourlyRate is { } hour && spent.Any(part => part.Effort.StaffTime is not null) ? [.. currencies.Union([hour.Currency], StringComparer.Ordinal).Order(StringComparer.Ordinal)] : currencies;
        if (together.Length > 1) about.Add(Caveats.CurrenciesDiffer(together));
        ILookup<ChannelId, Spent> byChannel = spent.ToLookup(part => part.Effort.Channel);

        var measures = new List<(string Name, bool IsMoney, Dictionary<ChannelId, Quantity> Efforts)>();
        if (spent.Any(part => part.Effort.StaffTime is not null)) measures.Add((Hours, false, Measured(portfolio, byChannel, Hours, part => part.Hours, part => part.Effort.StaffTime is not null)));
        measures.AddRange(currencies.Select(currency => (currency, true, Measured(portfolio, byChannel, currency, part => part.Money(currency), part => part.Effort.Cost is not null))));
        if (_hourlyRate is { } rate && spent.Length > 0)
        {
            about.Add(Caveats.HourlyRate(rate));
            string valued = $"{rate.Currency}+{Hours}";
            measures.Add((valued, true, Measured(portfolio, byChannel, valued, part => part.Valued(rate), part => part.IsValuedInFull(rate))));
        }

        if (spent.Length == 0) about.Add(Caveats.EffortMissing());
        var leftOut = new List<(Benefit Benefit, string Measure, ValueList<ChannelId> Channels)>();
        ChannelEffortBenefit[] rows = [.. from benefit in asked from measure in measures from row in Rows(portfolio, period, benefit, measure.Name, measure.IsMoney, measure.Efforts, leftOut) select row];
        about.AddRange(leftOut.GroupBy(place => place.Channels).Select(group => Caveats.Proportion([.. group.Select(place => (place.Benefit.English, place.Benefit.German, place.Measure))], group.Key)));
        if (measures.Count > 0) about.AddRange(asked.SelectMany(benefit => benefit.Caveats));
        return new EffortBenefitResult(period, rows, about);
    }

    /// <summary>The effort of each channel that states any: exact where every one of its efforts states it, else at least so much.</summary>
    private static Dictionary<ChannelId, Quantity> Measured(Portfolio portfolio, ILookup<ChannelId, Spent> spent, string measure, Func<Spent, decimal?> amountOf, Func<Spent, bool> isStated)
    {
        var efforts = new Dictionary<ChannelId, Quantity>();
        foreach (ChannelId channel in portfolio.Channels.Select(channel => channel.Id))
        {
            if (SumOf(spent[channel].Select(amountOf), channel, measure) is not { } known) continue;
            Quantity sum = Quantity.Exact((double)known);
            efforts[channel] = spent[channel].All(isStated) ? sum : Quantity.Sum(sum, Quantity.From(Count.Partial(0)));
        }

        return efforts;
    }

    /// <summary>The sum of the amounts that are known; null when none is.</summary>
    private static decimal? SumOf(IEnumerable<decimal?> amounts, ChannelId channel, string measure)
    {
        try
        {
            return amounts.OfType<decimal>().Aggregate((decimal?)null, (sum, amount) => (sum ?? 0) + amount);
        }
        catch (OverflowException overflow)
        {
            throw new OverflowException($"efforts of {channel} in {measure} add up to more than {Guard.Text(decimal.MaxValue)}, the largest amount: correct them.", overflow);
        }
    }

    private static IEnumerable<ChannelEffortBenefit> Rows(Portfolio portfolio, LocalPeriod period, Benefit benefit, string measure, bool isMoney, Dictionary<ChannelId, Quantity> efforts, List<(Benefit Benefit, string Measure, ValueList<ChannelId> Channels)> without)
    {
        Dictionary<ChannelId, Quantity> bringing = benefit.ByChannel();
        ChannelId[] compared = [.. portfolio.Channels.Select(channel => channel.Id).Where(channel => efforts.ContainsKey(channel) && bringing.GetValueOrDefault(channel).HasValue)];
        HashSet<ChannelId> among = [.. compared];
        Quantity allEffort = compared.Select(channel => efforts[channel]).Aggregate(Quantity.From(Count.NotApplicable), Quantity.Sum);
        Quantity allBenefit = compared.Select(channel => bringing[channel]).Aggregate(Quantity.From(Count.NotApplicable), Quantity.Sum);
        MetricDefinition perBenefit = !isMoney ? EffortDefinitions.HoursPerBenefit : benefit.Id == "contacts" ? EffortDefinitions.CostPerThousandContacts : EffortDefinitions.CostPerBenefit;
        ChannelId[] leftOut = [.. portfolio.Channels.Select(channel => channel.Id).Except(compared)];
        if (leftOut.Length > 0) without.Add((benefit, measure, new(leftOut)));

        foreach (ChannelId channel in portfolio.Channels.Select(channel => channel.Id))
        {
            bool isCompared = among.Contains(channel);
            Quantity effort = efforts.GetValueOrDefault(channel);
            Quantity brought = bringing.GetValueOrDefault(channel);
            var notes = new List<Caveat>();
            if (effort.State is CountState.Partial) notes.Add(Caveats.EffortInPart());
            if (effort.Value == 0) notes.Add(Caveats.EffortZero());
            ChannelId[] dominating = isCompared ? [.. compared.Where(other => other != channel && bringing[other].Lower > brought.Upper && efforts[other].Upper <= effort.Lower)] : [];
            if (dominating.Length > 0) notes.Add(Caveats.Dominated(benefit.English, benefit.German, dominating));

            Figure effortShare = Share(EffortDefinitions.EffortShare, effort, allEffort);
            Figure benefitShare = Share(EffortDefinitions.BenefitShare, brought, allBenefit);
            UndefinedReason? open = effortShare.Ratio.Undefined ?? benefitShare.Ratio.Undefined;
            Quantity shareOfEffort = effortShare.Ratio.IsDefined ? Quantity.Quotient(effort, allEffort) : default;
            Quantity shareOfBenefit = benefitShare.Ratio.IsDefined ? Quantity.Quotient(brought, allBenefit) : default;
            yield return new ChannelEffortBenefit(
                channel,
                measure,
                benefit,
                effortShare,
                benefitShare,
                Make(EffortDefinitions.Proportionality, shareOfBenefit, shareOfEffort, open is UndefinedReason.OpenBothWays ? Ratio.OfUndefined(UndefinedReason.OpenBothWays, 0) : FigureParts.Divide(shareOfBenefit, shareOfEffort)),
                Make(perBenefit, effort, brought, FigureParts.Divide(effort, brought)),
                BreakEven(),
                dominating);

            Figure Share(MetricDefinition definition, Quantity part, Quantity whole) => Make(definition, part, whole, isCompared ? FigureParts.Divide(part, whole) : Ratio.OfUndefined(UndefinedReason.MissingNumerator, part.Value ?? 0, whole.Value ?? 0));

            Figure BreakEven()
            {
                Quantity product = isCompared ? Quantity.Product(effort, allBenefit) : default;
                return Make(EffortDefinitions.BreakEven, product, allEffort, FigureParts.Divide(product, allEffort));
            }

            Figure Make(MetricDefinition recipe, Quantity top, Quantity bottom, Ratio ratio)
            {
                MetricDefinition definition = recipe.Of($"effort in {measure}, benefit: {benefit.English}", $"Aufwand in {(isMoney ? measure : "Stunden")}, Wirkung: {benefit.German}");
                Caveat[] interval = ratio.IsDefined ? [Caveats.NoInterval("effort and benefit are counted in full, not sampled", "Aufwand und Wirkung sind vollständig gezählt, keine Stichprobe")] : [];
                return new Figure(definition, period, channel, top, bottom, ratio, FigureParts.Rounding(ratio, top, bottom), null, [.. notes, .. interval, .. FigureParts.Openness(top, bottom, Caveats.EffortInPart())]);
            }
        }
    }

    /// <summary>The part of an effort that falls into a period.</summary>
    private sealed record Spent(Effort Effort, decimal Share)
    {
        private const decimal NanosecondsPerHour = 3_600_000_000_000m;

        // In days and the rest: all nanoseconds together fit 64 bits for 292 years only, and a staff of ten thousand works so much in two months.
        public decimal? Hours => Effort.StaffTime is { } time ? ((time.Days * 24m) + (time.NanosecondOfDay / NanosecondsPerHour)) * Share : null;

        public static Spent? Of(Effort effort, LocalPeriod period)
        {
            LocalDate from = LocalDate.Max(effort.Period.From, period.From);
            LocalDate to = LocalDate.Min(effort.Period.To, period.To);
            if (to <= from) return null;
            int days = Period.DaysBetween(effort.Period.From, effort.Period.To);
            int inside = Period.DaysBetween(from, to);
            return new Spent(effort, inside == days ? 1 : (decimal)inside / days);
        }

        public decimal? Money(string currency) => Effort.Cost is { } cost && cost.Currency == currency ? cost.Amount * Share : null;

        /// <summary>Whether time and money are both stated, and no money is in a currency that is not the rate's; nothing is nothing in every currency.</summary>
        public bool IsValuedInFull(Money rate) => Effort is { StaffTime: not null, Cost: { } cost } && (cost.Currency == rate.Currency || cost.Amount == 0);

        public decimal? Valued(Money rate) => (Hours * rate.Amount, Money(rate.Currency)) is ({ } time, var money) ? time + (money ?? 0) : Money(rate.Currency);
    }
}
