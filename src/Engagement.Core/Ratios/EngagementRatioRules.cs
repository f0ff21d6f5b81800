namespace Engagement.Core;

/// <summary>ENG091x: what must hold of the parts of an engagement ratio.</summary>
internal static class EngagementRatioRules
{
    public static IEnumerable<BrokenRule> Broken(EngagementRatioDraft draft)
    {
        if (Guard.IdentifierRule(draft.Name) is { } broken) yield return new("ENG0911", nameof(draft.Name), Guard.Excerpt(draft.Name), broken, "give the definition a name of its own");
        if (draft.Version < 1) yield return new("ENG0912", nameof(draft.Version), Guard.Text(draft.Version), "must be 1 or more", "count versions from 1");
        foreach (BrokenRule unknown in Unknown(draft)) yield return unknown;
        if (draft.Scale is not 1 and not 100 and not 1_000) yield return new("ENG0914", nameof(draft.Scale), Guard.Text(draft.Scale), "must be 1, 100 or 1000", "take 100 for percent");
        if (!draft.Weights.Any(weight => weight.Weight > 0)) yield return new("ENG0915", nameof(draft.Weights), $"{draft.Weights.Count} kinds", "must hold a kind with a weight above 0", "name what counts as an interaction");
        for (int index = 0; index < draft.Weights.Count; index++)
        {
            (InteractionKind kind, double weight) = draft.Weights[index];
            string place = $"{nameof(draft.Weights)}[{Guard.Text(index)}]";
            if (kind is InteractionKind.Unspecified || !Enum.IsDefined(kind)) yield return new("ENG0913", place, Guard.Text(kind), "must be a known InteractionKind", $"take one of {string.Join(", ", Enum.GetNames<InteractionKind>().Skip(1))}");
            if (draft.Weights.Take(index).Any(before => before.Kind == kind)) yield return new("ENG0916", place, Guard.Text(kind), "must be given once", "keep one weight for each kind");
            if (!(weight >= 0 && weight <= InteractionSelection.LargestWeight)) yield return new("ENG0917", place, Guard.Text(weight), $"must be a weight between 0 and {Guard.Text(InteractionSelection.LargestWeight)}", "weights are relative: scale them, and leave out what does not count");
        }

        if (draft.Roles.Count == 0) yield return new("ENG0918", nameof(draft.Roles), "0 roles", "must hold a role", "name whose interactions count");
        if (draft.Roles.FirstOrDefault(role => role is ActorRole.Unspecified || !Enum.IsDefined(role), ActorRole.Unknown) is not ActorRole.Unknown and var stranger) yield return new("ENG0918", nameof(draft.Roles), Guard.Text(stranger), "must be known roles", $"take some of {string.Join(", ", Enum.GetNames<ActorRole>().Skip(1))}");
        if (Contradiction(draft.Base, draft.BaseAsOf, draft.Aggregation, draft.Attribution) is var (part, value, rule, cure)) yield return new("ENG0919", part, value, rule, cure);
        if (draft.Source is { } source && string.IsNullOrWhiteSpace(source)) yield return new("ENG0920", nameof(draft.Source), Guard.Excerpt(source), "must not be blank", "name the source, or leave it out");
    }

    /// <summary>Parts that contradict each other: the one to change, its value, the rule and the cure; null when they fit.</summary>
    public static (string Part, string Value, string Rule, string Cure)? Contradiction(EngagementBase @base, BaseAsOf asOf, Aggregation aggregation, Attribution attribution)
    {
        bool isStock = @base is EngagementBase.PotentialReach or EngagementBase.Members;
        return !isStock && asOf is not BaseAsOf.AtPublication ? ("baseAsOf", asOf.ToString(), $"says nothing about {@base}, which is no stock", "leave it at AtPublication")
            : isStock && asOf is BaseAsOf.AtPublication && aggregation is Aggregation.MeanOfDays ? ("baseAsOf", asOf.ToString(), "is of publications, and MeanOfDays divides by days", "take DailyMean, StartEndMean or Latest")
            : @base is EngagementBase.ActiveAudience && attribution is Attribution.ByPublicationDate ? ("attribution", attribution.ToString(), "counts interactions of any time, and the active audience is of the period", "take ByInteractionDate")
            : attribution is Attribution.ByInteractionDate && aggregation is Aggregation.MeanOfPublications or Aggregation.MedianOfPublications ? ("aggregation", aggregation.ToString(), "is over publications, and ByInteractionDate counts what happened to publications of any age", "take Pooled or MeanOfDays, or ByPublicationDate")
            : null;
    }

    private static IEnumerable<BrokenRule> Unknown(EngagementRatioDraft draft) =>
        [.. OfEnum(nameof(draft.Base), draft.Base), .. OfEnum(nameof(draft.BaseAsOf), draft.BaseAsOf), .. OfEnum(nameof(draft.Aggregation), draft.Aggregation), .. OfEnum(nameof(draft.Attribution), draft.Attribution)];

    private static IEnumerable<BrokenRule> OfEnum<T>(string place, T value)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value) || EqualityComparer<T>.Default.Equals(value, default)) yield return new("ENG0913", place, Guard.Text(value), $"must be a known {typeof(T).Name}", $"take one of {string.Join(", ", Enum.GetNames<T>().Skip(1))}");
    }
}
