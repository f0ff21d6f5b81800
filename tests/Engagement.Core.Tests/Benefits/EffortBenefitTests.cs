using CsCheck;
using NodaTime;

namespace Engagement.Core.Tests.Benefits;

public class EffortBenefitTests
{
    private static readonly Channel[] Channels = [Ihk.Xing, Ihk.Twitter, Ihk.Facebook];

    [Fact]
    public void The_worked_example_holds_by_hand()
    {
        EffortBenefitResult result = Calculate([Time(Ihk.Xing, 30), Time(Ihk.Twitter, 10), Time(Ihk.Facebook, 10)], [20, 20, 10]);
        Assert.Equal([0.6, 0.2, 0.2], result.Rows.Select(row => row.EffortShare.Value!.Value));
        Assert.Equal([0.4, 0.4, 0.2], result.Rows.Select(row => row.BenefitShare.Value!.Value));
        Assert.Equal([0.4 / 0.6, 2, 1], result.Rows.Select(row => row.Proportionality.Value!.Value));
        Assert.Equal([1.5, 0.5, 1], result.Rows.Select(row => row.EffortPerBenefit.Value!.Value));
        Assert.Equal([30.0, 10, 10], result.Rows.Select(row => row.BreakEven.Value!.Value));
        Assert.Empty(result.Rows[0].DominatedBy);
        Assert.Equal([Ihk.Twitter.Id], result.Rows[2].DominatedBy);
        Assert.True(result.Rows[2].Proportionality.Has(CaveatCodes.Dominated));
        Assert.All(result.Rows, row => Assert.Equal("hours", row.Measure));
    }

    [Theory]
    [InlineData(Language.English)]
    [InlineData(Language.German)]
    public void The_text_alone_suffices_to_calculate_effort_and_benefit_again(Language language)
    {
        ChannelEffortBenefit row = Calculate([Time(Ihk.Xing, 30), Time(Ihk.Twitter, 10), Time(Ihk.Facebook, 10)], [20, 20, 10]).Rows[0];
        Assert.All(new[] { row.EffortShare, row.BenefitShare, row.Proportionality, row.EffortPerBenefit, row.BreakEven }, figure => Assert.Equal(figure.Value!.Value, new Figures.ExplanationReader(figure.Explain(language), language).Recalculate(), 15));
    }

    [Fact]
    public void Figures_of_unequal_measures_or_benefits_are_not_compared()
    {
        Effort both = new(Ihk.Xing.Id, Ihk.November) { StaffTime = Duration.FromHours(2), Cost = new Money(80, "EUR") };
        Benefit visits = Benefit.Of("visits", "visits", "Besuche", [KeyValuePair.Create(Ihk.Xing.Id, Count.Observed(4))]);
        ChannelEffortBenefit[] rows = [.. new EffortBenefitCalculator().Calculate(Folder([both, Paid(Ihk.Xing, 30, "USD")]), Ihk.November, [Gains(20, 20, 10), visits]).Rows.Where(row => row.Channel == Ihk.Xing.Id)];
        Assert.Equal(["hours", "EUR", "USD", "hours", "EUR", "USD"], rows.Select(row => row.Measure), StringComparer.Ordinal);
        Assert.All(rows.SelectMany((row, index) => rows.Skip(index + 1).Select(other => (row, other))), pair =>
        {
            Assert.Throws<DefinitionMismatchException>(() => FigureComparison.Of(pair.row.EffortPerBenefit, pair.other.EffortPerBenefit));
            Assert.Throws<DefinitionMismatchException>(() => FigureComparison.Of(pair.row.Proportionality, pair.other.Proportionality));
        });
        Assert.Contains(" · effort in EUR, benefit: visits\n", rows[4].EffortPerBenefit.Explain(Language.English), StringComparison.Ordinal);
        Assert.Contains(" · Aufwand in Stunden, Wirkung: Besuche\n", rows[3].EffortPerBenefit.Explain(Language.German), StringComparison.Ordinal);

        // Euros and dollars stand apart to the last figure: 80 and 30 for 20.
        Assert.Equal([4.0, 1.5], new[] { rows[1], rows[2] }.Select(row => new Figures.ExplanationReader(row.EffortPerBenefit.Explain(Language.English), Language.English).Recalculate()));
    }

