using System.Globalization;
using FluentValidation;
using FluentValidation.Results;
using NodaTime;

namespace Engagement.Core.Tests.Validation;

public class PortfolioValidatorTests
{
    private static readonly LocalDate Day = new(2014, 11, 20);
    private static readonly Channel Page = new("page", "Page", Platform.Facebook, ChannelForm.Page);
    private static readonly Channel Living = Page with { Opened = Day, Closed = Day };
    private static readonly Universe Persons = new Universe("members", UnitOfCount.Person).With(Ihk.At(1), Count.Observed(100));
    private static readonly Universe Staff = new Universe("staff", UnitOfCount.Person).With(Ihk.At(1), Count.Observed(10));

    /// <summary>For each code the smallest portfolio that has it and nothing else: code, whether it is an error, place, value, portfolio.</summary>
    private static readonly (string Code, bool IsError, string Place, string Value, Portfolio Portfolio)[] Cases =
    [
        ("ENG0101", true, "Universes[1].Id", "\"members\"", With(Page).Add(Persons).Add(Persons).Build()),
        ("ENG0102", false, "Universes[0].Sizes[1].AsOf", "2014-11-01T11:00:00Z", With(Page).Add(Persons.With(Ihk.At(1), Count.Observed(101))).Build()),
        ("ENG0201", true, "Channels[1].Id", "\"page\"", With(Page).Add(Page).Build()),
        ("ENG0202", true, "Channels[0].Closed", "\"2014-11-19\"", With(Page with { Opened = Day, Closed = Day.PlusDays(-1) }).Build()),
        ("ENG0203", true, "Channels[0].TargetUniverse", "\"customers\"", With(Page with { TargetUniverse = new UniverseId("customers") }).Build()),
        ("ENG0204", true, "Channels", "\"no channel\"", Portfolio.For(Ihk.Chamber).Build()),
        ("ENG0301", true, "Audiences[0].Channel", "\"xing\"", With(Page).Add(Ihk.Audience(Ihk.Xing, Count.Observed(1))).Build()),
        ("ENG0302", false, "Audiences[1].AsOf", "2014-11-20T11:00:00Z", With(Page).Add(Ihk.Audience(Page, Count.Observed(1))).Add(Ihk.Audience(Page, Count.Observed(2))).Build()),
        ("ENG0303", false, "Audiences[1].AsOf", "2014-11-19T11:00:00Z", With(Page).Add(Ihk.Audience(Page, Count.Observed(1))).Add(Ihk.Audience(Page, Count.Observed(2), Ihk.At(19))).Build()),
        ("ENG0304", false, "Audiences[0].AsOf", "\"2014-11-19\"", With(Living).Add(Ihk.Audience(Page, Count.Observed(1), Ihk.At(19))).Build()),
        ("ENG0305", false, "Audiences[0].AsOf", "\"2014-11-21\"", With(Living).Add(Ihk.Audience(Page, Count.Observed(1), Ihk.At(21))).Build()),
        ("ENG0306", false, "Audiences[0].Size", "101", With(Page).Add(Persons).Add(Ihk.Audience(Page, Count.Observed(101))).Build()),
        ("ENG0307", true, "Audiences[0].Members", "2", With(Page).Add(Ihk.Audience(Page, Count.Observed(1)) with { Members = Count.Observed(2) }).Build()),
        ("ENG0308", true, "Audiences[0].InTarget", "2", With(Page with { TargetUniverse = Staff.Id }).Add(Staff).Add(Ihk.Audience(Page, Count.Observed(1)) with { InTarget = Count.Observed(2) }).Build()),
        ("ENG0309", true, "Audiences[0].Members", "101", With(Page).Add(Persons).Add(Ihk.Audience(Page, Count.Missing) with { Members = Count.Observed(101) }).Build()),
        ("ENG0310", true, "Audiences[0].InTarget", "11", With(Page with { TargetUniverse = Staff.Id }).Add(Staff).Add(Ihk.Audience(Page, Count.Missing) with { InTarget = Count.Observed(11) }).Build()),
        ("ENG0311", false, "Audiences[0].InTarget", "1", With(Page).Add(Ihk.Audience(Page, Count.Observed(1)) with { InTarget = Count.Observed(1) }).Build()),
        ("ENG0312", true, "Audiences[1].Unit", "Account", With(Page).Add(Ihk.Audience(Page, Count.Observed(1), Ihk.At(19))).Add(Ihk.Audience(Page, Count.Observed(1), unit: UnitOfCount.Account)).Build()),
        ("ENG0313", true, "Audiences[1].Size", "9223372036854775807", With(Page).Add(Ihk.Xing).Add(Ihk.Audience(Page, Count.Observed(1))).Add(Ihk.Audience(Ihk.Xing, Count.Observed(long.MaxValue))).Build()),
        ("ENG0401", true, "Publications[1].Id", "\"p\"", With(Page).Add(Post("p")).Add(Post("p")).Build()),
        ("ENG0402", true, "Publications[0].Channel", "\"xing\"", With(Page).Add(new Publication("p", Ihk.Xing.Id, Ihk.Noon)).Build()),
        ("ENG0403", false, "Publications[0].PublishedAt", "\"2014-11-19\"", With(Living).Add(new Publication("p", Page.Id, Ihk.At(19))).Build()),
        ("ENG0404", true, "Publications[0].PublishedAt", "\"2014-11-21\"", With(Living).Add(new Publication("p", Page.Id, Ihk.At(21))).Build()),
        ("ENG0405", false, "Publications[0].Exposures.Reach", "2", With(Page).Add(Post("p") with { Exposures = new Exposures(Count.Observed(1), new MeasuredReach(Count.Observed(2))) }).Build()),
        ("ENG0406", false, "Publications[0].Interactions.Comment", "1", With(Page).Add(Post("p") with { Interactions = Ihk.Tally(comments: 1) }).Add(Comment("a") with { Publication = new PublicationId("p") }).Add(Comment("b") with { Publication = new PublicationId("p") }).Build()),
        ("ENG0407", true, "Publications[1].Interactions.Like", "1", With(Page).Add(Post("p") with { Interactions = Ihk.Tally(likes: long.MaxValue) }).Add(Post("q") with { Interactions = Ihk.Tally(likes: 1) }).Build()),
        ("ENG0501", true, "Interactions[1].Id", "\"a\"", With(Page).Add(Comment("a")).Add(Comment("a")).Build()),
        ("ENG0502", true, "Interactions[0].Channel", "\"xing\"", With(Page).Add(new Interaction("a", Ihk.Xing.Id, InteractionKind.Like, Ihk.Noon, ActorRole.Member)).Build()),
        ("ENG0503", true, "Interactions[0].Publication", "\"p\"", With(Page).Add(Comment("a") with { Publication = new PublicationId("p") }).Build()),
        ("ENG0504", true, "Interactions[0].Publication", "\"p\"", With(Page).Add(Ihk.Xing).Add(new Publication("p", Ihk.Xing.Id, Ihk.Noon)).Add(Comment("a") with { Publication = new PublicationId("p") }).Build()),
        ("ENG0505", false, "Interactions[0].At", "\"2014-11-19\"", With(Living).Add(Comment("a", at: Ihk.At(19))).Build()),
        ("ENG0506", true, "Interactions[0].At", "\"2014-11-21\"", With(Living).Add(Comment("a", at: Ihk.At(21))).Build()),
        ("ENG0507", false, "Interactions[0].ReplyTo", "\"b\"", With(Page).Add(Comment("a", "b")).Build()),
        ("ENG0508", true, "Interactions[0].ReplyTo", "\"a\"", With(Page).Add(Comment("a", "a")).Build()),
        ("ENG0509", true, "Interactions[1].ReplyTo", "\"a\"", With(Page).Add(Comment("a", "b")).Add(Comment("b", "a")).Build()),
        ("ENG0510", false, "Interactions[0].At", "2014-11-20T10:59:59Z", With(Page).Add(Post("p")).Add(Comment("a", at: Ihk.Noon - Duration.FromSeconds(1)) with { Publication = new PublicationId("p") }).Build()),
        ("ENG0511", false, "Interactions[1].At", "2014-11-20T10:59:59Z", With(Page).Add(Comment("a")).Add(Comment("b", "a", Ihk.Noon - Duration.FromSeconds(1))).Build()),
        ("ENG0512", false, "Interactions[1].ReplyTo", "\"a\"", With(Page).Add(Ihk.Xing).Add(new Interaction("a", Ihk.Xing.Id, InteractionKind.Question, Ihk.Noon, ActorRole.Member)).Add(Comment("b", "a")).Build()),
        ("ENG0321", true, "Overlaps[0].Other", "\"xing\"", With(Page).Add(Shared(1)).Build()),
        ("ENG0322", true, "Overlaps[0].Other", "\"page\"", With(Page).Add(new AudienceOverlap(Page.Id, Page.Id, Ihk.Noon, Count.Observed(1))).Build()),
        ("ENG0323", true, "Overlaps[0].Shared", "6", Two(10, 5).Add(Shared(6)).Build()),
        ("ENG0324", true, "Overlaps[0].Members", "5", Two(10, 5).Add(Shared(4) with { Members = Count.Observed(5) }).Build()),
        ("ENG0325", true, "Overlaps[2].Shared", "2", Two(10, 10).Add(Ihk.Twitter).Add(Ihk.Audience(Ihk.Twitter, Count.Observed(10))).Add(Shared(8)).Add(new AudienceOverlap(Page.Id, Ihk.Twitter.Id, Ihk.Noon, Count.Observed(5))).Add(new AudienceOverlap(Ihk.Twitter.Id, Ihk.Xing.Id, Ihk.Noon, Count.Observed(2))).Build()),
        ("ENG0326", true, "Overlaps[0].Members", "59", Two(100, 100, members: 80).Add(Persons).Add(Shared(60) with { Members = Count.Observed(59) }).Build()),
        ("ENG0327", false, "Overlaps[1].AsOf", "2014-11-20T11:00:00Z", Two(10, 5).Add(Shared(4)).Add(new AudienceOverlap(Ihk.Xing.Id, Page.Id, Ihk.Noon, Count.Observed(4))).Build()),
        ("ENG0328", false, "Overlaps[0].Shared", "4", With(Page).Add(Ihk.Xing).Add(Ihk.Audience(Page, Count.Observed(10))).Add(Ihk.Audience(Ihk.Xing, Count.Observed(5), unit: UnitOfCount.Account)).Add(Shared(4)).Build()),
        ("ENG0329", false, "Overlaps[0].InTarget", "1", Two(10, 5).Add(Shared(4) with { InTarget = Count.Observed(1) }).Build()),
        ("ENG0601", true, "Efforts[0].Channel", "\"xing\"", With(Page).Add(new Effort(Ihk.Xing.Id, Ihk.November) { StaffTime = Duration.FromHours(1) }).Build()),
        ("ENG0602", false, "Efforts[1].Cost", "1 CHF", With(Page).Add(Cost(11, "EUR")).Add(Cost(12, "CHF")).Build()),
        ("ENG0603", true, "Efforts[0].Period", "2014-11-20/2014-11-20", With(Page).Add(new Effort(Page.Id, LocalPeriod.Between(Day, Day)) { StaffTime = Duration.FromHours(1) }).Build()),
        ("ENG0604", false, "Efforts[1].Period", "2014-11-01/2014-12-01", With(Page).Add(Cost(11, "EUR")).Add(Cost(11, "EUR")).Build()),
        ("ENG0605", false, "Efforts[0].StaffTime", "\"neither time nor money\"", With(Page).Add(new Effort(Page.Id, Ihk.November)).Build()),
        ("ENG0606", false, "Efforts[0].Period", "2014-12-01/2015-01-01", With(Living).Add(Cost(12, "EUR")).Build()),
    ];

