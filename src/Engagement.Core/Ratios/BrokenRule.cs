namespace Engagement.Core;

/// <summary>A rule of a definition that a draft or a file breaks.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Place">The part.</param>
/// <param name="Value">Its value, as text.</param>
/// <param name="Rule">What must hold.</param>
/// <param name="Cure">What to do about it.</param>
internal readonly record struct BrokenRule(string Code, string Place, string Value, string Rule, string Cure)
{
    public override string ToString() => $"{Place} ({Value}) {Rule}: {Cure}. [{Code}]";
}
