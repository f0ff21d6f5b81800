namespace Engagement.Core;

/// <summary>The ready-made recipes of the engagement ratio: those of the field, and those of the vendors under their own names, so that a tool's figure can be reproduced and told apart.</summary>
/// <remarks>
/// <para>Where nothing else is said, a recipe counts <see cref="InteractionSelection.Standard"/>, life-time, of what was published in the period. <see cref="Definitions"/> has the other metrics too.</para>
/// <example><c>new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach)</c></example>
/// </remarks>
public static class EngagementRatioDefinitions
{
    private const string CommonUse = "common use";
    private const string BonsonRatkai = "E. Bonsón, M. Ratkai: A set of metrics to assess stakeholder engagement and social legitimacy on a corporate Facebook page, Online Information Review 37 (2013)";
    private const string Kaushik = "A. Kaushik: Best Social Media Metrics, Occam's Razor (2011)";

    private static readonly InteractionSelection Likes = new(InteractionKind.Like);
    private static readonly InteractionSelection Comments = new(InteractionKind.Comment, InteractionKind.Reply);
    private static readonly InteractionSelection Shares = new(InteractionKind.Share, InteractionKind.Repost, InteractionKind.Forward, InteractionKind.Quote);

    /// <summary>ΣI/ΣF: interactions per follower, with the followers at each publication.</summary>
    public static EngagementRatioDefinition ByFollowers { get; } = new("by-followers", EngagementBase.PotentialReach, source: CommonUse);

    /// <summary>ΣI/ΣR: interactions per person reached by each publication.</summary>
    public static EngagementRatioDefinition ByReach { get; } = new("by-reach", EngagementBase.MeasuredReach, source: CommonUse);

    /// <summary>ΣI/ΣM: interactions per impression.</summary>
    public static EngagementRatioDefinition ByImpressions { get; } = new("by-impressions", EngagementBase.Impressions, source: CommonUse);

    /// <summary>ΣI/ΣV: interactions per view.</summary>
    public static EngagementRatioDefinition ByViews { get; } = new("by-views", EngagementBase.Views, source: CommonUse);

    /// <summary>ΣI/U: interactions per member, by the newest size of the universe; shown per 1,000.</summary>
    public static EngagementRatioDefinition ByMembers { get; } = new("by-members", EngagementBase.Members, BaseAsOf.Latest, scale: 1_000, source: CommonUse);

    /// <summary>ΣI/P: interactions per publication.</summary>
    public static EngagementRatioDefinition PerPublication { get; } = new("per-publication", EngagementBase.Publications, scale: 1, source: CommonUse);

    /// <summary>ΣI/A: interactions per active person, by interaction date.</summary>
    public static EngagementRatioDefinition PerActivePerson { get; } = new("per-active-person", EngagementBase.ActiveAudience, attribution: Attribution.ByInteractionDate, scale: 1, source: CommonUse);

    /// <summary>The mean over days of I/F: each day's interactions per follower of that day; days without interactions count as 0.</summary>
    public static EngagementRatioDefinition Daily { get; } = new("daily", EngagementBase.PotentialReach, BaseAsOf.DailyMean, Aggregation.MeanOfDays, source: CommonUse);

    /// <summary>CrowdTangle's rate of a post: I/F with the followers at posting; of several posts the mean. 10 over 800 are 1.25 %.</summary>
    public static EngagementRatioDefinition CrowdTanglePost { get; } = new("crowdtangle-post", EngagementBase.PotentialReach, aggregation: Aggregation.MeanOfPublications, source: "CrowdTangle, interaction rate of a post");

    /// <summary>CrowdTangle's rate of a page: I/P/F with the average followers of the period. 100 on 7 posts over 1,250 are 1.142857 %.</summary>
    public static EngagementRatioDefinition CrowdTanglePage { get; } = new("crowdtangle-page", EngagementBase.PotentialReach, BaseAsOf.DailyMean, Aggregation.MeanOfPublications, source: "CrowdTangle, interaction rate of a page");

    /// <summary>quintly's interaction rate: I/P/F with F the mean of the period's start and end. Without a publication undefined (the vendor prints 0).</summary>
    public static EngagementRatioDefinition QuintlyInteractionRate { get; } = new("quintly-interaction-rate", EngagementBase.PotentialReach, BaseAsOf.StartEndMean, Aggregation.MeanOfPublications, source: "quintly, interaction rate");

    /// <summary>Fanpage Karma's engagement: the mean over days of I/F; days without posts count as 0.</summary>
    public static EngagementRatioDefinition FanpageKarmaEngagement { get; } = new("fanpagekarma-engagement", EngagementBase.PotentialReach, BaseAsOf.DailyMean, Aggregation.MeanOfDays, source: "Fanpage Karma, engagement");

