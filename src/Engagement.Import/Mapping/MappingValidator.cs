using FluentValidation;
using FluentValidation.Results;
using NodaTime;

namespace Engagement.Import;

/// <summary>What must hold of a mapping file: every field that its facts name is one of its fields, every word is known.</summary>
internal sealed class MappingValidator : AbstractValidator<SourceMapping>
{
    private static readonly MappingValidator Instance = new();
    private static readonly string[] Shapes = ["rows", "objects", "activities"];
    private static readonly string[] Facts = ["channel", "publication", "audience", "interaction", "measurements", "universe"];

    private MappingValidator()
    {
        RuleFor(mapping => mapping.Id).Must(id => Texts.Identifier(id) is null && !id.Contains('/', StringComparison.Ordinal)).WithMessage("id must be an identifier without /");
        RuleFor(mapping => mapping.Form).Must(form => Words<Core.ChannelForm>.Read(form, out _) is null).WithMessage("form must be a form of channels");
        RuleFor(mapping => mapping.Unit).Must(unit => Words<Core.UnitOfCount>.Read(unit, out _) is null).WithMessage("unit must be a unit of counts");
        RuleFor(mapping => mapping.Tables).NotEmpty();
        RuleForEach(mapping => mapping.Tables).ChildRules(table =>
        {
            table.RuleFor(item => item.Shape).Must(shape => Shapes.Contains(shape, StringComparer.Ordinal)).WithMessage("shape must be one of rows, objects, activities");
            table.RuleFor(item => item.Times.Zone).Must(zone => zone == "ask" || DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not null).WithMessage("zone must be ask or an IANA time zone");
            table.RuleFor(item => item.Fields).Must(fields => fields.Values.All(names => names.Length > 0 && names.All(name => HeaderName.Known(name).Name.Length > 0))).WithMessage("fields must have names in the file");
            table.RuleForEach(item => item.Times.Formats).Must(SourceTimes.IsPattern).WithMessage("formats must be patterns of a date, a time and perhaps an offset");
            table.RuleForEach(item => item.Facts).Must(fact => Facts.Contains(fact.Fact, StringComparer.Ordinal)).WithMessage("fact must be one of channel, publication, audience, interaction, measurements, universe");
            table.RuleForEach(item => item.Facts).Must(fact => (fact.Metric is null) == (fact.Value is null)).WithMessage("metric and value must be given together");
            table.RuleForEach(item => item.Facts).Must((item, fact) => !fact.RepliesByRow || (item.Shape == "rows" && fact.Id == "{#row}")).WithMessage("repliesByRow needs rows that are named by {#row}");
            table.RuleForEach(item => item.Facts).Must(fact => fact.Counts.Keys.All(SourceCounts.IsKnown)).WithMessage("counts must be columns of publications.csv");
            table.RuleFor(item => item).Custom((item, context) =>
            {
                foreach (string name in Named(item).Where(name => name is not ("#row" or FieldReader.Title) && !item.Fields.ContainsKey(name)).Distinct(StringComparer.Ordinal)) context.AddFailure(item.Id, $"names the field {name}, which is not one of its fields");
            });
        });
    }

    public static void Check(SourceMapping mapping, string file)
    {
        ValidationResult result = Instance.Validate(mapping);
        if (!result.IsValid) throw new ImportException(new Fault(ImportCodes.MappingUnsound, $"must be a sound mapping: {result.Errors[0].PropertyName}: {result.Errors[0].ErrorMessage}", "correct the mapping file"), value: file);
    }

    private static IEnumerable<string> Named(TableMapping table) =>
    [
        .. table.Match, .. table.Without, .. table.Numbers.Plain, .. table.FieldsRead,
    ];
}
