using System.Globalization;

namespace Engagement.Core;

/// <summary>A definition that this library fixes, without parts to choose.</summary>
internal sealed record MetricDefinition : Definition
{
    private readonly string _english;
    private readonly string _german;

    public MetricDefinition(string name, int scale, IntervalMethod? interval, string source, string english, string german)
        : base(new DefinitionId(name, 1), scale, source) => (Interval, _english, _german) = (interval, english, german);

    public override IntervalMethod? Interval { get; }

    internal override IReadOnlyList<(string Name, string Value)> Parts =>
    [
        ("name", Id.Name),
        ("version", Id.Version.ToString(CultureInfo.InvariantCulture)),
        ("formula", _english),
        ("scale", Scale.ToString(CultureInfo.InvariantCulture)),
        ("source", Source ?? "none"),
    ];

    internal override (string Top, string? Bottom) PartLetters => TermLetters;

    internal override (string Top, string Bottom) TermLetters => (Symbols[..Symbols.LastIndexOf('/')], Symbols[(Symbols.LastIndexOf('/') + 1)..]);

    private string Symbols => _english.Split(" · ")[0];

    public override string Formula(Language language) => Guard.Known(language) is Language.German ? _german : _english;

    public override string ToString() => base.ToString();
}
