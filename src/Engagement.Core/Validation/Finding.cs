namespace Engagement.Core;

/// <summary>What a rule found: the value, the rule that it breaks and the cure. Travels as <c>CustomState</c> of the FluentValidation failure.</summary>
/// <remarks>
/// <para>Immutable; equality is by value; no order. Place, code and severity stand in the failure itself (<c>PropertyName</c>, <c>ErrorCode</c>, <c>Severity</c>).</para>
/// <example><c>((Finding)failure.CustomState).Cure</c></example>
/// </remarks>
public sealed record Finding
{
    internal Finding(string value, string rule, string cure, long occurrences = 1) => (Value, Rule, Cure, Occurrences) = (value, rule, cure, occurrences);

    /// <summary>The value that breaks the rule, as text.</summary>
    public string Value { get; }

    /// <summary>The rule.</summary>
    public string Rule { get; }

    /// <summary>What to do about it.</summary>
    public string Cure { get; }

    /// <summary>How many findings this one stands for: 1, or the number of those that were counted and no longer kept.</summary>
    public long Occurrences { get; }

    /// <summary>Value, rule and cure in one sentence.</summary>
    /// <returns>For example <c>"xing" must be the id of a channel: add the channel or mend the id.</c></returns>
    public override string ToString() => $"{Value} {Rule}: {Cure}.";
}
