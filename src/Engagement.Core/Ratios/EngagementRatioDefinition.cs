using System.Globalization;

namespace Engagement.Core;

/// <summary>The recipe of an engagement ratio: what counts, over what, as of when, how added up, and which interactions belong to a period.</summary>
/// <remarks>
/// <para>Immutable; equality is by value, all parts included; no order. The ready-made recipes are in <see cref="EngagementRatioDefinitions"/>.</para>
/// <para>A base that is a stock (<see cref="EngagementBase.PotentialReach"/>, <see cref="EngagementBase.Members"/>) is taken by <see cref="BaseAsOf"/>: per publication and summed, or of the period and standing once. The other bases belong to their publications.</para>
/// <example><c>EngagementRatioDefinitions.ByReach.With("by-reach-mean", aggregation: Aggregation.MeanOfPublications)</c></example>
/// </remarks>
public sealed record EngagementRatioDefinition : Definition
{
    /// <summary>A definition from its parts.</summary>
    /// <param name="name">Its name, which every figure repeats.</param>
    /// <param name="base">What interactions are divided by.</param>
    /// <param name="baseAsOf">As of when a stock is taken; must be <see cref="BaseAsOf.AtPublication"/>, the default, for bases that are no stock.</param>
    /// <param name="aggregation">How one figure is made of many; pooled by default.</param>
    /// <param name="attribution">Which interactions belong to a period; those of its publications by default.</param>
    /// <param name="selection">Which interactions count; <see cref="InteractionSelection.Standard"/> by default.</param>
    /// <param name="scale">For display: 1, 100 (percent, the default) or 1,000.</param>
    /// <param name="version">The version, from 1.</param>
    /// <param name="source">Whose recipe it is; none by default.</param>
    /// <exception cref="ArgumentException">The name is not an identifier, the source is blank, or parts contradict each other.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A part is unspecified, the scale is not 1, 100 or 1,000, or the version is below 1.</exception>
    public EngagementRatioDefinition(
        string name,
        EngagementBase @base,
        BaseAsOf baseAsOf = BaseAsOf.AtPublication,
        Aggregation aggregation = Aggregation.Pooled,
        Attribution attribution = Attribution.ByPublicationDate,
        InteractionSelection? selection = null,
        int scale = 100,
        int version = 1,
        string? source = null)
        : base(new DefinitionId(name, version), CheckedScale(scale), source is null ? null : Guard.NotBlank(source))
    {
        Base = Guard.Known(@base);
        BaseAsOf = Guard.Known(baseAsOf);
        Aggregation = Guard.Known(aggregation);
        Attribution = Guard.Known(attribution);
        Selection = selection ?? InteractionSelection.Standard;
        if (EngagementRatioRules.Contradiction(@base, baseAsOf, aggregation, attribution) is var (part, value, rule, cure)) throw new ArgumentException($"{part} ({value}) {rule}: {cure}.", part);
    }

    /// <summary>What interactions are divided by.</summary>
    public EngagementBase Base { get; }

    /// <summary>As of when a stock is taken.</summary>
    public BaseAsOf BaseAsOf { get; }

    /// <summary>How one figure is made of many.</summary>
    public Aggregation Aggregation { get; }

    /// <summary>Which interactions belong to a period.</summary>
    public Attribution Attribution { get; }

    /// <summary>Which interactions count, and how much.</summary>
    public InteractionSelection Selection { get; }

    /// <summary>Order statistics for a median; else the jackknife over publications or days.</summary>
    public override IntervalMethod? Interval => Aggregation is Aggregation.MedianOfPublications ? IntervalMethod.OrderStatistics : IntervalMethod.Jackknife;

    internal override IReadOnlyList<(string Name, string Value)> Parts =>
    [
        ("name", Id.Name),
        ("version", Id.Version.ToString(CultureInfo.InvariantCulture)),
        ("selection", Selection.ToString()),
        ("base", Base.ToString()),
        ("base as of", BaseAsOf.ToString()),
        ("aggregation", Aggregation.ToString()),
        ("attribution", Attribution.ToString()),
        ("scale", Scale.ToString(CultureInfo.InvariantCulture)),
        ("source", Source ?? "none"),
    ];

    internal override (string Top, string? Bottom) PartLetters => EngagementFormula.PartLetters(this);

    internal override (string Top, string Bottom) TermLetters => ("I", EngagementFormula.Letter(Base));

    /// <summary>Whether the base stands once for the whole period.</summary>
    internal bool BaseIsOfPeriod => (BaseIsStock && BaseAsOf is not BaseAsOf.AtPublication) || Base is EngagementBase.ActiveAudience;

    private bool BaseIsStock => Base is EngagementBase.PotentialReach or EngagementBase.Members;

    /// <summary>Another definition with some parts changed; it needs a name of its own, because a name stands for one recipe.</summary>
    /// <param name="name">The new name.</param>
    /// <param name="base">Another base.</param>
    /// <param name="baseAsOf">Another moment of the base.</param>
    /// <param name="aggregation">Another way of adding up.</param>
    /// <param name="attribution">Another attribution.</param>
    /// <param name="selection">Another selection.</param>
    /// <param name="scale">Another scale.</param>
    /// <returns>A new definition, version 1, without a source: it is the caller's own.</returns>
    /// <exception cref="ArgumentException">The name is this definition's own or no identifier, or parts contradict each other.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A part is unspecified or out of range.</exception>
    public EngagementRatioDefinition With(string name, EngagementBase? @base = null, BaseAsOf? baseAsOf = null, Aggregation? aggregation = null, Attribution? attribution = null, InteractionSelection? selection = null, int? scale = null) =>
        name == Id.Name
            ? throw new ArgumentException($"name ({Guard.Text(name)}) must not be the name of the definition that it changes: a name stands for one recipe.", nameof(name))
            : new(name, @base ?? Base, baseAsOf ?? BaseAsOf, aggregation ?? Aggregation, attribution ?? Attribution, selection ?? Selection, scale ?? Scale);

    /// <inheritdoc/>
    public override string Formula(Language language) => EngagementFormula.Of(this, language);

    /// <summary>The definition as JSON; <see cref="FromJson"/> reads it back.</summary>
    /// <returns>All parts by their names, indented.</returns>
    public string ToJson() => EngagementRatioJson.Write(this);

    /// <summary>Reads a definition that <see cref="ToJson"/> wrote, or that somebody wrote by hand: what is left out has its default.</summary>
    /// <param name="json">The JSON document.</param>
    /// <returns>The definition.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="FormatException">It is no JSON, has an unknown or double property or another schema, or parts are unknown, out of range or contradict each other; the message names each with its code.</exception>
    /// <example><c>EngagementRatioDefinition.FromJson("""{ "schema": "engagement-ratio-definition/1", "name": "mine", "base": "Views", "weights": { "Like": 1, "Share": 3 } }""")</c></example>
    public static EngagementRatioDefinition FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return EngagementRatioJson.Read(json);
    }

    /// <summary>All parts in one line.</summary>
    /// <returns>For example <c>by-reach v1: (Like + Comment … of Unknown, Member …) / MeasuredReach AtPublication, Pooled, ByPublicationDate, × 100</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"{Id}: ({Selection}) / {Base} {BaseAsOf}, {Aggregation}, {Attribution}, × {Scale}");

    private static int CheckedScale(int scale) => scale is 1 or 100 or 1_000 ? scale : throw Guard.OutOfRange(nameof(scale), scale, "must be 1, 100 or 1000", "pass 100 for percent");
}
