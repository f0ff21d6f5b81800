namespace Engagement.Core;

/// <summary>Figures of one channel over time, of one definition, or of several where a <see cref="SeriesBreak"/> says when and why one gave way to another.</summary>
/// <remarks>
/// <para>What a chart is made of: lines must not run on across a break. Immutable; equality is by value; no order.</para>
/// <example><c>FigureSeries.Of(months.Select(month => calculator.Calculate(portfolio, month).Total)).Growths</c></example>
/// </remarks>
public sealed record FigureSeries
{
    private FigureSeries(Figure[] figures, SeriesBreak[] breaks) => (Figures, Breaks) = (new ValueList<Figure>(figures), new ValueList<SeriesBreak>(breaks));

    /// <summary>The figures in order of time.</summary>
    public IReadOnlyList<Figure> Figures { get; }

    /// <summary>The breaks between them, in order of time.</summary>
    public IReadOnlyList<SeriesBreak> Breaks { get; }

    /// <summary>The runs of figures of one definition, between the breaks.</summary>
    public IReadOnlyList<IReadOnlyList<Figure>> Segments
    {
        get
        {
            var segments = new List<ValueList<Figure>>();
            int start = 0;
            for (int index = 1; index <= Figures.Count; index++)
            {
                if (index < Figures.Count && Figures[index].Definition.Equals(Figures[start].Definition)) continue;
                segments.Add(new ValueList<Figure>(Figures.Skip(start).Take(index - start)));
                start = index;
            }

            return new ValueList<IReadOnlyList<Figure>>(segments);
        }
    }

    /// <summary>The growth from each figure to the next one of the same definition; none across a break, and without a value where one of the two has none.</summary>
    public IReadOnlyList<Growth> Growths => new ValueList<Growth>(Pairs().Select(pair => new Growth(
        pair.Second.Definition,
        pair.Second.Channel,
        LocalPeriod.Between(pair.First.Period.From, pair.Second.Period.To),
        ValueOf(pair.First),
        ValueOf(pair.Second),
        LocalPeriod.Between(pair.First.Period.From, pair.Second.Period.From).Days / 7.0,
        [])));

    /// <summary>A series from figures in any order.</summary>
    /// <param name="figures">The figures, all of one channel; their periods must not overlap.</param>
    /// <param name="breaks">Where one definition gives way to another.</param>
    /// <returns>The series in order of time.</returns>
    /// <exception cref="ArgumentNullException">A list is null.</exception>
    /// <exception cref="ArgumentException">A figure or break is null, figures are of several channels, periods overlap, or a period goes on across a break.</exception>
    /// <exception cref="DefinitionMismatchException">Two figures that follow each other are of unequal definitions, and no break between them says so.</exception>
    public static FigureSeries Of(IEnumerable<Figure> figures, params SeriesBreak[] breaks)
    {
        ArgumentNullException.ThrowIfNull(figures);
        ArgumentNullException.ThrowIfNull(breaks);
        Figure[] ordered = [.. figures.Select(figure => figure ?? throw new ArgumentException("figures must not hold null: leave out what is not known.", nameof(figures))).OrderBy(figure => figure.Period.From)];
        if (breaks.Contains(null)) throw new ArgumentException("breaks must not hold null: leave out what is none.", nameof(breaks));
        for (int index = 1; index < ordered.Length; index++)
        {
            (Figure first, Figure second) = (ordered[index - 1], ordered[index]);
            if (first.Channel != second.Channel) throw new ArgumentException($"figures (of {Guard.Text(first.Channel.Value)} and {Guard.Text(second.Channel.Value)}) must be of one channel: make a series for each.", nameof(figures));
            if (second.Period.From < first.Period.To) throw new ArgumentException($"figures ({first.Period} and {second.Period}) must not overlap in time: a series has one figure for each time.", nameof(figures));
            if (!first.Definition.Equals(second.Definition) && !breaks.Any(one => one.On >= first.Period.To && one.On <= second.Period.From && one.Before.Equals(first.Definition) && one.After.Equals(second.Definition)))
            {
                throw new DefinitionMismatchException(first.Definition, second.Definition);
            }
        }

        foreach (SeriesBreak one in breaks)
        {
            if (ordered.FirstOrDefault(figure => figure.Period.From < one.On && one.On < figure.Period.To) is { } across) throw new ArgumentException($"figures ({across.Period}) must not go on across the break {one}: split the period there.", nameof(figures));
        }

        return new FigureSeries(ordered, [.. breaks.OrderBy(one => one.On)]);
    }

    /// <summary>Compares each figure with the next one of the same definition, and accounts for how many comparisons that makes; none across a break.</summary>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded.</param>
    /// <param name="byFalseDiscoveries">See <see cref="FigureComparison.All"/>.</param>
    /// <returns>The comparisons of what followed (first) with what came before (second).</returns>
    /// <exception cref="ArgumentOutOfRangeException">The confidence does not lie between 0 and 1.</exception>
    public IReadOnlyList<FigureComparison> Compare(double confidence = 0.95, bool byFalseDiscoveries = false)
    {
        Guard.Confidence(confidence);
        return FigureComparison.Adjusted([.. Pairs().Where(pair => pair.First.Ratio.IsDefined && pair.Second.Ratio.IsDefined).Select(pair => FigureComparison.Of(pair.Second, pair.First, confidence))], byFalseDiscoveries);
    }

    /// <summary>The figures, one in a line, with the breaks between them.</summary>
    /// <returns>For example <c>2014-11-01/2014-12-01 12.96 % …</c>.</returns>
    public override string ToString() => string.Join('\n', Breaks.Select(one => (From: one.On, Text: one.ToString())).Concat(Figures.Select(figure => (figure.Period.From, Text: $"{figure.Period} {figure}"))).OrderBy(line => line.From).Select(line => line.Text));

    // A figure that was refused (600 of 500 members, persons of companies) has parts that could be divided, and no value all the same.
    private static Quantity ValueOf(Figure figure) => figure.Ratio.IsDefined ? Quantity.Quotient(figure.Numerator, figure.Denominator) : default;

    private IEnumerable<(Figure First, Figure Second)> Pairs() => Figures.Zip(Figures.Skip(1)).Where(pair => pair.First.Definition.Equals(pair.Second.Definition));
}
