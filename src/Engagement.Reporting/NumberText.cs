using System.Globalization;
using Engagement.Core;

namespace Engagement.Reporting;

/// <summary>Numbers for readers in the language asked for, never in the machine's.</summary>
internal sealed class NumberText
{
    private const double Largest = 1e19;
    private const double Smallest = 1e-9;

    // Typed in: the tool runs without culture data, as many containers do.
    private static readonly NumberFormatInfo German = NumberFormatInfo.ReadOnly(new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = "." });

    private readonly NumberFormatInfo _format;

    public NumberText(Language language) => _format = FormatOf(language);

    /// <summary>How a language writes numbers.</summary>
    public static NumberFormatInfo FormatOf(Language language) => language is Language.German ? German : NumberFormatInfo.InvariantInfo;

    /// <summary>A whole number, or the nearest one.</summary>
    public string Whole(double value) => value < Largest ? value.ToString("N0", _format) : value.ToString("0.######E+0", _format);

    /// <summary>A part of a quotient: whole if it is, else with six digits that count.</summary>
    public string Part(double value) => value == Math.Floor(value) ? Whole(value) : value < Smallest ? value.ToString("0.#####E+0", _format) : value.ToString($"#,0.{new string('#', Decimals(value, 6))}", _format);

    /// <summary>A scaled quotient: two decimals, and more where it is so small that they would say nothing.</summary>
    public string Scaled(double value) =>
        value >= Largest || (value > 0 && value < Smallest) ? value.ToString("0.00E+0", _format) : value.ToString(string.Create(CultureInfo.InvariantCulture, $"N{Decimals(value, 2)}"), _format);

    // As many decimals as show that many digits that count, and never fewer than two.
    private static int Decimals(double value, int digits) => value == 0 ? 2 : Math.Max(2, digits - 1 - (int)Math.Floor(Math.Log10(value)));
}
