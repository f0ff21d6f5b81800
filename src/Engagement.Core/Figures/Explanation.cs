using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace Engagement.Core;

/// <summary>Writes how a figure came about, in English or German, so that it can be calculated again from the text alone: numbers are written to their last digit.</summary>
internal sealed class Explanation
{
    private readonly StringBuilder _text = new();
    private readonly bool _isGerman;
    private readonly IFormatProvider _numbers;

    /// <summary>Begins with what it is of: the definition, a channel or all, and the days, if they are known.</summary>
    public Explanation(Definition definition, LocalPeriod? period, ChannelId channel, Language language)
    {
        _isGerman = Guard.Known(language) is Language.German;
        _numbers = _isGerman ? Words.De : CultureInfo.InvariantCulture;
        _text.AppendLine(CultureInfo.InvariantCulture, $"{definition.Id} · {(channel.IsNone ? Say("all channels together", "alle Kanäle zusammen") : channel.Value)}{(period is { } days ? $" · {Date(days.From)} {Say("up to, not including,", "bis ausschließlich")} {Date(days.To)}" : "")}");
        Line(Say("Formula", "Formel"), definition.Formula(language));
        if (definition.Source is { } source) Line(Say("Recipe of", "Rezept nach"), source);
    }

    public static string Of(Figure figure, Language language)
    {
        Definition definition = figure.Definition;
        FigureDetail detail = figure.Detail;
        var text = new Explanation(definition, figure.Period, figure.Channel, language);
        text.Terms(detail, definition.TermLetters);
        foreach ((InteractionKind kind, Count count, double weight) in detail.Kinds) text.Indented(text.Say(Words.English(kind), Words.German(kind)), $"{text.Number(Quantity.From(count))} × {text.Number(weight)}");
        foreach ((string letter, Quantity number) in detail.Between) text.Equation(letter, number);
        (string top, string? bottom) = definition.PartLetters;
        text.Equation(top, figure.Numerator);
        if (bottom is not null) text.Equation(bottom, figure.Denominator);
        text.Result(text.Say("Result", "Ergebnis"), figure.Ratio, figure.Scale);
        if (figure.Rounding is { } bounds) text.Range(text.Say("Left open by the numbers", "Von den Zahlen offen gelassen"), bounds.Lower, bounds.Upper, "");
        if (figure.Interval is { } interval) text.Range(text.Say("Interval", "Intervall"), interval.Lower, interval.Upper, $" ({text.Say(Words.English(interval.Method), Words.German(interval.Method))}, {text.Number(Math.Round(interval.Confidence * 100, 10))} %)");
        return text.Finish(detail.Sources, figure.Caveats, language);
    }

    public string Say(string english, string german) => _isGerman ? german : english;

    /// <summary>The terms one by one, and the others in sum.</summary>
    public void Terms(FigureDetail detail, (string Top, string Bottom) letters)
    {
        if (detail.Terms.Count == 0) return;
        _text.AppendLine(CultureInfo.InvariantCulture, $"{Say(detail.Noun.English, detail.Noun.German)} ({Number(detail.Terms.Count + detail.More)}):");
        foreach (FigureTerm term in detail.Terms) Indented(term.Name, Term(letters, term.Top, term.Base));
        if (detail.More > 0)
        {
            string quotients = detail.Rest.Quotients.HasValue ? $" · Σ({letters.Top}/{letters.Bottom}) = {Number(detail.Rest.Quotients)}" : "";
            string rest = detail.RestOfCurve is { } curve ? $"Π(n−d)/n = {Number(curve.Fall)} · Σd/(n·(n−d)) = {Number(curve.Greenwood)}" : Term(($"Σ{letters.Top}", $"Σ{letters.Bottom}"), detail.Rest.Top, detail.Rest.Base) + quotients;
            Indented(Say($"and {Number(detail.More)} more", $"und {Number(detail.More)} weitere"), rest);
        }

        if (detail.Middle.Count > 0) Indented(Say("in the middle", "in der Mitte"), string.Join(" · ", detail.Middle.Select(Number)));
    }

    public void Equation(string letter, Quantity number) => _text.AppendLine(CultureInfo.InvariantCulture, $"{letter} = {Number(number)}");

    /// <summary>The division, and its value in the scale of the definition.</summary>
    public void Result(string label, Ratio ratio, int scale)
    {
        string parts = $"{Number(ratio.Numerator)} / {Number(ratio.Denominator)}";
        if (ratio.Value is not { } value)
        {
            UndefinedReason reason = ratio.Undefined!.Value;
            Line(label, $"{Say("undefined", "undefiniert")} ({reason}): {Say(Words.English(reason), Words.German(reason))}");
            return;
        }

        string scaled = scale != 1 && ratio.Per(scale) is { } per ? $"; {Say("per", "je")} {Number(scale)}: {per.ToString("#,0.00####", _numbers)}" : "";
        Line(label, $"{parts} = {Number(value)}{scaled}");
    }

    public void Range(string label, double lower, double upper, string more) => Line(label, $"{Number(lower)} {Say("to", "bis")} {Number(upper)}{more}");

    public void Line(string label, string text) => _text.AppendLine(CultureInfo.InvariantCulture, $"{label}: {text}");

    public string Finish(IEnumerable<(string English, string German)> sources, IEnumerable<Caveat> caveats, Language language)
    {
        foreach ((string english, string german) in sources) Line(Say("Data", "Daten"), Say(english, german));
        foreach (Caveat caveat in caveats) Line(caveat.Code, caveat.Text(language));
        return _text.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>A number to its last digit, with what is known about it.</summary>
    public string Number(Quantity quantity) => quantity switch
    {
        { State: CountState.Rounded, Value: { } value, Lower: { } lower, Upper: { } upper } => $"{Number(value)} ({Number(lower)} {Say("to", "bis")} {Number(upper)})",
        { State: CountState.Partial, Value: { } value } => $"{Say("at least", "mindestens")} {Number(value)}",
        { Value: { } value } => Number(value),
        { State: CountState.Withheld } => Say("withheld", "nicht genannt"),
        { State: CountState.NotApplicable } => Say("not applicable", "entfällt"),
        _ => Say("missing", "unbekannt"),
    };

    public string Number(double value) => value == Math.Floor(value) && Math.Abs(value) < 1e15 ? value.ToString("#,0", _numbers) : value.ToString("R", _numbers);

    private string Term((string Top, string Bottom) letters, Quantity top, Quantity bottom) =>
        bottom.State is CountState.NotApplicable ? $"{letters.Top} = {Number(top)}" : $"{letters.Top} = {Number(top)} · {letters.Bottom} = {Number(bottom)}";

    private void Indented(string label, string text) => Line($"  {label}", text);

    private string Date(LocalDate date) => (_isGerman ? LocalDatePattern.CreateWithInvariantCulture("dd.MM.uuuu") : LocalDatePattern.Iso).Format(date);
}
