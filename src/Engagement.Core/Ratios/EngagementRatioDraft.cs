namespace Engagement.Core;

/// <summary>The parts of an engagement ratio as a user fills them in, whether they fit together or not; <see cref="EngagementRatioDraftValidator"/> says what is wrong, and <see cref="Build"/> makes the definition.</summary>
/// <remarks>
/// <para>Immutable; equality is by value; no order. A part that is not set has the value that a definition takes by default; base and name have none.</para>
/// <example><c>new EngagementRatioDraft { Name = "mine", Base = EngagementBase.Views, Weights = [(InteractionKind.Like, 1), (InteractionKind.Share, 3)] }.Build()</c></example>
/// </remarks>
public sealed record EngagementRatioDraft
{
    private static readonly IReadOnlyList<(InteractionKind Kind, double Weight)> StandardWeights = new ValueList<(InteractionKind, double)>(InteractionSelection.Standard.Kinds.Select(kind => (kind, 1.0)));

    /// <summary>The name; empty by default, which is refused.</summary>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    public string Name
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Name));
            field = value;
        }
    }
    = "";

    /// <summary>The version, from 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>What interactions are divided by.</summary>
    public EngagementBase Base { get; init; }

    /// <summary>As of when a stock is taken.</summary>
    public BaseAsOf BaseAsOf { get; init; } = BaseAsOf.AtPublication;

    /// <summary>How one figure is made of many.</summary>
    public Aggregation Aggregation { get; init; } = Aggregation.Pooled;

    /// <summary>Which interactions belong to a period.</summary>
    public Attribution Attribution { get; init; } = Attribution.ByPublicationDate;

    /// <summary>The kinds that count, each once, with their weights; by default those of <see cref="InteractionSelection.Standard"/>, each 1.</summary>
    /// <exception cref="ArgumentNullException">The list is null.</exception>
    public IReadOnlyList<(InteractionKind Kind, double Weight)> Weights
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Weights));
            field = new ValueList<(InteractionKind, double)>(value);
        }
    }
    = StandardWeights;

    /// <summary>The roles whose interactions count; by default all but Organisation and Bot.</summary>
    /// <exception cref="ArgumentNullException">The list is null.</exception>
    public IReadOnlyList<ActorRole> Roles
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Roles));
            field = new ValueList<ActorRole>(value);
        }
    }
    = InteractionSelection.Standard.Roles;

    /// <summary>How many of the base a figure is shown for: 1, 100 or 1,000.</summary>
    public int Scale { get; init; } = 100;

    /// <summary>Whose recipe it is; null when no source is named.</summary>
    public string? Source { get; init; }

    /// <summary>The definition of these parts.</summary>
    /// <returns>The definition.</returns>
    /// <exception cref="FormatException">Parts are missing, out of range or contradict each other; the message names each with its code.</exception>
    public EngagementRatioDefinition Build()
    {
        string[] broken = [.. EngagementRatioRules.Broken(this).Select(rule => rule.ToString())];
        if (broken.Length > 0) throw new FormatException(string.Join('\n', broken));
        InteractionSelection selection = new InteractionSelection([.. Weights.Select(weight => weight.Kind)]).WithRoles([.. Roles]);
        foreach ((InteractionKind kind, double weight) in Weights) selection = selection.WithWeight(kind, weight);
        return new(Name, Base, BaseAsOf, Aggregation, Attribution, selection, Scale, Version, Source);
    }

    /// <summary>The name and version of the draft.</summary>
    /// <returns>For example <c>draft of mine v1</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"draft of {Name} v{Version}");
}