    [Fact]
    public void An_effort_of_0_has_no_index_and_says_so()
    {
        ChannelEffortBenefit idle = Calculate([Time(Ihk.Xing, 0), Time(Ihk.Twitter, 10)], [5, 5, 0]).Rows[0];
        Assert.Equal(UndefinedReason.ZeroDenominator, idle.Proportionality.Ratio.Undefined);
        Assert.True(idle.Proportionality.Has(CaveatCodes.EffortZero));
        Assert.Equal(0, idle.EffortShare.Value);
        Assert.Equal(0, idle.EffortPerBenefit.Value);
        Assert.Equal(UndefinedReason.ZeroDenominator, Calculate([Time(Ihk.Xing, 0)], [5, 5, 0]).Rows[0].EffortShare.Ratio.Undefined);
    }

    [Fact]
    public void A_channel_without_known_effort_or_benefit_is_in_neither_sum()
    {
        EffortBenefitResult result = Calculate([Time(Ihk.Xing, 30), Time(Ihk.Twitter, 10)], [20, 20, 10]);
        Assert.Equal(0.5, result.Rows[0].BenefitShare.Value);
        Assert.Equal(UndefinedReason.MissingNumerator, result.Rows[2].EffortShare.Ratio.Undefined);
        Assert.Null(result.Rows[2].BenefitShare.Value);
        Assert.Contains(result.Caveats, caveat => caveat.Code == CaveatCodes.ProportionLeftOut && caveat.English.Contains("facebook", StringComparison.Ordinal));

        // Of two benefits by hours and by money: said once for all that lack the same channels, with where.
        Benefit[] both = [Gains(20, 20, 10), Benefit.Of("visits", "visits", "Besuche", [KeyValuePair.Create(Ihk.Xing.Id, Count.Observed(1)), KeyValuePair.Create(Ihk.Twitter.Id, Count.Observed(1))])];
        EffortBenefitResult side = new EffortBenefitCalculator().Calculate(Folder([Time(Ihk.Xing, 30), Time(Ihk.Twitter, 10), Paid(Ihk.Xing, 5, "EUR")]), Ihk.November, both);
        Assert.Equal(
            ["channels without a known effort or benefit are left out of both sums: facebook (in conversations, visits by hours)", "channels without a known effort or benefit are left out of both sums: twitter, facebook (in conversations, visits by EUR)"],
            side.Caveats.Where(caveat => caveat.Code == CaveatCodes.ProportionLeftOut).Select(caveat => caveat.English), StringComparer.Ordinal);
        Assert.Equal("Kanäle ohne bekannten Aufwand oder bekannte Wirkung fehlen in beiden Summen: facebook (bei Gespräche, Besuche je hours)", side.Caveats.First(caveat => caveat.Code == CaveatCodes.ProportionLeftOut).German);
        EffortBenefitResult none = Calculate([], [1, 1, 1]);
        Assert.Empty(none.Rows);
        Assert.Contains(none.Caveats, caveat => caveat.Code == CaveatCodes.EffortMissing);
    }

    [Fact]
    public void Currencies_are_never_mixed()
    {
        EffortBenefitResult result = Calculate([Paid(Ihk.Xing, 100, "EUR"), Paid(Ihk.Twitter, 300, "EUR"), Paid(Ihk.Facebook, 999, "USD")], [10, 10, 10]);
        Assert.Equal(["EUR", "EUR", "EUR", "USD", "USD", "USD"], result.Rows.Select(row => row.Measure), StringComparer.Ordinal);
        Assert.Equal([0.25, 0.75], result.Rows.Take(2).Select(row => row.EffortShare.Value!.Value));
        Assert.Null(result.Rows[2].EffortShare.Value);
        Assert.Equal(99.9, result.Rows[5].EffortPerBenefit.Value!.Value, 12);
        Assert.Contains(result.Caveats, caveat => caveat.Code == CaveatCodes.CurrenciesDiffer);
    }

