using FluentValidation;
using FluentValidation.Results;
using NodaTime;

namespace Engagement.Core;

/// <summary>Finds what is wrong with a whole portfolio: contradictions between its facts, as errors and warnings with stable codes.</summary>
/// <remarks>
/// <para>
/// A failure's <c>PropertyName</c> is the place (<c>Interactions[17].ReplyTo</c>, by position in the portfolio), <c>AttemptedValue</c> the value, <c>ErrorCode</c> the code (ENG0101 …; all are listed in docs/codes.md),
/// <c>CustomState</c> a <see cref="Finding"/> with rule and cure. An error means that a figure would be false; a warning, that a reader should know.
/// </para>
/// <para>Of each code the first 1,000 are kept, and the rest is counted in one more failure. Immutable and safe to share between threads.</para>
/// <example><c>ValidationResult result = new PortfolioValidator().Validate(portfolio);</c></example>
/// </remarks>
public sealed class PortfolioValidator : AbstractValidator<Portfolio>
{
    private static readonly Action<Portfolio, FindingCollector>[] Rules = [UniverseRules.Check, ChannelRules.Check, AudienceRules.Check, OverlapRules.Check, PublicationRules.Check, InteractionRules.Check, EffortRules.Check];

    /// <summary>A validator of all facts.</summary>
    /// <param name="period">The period that figures are asked for; when given, a period without any fact is a warning.</param>
    public PortfolioValidator(LocalPeriod? period = null)
    {
        foreach (Action<Portfolio, FindingCollector> rules in Rules) Check(rules);
        if (period is { } asked) Check((portfolio, findings) => CheckPeriod(portfolio, findings, asked));
    }

    /// <summary>What the validator of all facts finds, without the validator: making one compiles code, for which a command line would wait longer than for the rules.</summary>
    internal static IReadOnlyList<ValidationFailure> Find(Portfolio portfolio)
    {
        var failures = new List<ValidationFailure>();
        foreach (Action<Portfolio, FindingCollector> rules in Rules) Run(rules, portfolio, failures.Add);
        return failures;
    }

    private static void CheckPeriod(Portfolio portfolio, FindingCollector findings, LocalPeriod period)
    {
        DateTimeZone zone = portfolio.Organisation.TimeZone;
        bool hasData = portfolio.Audiences.Any(fact => period.Contains(fact.AsOf, zone)) || portfolio.Publications.Any(fact => period.Contains(fact.PublishedAt, zone))
            || portfolio.Interactions.Any(fact => period.Contains(fact.At, zone)) || portfolio.Efforts.Any(fact => fact.Period.From < period.To && period.From < fact.Period.To);
        if (!hasData) findings.Warning("ENG0701", "Period", period, "has no audience, publication, interaction or effort", "ask for a period that the facts cover");
    }

    private static void Run(Action<Portfolio, FindingCollector> rules, Portfolio portfolio, Action<ValidationFailure> found)
    {
        var findings = new FindingCollector(found);
        rules(portfolio, findings);
        findings.Finish();
    }

    private void Check(Action<Portfolio, FindingCollector> rules) => RuleFor(portfolio => portfolio).Custom((portfolio, context) => Run(rules, portfolio, context.AddFailure));
}
