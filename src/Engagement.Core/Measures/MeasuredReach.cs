namespace Engagement.Core;

/// <summary>Distinct persons who saw something in a named period: unique, therefore not additive.</summary>
/// <remarks>
/// <para>There is no <c>+</c>: reaches of posts, days or channels overlap, and only unite (see <see cref="NetReach"/>). Contacts and impressions, which add up, are a <see cref="Count"/>. Equality is by value; no order.</para>
/// <para><c>default</c> is missing.</para>
/// <example><c>new MeasuredReach(Count.Observed(2_752))</c></example>
/// </remarks>
/// <param name="Persons">How many distinct persons, with the state of that number.</param>
public readonly record struct MeasuredReach(Count Persons)
{
    /// <summary>The count of persons as text, in the invariant culture.</summary>
    /// <returns>For example <c>2752</c>.</returns>
    public override string ToString() => Persons.ToString();
}
