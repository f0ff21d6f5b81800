namespace Engagement.Core;

/// <summary>How often a publication was seen, and by how many: impressions, measured reach, views.</summary>
/// <param name="Impressions">Contacts: how often it was shown; additive.</param>
/// <param name="Reach">Distinct persons who saw it; not additive.</param>
/// <param name="Views">How often it was played or opened; additive.</param>
/// <remarks>
/// <para>Equality is by value; no order. <c>default</c> is all missing.</para>
/// <example><c>new Exposures(Impressions: Count.Observed(5_091), Reach: new MeasuredReach(Count.Observed(2_752)))</c></example>
/// </remarks>
public readonly record struct Exposures(Count Impressions = default, MeasuredReach Reach = default, Count Views = default)
{
    /// <summary>The three numbers, in the invariant culture.</summary>
    /// <returns>For example <c>impressions 5091, reach 2752, views missing</c>.</returns>
    public override string ToString() => $"impressions {Impressions}, reach {Reach}, views {Views}";
}
