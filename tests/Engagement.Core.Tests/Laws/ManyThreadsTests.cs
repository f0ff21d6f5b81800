using Engagement.Core.Logs;
using NodaTime;

namespace Engagement.Core.Tests.Laws;

/// <summary>Every calculator, shared by many threads that ask about the same facts and others at once, answers each as if it were alone.</summary>
public class ManyThreadsTests
{
    private const int Threads = 16;
    private const int Rounds = 5;

    private static readonly ActivityCalculator Activity = new();
    private static readonly DialogueCalculator Dialogue = new();
    private static readonly EffortBenefitCalculator Effort = new(new Money(60, "EUR"));
    private static readonly EngagementRatioCalculator PerPost = new(EngagementRatioDefinitions.ByFollowers);
    private static readonly EngagementRatioCalculator PerDay = new(EngagementRatioDefinitions.Daily);
    private static readonly NetReachCalculator Net = new();
    private static readonly ReachPerMemberCalculator PerMember = new();

    /// <summary>What each calculator is asked.</summary>
    private static readonly (Type Calculator, Func<Portfolio, InteractionLog, object> Ask)[] Asked =
    [
        (typeof(ActivityCalculator), (portfolio, _) => Activity.Calculate(portfolio, Ihk.November)),
        (typeof(DialogueCalculator), (portfolio, _) => Dialogue.Calculate(portfolio, Ihk.November)),
        (typeof(DialogueCalculator), (_, log) => Dialogue.Calculate(log, Ihk.At(30), Ihk.Berlin)),
        (typeof(EffortBenefitCalculator), (portfolio, _) => Effort.Calculate(portfolio, Ihk.November, [Benefit.Interactions(portfolio, Ihk.November), Benefit.PotentialReach(portfolio, Ihk.November)])),
        (typeof(EngagementRatioCalculator), (portfolio, _) => PerPost.Calculate(portfolio, Ihk.November)),
        (typeof(EngagementRatioCalculator), (portfolio, _) => PerDay.Calculate(portfolio, Ihk.November)),
        (typeof(NetReachCalculator), (portfolio, _) => Net.Calculate(portfolio, Ihk.November)),
        (typeof(ReachPerMemberCalculator), (portfolio, _) => PerMember.Calculate(portfolio, Ihk.November)),
        (typeof(RollUp), (_, log) => RollUp.Of(log, LocalCalendar.Days(Ihk.Berlin, Ihk.November), new RollUpOptions { DegreeOfParallelism = 2 })),
    ];

    [Fact]
    public void No_calculator_is_left_out() =>
        Assert.Subset(Asked.Select(one => one.Calculator).ToHashSet(), typeof(Portfolio).Assembly.GetExportedTypes().Where(type => type.Name.EndsWith("Calculator", StringComparison.Ordinal)).ToHashSet());

    [Fact]
    public void Calculators_that_are_shared_answer_each_thread_as_if_it_were_alone()
    {
        Portfolio[] portfolios = [Facts(1), Facts(2), Facts(3)];
        InteractionLog[] logs = [.. portfolios.Select(portfolio => InteractionLog.From(portfolio.Interactions))];
        object[][] alone = [.. portfolios.Select((portfolio, index) => Asked.Select(one => one.Ask(portfolio, logs[index])).ToArray())];
        Assert.All(Asked.Select((_, one) => one), one => Assert.NotEqual(alone[0][one], alone[1][one]));

        // Anew, so that nothing is remembered from the first time.
        portfolios = [Facts(1), Facts(2), Facts(3)];
        logs = [.. portfolios.Select(portfolio => InteractionLog.From(portfolio.Interactions))];
        Parallel.For(0, portfolios.Length * Asked.Length * Rounds, new ParallelOptions { MaxDegreeOfParallelism = Threads, CancellationToken = TestContext.Current.CancellationToken }, question =>
        {
            int facts = question % portfolios.Length;
            int one = question / portfolios.Length % Asked.Length;
            Assert.Equal(alone[facts][one], Asked[one].Ask(portfolios[facts], logs[facts]));
        });
    }

    private static Portfolio Facts(int seed)
    {
        PortfolioBuilder builder = Portfolio.For(Ihk.Chamber).Add(Ihk.Members).Add(Ihk.Xing).Add(Ihk.Facebook)
            .Add(Ihk.Audience(Ihk.Xing, Count.Observed(9_000 + seed), Ihk.At(1, 0))).Add(Ihk.Audience(Ihk.Facebook, Count.Observed(300 * seed), Ihk.At(1, 0)))
            .Add(new AudienceOverlap(Ihk.Xing.Id, Ihk.Facebook.Id, Ihk.Noon, Count.Observed(10 * seed)))
            .Add(new Effort(Ihk.Xing.Id, Ihk.November) { StaffTime = Duration.FromHours(seed), Cost = new Money(100, "EUR") }).Add(new Effort(Ihk.Facebook.Id, Ihk.November) { StaffTime = Duration.FromHours(5) });
        for (int post = 0; post < 20; post++) builder.Add(new Publication($"p{post}", post % 2 == 0 ? Ihk.Xing.Id : Ihk.Facebook.Id, Ihk.At(1 + post)) { Interactions = Ihk.Tally(post * seed, seed, post) });
        for (int index = 0; index < 40 + seed; index++)
        {
            Channel channel = index % 3 == 0 ? Ihk.Xing : Ihk.Facebook;
            builder.Add(new Interaction($"q{index}", channel.Id, InteractionKind.Question, Ihk.At(1 + (index % 25), 8), ActorRole.Member) { Actor = new ActorId($"m{index % (5 + seed)}") });
            if (index % 2 == 0) builder.Add(new Interaction($"a{index}", channel.Id, InteractionKind.Reply, Ihk.At(1 + (index % 25), 9 + (index % 7)), ActorRole.Staff) { Actor = new ActorId("s"), ReplyTo = new InteractionId($"q{index}") });
        }

        return builder.Build();
    }
}
