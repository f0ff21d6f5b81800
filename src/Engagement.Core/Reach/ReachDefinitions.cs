namespace Engagement.Core;

/// <summary>The definitions of reach. Their parts are fixed; all definitions together are in <c>Definitions</c>.</summary>
/// <remarks><example><c>ReachDefinitions.MemberCoverage.Formula(Language.German)</c></example></remarks>
public static class ReachDefinitions
{
    private const string Planning = "audience over universe, the planning figure of media research";

    /// <summary>F/U: the newest audience before the period's end per member. A rate: it may exceed 1, and units may differ.</summary>
    public static Definition ReachPerMember { get; } = new MetricDefinition(
        "reach-per-member",
        1_000,
        IntervalMethod.Garwood,
        Planning,
        "F/U · F: the newest audience before the period's end · U: the size of the members' universe then",
        "F/U · F: das jüngste Publikum vor dem Ende des Zeitraums · U: die Größe der Grundgesamtheit der Mitglieder zu dieser Zeit");

    /// <summary>R/U: distinct persons reached by the period's publications per member.</summary>
    public static Definition MeasuredReachPerMember { get; } = new MetricDefinition(
        "measured-reach-per-member",
        1_000,
        IntervalMethod.Garwood,
        "measured (net) reach over universe, media research",
        "R/U · R: distinct persons reached by the publications of the period; of several at least the largest, at most the sum · U: the size of the members' universe by the period's end",
        "R/U · R: verschiedene Personen, die die Veröffentlichungen des Zeitraums erreicht haben; bei mehreren mindestens die größte, höchstens die Summe · U: die Größe der Grundgesamtheit der Mitglieder zum Ende des Zeitraums");

    /// <summary>m/U: members in the audience over members. A proportion.</summary>
    public static Definition MemberCoverage { get; } = new MetricDefinition(
        "member-coverage",
        100,
        IntervalMethod.Wilson,
        "coverage of a universe, media research",
        "m/U · m: members in the newest audience before the period's end · U: the size of the members' universe then, in the same unit",
        "m/U · m: Mitglieder im jüngsten Publikum vor dem Ende des Zeitraums · U: die Größe der Grundgesamtheit der Mitglieder zu dieser Zeit, in derselben Einheit");

    /// <summary>m/F: members in the audience over the audience ("die Richtigen"). A proportion.</summary>
    public static Definition OnTargetShare { get; } = new MetricDefinition(
        "on-target-share",
        100,
        IntervalMethod.Wilson,
        "on-target percentage, media research",
        "m/F · m: members in the newest audience before the period's end · F: that audience",
        "m/F · m: Mitglieder im jüngsten Publikum vor dem Ende des Zeitraums · F: dieses Publikum");

    /// <summary>t/T: target members in the audience over the channel's own target universe. A proportion.</summary>
    public static Definition TargetCoverage { get; } = new MetricDefinition(
        "target-coverage",
        100,
        IntervalMethod.Wilson,
        "coverage of a universe, media research",
        "t/T · t: target members in the newest audience before the period's end · T: the size of the channel's own target universe then, in the same unit",
        "t/T · t: Mitglieder der Zielgruppe im jüngsten Publikum vor dem Ende des Zeitraums · T: die Größe der eigenen Zielgruppe des Kanals zu dieser Zeit, in derselben Einheit");

    /// <summary>Net reach per member: bounds and a model, never one bare number; so no interval belongs to it.</summary>
    public static Definition NetReachPerMember { get; } = new MetricDefinition(
        "net-reach-per-member",
        100,
        null,
        "Fréchet bounds; Sainsbury's random duplication",
        "N/U · N: between max(F) and min(U, ΣF) over the channels' audiences F; by independence U·(1 − Π(1 − F/U)) · U: the size of the members' universe by the period's end",
        "N/U · N: zwischen max(F) und min(U, ΣF) über die Publika F der Kanäle; bei Unabhängigkeit U·(1 − Π(1 − F/U)) · U: die Größe der Grundgesamtheit der Mitglieder zum Ende des Zeitraums");

    /// <summary>All of them, in this order.</summary>
    public static IReadOnlyList<Definition> All { get; } = new ValueList<Definition>([ReachPerMember, MeasuredReachPerMember, MemberCoverage, OnTargetShare, TargetCoverage, NetReachPerMember]);
}
