namespace Engagement.Import;

/// <summary>What is wrong with a text, wherever it stands.</summary>
internal sealed record Fault(string Code, string Rule, string Cure);
