namespace Engagement.Core;

/// <summary>The definitions of effort in proportion to benefit.</summary>
internal static class EffortDefinitions
{
    private const string Ours = "effort in proportion to benefit, this library";

    public static MetricDefinition EffortShare { get; } = new MetricDefinition(
        "effort-share", 100, null, Ours,
        "E/T · E: the channel's effort in the period · T: the effort of all channels whose effort and benefit are known",
        "E/T · E: der Aufwand des Kanals im Zeitraum · T: der Aufwand aller Kanäle, deren Aufwand und Wirkung bekannt sind");

    public static MetricDefinition BenefitShare { get; } = new MetricDefinition(
        "benefit-share", 100, null, Ours,
        "B/T · B: the channel's benefit in the period · T: the benefit of all channels whose effort and benefit are known",
        "B/T · B: die Wirkung des Kanals im Zeitraum · T: die Wirkung aller Kanäle, deren Aufwand und Wirkung bekannt sind");

    public static MetricDefinition Proportionality { get; } = new MetricDefinition(
        "proportionality-index", 1, null, Ours,
        "b/e · b: the channel's share of the benefit · e: its share of the effort; 1 is in proportion",
        "b/e · b: der Anteil des Kanals an der Wirkung · e: sein Anteil am Aufwand; 1 heißt im Verhältnis");

    public static MetricDefinition HoursPerBenefit { get; } = new MetricDefinition(
        "hours-per-benefit", 1, null, "hours per conversation, working-time accounting",
        "E/B · E: hours of staff time on the channel in the period · B: its benefit, such as conversations",
        "E/B · E: Arbeitsstunden für den Kanal im Zeitraum · B: seine Wirkung, etwa Gespräche");

    public static MetricDefinition CostPerBenefit { get; } = new MetricDefinition(
        "cost-per-benefit", 1, null, "cost per interaction, cost accounting",
        "E/B · E: money spent on the channel in the period · B: its benefit, such as interactions",
        "E/B · E: Geld für den Kanal im Zeitraum · B: seine Wirkung, etwa Interaktionen");

    public static MetricDefinition CostPerThousandContacts { get; } = new MetricDefinition(
        "cost-per-thousand-contacts", 1_000, null, "CPM (TKP), media planning",
        "E/C · E: money spent on the channel in the period · C: contacts with its publications of the period",
        "E/C · E: Geld für den Kanal im Zeitraum · C: Kontakte mit seinen Veröffentlichungen des Zeitraums");

    public static MetricDefinition BreakEven { get; } = new MetricDefinition(
        "break-even", 1, null, Ours,
        "P/T · P: the channel's effort times the benefit of all channels whose effort and benefit are known · T: their effort; so much benefit would bring the channel to the average",
        "P/T · P: der Aufwand des Kanals mal der Wirkung aller Kanäle, deren Aufwand und Wirkung bekannt sind · T: deren Aufwand; so viel Wirkung brächte den Kanal auf den Durchschnitt");

    public static IReadOnlyList<Definition> All { get; } = new ValueList<Definition>([EffortShare, BenefitShare, Proportionality, HoursPerBenefit, CostPerBenefit, CostPerThousandContacts, BreakEven]);
}
