namespace Engagement.Core;

/// <summary>The definitions of reach. Their parts are fixed; all definitions together are in <c>Definitions</c>.</summary>
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
        "Fréchet (1935); Hunter (1976), Worsley (1982); Dawson and Sankoff (1967); Sainsbury's random duplication; Agostini (1961)",
        "N/U · N: between max(F) and min(U, ΣF) over the channels' audiences F, narrowed by known overlaps S: at most ΣF − their heaviest spanning forest, at least the best pair F + F′ − S and 2/(k + 1)·S₁ − 2/(k(k + 1))·S₂ over the best choice of channels with a known overlap, S₁ the sum of their F, S₂ of their S (of an unknown one the smaller F), k = 1 + ⌊2·S₂/S₁⌋; by independence U·(1 − Π(1 − F/U)); by Agostini (ΣF)²/(1.125·ΣS + ΣF), where every overlap S is known · U: the size of the members' universe by the period's end",
        "N/U · N: zwischen max(F) und min(U, ΣF) über die Publika F der Kanäle, enger mit bekannten Überschneidungen S: höchstens ΣF − ihr schwerster Spannwald, mindestens das beste Paar F + F′ − S und 2/(k + 1)·S₁ − 2/(k(k + 1))·S₂ über die beste Auswahl von Kanälen mit bekannter Überschneidung, S₁ die Summe ihrer F, S₂ ihrer S (einer unbekannten: das kleinere F), k = 1 + ⌊2·S₂/S₁⌋; bei Unabhängigkeit U·(1 − Π(1 − F/U)); nach Agostini (ΣF)²/(1,125·ΣS + ΣF), wenn jede Überschneidung S bekannt ist · U: die Größe der Grundgesamtheit der Mitglieder zum Ende des Zeitraums");

    /// <summary>E/F: those whom one channel alone reaches, over its audience: what would be lost without it. Between bounds where overlaps are not known.</summary>
    public static Definition ExclusiveReach { get; } = new MetricDefinition(
        "exclusive-reach",
        100,
        null,
        "exclusive reach, media research",
        "E/F · E: in the channel's audience and in no other; at least F − Σ of what it shares with each other channel, at most F − the largest of these · F: the audience",
        "E/F · E: im Publikum des Kanals und in keinem anderen; mindestens F − Σ des mit jedem anderen Kanal Geteilten, höchstens F − das größte davon · F: das Publikum");

    /// <summary>A/U: what a channel adds to those before it, when each next channel is the one that adds most.</summary>
    public static Definition AddedReach { get; } = new MetricDefinition(
        "added-reach",
        100,
        null,
        "incremental reach, media research; the greedy order of maximum coverage (Nemhauser, Wolsey and Fisher 1978)",
        "A/U · A: in the channel's audience and in none of the channels before it; each next channel adds most · U: the size of the universe",
        "A/U · A: im Publikum des Kanals und in keinem der Kanäle davor; jeder nächste Kanal bringt am meisten hinzu · U: die Größe der Grundgesamtheit");

    /// <summary>S/F: those whom a channel shares with another, over its audience.</summary>
    public static Definition SharedReach { get; } = new MetricDefinition(
        "shared-reach",
        100,
        null,
        "duplication, media research",
        "S/F · S: in the audiences of both channels · F: the audience of the first",
        "S/F · S: im Publikum beider Kanäle · F: das Publikum des ersten");

    /// <summary>C/N from identities: contacts per person reached, every person once; with it net and effective reach, overlaps and exclusive reach.</summary>
    public static Definition ObservedReach { get; } = new MetricDefinition(
        "observed-reach",
        1,
        null,
        "net reach and contact distribution, media research",
        "C/N · N: distinct persons, each once on however many channels, Σn · C: their contacts, the sum of contacts times n · k+: the n with k contacts or more · reach of a channel, overlap of two and exclusive reach: the n of all sets with the channel, with both, and of the channel alone",
        "C/N · N: verschiedene Personen, jede einmal, auf wie vielen Kanälen auch immer, Σn · C: ihre Kontakte, die Summe aus Kontakten mal n · k+: die n mit k Kontakten oder mehr · Reichweite eines Kanals, Überschneidung zweier und exklusive Reichweite: die n aller Mengen mit dem Kanal, mit beiden und des Kanals allein",
        terms: ("n", "1"));

    /// <summary>C/R: contacts per person reached.</summary>
    public static Definition AverageFrequency { get; } = new MetricDefinition(
        "average-frequency",
        1,
        null,
        "average frequency (opportunities to see), media research",
        "C/R · C: impressions of the period's publications that state impressions and reach · R: distinct persons reached by them; of several at least the largest, at most the sum",
        "C/R · C: Kontakte mit den Veröffentlichungen des Zeitraums, die Kontakte und Reichweite nennen · R: verschiedene Personen, die sie erreicht haben; bei mehreren mindestens die größte, höchstens die Summe");

    /// <summary>C/U·100: contacts per hundred members.</summary>
    public static Definition GrossRatingPoints { get; } = new MetricDefinition(
        "gross-rating-points",
        100,
        null,
        "gross rating points, media research",
        "C/U · C: impressions of the period's publications · U: the size of the members' universe by the period's end",
        "C/U · C: Kontakte mit den Veröffentlichungen des Zeitraums · U: die Größe der Grundgesamtheit der Mitglieder zum Ende des Zeitraums");

    /// <summary>(t/T)/(m/U)·100: coverage of the channel's own target over coverage of the members.</summary>
    public static Definition Affinity { get; } = new MetricDefinition(
        "affinity",
        100,
        null,
        "affinity index, media research",
        "t/m · t: coverage of the channel's own target: target members in the audience over that target universe · m: coverage of the members: members in the audience over the members' universe",
        "t/m · t: Abdeckung der eigenen Zielgruppe des Kanals: deren Mitglieder im Publikum je Größe dieser Zielgruppe · m: Abdeckung der Mitglieder: Mitglieder im Publikum je Größe ihrer Grundgesamtheit");

    /// <summary>All of them, in this order.</summary>
    public static IReadOnlyList<Definition> All { get; } = new ValueList<Definition>([ReachPerMember, MeasuredReachPerMember, MemberCoverage, OnTargetShare, TargetCoverage, NetReachPerMember, ExclusiveReach, AddedReach, SharedReach, ObservedReach, AverageFrequency, GrossRatingPoints, Affinity]);
}
