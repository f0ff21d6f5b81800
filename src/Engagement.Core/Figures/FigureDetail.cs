namespace Engagement.Core;

/// <summary>What a figure was made of, beyond its two parts: enough to calculate it again, and no more than a reader can take in.</summary>
internal sealed record FigureDetail
{
    /// <summary>So many terms are told one by one; the others in sum.</summary>
    public const int Listed = 100;

    public static readonly FigureDetail None = new();

    /// <summary>What the terms are: publications, days or channels.</summary>
    public (string English, string German) Noun { get; init; } = ("", "");

    /// <summary>The first terms.</summary>
    public ValueList<FigureTerm> Terms { get; init; } = ValueList<FigureTerm>.Empty;

    /// <summary>How many more there are.</summary>
    public int More { get; init; }

    /// <summary>Those in sum: above the line, below it, and their quotients.</summary>
    public (Quantity Top, Quantity Base, Quantity Quotients) Rest { get; init; }

    /// <summary>Of the terms of a curve those that are not listed: how far it falls over them together, Π(n − d)/n, and their part of Greenwood's sum, Σd/(n·(n − d)); null of other terms.</summary>
    public (Quantity Fall, Quantity Greenwood)? RestOfCurve { get; init; }

    /// <summary>The quotients in the middle of all, for a median; else none.</summary>
    public ValueList<double> Middle { get; init; } = ValueList<double>.Empty;

    /// <summary>Numbers between the terms and the two parts, by the letters of the formula.</summary>
    public ValueList<(string Letter, Quantity Number)> Between { get; init; } = ValueList<(string, Quantity)>.Empty;

    /// <summary>The sums by kind, before weighting.</summary>
    public ValueList<(InteractionKind Kind, Count Count, double Weight)> Kinds { get; init; } = ValueList<(InteractionKind, Count, double)>.Empty;

    /// <summary>The standard error of the figure by the spread between its publications or days, and its degrees of freedom; null of one alone, and where they do not differ at all.</summary>
    public (double Error, int Degrees)? Spread { get; init; }

    /// <summary>The events over their exposure, unweighted; null where the interval is not of events.</summary>
    public (Quantity Number, Quantity Exposure)? Events { get; init; }

    /// <summary>Where the numbers come from.</summary>
    public ValueList<(string English, string German)> Sources { get; init; } = ValueList<(string, string)>.Empty;

    /// <summary>The same detail with terms: the first of them one by one, the others in sum.</summary>
    public FigureDetail With(IReadOnlyList<FigureTerm> terms, string english, string german)
    {
        FigureTerm[] rest = [.. terms.Skip(Listed)];
        return this with
        {
            Noun = (english, german),
            Terms = new(terms.Take(Listed)),
            More = rest.Length,
            Rest = rest.Length == 0 ? default : (Sum(rest, term => term.Top), Sum(rest, term => term.Base), Sum(rest, term => Quantity.Quotient(term.Top, term.Base))),
        };
    }

    private static Quantity Sum(FigureTerm[] terms, Func<FigureTerm, Quantity> part) => terms.Select(part).Aggregate(Quantity.Sum);
}
