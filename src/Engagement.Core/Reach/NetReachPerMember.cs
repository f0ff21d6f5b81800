namespace Engagement.Core;

/// <summary>Net reach over all channels, per member: bounds, model, and what rounded inputs leave open.</summary>
/// <remarks>Immutable; equality is by value; no order. Never one bare number.</remarks>
public sealed record NetReachPerMember
{
    private readonly Figure _gross;
    private readonly FigureDetail _overlaps;
    private readonly (ReachEstimate Estimate, int Retained, double Theta, double Confidence)? _sketched;

    internal NetReachPerMember(AudienceUnion union, Figure gross, UndefinedReason? refusal = null, (ReachEstimate Estimate, int Retained, double Theta, double Confidence)? sketched = null)
    {
        (_gross, _sketched) = (gross, sketched);
        Quantity members = gross.Denominator;
        _overlaps = FigureDetail.None.With([.. union.Overlaps], "Overlaps", "Überschneidungen");
        IsOpen = union.IsOpen;
        Reach = union.Reach;
        Ratio Per(double value) => refusal is { } reason ? Ratio.OfUndefined(reason, value, members.Value ?? 0) : FigureParts.Divide(Quantity.Exact(value), members);
        Ratio Judged(ReachEstimate estimate) => estimate.Value is { } value ? Per(value) : Ratio.OfUndefined(estimate.Undefined!.Value, estimate.Stated ?? 0, members.Value ?? 0);
        Gross = Per(Reach.Gross);
        Lower = Per(Reach.Lower);
        Independence = Judged(Reach.Estimate(ReachModel.Independence));
        Agostini = Judged(Reach.Estimate(ReachModel.Agostini));
        Sketched = sketched is { } own ? Judged(own.Estimate) : Ratio.OfUndefined(UndefinedReason.MissingNumerator);
        Upper = Reach.Upper is { } upper ? Per(upper) : Ratio.OfUndefined(UndefinedReason.MissingNumerator);
        (Rounding, ReachRounding) = refusal is null ? (union.Rounding, union.ReachRounding) : (null, null);
    }

    /// <summary>The recipe: <c>net-reach-per-member</c>.</summary>
    public Definition Definition { get; } = ReachDefinitions.NetReachPerMember;

    /// <summary>Gross and net reach, in persons or whatever the channels count.</summary>
    public NetReach Reach { get; }

    /// <summary>Whether an audience is known in part only: then there is a lower bound and no upper one, and no model.</summary>
    public bool IsOpen { get; }

    /// <summary>Gross reach per member; the least that it can be when <see cref="IsOpen"/>.</summary>
    public Ratio Gross { get; }

    /// <summary>The lower bound per member.</summary>
    public Ratio Lower { get; }

    /// <summary>The model of independence per member; undefined when it says nothing or lies outside the bounds.</summary>
    public Ratio Independence { get; }

    /// <summary>Agostini's model per member; undefined unless every overlap is known, and when it lies outside the bounds.</summary>
    public Ratio Agostini { get; }

    /// <summary>The sketches' estimate per member; undefined where none were given, and when it lies outside the bounds with all its error.</summary>
    public Ratio Sketched { get; }

    /// <summary>The upper bound per member; undefined when <see cref="IsOpen"/>.</summary>
    public Ratio Upper { get; }

    /// <summary>The least and the most per member, given rounded inputs; null when all inputs are exact. Where the universe bounds the net reach, it is at most 1, whatever the true size of the universe is.</summary>
    public Bounds? Rounding { get; }

    /// <summary>The least and the most that the net reach itself can be, given rounded inputs; null when all inputs are exact, or <see cref="Rounding"/> is null.</summary>
    public Bounds? ReachRounding { get; }

    /// <summary>How the net reach came about: audiences, overlaps, universe, bounds and models, so that they can be calculated again from the text alone.</summary>
    /// <param name="language">English or German; numbers are written in its way.</param>
    /// <returns>Several lines, separated by \n.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The language is unspecified or unknown.</exception>
    public string Explain(Language language)
    {
        var text = new Explanation(Definition, _gross.Period, default, language);
        text.Terms(_gross.Detail, _gross.Definition.TermLetters);
        text.Terms(_overlaps, ReachDefinitions.SharedReach.TermLetters);
        text.Equation("U", _gross.Denominator);
        text.Result(text.Say("Net, at least", "Netto, mindestens"), Lower, Definition.Scale);
        text.Result(text.Say("Net, by independence", "Netto, bei Unabhängigkeit"), Independence, Definition.Scale);
        if (Agostini.IsDefined) text.Result(text.Say("Net, by Agostini", "Netto, nach Agostini"), Agostini, Definition.Scale);
        if (_sketched is { } sketched)
        {
            text.Equation("r", Quantity.Exact(sketched.Retained));
            text.Equation("θ", Quantity.Exact(sketched.Theta));
            text.Result(text.Say("Net, by sketches (r/θ)", "Netto, aus Skizzen (r/θ)"), Sketched, Definition.Scale);
            if (sketched.Estimate.Error is { } error) text.Range(text.Say("Error of the sketches", "Fehler der Skizzen"), error.Lower, error.Upper, $" ({text.Number(Math.Round(sketched.Confidence * 100, 10))} %)");
        }

        text.Result(text.Say("Net, at most", "Netto, höchstens"), Upper, Definition.Scale);
        if (Rounding is { } bounds) text.Range(text.Say("Left open by the numbers", "Von den Zahlen offen gelassen"), bounds.Lower, bounds.Upper, "");
        return text.Finish(_gross.Detail.Sources, _gross.Caveats.Where(caveat => caveat.Code is not CaveatCodes.GrossCountsTwice), language);
    }

    /// <summary>Net reach and its bounds per 1,000 members, in the invariant culture.</summary>
    /// <returns>For example <c>net [9000 … 9454 (independence) … 9495], gross 9495: 81.82 … 86.32 per 1,000</c>, or <c>net [500 … open], gross at least 500: undefined per 1,000 (MissingDenominator)</c>.</returns>
    public override string ToString() => Lower.PerThousand is { } least
        ? FormattableString.Invariant($"{Reach}: {least:0.00} … {(Upper.PerThousand is { } most ? FormattableString.Invariant($"{most:0.00}") : "open")} per 1,000")
        : $"{Reach}: undefined per 1,000 ({Lower.Undefined})";
}