    [Fact]
    public void An_hourly_rate_makes_time_and_money_one_measure()
    {
        Effort both = new Effort(Ihk.Xing.Id, Ihk.November) { StaffTime = Duration.FromHours(2), Cost = new Money(80, "EUR") };
        Effort print = new Effort(Ihk.Twitter.Id, Ihk.November) { StaffTime = Duration.Zero, Cost = new Money(600, "EUR") };
        EffortBenefitResult result = new EffortBenefitCalculator(new Money(60, "EUR")).Calculate(Folder([both, print]), Ihk.November, [Gains(10, 10, 0)]);
        ChannelEffortBenefit[] valued = [.. result.Rows.Where(row => row.Measure == "EUR+hours")];
        Assert.Equal([200.0, 600], valued.Take(2).Select(row => row.EffortShare.Numerator.Value!.Value));
        Assert.Contains(result.Caveats, caveat => caveat.Code == CaveatCodes.HourlyRate);
        Assert.Throws<ArgumentException>("hourlyRate", () => new EffortBenefitCalculator(default(Money)));
    }

    [Fact]
    public void Money_in_another_currency_than_the_rates_leaves_the_measure_open()
    {
        // 10 hours at 60 EUR are 600 EUR; the 5,000 USD beside them are never converted, so that it is at least 600.
        Effort Of(Channel channel, decimal amount, string currency) => new(channel.Id, Ihk.November) { StaffTime = Duration.FromHours(10), Cost = new Money(amount, currency) };
        EffortBenefitResult result = new EffortBenefitCalculator(new Money(60, "EUR")).Calculate(Folder([Of(Ihk.Xing, 5_000, "USD"), Of(Ihk.Twitter, 100, "EUR")]), Ihk.November, [Gains(20, 10, 0)]);
        ChannelEffortBenefit[] valued = [.. result.Rows.Where(row => row.Measure == "EUR+hours")];
        Assert.Equal((CountState.Partial, 600.0, 30.0), (valued[0].EffortShare.Numerator.State, valued[0].EffortShare.Numerator.Value!.Value, valued[0].EffortPerBenefit.Value!.Value));
        Assert.Equal((CountState.Observed, 700.0), (valued[1].EffortShare.Numerator.State, valued[1].EffortShare.Numerator.Value!.Value));
        Caveat open = valued[0].EffortPerBenefit.Caveats.Single(caveat => caveat.Code == CaveatCodes.EffortInPart);
        Assert.Contains("or money in another currency, which is never added", open.English, StringComparison.Ordinal);
        Assert.Contains("oder Geld in einer anderen Währung, das nie addiert wird", open.German, StringComparison.Ordinal);
        Assert.DoesNotContain(valued[1].EffortPerBenefit.Caveats, caveat => caveat.Code == CaveatCodes.EffortInPart);

        // The least of 600 over a sum that is a least itself is no share; and nobody is dominated by what may cost more.
        Assert.Equal((UndefinedReason.OpenBothWays, UndefinedReason.OpenBothWays), (valued[0].EffortShare.Ratio.Undefined, valued[0].Proportionality.Ratio.Undefined));
        Assert.Empty(valued[1].DominatedBy);
    }