    public static TheoryData<string> Codes => [.. Cases.Select(one => one.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Each_code_has_a_smallest_portfolio_that_has_it_and_nothing_else(string code)
    {
        (_, bool isError, string place, string value, Portfolio portfolio) = Cases.Single(one => one.Code == code);
        ValidationFailure failure = Assert.Single(new PortfolioValidator().Validate(portfolio).Errors);
        AssertFailure(failure, code, isError, place, value);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void What_is_found_without_the_validator_is_what_the_validator_finds(string code)
    {
        Portfolio portfolio = Cases.Single(one => one.Code == code).Portfolio;
        static (string, string, string, Severity, object) All(ValidationFailure failure) => (failure.PropertyName, failure.ErrorCode, failure.ErrorMessage, failure.Severity, failure.CustomState);
        Assert.Equal(new PortfolioValidator().Validate(portfolio).Errors.Select(All), PortfolioValidator.Find(portfolio).Select(All));
    }

    [Fact]
    public void Every_code_of_the_rules_has_a_case() =>
        Assert.Equal(Repository.CodesInSources("src/Engagement.Core/Validation"), Cases.Select(one => one.Code).Append("ENG0701").Order(StringComparer.Ordinal), StringComparer.Ordinal);

    [Fact]
    public void A_period_without_any_fact_is_a_warning()
    {
        Portfolio portfolio = With(Page).Add(Ihk.Audience(Page, Count.Observed(1))).Build();
        AssertFailure(Assert.Single(new PortfolioValidator(LocalPeriod.Month(2014, 12)).Validate(portfolio).Errors), "ENG0701", false, "Period", "2014-12-01/2015-01-01");
        Assert.Empty(new PortfolioValidator(Ihk.November).Validate(portfolio).Errors);
        Assert.Empty(new PortfolioValidator().Validate(portfolio).Errors);
    }

    [Fact]
    public void Any_fact_of_the_period_is_enough()
    {
        Assert.All(
            new[] { With(Page).Add(Post("p")), With(Page).Add(Comment("a")), With(Page).Add(Cost(11, "EUR")), With(Page).Add(Ihk.Audience(Page, Count.Observed(1))) },
            builder => Assert.Empty(new PortfolioValidator(LocalPeriod.Day(Day)).Validate(builder.Build()).Errors));
        Assert.Single(new PortfolioValidator(LocalPeriod.Month(2014, 12)).Validate(With(Page).Add(Cost(11, "EUR")).Build()).Errors);
        Assert.Single(new PortfolioValidator(LocalPeriod.Month(2014, 10)).Validate(With(Page).Add(Cost(11, "EUR")).Build()).Errors);
    }

    [Fact]
    public void A_sound_portfolio_has_no_findings()
    {
        Assert.Empty(new PortfolioValidator(Ihk.November).Validate(Ihk.Seed()).Errors);
        Portfolio rich = With(Living with { TargetUniverse = Staff.Id }).Add(Persons).Add(Staff)
            .Add(Ihk.Audience(Page, Count.Observed(10)) with { Members = Count.Observed(10), InTarget = Count.Observed(10) })
            .Add(Post("p") with { Exposures = new Exposures(Count.Observed(1), new MeasuredReach(Count.Observed(1))) })
            .Add(Comment("a") with { Publication = new PublicationId("p") }).Add(Comment("b", "a") with { Publication = new PublicationId("p") }).Add(Comment("c", "a"))
            .Add(Cost(11, "EUR")).Build();
        Assert.Empty(new PortfolioValidator(Ihk.November).Validate(rich).Errors);
    }

    [Fact]
    public void Counts_that_may_be_right_within_their_bounds_are_no_finding()
    {
        // Rund 100 may be 50, and of at least 1 nobody knows the most.
        Assert.Empty(new PortfolioValidator().Validate(With(Page).Add(Ihk.Audience(Page, Count.Observed(60)) with { Members = Count.Rounded(100) }).Build()).Errors);
        Assert.Empty(new PortfolioValidator().Validate(With(Page).Add(Ihk.Audience(Page, Count.Partial(1)) with { Members = Count.Observed(100) }).Build()).Errors);
        Assert.Empty(new PortfolioValidator().Validate(With(Page).Add(Ihk.Audience(Page, Count.Missing) with { Members = Count.Observed(100) }).Build()).Errors);
        Assert.Single(new PortfolioValidator().Validate(With(Page).Add(Ihk.Audience(Page, Count.Observed(49)) with { Members = Count.Rounded(100) }).Build()).Errors);
        Assert.Single(new PortfolioValidator().Validate(With(Page).Add(Ihk.Audience(Page, Count.Observed(1)) with { Members = Count.Partial(2) }).Build()).Errors);
    }

    [Fact]
    public void A_channel_with_a_target_of_its_own_is_measured_by_that_target()
    {
        ValidationFailure failure = Assert.Single(new PortfolioValidator().Validate(With(Page with { TargetUniverse = Staff.Id }).Add(Persons).Add(Staff).Add(Ihk.Audience(Page, Count.Observed(11))).Build()).Errors);
        Assert.Equal("ENG0306", failure.ErrorCode);
        Assert.Contains("staff", failure.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Local_days_decide_whether_a_channel_lived()
    {
        // 2014-11-20T23:30 in Berlin is 22:30 UTC: still the channel's last day; half an hour later it is not.
        Assert.Empty(new PortfolioValidator().Validate(With(Living).Add(Comment("a", at: Ihk.At(20, 23) + Duration.FromMinutes(30))).Build()).Errors);
        Assert.Equal("ENG0506", Assert.Single(new PortfolioValidator().Validate(With(Living).Add(Comment("a", at: Ihk.At(21, 0))).Build()).Errors).ErrorCode);
        Assert.Equal("ENG0505", Assert.Single(new PortfolioValidator().Validate(With(Living).Add(Comment("a", at: Ihk.At(20, 0) - Duration.Epsilon)).Build()).Errors).ErrorCode);
    }

    [Fact]
    public void An_unknown_channel_is_told_with_the_known_ones()
    {
        Portfolio few = With(Page).Add(Ihk.Audience(Ihk.Xing, Count.Observed(1))).Build();
        Assert.Equal("\"xing\" must be the id of a channel: add the channel or mend the id; known are page.", Assert.Single(new PortfolioValidator().Validate(few).Errors).ErrorMessage);
        PortfolioBuilder many = Portfolio.For(Ihk.Chamber).Add(Ihk.Audience(Ihk.Xing, Count.Observed(1)));
        for (int number = 1; number <= 7; number++) many.Add(new Channel($"c{number}", "c", Platform.Blog, ChannelForm.Blog));
        Assert.EndsWith("known are c1, c2, c3, c4, c5 ….", Assert.Single(new PortfolioValidator().Validate(many.Build()).Errors).ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(1_000)]
    [InlineData(200_000)]
    public void A_cycle_of_any_length_is_told_once(int length)
    {
        PortfolioBuilder builder = With(Page);
        for (int number = 0; number < length; number++) builder.Add(Comment(Id(number), Id((number + 1) % length)));
        ValidationFailure failure = Assert.Single(new PortfolioValidator().Validate(builder.Build()).Errors);
        AssertFailure(failure, "ENG0509", true, string.Create(CultureInfo.InvariantCulture, $"Interactions[{length - 1}].ReplyTo"), "\"i0\"");
    }

    [Fact]
    public void A_chain_of_200_000_replies_is_no_cycle()
    {
        PortfolioBuilder builder = With(Page);
        for (int number = 0; number < 200_000; number++) builder.Add(number == 0 ? Comment(Id(0)) : Comment(Id(number), Id(number - 1)));
        Assert.Empty(new PortfolioValidator().Validate(builder.Build()).Errors);
    }

    [Fact]
    public void A_cycle_that_many_tails_lead_into_is_told_once()
    {
        Portfolio portfolio = With(Page).Add(Comment("t1", "t2")).Add(Comment("t2", "b")).Add(Comment("a", "b")).Add(Comment("t3", "a")).Add(Comment("b", "c")).Add(Comment("c", "a")).Add(Comment("t4", "t1")).Add(Comment("t5", "c")).Build();
        ValidationFailure failure = Assert.Single(new PortfolioValidator().Validate(portfolio).Errors);
        Assert.Equal("ENG0509", failure.ErrorCode);

        // The link that is told is one of the cycle a → b → c → a, not one of a tail.
        Assert.Equal("Interactions[2].ReplyTo", failure.PropertyName);
    }

    [Fact]
    public void Two_cycles_are_told_one_by_one()
    {
        Portfolio portfolio = With(Page).Add(Comment("a", "b")).Add(Comment("c", "d")).Add(Comment("b", "a")).Add(Comment("d", "c")).Build();
        Assert.Equal(["Interactions[2].ReplyTo", "Interactions[3].ReplyTo"], new PortfolioValidator().Validate(portfolio).Errors.Select(failure => failure.PropertyName), StringComparer.Ordinal);
    }

    [Fact]
    public void A_reply_to_itself_at_the_end_of_a_chain_is_told_as_such_and_not_as_a_cycle()
    {
        Portfolio portfolio = With(Page).Add(Comment("a", "b")).Add(Comment("b", "b")).Add(Comment("c", "a")).Build();
        Assert.Equal("ENG0508", Assert.Single(new PortfolioValidator().Validate(portfolio).Errors).ErrorCode);
    }

    [Fact]
    public void A_link_to_an_id_given_twice_leads_to_the_first_of_the_two()
    {
        // b replies to a; the first a replies to nothing, so there is no cycle, whatever the second a says.
        Portfolio portfolio = With(Page).Add(Comment("a")).Add(Comment("b", "a")).Add(Comment("a", "b")).Build();
        Assert.Equal(["ENG0501"], new PortfolioValidator().Validate(portfolio).Errors.Select(failure => failure.ErrorCode), StringComparer.Ordinal);

        // The other way round there is one.
        Portfolio reversed = With(Page).Add(Comment("a", "b")).Add(Comment("b", "a")).Add(Comment("a")).Build();
        Assert.Equal(["ENG0501", "ENG0509"], new PortfolioValidator().Validate(reversed).Errors.Select(failure => failure.ErrorCode), StringComparer.Ordinal);
    }

    [Fact]
    public void Every_repetition_of_an_id_is_told_with_the_first_place()
    {
        ValidationFailure[] failures = [.. new PortfolioValidator().Validate(With(Page).Add(Comment("a")).Add(Comment("b")).Add(Comment("a")).Add(Comment("a")).Build()).Errors];
        Assert.Equal(["Interactions[2].Id", "Interactions[3].Id"], failures.Select(failure => failure.PropertyName), StringComparer.Ordinal);
        Assert.All(failures, failure => Assert.Contains("Interactions[0]", failure.ErrorMessage, StringComparison.Ordinal));
    }

    [Fact]
    public void Of_3_000_findings_1_000_are_kept_and_2_000_counted()
    {
        PortfolioBuilder builder = With(Page);
        for (int number = 0; number < 3_000; number++) builder.Add(Comment(Id(number), "nowhere"));
        builder.Add(Comment("x", "x"));
        ValidationFailure[] failures = [.. new PortfolioValidator().Validate(builder.Build()).Errors];
        Assert.Equal(1_001, failures.Count(failure => failure.ErrorCode == "ENG0507"));
        Assert.Single(failures, failure => failure.ErrorCode == "ENG0508");
        ValidationFailure rest = failures.Single(failure => failure.ErrorCode == "ENG0507" && failure.PropertyName.Length == 0);
        Assert.Equal(2_000, Assert.IsType<Finding>(rest.CustomState).Occurrences);
        Assert.Equal(Severity.Warning, rest.Severity);
        Assert.Equal("2000 more findings of ENG0507 were counted and not kept: mend the first ones and validate again.", rest.ErrorMessage);
        Assert.Equal(3_000, failures.Where(failure => failure.ErrorCode == "ENG0507").Sum(failure => ((Finding)failure.CustomState).Occurrences));
    }

    [Fact]
    public void Exactly_1_000_findings_are_all_kept()
    {
        PortfolioBuilder builder = With(Page);
        for (int number = 0; number < 1_000; number++) builder.Add(Comment(Id(number), "nowhere"));
        List<ValidationFailure> failures = new PortfolioValidator().Validate(builder.Build()).Errors;
        Assert.Equal(1_000, failures.Count);
        Assert.DoesNotContain(failures, failure => failure.PropertyName.Length == 0);
    }

    [Fact]
    public void A_validator_starts_counting_anew_for_each_portfolio()
    {
        PortfolioBuilder builder = With(Page);
        for (int number = 0; number < 600; number++) builder.Add(Comment(Id(number), "nowhere"));
        Portfolio portfolio = builder.Build();
        var validator = new PortfolioValidator();
        Assert.Equal(600, validator.Validate(portfolio).Errors.Count);
        Parallel.For(0, 8, new ParallelOptions { CancellationToken = TestContext.Current.CancellationToken }, _ => Assert.Equal(600, validator.Validate(portfolio).Errors.Count));
    }

    [Fact]
    public void A_portfolio_of_100_000_interactions_is_validated()
    {
        PortfolioBuilder builder = With(Page);
        for (int number = 0; number < 1_000; number++) builder.Add(new Publication(Id(number), Page.Id, Ihk.Noon)).Add(Ihk.Audience(Page, Count.Observed(number), Ihk.Noon + Duration.FromMinutes(number)));

        // Each replies to the one of half its number: a tree without any finding.
        for (int number = 0; number < 100_000; number++) builder.Add(Comment(Id(number), number == 0 ? null : Id(number / 2)) with { Publication = new PublicationId(Id(number % 1_000)) });
        Assert.Empty(new PortfolioValidator().Validate(builder.Build()).Errors);
    }

    [Fact]
    public void Overlaps_are_found_behind_a_long_effort_too()
    {
        Effort Of(LocalDate from, LocalDate to, Channel? channel = null) => new((channel ?? Page).Id, LocalPeriod.Between(from, to)) { StaffTime = Duration.FromHours(1) };
        LocalDate first = new(2014, 1, 1);
        Portfolio portfolio = With(Page).Add(Ihk.Xing).Add(Of(first.PlusDays(20), first.PlusDays(30))).Add(Of(first, first.PlusDays(365))).Add(Of(first.PlusDays(2), first.PlusDays(3))).Add(Of(first.PlusDays(365), first.PlusDays(366))).Add(Of(first, first.PlusDays(365), Ihk.Xing)).Build();
        Assert.Equal(["Efforts[0].Period", "Efforts[2].Period"], new PortfolioValidator().Validate(portfolio).Errors.Select(failure => failure.PropertyName).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void An_empty_effort_overlaps_nothing()
    {
        Portfolio portfolio = With(Page).Add(Cost(11, "EUR")).Add(new Effort(Page.Id, LocalPeriod.Between(Day, Day)) { StaffTime = Duration.FromHours(1) }).Build();
        Assert.Equal(["ENG0603"], new PortfolioValidator().Validate(portfolio).Errors.Select(failure => failure.ErrorCode), StringComparer.Ordinal);
    }

    [Fact]
    public void Findings_are_the_same_in_every_culture() => Cultures.AssertInvariant(() =>
        string.Join('\n', Cases.SelectMany(one => new PortfolioValidator(LocalPeriod.Year(1_999)).Validate(one.Portfolio).Errors).Select(failure => $"{failure.PropertyName} {failure.ErrorCode} {failure.ErrorMessage} {failure.AttemptedValue}")));

    private static void AssertFailure(ValidationFailure failure, string code, bool isError, string place, string value)
    {
        Assert.Equal((code, isError ? Severity.Error : Severity.Warning, place), (failure.ErrorCode, failure.Severity, failure.PropertyName));
        Finding finding = Assert.IsType<Finding>(failure.CustomState);
        Assert.Equal(value, finding.Value);
        Assert.Equal(value, failure.AttemptedValue);
        Assert.False(string.IsNullOrWhiteSpace(finding.Rule));
        Assert.False(string.IsNullOrWhiteSpace(finding.Cure));
        Assert.Equal(1, finding.Occurrences);
        Assert.Equal($"{finding.Value} {finding.Rule}: {finding.Cure}.", failure.ErrorMessage);
    }

    private static PortfolioBuilder With(Channel channel) => Portfolio.For(Ihk.Chamber).Add(channel);

    private static Publication Post(string id) => new(id, Page.Id, Ihk.Noon);

    private static Interaction Comment(string id, string? replyTo = null, Instant? at = null) =>
        new(id, Page.Id, InteractionKind.Comment, at ?? Ihk.Noon, ActorRole.Member) { ReplyTo = replyTo is null ? default : new InteractionId(replyTo) };

    private static Effort Cost(int month, string currency) => new(Page.Id, LocalPeriod.Month(2014, month)) { Cost = new Money(1, currency) };

    [Fact]
    public void An_overlap_is_a_part_of_the_members_and_the_target_of_both_too()
    {
        ValidationFailure members = Assert.Single(new PortfolioValidator().Validate(Two(10, 5, members: 3).Add(Shared(5) with { Members = Count.Observed(4) }).Build()).Errors, failure => failure.ErrorCode == "ENG0323" && failure.ErrorMessage.Contains("of xing", StringComparison.Ordinal));
        Assert.Equal("Overlaps[0].Members", members.PropertyName);

        // As of an earlier day the audience of then counts; rund 6 may be 5.
        Assert.Empty(new PortfolioValidator().Validate(Two(10, 5).Add(new AudienceOverlap(Page.Id, Ihk.Xing.Id, Ihk.At(1), Count.Rounded(6, 5, 6))).Build()).Errors);
    }

    [Fact]
    public void Three_overlaps_of_different_days_do_not_contradict_each_other()
    {
        PortfolioBuilder builder = Two(10, 10).Add(Ihk.Twitter).Add(Ihk.Audience(Ihk.Twitter, Count.Observed(10))).Add(Shared(8)).Add(new AudienceOverlap(Page.Id, Ihk.Twitter.Id, Ihk.Noon, Count.Observed(5)));
        Assert.Empty(new PortfolioValidator().Validate(builder.Add(new AudienceOverlap(Ihk.Twitter.Id, Ihk.Xing.Id, Ihk.At(21), Count.Observed(2))).Build()).Errors);

        // 8 and 5 of ten leave 3 in common, and three are stated.
        Assert.Empty(new PortfolioValidator().Validate(builder.Add(new AudienceOverlap(Ihk.Twitter.Id, Ihk.Xing.Id, Ihk.Noon, Count.Observed(3))).Build()).Errors);
    }

    private static AudienceOverlap Shared(long shared) => new(Page.Id, Ihk.Xing.Id, Ihk.Noon, Count.Observed(shared));

    private static PortfolioBuilder Two(long page, long xing, long? members = null)
    {
        Count part = members is { } known ? Count.Observed(known) : Count.Missing;
        return With(Page).Add(Ihk.Xing).Add(Ihk.Audience(Page, Count.Observed(page)) with { Members = part }).Add(Ihk.Audience(Ihk.Xing, Count.Observed(xing)) with { Members = part });
    }

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"i{number}");
}
