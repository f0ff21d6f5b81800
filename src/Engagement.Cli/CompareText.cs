using System.Globalization;
using Engagement.Core;
using Engagement.Reporting;

namespace Engagement.Cli;

/// <summary>A comparison for readers: the figures with their places, then which can be told apart.</summary>
internal sealed class CompareText(Definition definition, LocalPeriod period, IReadOnlyList<ComparedFigure> figures, IReadOnlyList<FigureComparison> comparisons, IReadOnlyList<RankedFigure> ranking, Language language)
{
    private readonly NumberText _numbers = new(language);

    public Definition Definition => definition;

    /// <summary>The hours of a share answered within a time; null of any other definition.</summary>
    public double? HoursWithin => definition.Equals(DialogueDefinitions.ShareAnsweredWithin) ? CompareFigures.Within.TotalHours : null;

    public IReadOnlyList<ComparedFigure> Figures => figures;

    public IReadOnlyList<FigureComparison> Comparisons => comparisons;

    /// <summary>Of periods the growth from each to the next, where there is one.</summary>
    public IReadOnlyList<Growth> Growths { get; } = ranking.Count > 0 || figures.Count < 2 || figures[0].Figure.Period == figures[1].Figure.Period ? [] : [.. FigureSeries.Of(figures.Select(row => row.Figure)).Growths.Where(growth => growth.Value is not null)];

    public string NameOf(Figure figure) => figures.First(row => ReferenceEquals(row.Figure, figure)).Name;

    public RankedFigure? Ranked(Figure figure) => ranking.FirstOrDefault(row => ReferenceEquals(row.Figure, figure));

    public IReadOnlyList<Block> Blocks()
    {
        string[] notes = [.. comparisons.SelectMany(comparison => comparison.Caveats).Concat(ranking.SelectMany(row => row.Caveats)).Concat(Growths.SelectMany(growth => growth.Caveats)).Distinct().Select(caveat => $"{caveat.Code}: {Printable.Excerpt(caveat.Text(language))}")];
        string[] growths = [.. GrowthLines()];
        return
        [
            new Block.Heading { Level = 1, Text = Say("Comparison", "Vergleich") },
            new Block.Lines { Items = [$"{definition.Id}: {definition.Formula(language)}", $"{Say("Period", "Zeitraum")}: {period}", .. HoursWithin is { } hours ? [$"t = {_numbers.Part(hours)} h"] : Array.Empty<string>()] },
            new Block.Table
            {
                Header = [Say("What", "Was"), Say("numerator / denominator", "Zähler / Nenner"), PerScale(), Say("95 % interval", "95-%-Intervall"), Say("shrunk", "geschrumpft"), Say("place", "Platz")],
                Rows = [.. figures.Select(Row)],
                Numbers = new HashSet<int> { 1, 2, 3, 4, 5 },
            },
            .. growths.Length > 0 ? [new Block.Lines { Items = growths }] : Array.Empty<Block>(),
            new Block.Heading { Level = 3, Text = Say("Which can be told apart at 95 %", "Was sich bei 95 % unterscheiden lässt") },
            comparisons.Count == 0
                ? new Block.Lines { Items = [Say("Fewer than two figures have a value: there is nothing to compare.", "Weniger als zwei Zahlen haben einen Wert: Es gibt nichts zu vergleichen.")] }
                : new Block.Table
                {
                    Header = [Say("First", "Erstes"), Say("Second", "Zweites"), Say("difference", "Differenz"), Say("quotient", "Quotient"), "p", Say("verdict", "Urteil")],
                    Rows = [.. comparisons.Select(Row)],
                    Numbers = new HashSet<int> { 2, 3, 4 },
                },
            new Block.Lines { Items = [.. Adjustment(), .. notes] },
        ];
    }

    private string Say(string english, string german) => language is Language.German ? german : english;

    private string Part(Quantity quantity) => quantity.Value is not { } value ? "?" : quantity.State is CountState.Rounded ? $"~{_numbers.Part(value)}" : quantity.State is CountState.Partial ? $"≥{_numbers.Part(value)}" : _numbers.Part(value);

    private string PerScale() => definition.Scale == 1 ? Say("value", "Wert") : $"{Say("per", "je")} {_numbers.Whole(definition.Scale)}";

    private string[] Row(ComparedFigure row)
    {
        Figure figure = row.Figure;
        RankedFigure? ranked = Ranked(figure);
        return
        [
            Printable.Line(row.Name),
            $"{Part(figure.Numerator)} / {Part(figure.Denominator)}",
            figure.Value is { } value ? _numbers.Scaled(value * figure.Scale) : figure.Ratio.Undefined is { } reason ? $"– ({Words.Of(reason, language)})" : "–",
            figure.Interval is { } interval ? $"{Scaled(interval.Lower)}–{Scaled(interval.Upper)} {interval.Method}" : "",
            ranked?.Shrunk is { } shrunk ? Scaled(shrunk.Mean) : "",
            ranked?.Place.ToString(CultureInfo.InvariantCulture) ?? "",
        ];
    }

    private string[] Row(FigureComparison comparison) =>
    [
        Printable.Line(NameOf(comparison.First)),
        Printable.Line(NameOf(comparison.Second)),
        comparison.Difference is { } difference ? $"{Signed(difference)}{(comparison.DifferenceInterval is { } range ? $" [{Signed(range.Lower)} … {Signed(range.Upper)}] {range.Method}" : "")}" : "",
        comparison.Quotient is { } quotient ? $"{_numbers.Scaled(quotient)}{(comparison.QuotientInterval is { } bounds ? $" [{_numbers.Scaled(bounds.Lower)} … {(bounds.Upper is { } upper ? _numbers.Scaled(upper) : "∞")}] {bounds.Method}" : "")}" : "",
        comparison.AdjustedPValue is { } p ? p < 0.0001 ? $"<{_numbers.Part(0.0001)}" : _numbers.Part(Math.Round(p, 4)) : "–",
        comparison.CanBeToldApart switch { true => Say("can be told apart", "unterscheidbar"), false => Say("cannot be told apart", "nicht unterscheidbar"), _ => Say("nothing to judge by", "nicht zu beurteilen") },
    ];

    /// <summary>Each growth with its base, and with what must be known of it.</summary>
    private IEnumerable<string> GrowthLines() => Growths.Select(growth =>
        $"{growth.Period}: {Signed(growth.Value!.Value, 100)} % ({Say("from", "von")} {Scaled(growth.Earlier.Value!.Value)} {Say("to", "auf")} {Scaled(growth.Later.Value!.Value)}){string.Concat(growth.Caveats.Select(caveat => $" {caveat.Code}"))}");

    private IEnumerable<string> Adjustment() => comparisons.FirstOrDefault(comparison => comparison.Adjustment is not null) is { } adjusted
        ? [Say($"p is adjusted for {adjusted.Comparisons} comparisons ({adjusted.Adjustment}).", $"p ist für {adjusted.Comparisons} Vergleiche angepasst ({adjusted.Adjustment}).")]
        : [];

    private string Scaled(double value) => _numbers.Scaled(value * definition.Scale);

    private string Signed(double value, double? scale = null) => value < 0 ? $"−{_numbers.Scaled(-value * (scale ?? definition.Scale))}" : $"+{_numbers.Scaled(value * (scale ?? definition.Scale))}";
}
