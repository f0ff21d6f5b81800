using System.Globalization;

namespace Engagement.Core;

/// <summary>A definition that this library fixes, without parts to choose.</summary>
internal sealed record MetricDefinition : Definition
{
    private readonly string _english;
    private readonly string _german;

    /// <summary>A fixed recipe. Its parts are the two sides of its formula, and its terms too, unless stated otherwise.</summary>
    public MetricDefinition(string name, int scale, IntervalMethod? interval, string source, string english, string german, (string Top, string? Bottom)? parts = null, (string Top, string Bottom)? terms = null)
        : base(new DefinitionId(name, 1), scale, source)
    {
        (Interval, _english, _german) = (interval, english, german);
        string symbols = english.Split(" · ")[0];
        int line = symbols.LastIndexOf('/');
        PartLetters = parts ?? (symbols[..line], symbols[(line + 1)..]);
        TermLetters = terms ?? (PartLetters.Top, PartLetters.Bottom ?? "1");
    }

    private MetricDefinition(MetricDefinition original, string english, string german)
        : this(original) => (_english, _german) = (english, german);

    public override IntervalMethod? Interval { get; }

    internal override IReadOnlyList<(string Name, string Value)> Parts =>
    [
        ("name", Id.Name),
        ("version", Id.Version.ToString(CultureInfo.InvariantCulture)),
        ("formula", _english),
        ("scale", Scale.ToString(CultureInfo.InvariantCulture)),
        ("source", Source ?? "none"),
    ];

    internal override (string Top, string? Bottom) PartLetters { get; }

    internal override (string Top, string Bottom) TermLetters { get; }

    /// <summary>The same recipe of something named: figures of it compare with those of the same alone.</summary>
    public MetricDefinition Of(string english, string german) => new(this, $"{_english} · {english}", $"{_german} · {german}");

    public override string Formula(Language language) => Guard.Known(language) is Language.German ? _german : _english;

    public override string ToString() => base.ToString();
}
