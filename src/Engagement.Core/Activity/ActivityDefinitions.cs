namespace Engagement.Core;

/// <summary>The definitions of who takes part: audience growth, stickiness, concentration, and how many user posts are answered. Their parts are fixed.</summary>
internal static class ActivityDefinitions
{
    private const string Nielsen = "J. Nielsen: Participation Inequality (2006)";

    /// <summary>(F₁ − F₀)/F₀: the change of the audience from the period's start to its end; may be negative.</summary>
    public static Definition AudienceGrowth { get; } = new MetricDefinition(
        "audience-growth",
        100,
        null,
        "common use",
        "(F₁−F₀)/F₀; per week (F₁/F₀)^(7/days)−1 · F₀: the newest audience not after the start of the period, and no older than half the period is long · F₁: the newest audience not after its end, and later than its start",
        "(F₁−F₀)/F₀; je Woche (F₁/F₀)^(7/Tage)−1 · F₀: das jüngste Publikum bis zum Beginn des Zeitraums, nicht älter, als dieser zur Hälfte lang ist · F₁: das jüngste Publikum bis zu seinem Ende, nach seinem Beginn",
        ("F₁−F₀", "F₀"));

    /// <summary>DAU/MAU: the mean number of distinct actors of a day over the distinct actors of the period.</summary>
    public static Definition Stickiness { get; } = new MetricDefinition(
        "stickiness",
        100,
        IntervalMethod.Jackknife,
        "DAU/MAU, common use",
        "Σa/D/A · a: distinct actors of a day · D: days of the period · A: distinct actors of the period",
        "Σa/D/A · a: verschiedene Handelnde eines Tages · D: Tage des Zeitraums · A: verschiedene Handelnde des Zeitraums",
        ("Σa/D", "A"),
        ("a", "A"));

    /// <summary>Answered user posts over user posts: those that the organisation or its staff answered, as the response rate counts answers. A proportion.</summary>
    public static Definition ServiceLevel { get; } = new MetricDefinition(
        "service-level",
        100,
        IntervalMethod.Wilson,
        "response rate of customer care, replies only; common use",
        "r/Q · r: those of Q that the organisation or its staff answered in the same strand of the conversation, whenever that was · Q: posts and questions of others in the period",
        "r/Q · r: davon im selben Strang des Gesprächs von der Organisation oder ihrem Personal beantwortet, wann auch immer · Q: Beiträge und Fragen anderer im Zeitraum");

    /// <summary>k/A: the smallest number of actors who give half of the contributions (the "absence factor", the numerator), among all who contribute.</summary>
    public static Definition AbsenceFactor { get; } = new MetricDefinition(
        "absence-factor",
        100,
        null,
        "CHAOSS: Contributor Absence Factor",
        "k/A · k: the smallest number of actors whose contributions c are at least half of all · A: the actors who contribute",
        "k/A · k: die kleinste Zahl Handelnder, deren Beiträge c mindestens die Hälfte aller sind · A: die Handelnden, die beitragen",
        terms: ("c", "A"));

    /// <summary>Gini's coefficient of the contributions among those who contribute: 0 when all give the same.</summary>
    public static Definition Gini { get; } = new MetricDefinition(
        "gini",
        1,
        null,
        "C. Gini: Variabilità e mutabilità (1912)",
        "G = Σ(2i−A−1)·c/(A·Σc) · G: the coefficient itself · c: contributions of an actor, the least first · i: place in that order · A: the actors who contribute",
        "G = Σ(2i−A−1)·c/(A·Σc) · G: der Koeffizient selbst · c: Beiträge eines Handelnden, der kleinste zuerst · i: Platz in dieser Ordnung · A: die Handelnden, die beitragen",
        ("G", null),
        ("c", "1"));

    /// <summary>Creators over the audience: actors with a post of their own. A proportion.</summary>
    public static Definition CreatorShare { get; } = new MetricDefinition(
        "creator-share",
        100,
        IntervalMethod.Wilson,
        Nielsen,
        "c/F · c: actors with a post of their own in the period · F: the newest audience before its end",
        "c/F · c: Handelnde mit einem eigenen Beitrag im Zeitraum · F: das jüngste Publikum vor seinem Ende");

    /// <summary>Contributors over the audience: actors who react, talk or pass on, without a post of their own. A proportion.</summary>
    public static Definition ContributorShare { get; } = new MetricDefinition(
        "contributor-share",
        100,
        IntervalMethod.Wilson,
        Nielsen,
        "p/F · p: actors of the period without a post of their own · F: the newest audience before its end",
        "p/F · p: Handelnde des Zeitraums ohne eigenen Beitrag · F: das jüngste Publikum vor seinem Ende");

    /// <summary>The silent over the audience: those who are not among the actors of the period. A proportion.</summary>
    public static Definition SilentShare { get; } = new MetricDefinition(
        "silent-share",
        100,
        IntervalMethod.Wilson,
        Nielsen,
        "s/F · s: the audience without the actors of the period · F: the newest audience before its end",
        "s/F · s: das Publikum ohne die Handelnden des Zeitraums · F: das jüngste Publikum vor seinem Ende");

    /// <summary>All of them, in this order.</summary>
    public static IReadOnlyList<Definition> All { get; } = new ValueList<Definition>([AudienceGrowth, Stickiness, ServiceLevel, AbsenceFactor, Gini, CreatorShare, ContributorShare, SilentShare]);
}
