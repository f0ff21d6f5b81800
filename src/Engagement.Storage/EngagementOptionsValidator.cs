using Engagement.Core;
using FluentValidation;
using Microsoft.Extensions.Options;

namespace Engagement.Storage;

/// <summary>The rules of the options, told all at once when the app starts. What a connection says may be secret, and is not told.</summary>
internal sealed class EngagementOptionsValidator : AbstractValidator<EngagementOptions>, IValidateOptions<EngagementOptions>
{
    public EngagementOptionsValidator()
    {
        RuleFor(options => options.Connection)
            .Must(connection => connection is not null && Engines.IsKnown(connection))
            .WithMessage("Connection must begin with its engine: write duckdb:FILE or postgresql:Host=…;Database=….");
        RuleFor(options => options.OrganisationId)
            .Must(id => id is null || Guard.IdentifierRule(id) is null)
            .WithMessage(options => $"OrganisationId ({Guard.Excerpt(options.OrganisationId!)}) {Guard.IdentifierRule(options.OrganisationId!)}: write the identifier alone.");
        RuleFor(options => options.OrganisationId)
            .Must((options, id) => id is null || options.Organisation is null || options.Organisation.Id.Value == id)
            .WithMessage("OrganisationId and Organisation must mean the same organisation: set one of them.");
    }

    public ValidateOptionsResult Validate(string? name, EngagementOptions options)
    {
        string[] faults = [.. Validate(options).Errors.Select(error => error.ErrorMessage)];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
