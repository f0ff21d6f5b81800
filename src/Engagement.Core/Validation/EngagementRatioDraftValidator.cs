using FluentValidation;
using FluentValidation.Results;

namespace Engagement.Core;

/// <summary>Checks a draft of an engagement ratio: all broken rules at once, each as an error with a stable code and a <see cref="Finding"/>.</summary>
/// <remarks>
/// <para>Safe to share between threads. A draft without errors can be built. The codes ENG0911 to ENG0920 are explained in docs/codes.md.</para>
/// <example><c>new EngagementRatioDraftValidator().Validate(draft).Errors</c></example>
/// </remarks>
public sealed class EngagementRatioDraftValidator : AbstractValidator<EngagementRatioDraft>
{
    /// <summary>A validator of drafts.</summary>
    public EngagementRatioDraftValidator() => RuleFor(draft => draft).Custom((draft, context) =>
    {
        foreach (BrokenRule broken in EngagementRatioRules.Broken(draft))
        {
            var finding = new Finding(broken.Value, broken.Rule, broken.Cure);
            context.AddFailure(new ValidationFailure(broken.Place, finding.ToString(), broken.Value) { ErrorCode = broken.Code, Severity = Severity.Error, CustomState = finding });
        }
    });
}
