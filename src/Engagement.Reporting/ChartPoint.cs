namespace Engagement.Reporting;

/// <summary>A place in a chart, and what it says when somebody points at it.</summary>
/// <param name="X">Where it is, in the units of the axis.</param>
/// <param name="Y">Likewise.</param>
/// <param name="Text">What it says.</param>
internal readonly record struct ChartPoint(double X, double Y, string Text)
{
    /// <summary>The month that it is of, as <c>2024-01</c>; null where it is of the whole period.</summary>
    public string? Month { get; init; }
}