    [Fact]
    public void Staff_time_valued_in_one_currency_beside_money_in_another_is_told()
    {
        string[] Told(params Effort[] efforts) => [.. new EffortBenefitCalculator(new Money(60, "EUR")).Calculate(Folder(efforts), Ihk.November, [Gains(20, 10, 0)]).Caveats.Where(caveat => caveat.Code == CaveatCodes.CurrenciesDiffer).Select(caveat => caveat.English)];
        Assert.Equal("efforts are in EUR, USD: each currency is a measure of its own, and they are never added up", Assert.Single(Told(Time(Ihk.Xing, 10), Paid(Ihk.Xing, 5_000, "USD"))));
        Assert.Empty(Told(Paid(Ihk.Xing, 5_000, "USD")));
        Assert.Empty(Told(Time(Ihk.Xing, 10), Paid(Ihk.Xing, 5_000, "EUR")));

        // Nothing is nothing in every currency.
        Effort free = new(Ihk.Xing.Id, Ihk.November) { StaffTime = Duration.FromHours(10), Cost = new Money(0, "USD") };
        ChannelEffortBenefit row = new EffortBenefitCalculator(new Money(60, "EUR")).Calculate(Folder([free]), Ihk.November, [Gains(20, 10, 0)]).Rows.Single(row => row.Measure == "EUR+hours" && row.Channel == Ihk.Xing.Id);
        Assert.Equal((CountState.Observed, 600.0), (row.EffortShare.Numerator.State, row.EffortShare.Numerator.Value!.Value));
    }

    [Fact]
    public void An_effort_that_does_not_say_what_is_asked_makes_a_least()
    {
        ChannelEffortBenefit row = Calculate([Time(Ihk.Xing, 10), Paid(Ihk.Xing, 50, "EUR"), Time(Ihk.Twitter, 5)], [1, 1, 1]).Rows[0];
        Assert.Equal(CountState.Partial, row.EffortShare.Numerator.State);
        Assert.True(row.EffortPerBenefit.Has(CaveatCodes.EffortInPart));
        Assert.Equal(10, row.EffortPerBenefit.Value);
    }

    [Fact]
    public void An_effort_beyond_the_period_is_spread_over_its_days()
    {
        // November and December have 61 days, 30 of them in November.
        Effort both = new(Ihk.Xing.Id, LocalPeriod.Between(new LocalDate(2014, 11, 1), new LocalDate(2015, 1, 1))) { StaffTime = Duration.FromHours(61) };
        EffortBenefitResult result = new EffortBenefitCalculator().Calculate(Folder([both]), Ihk.November, [Gains(15, 0, 0)]);
        Assert.Equal(2, result.Rows[0].EffortPerBenefit.Value!.Value, 12);
        Assert.Contains(result.Caveats, caveat => caveat.Code == CaveatCodes.EffortSpread);
    }

    [Fact]
    public void The_longest_time_that_can_be_stated_is_counted_to_the_hour()
    {
        // 2²⁴ − 1 days; in nanoseconds that is 150 times what 64 bits hold.
        Effort longest = new(Ihk.Xing.Id, Ihk.November) { StaffTime = Duration.FromDays(16_777_215) + Duration.FromMinutes(90) };
        Assert.Equal(402_653_161.5, new EffortBenefitCalculator().Calculate(Folder([longest]), Ihk.November, [Gains(1, 0, 0)]).Rows[0].EffortPerBenefit.Value);
    }

    [Fact]
    public void Money_beyond_what_a_decimal_holds_is_an_error_that_names_channel_and_measure()
    {
        Effort Paid(decimal amount) => new(Ihk.Xing.Id, Ihk.November) { Cost = new Money(amount, "EUR") };
        EffortBenefitResult Of(params Effort[] efforts) => new EffortBenefitCalculator(new Money(1_000_000_000, "EUR")).Calculate(Folder(efforts), Ihk.November, [Gains(1, 0, 0)]);
        Assert.Equal((double)decimal.MaxValue, Of(Paid(decimal.MaxValue - 1), Paid(1)).Rows[0].EffortPerBenefit.Value);
        const string TooMuch = " add up to more than 79228162514264337593543950335, the largest amount: correct them.";
        Assert.Equal("efforts of xing in EUR" + TooMuch, Assert.Throws<OverflowException>(() => Of(Paid(decimal.MaxValue), Paid(1))).Message);
        Assert.Equal("efforts of xing in EUR+hours" + TooMuch, Assert.Throws<OverflowException>(() => Of(new Effort(Ihk.Xing.Id, Ihk.November) { StaffTime = Duration.FromHours(1), Cost = new Money(decimal.MaxValue, "EUR") })).Message);
    }

