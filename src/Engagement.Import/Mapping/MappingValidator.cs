using FluentValidation;
using FluentValidation.Results;
using NodaTime;

namespace Engagement.Import;

/// <summary>What must hold of a mapping file: every field that its facts name is one of its fields, every word is known.</summary>
internal sealed class MappingValidator : AbstractValidator<SourceMapping>
{
    // Before the instance, whose messages name them.
    private static readonly string[] Pers = ["day", "week", "28 days", "day ended", "week ended", "28 days ended", "month", "interval", "period", "life", "moment"];

    private static readonly MappingValidator Instance = new();
    private static readonly string[] Shapes = ["rows", "objects", "activities"];
    private static readonly string[] Facts = ["channel", "publication", "audience", "interaction", "measurements", "universe"];

    private static readonly string[] Marks = [".", ","];
    private static readonly string[] Adds = ["additive", "unique", "stock"];

    private MappingValidator()
    {
        RuleFor(mapping => mapping.Id).Must(id => Texts.Identifier(id) is null && !id.Contains('/', StringComparison.Ordinal)).WithMessage("id must be an identifier without /");
        RuleFor(mapping => mapping.Form).Must(form => Words<Core.ChannelForm>.Read(form, out _) is null).WithMessage("form must be a form of channels");
        RuleFor(mapping => mapping.Unit).Must(unit => Words<Core.UnitOfCount>.Read(unit, out _) is null).WithMessage("unit must be a unit of counts");
        RuleFor(mapping => mapping.Tables).NotEmpty();
        RuleFor(mapping => mapping.Tables).Must(tables => tables.DistinctBy(table => table.Id, StringComparer.Ordinal).Count() == tables.Length).WithMessage("tables must have ids of their own");
        RuleForEach(mapping => mapping.Tables).ChildRules(table =>
        {
            table.RuleFor(item => item.Shape).Must(shape => Shapes.Contains(shape, StringComparer.Ordinal)).WithMessage("shape must be one of rows, objects, activities");
            table.RuleFor(item => item.Times.Zone).Must(zone => zone == "ask" || DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not null).WithMessage("zone must be ask or an IANA time zone");
            table.RuleFor(item => item.Fields).Must(fields => fields.Values.All(names => names.Length > 0 && names.All(name => HeaderName.Known(name).Name.Length > 0))).WithMessage("fields must have names in the file");
            table.RuleForEach(item => item.Times.Formats).Must(SourceTimes.IsPattern).WithMessage("formats must be patterns of a date, a time and perhaps an offset");
            table.RuleForEach(item => item.Facts).Must(fact => Facts.Contains(fact.Fact, StringComparer.Ordinal)).WithMessage("fact must be one of channel, publication, audience, interaction, measurements, universe");
            table.RuleFor(item => item.Match).Must((item, match) => match.Length > 0 || item.Shape == "activities").WithMessage("match must name the fields by which the table is known");
            table.RuleFor(item => item.Numbers).Must(numbers => Marks.Contains(numbers.Decimal, StringComparer.Ordinal) && Marks.Contains(numbers.GermanDecimal, StringComparer.Ordinal)).WithMessage("decimal and germanDecimal must be a point or a comma");
            table.RuleForEach(item => item.Facts).Must(fact => Pers.Contains(fact.Per, StringComparer.Ordinal)).WithMessage($"per must be one of {string.Join(", ", Pers)}");
            table.RuleForEach(item => item.Facts).Must(fact => fact.Size is not null || fact.Fact is not ("audience" or "universe")).WithMessage("an audience and a universe must name the field with their size");
            table.RuleForEach(item => item.Facts).Must(fact => fact.Id is not null || fact.Fact is not "publication").WithMessage("a publication must have an id");
            table.RuleForEach(item => item.Facts).Must((item, fact) => item.Shape == "activities" || fact is { At: not null, Kind: not null } || fact.Fact is not "interaction").WithMessage("an interaction must have a kind and a time (at)");
            table.RuleForEach(item => item.Facts).Must(fact => (fact.Kinds?.Values ?? Literal(fact.Kind)).All(word => word.Length == 0 || Words<Core.InteractionKind>.Read(word, out _) is null)).WithMessage("kinds must be kinds of interactions");
            table.RuleForEach(item => item.Facts).Must(fact => fact.Known.Values.All(IsMeaning)).WithMessage("known must give each metric our name, and perhaps unique or stock behind it");
            table.RuleForEach(item => item.Facts).Must(fact => (fact.Metric is null) == (fact.Value is null)).WithMessage("metric and value must be given together");
            table.RuleForEach(item => item.Facts).Must((item, fact) => !fact.RepliesByRow || (item.Shape == "rows" && fact.Id == "{#row}")).WithMessage("repliesByRow needs rows that are named by {#row}");
            table.RuleForEach(item => item.Facts).Must(fact => fact.Counts.Keys.All(column => CountColumn.Find(column) is not null)).WithMessage("counts must be columns of publications.csv");
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

    /// <summary>A kind that is stated and not read from the row.</summary>
    private static IEnumerable<string> Literal(string? kind) => kind is null || kind.Contains('{', StringComparison.Ordinal) ? [] : [kind];

    private static bool IsMeaning(string meaning) => meaning.Split(' ') is [_] or [{ Length: > 0 }, _] && (meaning.Split(' ') is not [_, var adds] || Adds.Contains(adds, StringComparer.Ordinal));

    private static IEnumerable<string> Named(TableMapping table) =>
    [
        .. table.Match, .. table.Without, .. table.Numbers.Plain, .. table.Numbers.Fractions, .. table.FieldsRead,
    ];
}
