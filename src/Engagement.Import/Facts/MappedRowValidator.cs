using FluentValidation;
using FluentValidation.Results;

namespace Engagement.Import;

/// <summary>What must hold of the facts of a row before they may be merged.</summary>
internal sealed class MappedRowValidator : AbstractValidator<MappedRow>
{
    private static readonly MappedRowValidator Instance = new();

    private MappedRowValidator()
    {
        RuleForEach(row => row.Channels).Must(channel => Texts.Identifier(channel.Id) is null && !HasMark(channel.Id)).WithErrorCode(ImportCodes.NotAnIdentifier).WithMessage("must name its channel by an identifier of 1 to 512 characters without control characters");
        RuleForEach(row => row.Publications).Must(publication => Texts.Identifier(publication.Id) is null && !HasMark(publication.Id)).WithErrorCode(ImportCodes.NotAnIdentifier).WithMessage("must name its publication by an identifier of 1 to 512 characters without control characters");
        RuleForEach(row => row.Interactions).Must(interaction => !PortfolioWriter.Parents(interaction).Contains(interaction.Id)).WithErrorCode(ImportCodes.OutOfRange).WithMessage("must not reply to itself");
        RuleForEach(row => row.Interactions).Must(interaction => !HasMark(interaction.Id.Value)).WithErrorCode(ImportCodes.NotAnIdentifier).WithMessage("must have an identifier without byte order marks");
        RuleForEach(row => row.Audiences).Must(audience => !(audience.Members.Lower > audience.Size.Upper)).WithErrorCode(ImportCodes.OutOfRange).WithMessage("must not have more members in an audience than the audience");
        RuleForEach(row => row.Universes).Must(universe => Texts.Identifier(universe.Id) is null).WithErrorCode(ImportCodes.NotAnIdentifier).WithMessage("must name its universe by an identifier");
    }

    /// <summary>Refuses a row that breaks a rule.</summary>
    public static void Check(MappedRow row)
    {
        if (row.Fault is not null) return;
        ValidationResult result = Instance.Validate(row);
        if (!result.IsValid) row.Refuse(new Fault(result.Errors[0].ErrorCode, result.Errors[0].ErrorMessage, "correct it at its source"));
    }

    private static bool HasMark(string text) => text.Contains('\uFEFF', StringComparison.Ordinal);
}
