using NodaTime;
using NodaTime.Text;

namespace Engagement.Core;

/// <summary>A platform's change of metric inside a series: from this day on another definition holds (impressions gave way to views).</summary>
/// <remarks>
/// <para>Figures on both sides may stand in one <see cref="FigureSeries"/>, but are never compared across the break. Immutable; equality is by value; no order.</para>
/// <example><c>new SeriesBreak(new LocalDate(2024, 8, 1), EngagementRatioDefinitions.ByImpressions, EngagementRatioDefinitions.ByViews, "the platform shows views instead of impressions")</c></example>
/// </remarks>
public sealed record SeriesBreak
{
    /// <summary>A break.</summary>
    /// <param name="on">The first day of the new definition.</param>
    /// <param name="before">The definition until then.</param>
    /// <param name="after">The definition from then on; another one.</param>
    /// <param name="reason">Why, for the reader.</param>
    /// <exception cref="ArgumentNullException">A definition or the reason is null.</exception>
    /// <exception cref="ArgumentException">The definitions are equal, or the reason is blank.</exception>
    public SeriesBreak(LocalDate on, Definition before, Definition after, string reason)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        Guard.NotBlank(reason);
        if (before.Equals(after)) throw new ArgumentException($"after ({after.Id}) must be another definition than before: where none changes there is no break.", nameof(after));
        (On, Before, After, Reason) = (on.WithCalendar(CalendarSystem.Iso), before, after, reason);
    }

    /// <summary>The first day of the new definition.</summary>
    public LocalDate On { get; }

    /// <summary>The definition until then.</summary>
    public Definition Before { get; }

    /// <summary>The definition from then on.</summary>
    public Definition After { get; }

    /// <summary>Why.</summary>
    public string Reason { get; }

    /// <summary>Day, definitions and reason.</summary>
    /// <returns>For example <c>2024-08-01: by-impressions v1 → by-views v1 (the platform shows views instead of impressions)</c>.</returns>
    public override string ToString() => $"{LocalDatePattern.Iso.Format(On)}: {Before.Id} → {After.Id} ({Reason})";
}
