using Engagement.Core;

namespace Engagement.Reporting;

/// <summary>A finding in a sentence, and the question that it answers.</summary>
/// <remarks>
/// <para>Immutable; equality is by value; no order. It says nothing that the figures do not say.</para>
/// <example><c>reach: At least 9,000 and at most 9,495 are in an audience: 8.18 to 8.63 for each 100 members.</c></example>
/// </remarks>
public sealed record ReportFinding
{
    internal ReportFinding(string question, string english, string german) => (Question, English, German) = (question, english, german);

    /// <summary>The question: <c>reach</c>, <c>engagement</c>, <c>dialogue</c>, <c>effort</c>, <c>growth</c> or <c>data-quality</c>.</summary>
    public string Question { get; }

    /// <summary>The sentence in English.</summary>
    public string English { get; }

    /// <summary>The sentence in German.</summary>
    public string German { get; }

    /// <summary>The sentence in a language.</summary>
    /// <param name="language">English or German.</param>
    /// <returns>The sentence.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The language is unspecified or unknown.</exception>
    public string Text(Language language) => Report.Known(language) is Language.German ? German : English;

    /// <summary>The question and the sentence in English.</summary>
    /// <returns>For example <c>dialogue: Nobody asked anything.</c></returns>
    public override string ToString() => $"{Question}: {English}";
}
