using Engagement.Core;

namespace Engagement.Reporting;

/// <summary>Words for what has a name in the library, in the reader's language.</summary>
internal static class Words
{
    /// <summary>Why a figure has no value.</summary>
    public static string Of(UndefinedReason reason, Language language)
    {
        (string english, string german) = reason switch
        {
            UndefinedReason.ZeroDenominator => ("the denominator is 0", "Nenner ist 0"),
            UndefinedReason.MissingNumerator => ("numerator missing", "Zähler unbekannt"),
            UndefinedReason.MissingDenominator => ("denominator missing", "Nenner unbekannt"),
            UndefinedReason.OpenBothWays => ("both parts known in part only", "beide Teile nur teilweise bekannt"),
            UndefinedReason.UnitMismatch => ("units differ", "Einheiten verschieden"),
            UndefinedReason.OutsideBounds => ("outside the bounds", "außerhalb der Schranken"),
            UndefinedReason.PartExceedsWhole => ("the part exceeds the whole", "Teil größer als das Ganze"),
            _ => ("out of range", "außerhalb des Zahlbereichs"),
        };
        return language is Language.German ? german : english;
    }

    /// <summary>What effort is measured in: hours, a currency, or a currency with staff time.</summary>
    public static string OfMeasure(string measure, Language language) => language is Language.German
        ? measure == "hours" ? "Stunden" : measure.Replace("+hours", " mit Arbeitszeit", StringComparison.Ordinal)
        : measure.Replace("+hours", " with staff time", StringComparison.Ordinal);
}
