using FluentValidation;
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
    /// <summary>A validator of all facts.</summary>
    /// <param name="period">The period that figures are asked for; when given, a period without any fact is a warning.</param>
    public PortfolioValidator(LocalPeriod? period = null)
    {
        Check(UniverseRules.Check);
        Check(ChannelRules.Check);
        Check(AudienceRules.Check);
        Check(OverlapRules.Check);
        Check(PublicationRules.Check);
        Check(InteractionRules.Check);
        Check(EffortRules.Check);
        if (period is { } asked) Check((portfolio, findings) => CheckPeriod(portfolio, findings, asked));
    }

    private static void CheckPeriod(Portfolio portfolio, FindingCollector findings, LocalPeriod period)
    {
        DateTimeZone zone = portfolio.Organisation.TimeZone;
        bool hasData = portfolio.Audiences.Any(fact => period.Contains(fact.AsOf, zone)) || portfolio.Publications.Any(fact => period.Contains(fact.PublishedAt, zone))
            || portfolio.Interactions.Any(fact => period.Contains(fact.At, zone)) || portfolio.Efforts.Any(fact => fact.Period.From < period.To && period.From < fact.Period.To);
        if (!hasData) findings.Warning("ENG0701", "Period", period, "has no audience, publication, interaction or effort", "ask for a period that the facts cover");
    }

    private void Check(Action<Portfolio, FindingCollector> rules) => RuleFor(portfolio => portfolio).Custom((portfolio, context) =>
    {
        var findings = new FindingCollector(context);
        rules(portfolio, findings);
        findings.Finish();
    });
}