    [Fact]
    public void A_thousand_contacts_have_their_price()
    {
        Publication issue = new("issue", Ihk.Xing.Id, Ihk.Noon) { Exposures = new Exposures(Count.Observed(40_000)) };
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(Ihk.Xing).Add(issue).Add(Paid(Ihk.Xing, 1_000, "EUR")).Build();
        Figure price = new EffortBenefitCalculator().Calculate(portfolio, Ihk.November, [Benefit.Contacts(portfolio, Ihk.November)]).Rows.Single().EffortPerBenefit;
        Assert.Equal(("cost-per-thousand-contacts", 25.0), (price.Definition.Id.Name, price.Ratio.PerThousand!.Value));
    }

    [Fact]
    public void Interactions_are_those_logged_or_else_those_stated()
    {
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(Ihk.Xing).Add(Ihk.Facebook).Add(Ihk.Twitter)
            .Add(new Interaction("1", Ihk.Xing.Id, InteractionKind.Comment, Ihk.Noon, ActorRole.Member)).Add(new Interaction("2", Ihk.Xing.Id, InteractionKind.Comment, Ihk.At(1, month: 12), ActorRole.Member))
            .Add(new Interaction("3", Ihk.Xing.Id, InteractionKind.Reply, Ihk.Noon, ActorRole.Organisation))
            .Add(new Publication("p", Ihk.Facebook.Id, Ihk.Noon) { Interactions = Ihk.Tally(likes: 40, comments: 2) }).Build();
        Benefit interactions = Benefit.Interactions(portfolio, Ihk.November);
        Assert.Equal((1.0, 42.0, null), (interactions[Ihk.Xing.Id].Value, interactions[Ihk.Facebook.Id].Value, interactions[Ihk.Twitter.Id].Value));
        Benefit reach = Benefit.PotentialReach(Ihk.Seed(), Ihk.November);
        Assert.Equal((9_000.0, 133.0, null), (reach[Ihk.Xing.Id].Value, reach[Ihk.Twitter.Id].Value, reach[Ihk.Magazine.Id].Value));
    }

    [Fact]
    public void Interactions_are_at_least_so_many_where_a_publication_states_none_or_more_than_is_logged()
    {
        Portfolio portfolio = Portfolio.For(Ihk.Chamber).Add(Ihk.Xing).Add(Ihk.Facebook).Add(Ihk.Twitter)
            .Add(new Publication("p", Ihk.Facebook.Id, Ihk.Noon) { Interactions = Ihk.Tally(likes: 40, comments: 2) }).Add(new Publication("silent", Ihk.Facebook.Id, Ihk.Noon))
            .Add(new Publication("q", Ihk.Xing.Id, Ihk.Noon) { Interactions = Ihk.Tally(likes: 7) }).Add(new Interaction("1", Ihk.Xing.Id, InteractionKind.Like, Ihk.Noon, ActorRole.Member) { Publication = new("q") })
            .Add(new Publication("r", Ihk.Twitter.Id, Ihk.Noon)).Build();
        Benefit interactions = Benefit.Interactions(portfolio, Ihk.November);
        Assert.Equal([Quantity.From(Count.Partial(1)), Quantity.From(Count.Partial(42)), Quantity.From(Count.Missing)], new[] { Ihk.Xing, Ihk.Facebook, Ihk.Twitter }.Select(channel => interactions[channel.Id]));
    }

