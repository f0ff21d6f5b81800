using Engagement.Core;

namespace Engagement.Reporting;

/// <summary>A numerator or a denominator with what is known about it.</summary>
/// <param name="State">The name of the count's state; <c>Bound</c> or <c>Model</c> for the net reach, which nobody counted.</param>
/// <param name="Value">The number; null when there is none.</param>
/// <param name="Lower">The least that it can be.</param>
/// <param name="Upper">The most that it can be; null when there is no such bound.</param>
internal readonly record struct ReportPart(string State, double? Value, double? Lower, double? Upper)
{
    public const string Bound = nameof(Bound);
    public const string Model = nameof(Model);

    public static ReportPart From(Quantity quantity) => new(quantity.State.ToString(), quantity.Value, quantity.Lower, quantity.Upper);
}
