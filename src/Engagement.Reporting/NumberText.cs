using System.Globalization;
using Engagement.Core;

namespace Engagement.Reporting;

/// <summary>Numbers for readers in the language asked for, never in the machine's.</summary>
internal sealed class NumberText
{
    private const double Largest = 1e19;
    private const double Smallest = 1e-9;

    private readonly CultureInfo _culture;

    public NumberText(Language language) => _culture = language is Language.German ? CultureInfo.GetCultureInfo("de-DE") : CultureInfo.InvariantCulture;

    /// <summary>A whole number, or the nearest one.</summary>
    public string Whole(double value) => value < Largest ? value.ToString("N0", _culture) : value.ToString("0.######E+0", _culture);

    /// <summary>A part of a quotient: whole if it is, else with six digits that count.</summary>
    public string Part(double value) => value == Math.Floor(value) ? Whole(value) : value < Smallest ? value.ToString("0.#####E+0", _culture) : value.ToString($"#,0.{new string('#', Decimals(value, 6))}", _culture);

    /// <summary>A scaled quotient: two decimals, and more where it is so small that they would say nothing.</summary>
    public string Scaled(double value) =>
        value >= Largest || (value > 0 && value < Smallest) ? value.ToString("0.00E+0", _culture) : value.ToString(string.Create(CultureInfo.InvariantCulture, $"N{Decimals(value, 2)}"), _culture);

    // As many decimals as show that many digits that count, and never fewer than two.
    private static int Decimals(double value, int digits) => value == 0 ? 2 : Math.Max(2, digits - 1 - (int)Math.Floor(Math.Log10(value)));
}