    [Fact]
    public void What_a_benefit_is_taken_from_is_said_where_it_is_so_and_only_there()
    {
        // A log is taken as complete where one channel has an interaction that counts; the organisation's own does not.
        Interaction comment = new("1", Ihk.Xing.Id, InteractionKind.Comment, Ihk.Noon, ActorRole.Member);
        Interaction own = new("2", Ihk.Twitter.Id, InteractionKind.Reply, Ihk.Noon, ActorRole.Organisation);
        Publication stated = new("p", Ihk.Facebook.Id, Ihk.Noon) { Interactions = Ihk.Tally(likes: 40) };
        Portfolio Of(params Interaction[] interactions) => interactions.Aggregate(Portfolio.For(Ihk.Chamber).Add(Ihk.Xing).Add(Ihk.Twitter).Add(Ihk.Facebook).Add(stated), (builder, one) => builder.Add(one)).Build();
        bool Told(Portfolio portfolio) => Benefit.Interactions(portfolio, Ihk.November).Caveats.Any(caveat => caveat.Code == CaveatCodes.LogTakenAsComplete);
        Assert.Equal([true, true, false, false], new[] { Of(comment, own), Of(own, comment), Of(own), Of() }.Select(Told));
        Assert.Equal(1.0, Benefit.Interactions(Of(comment), Ihk.November)[Ihk.Xing.Id].Value);
        Assert.Null(Benefit.Interactions(Of(comment), Ihk.November, InteractionSelection.Standard.WithWeight(InteractionKind.Comment, 0))[Ihk.Twitter.Id].Value);
        Assert.Equal(3.0, Benefit.Interactions(Of(comment), Ihk.November, InteractionSelection.Standard.WithWeight(InteractionKind.Comment, 3))[Ihk.Xing.Id].Value);

        // Persons and companies are no one unit; an audience whose size is not known has none.
        static Benefit Reach(params (Channel Channel, Count Size, UnitOfCount Unit)[] audiences) => Benefit.PotentialReach(audiences.Aggregate(Portfolio.For(Ihk.Chamber), (builder, one) => builder.Add(one.Channel).Add(Ihk.Audience(one.Channel, one.Size, unit: one.Unit))).Build(), Ihk.November);
        (Channel, Count, UnitOfCount) persons = (Ihk.Xing, Count.Observed(9), UnitOfCount.Person);
        Assert.Equal([CaveatCodes.PotentialReach, CaveatCodes.GrossCountsTwice, CaveatCodes.MixedUnits], Reach(persons, (Ihk.Twitter, Count.Observed(5), UnitOfCount.Company)).Caveats.Select(caveat => caveat.Code), StringComparer.Ordinal);
        Assert.Equal([CaveatCodes.PotentialReach, CaveatCodes.GrossCountsTwice], Reach(persons, (Ihk.Twitter, Count.Missing, UnitOfCount.Company)).Caveats.Select(caveat => caveat.Code), StringComparer.Ordinal);
        Assert.Equal(2, Reach(persons).Caveats.Count);

        // Contacts: none published is not known, and what was published in another month is another month's.
        Portfolio shown = Portfolio.For(Ihk.Chamber).Add(Ihk.Xing).Add(Ihk.Twitter)
            .Add(new Publication("a", Ihk.Xing.Id, Ihk.Noon) { Exposures = new Exposures(Count.Observed(400)) }).Add(new Publication("b", Ihk.Xing.Id, Ihk.At(1, month: 12)) { Exposures = new Exposures(Count.Observed(700)) }).Build();
        Assert.Equal((400.0, null), (Benefit.Contacts(shown, Ihk.November)[Ihk.Xing.Id].Value, Benefit.Contacts(shown, Ihk.November)[Ihk.Twitter.Id].Value));
    }