    /// <summary>Fanpage Karma's post interaction: I/P/F with the newest followers of the period. 30 on 10 posts over 200 are 1.5 %.</summary>
    public static EngagementRatioDefinition FanpageKarmaPostInteraction { get; } = new("fanpagekarma-post-interaction", EngagementBase.PotentialReach, BaseAsOf.Latest, Aggregation.MeanOfPublications, source: "Fanpage Karma, post interaction rate");

    /// <summary>LinkedIn's engagement: clicks, reactions, comments and shares over impressions. May exceed 1. Counts are those after corrections: a like taken back lowers the life-time count and is no negative number.</summary>
    public static EngagementRatioDefinition LinkedInEngagement { get; } = new(
        "linkedin-engagement",
        EngagementBase.Impressions,
        selection: new(InteractionKind.Click, InteractionKind.Like, InteractionKind.Emoji, InteractionKind.Comment, InteractionKind.Reply, InteractionKind.Share, InteractionKind.Repost),
        source: "LinkedIn, share statistics: engagement");

    /// <summary>Kaushik's applause rate: likes per publication.</summary>
    public static EngagementRatioDefinition KaushikApplause { get; } = new("kaushik-applause", EngagementBase.Publications, selection: Likes, scale: 1, source: Kaushik);

    /// <summary>Kaushik's conversation rate: comments and replies per publication, the organisation's own left out.</summary>
    public static EngagementRatioDefinition KaushikConversation { get; } = new("kaushik-conversation", EngagementBase.Publications, selection: Comments, scale: 1, source: Kaushik);

    /// <summary>Kaushik's amplification rate: shares per publication, the organisation's own left out.</summary>
    public static EngagementRatioDefinition KaushikAmplification { get; } = new("kaushik-amplification", EngagementBase.Publications, selection: Shares, scale: 1, source: Kaushik);

    /// <summary>Popularity P3 of Bonsón and Ratkai: likes per publication and 1,000 followers.</summary>
    public static EngagementRatioDefinition BonsonRatkaiPopularity { get; } = OfBonsonRatkai("bonson-ratkai-popularity", Likes);

    /// <summary>Commitment C3 of Bonsón and Ratkai: comments per publication and 1,000 followers.</summary>
    public static EngagementRatioDefinition BonsonRatkaiCommitment { get; } = OfBonsonRatkai("bonson-ratkai-commitment", Comments);

    /// <summary>Virality V3 of Bonsón and Ratkai: shares per publication and 1,000 followers.</summary>
    public static EngagementRatioDefinition BonsonRatkaiVirality { get; } = OfBonsonRatkai("bonson-ratkai-virality", Shares);

    /// <summary>Engagement of Bonsón and Ratkai: P3 + C3 + V3.</summary>
    public static EngagementRatioDefinition BonsonRatkaiEngagement { get; } = OfBonsonRatkai("bonson-ratkai-engagement", new([.. Likes.Kinds, .. Comments.Kinds, .. Shares.Kinds]));

    /// <summary>Virality: shares per impression.</summary>
    public static EngagementRatioDefinition ViralityByImpressions { get; } = new("virality-by-impressions", EngagementBase.Impressions, selection: Shares, source: CommonUse);

    /// <summary>Click-through rate: clicks per impression.</summary>
    public static EngagementRatioDefinition ClickThrough { get; } = new("click-through", EngagementBase.Impressions, selection: new(InteractionKind.Click), source: CommonUse);

    /// <summary>Save rate: saves per person reached.</summary>
    public static EngagementRatioDefinition SaveRate { get; } = new("save-rate", EngagementBase.MeasuredReach, selection: new(InteractionKind.Save), source: CommonUse);

    /// <summary>All of them, in this order.</summary>
    public static IReadOnlyList<EngagementRatioDefinition> All { get; } = new ValueList<EngagementRatioDefinition>(
    [
        ByFollowers, ByReach, ByImpressions, ByViews, ByMembers, PerPublication, PerActivePerson, Daily,
        CrowdTanglePost, CrowdTanglePage, QuintlyInteractionRate, FanpageKarmaEngagement, FanpageKarmaPostInteraction, LinkedInEngagement,
        KaushikApplause, KaushikConversation, KaushikAmplification,
        BonsonRatkaiPopularity, BonsonRatkaiCommitment, BonsonRatkaiVirality, BonsonRatkaiEngagement,
        ViralityByImpressions, ClickThrough, SaveRate,
    ]);

    private static EngagementRatioDefinition OfBonsonRatkai(string name, InteractionSelection selection) =>
        new(name, EngagementBase.PotentialReach, BaseAsOf.Latest, Aggregation.MeanOfPublications, selection: selection, scale: 1_000, source: BonsonRatkai);
}
