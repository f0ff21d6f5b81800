using Engagement.Core.Logs;
using NodaTime;

namespace Engagement.Core.Tests.Architecture;

/// <summary>Two equal but separately made values of a type, and one that differs, for laws over all public types.</summary>
internal static class Samples
{
    private static readonly Dictionary<Type, Func<int, object>> Makers = new()
    {
        [typeof(string)] = seed => string.Concat("text", seed % 2 == 0 ? "" : "-b"),
        [typeof(LocalPeriod)] = seed => LocalPeriod.Month(2014, 11 + (seed % 2)),
        [typeof(Instant)] = seed => Ihk.Noon + Duration.FromHours(seed % 2),
        [typeof(LocalDate)] = seed => new LocalDate(2014, 11, 20 + (seed % 2)),
        [typeof(DateTimeZone)] = _ => Ihk.Berlin,
        [typeof(Count)] = seed => Count.Rounded(9_000 + (seed % 2)),
        [typeof(Quantity)] = seed => Quantity.Exact(seed % 2),
        [typeof(Ratio)] = seed => Ratio.Of(1 + (seed % 2), 2),
        [typeof(Bounds)] = seed => new Bounds(0.25, 1.5 + (seed % 2)),
        [typeof(IntervalEstimate)] = seed => new IntervalEstimate(0.25, 1.5 + (seed % 2), 0.95, IntervalMethod.Wilson),
        [typeof(QuotientInterval)] = seed => new QuotientInterval(0.25, 1.5 + (seed % 2), 0.95, IntervalMethod.ConditionalExact),
        [typeof(PosteriorEstimate)] = seed => new PosteriorEstimate(seed % 2, default),
        [typeof(BetaBinomialModel)] = seed => new BetaBinomialModel(1 + (seed % 2), 2),
        [typeof(GammaPoissonModel)] = seed => new GammaPoissonModel(1 + (seed % 2), 2),
        [typeof(MeasuredReach)] = seed => new MeasuredReach(Count.Observed(seed % 2)),
        [typeof(Exposures)] = seed => new Exposures(Count.Observed(seed % 2)),
        [typeof(Money)] = seed => new Money(1.5m + (seed % 2), "EUR"),
        [typeof(UniverseSize)] = seed => new UniverseSize(Ihk.Noon, Count.Observed(seed % 2)),
        [typeof(Platform)] = seed => seed % 2 == 0 ? Platform.Xing : Platform.Twitter,
        [typeof(OrganisationId)] = seed => new OrganisationId(Text(seed)),
        [typeof(UniverseId)] = seed => new UniverseId(Text(seed)),
        [typeof(ChannelId)] = seed => new ChannelId(Text(seed)),
        [typeof(PublicationId)] = seed => new PublicationId(Text(seed)),
        [typeof(InteractionId)] = seed => new InteractionId(Text(seed)),
        [typeof(ActorId)] = seed => new ActorId(Text(seed)),
        [typeof(DefinitionId)] = seed => new DefinitionId("by-reach", 1 + (seed % 2)),
        [typeof(NetReach)] = seed => NetReach.Of([1 + (seed % 2), 2], 10),
        [typeof(Organisation)] = seed => new Organisation(Text(seed), "IHK", Ihk.Berlin),
        [typeof(Universe)] = seed => new Universe("members", UnitOfCount.Company).With(Ihk.Noon, Count.Observed(seed % 2)),
        [typeof(UnitConversion)] = seed => new UnitConversion(UnitOfCount.Person, UnitOfCount.Company, 2 + (seed % 2), "CRM"),
        [typeof(Channel)] = seed => new Channel("xing", "XING", Platform.Xing, ChannelForm.Group) { SubBrand = Text(seed) },
        [typeof(AudienceSnapshot)] = seed => new AudienceSnapshot(Ihk.Xing.Id, Ihk.Noon, Count.Observed(seed % 2), UnitOfCount.Person),
        [typeof(AudienceHistory)] = seed => new AudienceHistory([Ihk.Audience(Ihk.Xing, Count.Observed(seed % 2))]),
        [typeof(AudienceOverlap)] = seed => new AudienceOverlap(Ihk.Xing.Id, Ihk.Facebook.Id, Ihk.Noon, Count.Observed(seed % 2)),
        [typeof(Publication)] = seed => new Publication("p", Ihk.Xing.Id, Ihk.Noon) { Interactions = Ihk.Tally(seed % 2) },
        [typeof(Interaction)] = seed => new Interaction("i", Ihk.Xing.Id, InteractionKind.Like, Ihk.Noon, ActorRole.Member) { Actor = new ActorId(Text(seed)) },
        [typeof(InteractionTally)] = seed => Ihk.Tally(seed % 2),
        [typeof(Effort)] = seed => new Effort(Ihk.Xing.Id, Ihk.November) { StaffTime = Duration.FromHours(seed % 2) },
        [typeof(Portfolio)] = seed => Ihk.Seed(Count.Observed(seed % 2)),
        [typeof(PortfolioBuilder)] = _ => Portfolio.For(Ihk.Chamber),
        [typeof(Caveat)] = seed => new Caveat("ENG1001", Text(seed), "deutsch"),
        [typeof(Figure)] = seed => Reach(seed).Gross,
        [typeof(Finding)] = seed => new Finding("value", "rule", Text(seed)),
        [typeof(InteractionSelection)] = seed => new InteractionSelection(InteractionKind.Like, seed % 2 == 0 ? InteractionKind.Comment : InteractionKind.Share),
        [typeof(EngagementRatioDefinition)] = seed => new EngagementRatioDefinition("mine", EngagementBase.Publications, scale: seed % 2 == 0 ? 1 : 100),
        [typeof(Definition)] = seed => new EngagementRatioDefinition("mine", EngagementBase.Publications, scale: seed % 2 == 0 ? 1 : 100),
        [typeof(EngagementRatioResult)] = seed => new EngagementRatioCalculator(EngagementRatioDefinitions.PerPublication).Calculate(Ihk.Seed(), LocalPeriod.Month(2014, 11 + (seed % 2))),
        [typeof(EngagementRatioCalculator)] = _ => new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach),
        [typeof(Benefit)] = AnyBenefit,
        [typeof(EffortBenefitCalculator)] = _ => new EffortBenefitCalculator(),
        [typeof(EffortBenefitResult)] = Efforts,
        [typeof(ChannelEffortBenefit)] = seed => Efforts(seed).Rows[0],
        [typeof(IEnumerable<Benefit>)] = seed => new[] { AnyBenefit(seed) },
        [typeof(IEnumerable<KeyValuePair<ChannelId, Count>>)] = _ => new[] { KeyValuePair.Create(Ihk.Xing.Id, Count.Observed(1)) },
        [typeof(ReachEstimate)] = seed => NetReach.Of([1, 2], 10).Judge(ReachModel.Stated, 2 + (seed % 2)),
        [typeof(ChannelNetReach)] = seed => Observed(seed).Channels[0],
        [typeof(ObservedReach)] = Observed,
        [typeof(NetReachCalculator)] = _ => new NetReachCalculator(),
        [typeof(NetReachResult)] = seed => new NetReachCalculator().Calculate(Ihk.Seed(Count.Observed(1_000 + (seed % 2))), Ihk.November),
        [typeof(ReachPerMemberCalculator)] = _ => new ReachPerMemberCalculator(),
        [typeof(ReachPerMemberResult)] = Reach,
        [typeof(ChannelReach)] = seed => Reach(seed).Channels[0],
        [typeof(NetReachPerMember)] = seed => Reach(seed).Net!,
        [typeof(SurvivalCurve)] = seed => SurvivalCurve.KaplanMeier([1, 2, 3], [true, seed % 2 == 0, true]),
        [typeof(SurvivalQuantile)] = seed => SurvivalCurve.KaplanMeier([1, 2, 3], [true, seed % 2 == 0, true]).Quantile(0.5),
        [typeof(BusinessHours)] = seed => new BusinessHours(new LocalTime(8, 0), new LocalTime(17 + (seed % 2), 0)),
        [typeof(LocalTime)] = seed => new LocalTime(8 + seed, 0),
        [typeof(IsoDayOfWeek)] = seed => IsoDayOfWeek.Monday + (seed % 2),
        [typeof(Duration)] = seed => Duration.FromHours(1 + (seed % 2)),
        [typeof(IEnumerable<LocalDate>)] = _ => new[] { new LocalDate(2014, 12, 25) },
        [typeof(IEnumerable<Duration>)] = _ => new[] { Duration.FromHours(1) },
        [typeof(ResponseTimes)] = seed => ResponseTimes.Of([Duration.FromHours(1 + (seed % 2))], [Duration.FromHours(3)]),
        [typeof(Conversation)] = seed => Conversation.Find(Talk(seed))[0],
        [typeof(DialogueCalculator)] = _ => new DialogueCalculator(),
        [typeof(DialogueResult)] = Dialogue,
        [typeof(DialogueTotals)] = seed => new DialogueCalculator().Calculate([1, 2 + (seed % 2)], [-1, 0], [(byte)InteractionKind.Question, (byte)InteractionKind.Reply], [(byte)ActorRole.Member, (byte)ActorRole.Staff], [], 9, null),
        [typeof(LogRankTest)] = seed => LogRankTest.Of([SurvivalCurve.KaplanMeier([1, 2, 3], [true, true, true]), SurvivalCurve.KaplanMeier([1, 2, 4], [true, seed % 2 == 0, true])]),
        [typeof(Growth)] = seed => Growth.Of(500, 2_000 + (seed % 2)),
        [typeof(ActivityCalculator)] = _ => new ActivityCalculator(),
        [typeof(ChannelActivity)] = seed => Activity(seed),
        [typeof(FigureComparison)] = seed => FigureComparison.Of(Reach(seed).Channels[1].Potential, Reach(seed).Channels[2 + (seed % 2)].Potential),
        [typeof(RankedFigure)] = seed => RankedFigure.Rank(Reach(seed).Channels.Select(channel => channel.Potential))[0],
        [typeof(WeightDominance)] = seed => WeightDominance.Of((100 + (seed % 2), 2, 0, 1), (30, 10, 4, 1)),
        [typeof(SeriesBreak)] = seed => new SeriesBreak(new LocalDate(2014, 11, 1 + (seed % 2)), EngagementRatioDefinitions.ByImpressions, EngagementRatioDefinitions.ByViews, "views"),
        [typeof(SeriesBreak[])] = _ => Array.Empty<SeriesBreak>(),
        [typeof(FigureSeries)] = seed => FigureSeries.Of([Reach(seed).Gross]),
        [typeof(IEnumerable<Figure>)] = seed => new[] { Reach(seed).Gross },
        [typeof(ValueTuple<long, long, long, long>)] = _ => (1L, 1L, 1L, 1L),
        [typeof(EngagementRatioDraft)] = seed => new EngagementRatioDraft { Name = Text(seed), Base = EngagementBase.Views },
        [typeof(EngagementRatioDraftValidator)] = _ => new EngagementRatioDraftValidator(),
        [typeof(IReadOnlyList<InteractionId>)] = _ => new[] { new InteractionId("i-1") },
        [typeof(IReadOnlyList<(InteractionKind, double)>)] = _ => new[] { (InteractionKind.Like, 1.0) },
        [typeof(IReadOnlyList<ActorRole>)] = _ => new[] { ActorRole.Member },
        [typeof(PortfolioValidator)] = _ => new PortfolioValidator(),
        [typeof(DistinctActors)] = seed => DistinctActors.Of(new long[] { 1, 1 + (seed % 2) }),
        [typeof(ThetaSketch)] = seed => ThetaSketch.Of([1, 1 + (seed % 2)]),
        [typeof(ThetaSketchBuilder)] = _ => new ThetaSketchBuilder(),
        [typeof(DistinctEstimate)] = seed => ThetaSketch.Of([1, 1 + (seed % 2)]).Estimate(),
        [typeof(IEnumerable<ThetaSketch>)] = _ => new[] { ThetaSketch.Empty },
        [typeof(LocalCalendar)] = seed => LocalCalendar.Days(Ihk.Berlin, LocalPeriod.Month(2014, 11 + (seed % 2))),
        [typeof(RollUpOptions)] = seed => new RollUpOptions { DegreeOfParallelism = 1 + (seed % 2) },
        [typeof(InteractionLog)] = Log,
        [typeof(InteractionLogBuilder)] = _ => new InteractionLogBuilder(),
        [typeof(RollUp)] = seed => RollUp.Of(Log(seed), LocalCalendar.Days(Ihk.Berlin, Ihk.November)),
        [typeof(RollUpCell)] = seed => RollUp.Of(Log(seed), LocalCalendar.Days(Ihk.Berlin, Ihk.November)).Cells.First(),
        [typeof(RollUpExposure)] = seed => RollUp.OfPublications([new Publication("p", Ihk.Xing.Id, Ihk.Noon) { Exposures = new Exposures(Count.Observed(seed % 2)) }], LocalCalendar.Days(Ihk.Berlin, Ihk.November)).Exposures[0],
        [typeof(QuarterHourCells)] = seed => QuarterHourCells.Of(Log(seed), Ihk.Noon, Ihk.Noon + Duration.FromHours(48)),
        [typeof(CancellationToken)] = _ => CancellationToken.None,
        [typeof(ReadOnlyMemory<long>)] = _ => new ReadOnlyMemory<long>([Ihk.Noon.ToUnixTimeMilliseconds()]),
        [typeof(ReadOnlyMemory<int>)] = _ => new ReadOnlyMemory<int>([0]),
        [typeof(ReadOnlyMemory<byte>)] = _ => new ReadOnlyMemory<byte>([2]),
        [typeof(IEnumerable<ChannelId>)] = _ => new[] { Ihk.Xing.Id },
        [typeof(IEnumerable<PublicationId>)] = _ => new[] { new PublicationId("p") },
        [typeof(IEnumerable<ActorId>)] = _ => new[] { new ActorId("a") },
        [typeof(IEnumerable<Interaction>)] = _ => new[] { new Interaction("i", Ihk.Xing.Id, InteractionKind.Like, Ihk.Noon, ActorRole.Member) },
        [typeof(IEnumerable<Publication>)] = _ => new[] { new Publication("p", Ihk.Xing.Id, Ihk.Noon) },
        [typeof(IEnumerable<InteractionLog>)] = seed => new[] { Log(seed) },
        [typeof(IEnumerable<RollUp>)] = _ => new[] { RollUp.Empty(LocalCalendar.Days(Ihk.Berlin, Ihk.November)) },
        [typeof(IEnumerable<Count>)] = _ => new[] { Count.Missing },
        [typeof(IEnumerable<AudienceSnapshot>)] = _ => new[] { Ihk.Audience(Ihk.Xing, Count.Missing) },
        [typeof(IEnumerable<(ChannelId Channel, ThetaSketch Sketch)>)] = _ => new[] { (Ihk.Xing.Id, ThetaSketch.Empty) },
        [typeof(IEnumerable<(ChannelId Channel, ActorId Actor)>)] = _ => new[] { (Ihk.Xing.Id, new ActorId("a")) },
        [typeof(InteractionKind[])] = _ => new[] { InteractionKind.Like },
        [typeof(ActorRole[])] = _ => new[] { ActorRole.Member },
    };

    public static IEnumerable<Type> Types => Makers.Keys;

    /// <summary>A value of a type; seeds of equal parity give equal values, others different ones.</summary>
    public static object Of(Type type, int seed = 0) =>
        Makers.TryGetValue(type, out Func<int, object>? make) ? make(seed)
        : type.IsEnum ? Enum.GetValues(type).GetValue(1 + (seed % 2))!
        : Nullable.GetUnderlyingType(type) is { } inner ? Of(inner, seed)
        : type.IsPrimitive || type == typeof(decimal) ? Convert.ChangeType(1, type, System.Globalization.CultureInfo.InvariantCulture)
        : throw new InvalidOperationException($"Samples knows no {type}: add a line.");

    private static InteractionLog Log(int seed) => new InteractionLogBuilder().Add(Ihk.Xing.Id, InteractionKind.Like, Ihk.Noon + Duration.FromHours(24 * (seed % 2)), ActorRole.Member).Build();

    private static ObservedReach Observed(int seed) => ObservedReach.Of([Ihk.Xing.Id, Ihk.Facebook.Id], [(Ihk.Xing.Id, new ActorId("a")), (seed % 2 == 0 ? Ihk.Xing.Id : Ihk.Facebook.Id, new ActorId("b"))]);

    private static Benefit AnyBenefit(int seed) => Benefit.Of(Text(seed), "gains", "Gewinne", [KeyValuePair.Create(Ihk.Xing.Id, Count.Observed(1 + (seed % 2)))]);

    private static EffortBenefitResult Efforts(int seed) => new EffortBenefitCalculator().Calculate(Portfolio.For(Ihk.Chamber).Add(Ihk.Xing).Add(new Effort(Ihk.Xing.Id, Ihk.November) { StaffTime = Duration.FromHours(1) }).Build(), Ihk.November, [AnyBenefit(seed)]);

    private static Interaction[] Talk(int seed) =>
    [
        new("q", Ihk.Xing.Id, InteractionKind.Question, Ihk.Noon, ActorRole.Member) { Actor = new ActorId(Text(seed)) },
        .. Enumerable.Range(0, 1 + (seed % 2)).Select(index => new Interaction(Text(index), Ihk.Xing.Id, InteractionKind.Reply, Ihk.Noon + Duration.FromHours(1 + index), ActorRole.Staff) { ReplyTo = new InteractionId("q") }),
        .. seed % 2 == 0 ? Array.Empty<Interaction>() : [new("r", Ihk.Xing.Id, InteractionKind.Comment, Ihk.Noon + Duration.FromHours(3), ActorRole.Member) { ReplyTo = new InteractionId("a") }],
    ];

    private static DialogueResult Dialogue(int seed) => new DialogueCalculator().Calculate(Talk(seed).Aggregate(Portfolio.For(Ihk.Chamber).Add(Ihk.Xing), (builder, interaction) => builder.Add(interaction)).Build(), Ihk.November);

    private static string Text(int seed) => seed % 2 == 0 ? "a" : "b";

    private static ChannelActivity Activity(int seed) => new ActivityCalculator().Calculate(Ihk.Seed(), LocalPeriod.Month(2014, 11 + (seed % 2)))[0];

    private static ReachPerMemberResult Reach(int seed) => new ReachPerMemberCalculator().Calculate(Ihk.Seed(Count.Observed(1_000 + (seed % 2))), Ihk.November);
}