    [Fact]
    public void Figures_are_named_by_what_they_divide_and_caveats_stand_only_where_they_hold()
    {
        EffortBenefitResult hours = Calculate([Time(Ihk.Xing, 30), Time(Ihk.Twitter, 10), Time(Ihk.Facebook, 10)], [20, 20, 10]);
        Assert.Equal("hours-per-benefit", hours.Rows[0].EffortPerBenefit.Definition.Id.Name);
        Assert.Equal("cost-per-benefit", Calculate([Paid(Ihk.Xing, 30, "EUR")], [20, 20, 10]).Rows[0].EffortPerBenefit.Definition.Id.Name);
        Assert.Empty(hours.Caveats);
        Assert.DoesNotContain(hours.Rows[0].EffortShare.Caveats, caveat => caveat.Code is CaveatCodes.EffortInPart or CaveatCodes.EffortZero or CaveatCodes.Dominated);

        // A figure that has a value says why it has no interval; one that has none says why it has none.
        Caveat interval = hours.Rows[0].Proportionality.Caveats.Single(caveat => caveat.Code == CaveatCodes.NoInterval);
        Assert.Equal("no interval: effort and benefit are counted in full, not sampled", interval.English);
        Assert.Equal("Kein Intervall: Aufwand und Wirkung sind vollständig gezählt, keine Stichprobe", interval.German);
        Figure undefined = Calculate([Time(Ihk.Xing, 0), Time(Ihk.Twitter, 10)], [5, 5, 0]).Rows[0].Proportionality;
        Assert.DoesNotContain(undefined.Caveats, caveat => caveat.Code == CaveatCodes.NoInterval);
        Assert.Contains("Aufwand in Stunden, Wirkung: Gespräche", hours.Rows[0].BreakEven.Explain(Language.German), StringComparison.Ordinal);
        Assert.Contains("Aufwand in EUR, Wirkung: Gespräche", Calculate([Paid(Ihk.Xing, 30, "EUR")], [20, 20, 10]).Rows[0].BreakEven.Explain(Language.German), StringComparison.Ordinal);

        // Without any effort nothing is said about the benefits.
        EffortBenefitResult none = new EffortBenefitCalculator(new Money(60, "EUR")).Calculate(Folder([]), Ihk.November, [Benefit.PotentialReach(Ihk.Seed(), Ihk.November)]);
        Assert.Equal([CaveatCodes.EffortMissing], none.Caveats.Select(caveat => caveat.Code), StringComparer.Ordinal);
        EffortBenefitResult reached = new EffortBenefitCalculator().Calculate(Folder([Time(Ihk.Xing, 1), Time(Ihk.Twitter, 1), Time(Ihk.Facebook, 1)]), Ihk.November, [Benefit.PotentialReach(Ihk.Seed(), Ihk.November)]);
        Assert.Contains(reached.Caveats, caveat => caveat.Code == CaveatCodes.PotentialReach);
        Assert.StartsWith("hourlyRate (0) must have a currency: pass new Money(60, \"EUR\"), for example.", Assert.Throws<ArgumentException>(() => new EffortBenefitCalculator(default(Money))).Message, StringComparison.Ordinal);
        Assert.StartsWith("benefits (0 values) must hold a benefit: pass Benefit.Interactions(portfolio, period), for example.", Assert.Throws<ArgumentException>(() => new EffortBenefitCalculator().Calculate(Folder([]), Ihk.November, [])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, 12, 30)]
    [InlineData(11, 12, 30)]
    [InlineData(10, 11, 30)]
    [InlineData(11, 11, 30)]
    [InlineData(12, 12, 0)]
    [InlineData(10, 10, 0)]
    public void Money_is_spread_over_the_days_of_its_effort(int firstMonth, int lastMonth, int days)
    {
        // An euro a day, from the first of the one month to the last of the other.
        var period = LocalPeriod.Between(new LocalDate(2014, firstMonth, 1), new LocalDate(2014, lastMonth, 1).PlusMonths(1));
        int whole = Period.DaysBetween(period.From, period.To);
        Effort effort = new(Ihk.Xing.Id, period) { StaffTime = Duration.FromHours(whole), Cost = new Money(whole, "EUR") };
        EffortBenefitResult result = new EffortBenefitCalculator(new Money(2, "EUR")).Calculate(Folder([effort]), Ihk.November, [Gains(10, 0, 0)]);
        double[] expected = days == 0 ? [] : [days / 10.0, days / 10.0, 3 * days / 10.0];
        Assert.Equal(expected, result.Rows.Where(row => row.Channel == Ihk.Xing.Id).Select(row => Math.Round(row.EffortPerBenefit.Value!.Value, 12)));
        Assert.Equal(days == 0 ? [] : ["hours", "EUR", "EUR+hours"], result.Rows.Where(row => row.Channel == Ihk.Xing.Id).Select(row => row.Measure), StringComparer.Ordinal);
        Assert.Equal(days > 0 && whole > 30, result.Caveats.Any(caveat => caveat.Code == CaveatCodes.EffortSpread));
    }

    [Fact]
    public void A_benefit_names_each_channel_once_and_a_calculation_needs_one()
    {
        Assert.Contains("\"xing\"", Assert.Throws<ArgumentException>("counts", () => Benefit.Of("gains", "gains", "Gewinne", [KeyValuePair.Create(Ihk.Xing.Id, Count.Missing), KeyValuePair.Create(Ihk.Xing.Id, Count.Missing)])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("benefits", () => new EffortBenefitCalculator().Calculate(Folder([]), Ihk.November, []));
    }

    [Fact]
    public void Shares_add_up_to_1_and_the_index_weighted_by_effort_is_1() => Gen.Select(Gen.Int[0, 1_000].Array[3], Gen.Int[0, 1_000].Array[3]).Sample(
        (hours, gains) =>
        {
            EffortBenefitResult result = Calculate([.. Channels.Select((channel, index) => Time(channel, hours[index]))], gains);
            if (hours.Sum() > 0) Assert.Equal(1, result.Rows.Sum(row => row.EffortShare.Value!.Value), 12);
            if (gains.Sum() > 0) Assert.Equal(1, result.Rows.Sum(row => row.BenefitShare.Value!.Value), 12);
            if (gains.Sum() > 0 && hours.All(time => time > 0)) Assert.Equal(1, result.Rows.Sum(row => row.Proportionality.Value!.Value * row.EffortShare.Value!.Value), 12);

            // Nobody is dominated by a channel that is dominated in turn by it.
            Assert.All(result.Rows, row => Assert.DoesNotContain(row.DominatedBy, other => result.Rows.Single(another => another.Channel == other).DominatedBy.Contains(row.Channel)));
        },
        iter: LawCases.Count);

    private static EffortBenefitResult Calculate(Effort[] efforts, int[] gains) => new EffortBenefitCalculator().Calculate(Folder(efforts), Ihk.November, [Gains(gains[0], gains[1], gains[2])]);

    private static Portfolio Folder(Effort[] efforts)
    {
        PortfolioBuilder builder = Portfolio.For(Ihk.Chamber);
        foreach (Channel channel in Channels) builder.Add(channel);
        foreach (Effort effort in efforts) builder.Add(effort);
        return builder.Build();
    }

    private static Benefit Gains(int xing, int twitter, int facebook) => Benefit.Of("conversations", "conversations", "Gespräche", Channels.Zip([xing, twitter, facebook], (channel, gain) => KeyValuePair.Create(channel.Id, Count.Observed(gain))));

    private static Effort Time(Channel channel, int hours) => new(channel.Id, Ihk.November) { StaffTime = Duration.FromHours(hours) };

    private static Effort Paid(Channel channel, int amount, string currency) => new(channel.Id, Ihk.November) { Cost = new Money(amount, currency) };
}
