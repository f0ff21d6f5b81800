using System.Globalization;
using System.Text.RegularExpressions;

namespace Engagement.Core.Tests.Figures;

/// <summary>Calculates a figure again from nothing but the text of its explanation, by the formula that the text states.</summary>
internal sealed partial class ExplanationReader
{
    private readonly NumberFormatInfo _format;
    private readonly List<(string Name, Dictionary<string, double> Numbers)> _terms = [];
    private readonly Dictionary<string, double> _equations = new(StringComparer.Ordinal);
    private readonly List<double> _weighted = [];
    private readonly string _formula = "";
    private readonly int _count;

    public ExplanationReader(string text, Language language)
    {
        _format = language is Language.German ? new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = "." } : NumberFormatInfo.InvariantInfo;
        foreach (string line in text.Split('\n'))
        {
            if (line.StartsWith(language is Language.German ? "Formel: " : "Formula: ", StringComparison.Ordinal)) _formula = line.Split(": ", 2)[1].Split(" · ")[0];
            else if (Heading().Match(line) is { Success: true } heading) _count = (int)Number(heading.Groups["count"].Value);
            else if (line.StartsWith("  ", StringComparison.Ordinal)) ReadIndented(line.Trim());
            else if (Equation().Match(line) is { Success: true } equation) _equations[equation.Groups["letter"].Value] = Number(equation.Groups["number"].Value);
        }
    }

    /// <summary>Σ count × weight over the kinds; null where the text tells none.</summary>
    public double? WeightedSum => _weighted.Count == 0 ? null : _weighted.Sum();

    /// <summary>A number that the text tells by its letter.</summary>
    public double this[string letter] => _equations[letter];

    /// <summary>Of a response time what the steps of its curve, and the median of its times, come to.</summary>
    public (double Survival, double Greenwood, double Median) Curve()
    {
        double survival = 1;
        double greenwood = 0;
        double? median = null;
        var times = new List<double>();
        foreach ((string name, Dictionary<string, double> numbers) in _terms)
        {
            if (numbers.TryGetValue("n", out double atRisk))
            {
                double events = numbers["d"];
                survival *= (atRisk - events) / atRisk;
                greenwood += events / (atRisk * (atRisk - events));
                if (survival <= 0.5 + 1e-12) median ??= Hours(name);
            }
            else if (numbers.TryGetValue("d", out double answered))
            {
                times.AddRange(Enumerable.Repeat(Hours(name), (int)answered));
            }
            else
            {
                survival *= numbers["Π(n−d)/n"];
                greenwood += numbers["Σd/(n·(n−d))"];
            }
        }

        if (times.Count > 0) median = (times[(times.Count - 1) / 2] + times[times.Count / 2]) / 2;
        // A median beyond the steps that are listed is the time that the text gives.
        if (_equations.TryGetValue("t₁", out double start)) median ??= start;
        if (_equations.TryGetValue("t₂", out double end)) median = (_equations["t₁"] + end) / 2;
        return (survival, greenwood, median ?? double.NaN);

        static double Hours(string name)
        {
            double[] parts = [.. name.Split(':').Select(part => double.Parse(part, CultureInfo.InvariantCulture))];
            return parts[0] + (parts[1] / 60) + (parts[2] / 3600);
        }
    }

    public double Recalculate()
    {
        double Sum(string letter) => _terms.Sum(term => term.Numbers.GetValueOrDefault(letter) + term.Numbers.GetValueOrDefault($"Σ{letter}"));
        if (MeanOfQuotients().Match(_formula) is { Success: true } mean)
        {
            string letter = mean.Groups["letter"].Value;
            return _terms.Sum(term => term.Numbers.TryGetValue($"Σ(I/{letter})", out double rest) ? rest : term.Numbers["I"] / term.Numbers[letter]) / _count;
        }

        if (Median().Match(_formula) is { Success: true } median)
        {
            // Listed in full, or the middle as told.
            string letter = median.Groups["letter"].Value;
            double[] quotients = [.. _terms.Where(term => term.Numbers.ContainsKey("I")).Select(term => term.Numbers["I"] / (letter.Length == 0 ? 1 : term.Numbers[letter])).Order()];
            return quotients.Length == _count ? (quotients[(_count - 1) / 2] + quotients[_count / 2]) / 2 : throw new InvalidOperationException("Not all are listed.");
        }

        return _formula switch
        {
            "ΣI/P" => Sum("I") / _count,
            "ΣI/P/F" or "ΣI/P/U" => Sum("I") / _count / _equations[_formula[^1..]],
            _ when _formula.StartsWith("ΣI/Σ", StringComparison.Ordinal) => Sum("I") / Sum(_formula[4..]),
            _ when _formula.StartsWith("ΣI/", StringComparison.Ordinal) => Sum("I") / _equations[_formula[3..]],
            _ => _equations[_formula.Split('/')[0]] / _equations[_formula.Split('/')[1]],
        };
    }

    private double Number(string text) => double.Parse(text, NumberStyles.Float | NumberStyles.AllowThousands, _format);

    private void ReadIndented(string line)
    {
        string[] parts = line.Split(": ", 2);
        if (Weighted().Match(parts[1]) is { Success: true } weighted) _weighted.Add(Number(weighted.Groups["count"].Value) * Number(weighted.Groups["weight"].Value));
        else if (parts[1].Contains(" = ", StringComparison.Ordinal)) _terms.Add((parts[0], parts[1].Split(" · ").Select(part => part.Split(" = ")).ToDictionary(part => part[0], part => Number(part[1].Split(" (")[0]), StringComparer.Ordinal)));
    }

    [GeneratedRegex(@"\A\w+ \((?<count>[0-9.,]+)\):\z", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\A(?<letter>[^ :]+) = (?<number>[0-9][^ ]*)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Equation();

    [GeneratedRegex(@"\A(?<count>[0-9.,]+) × (?<weight>[0-9.,]+)\z", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Weighted();

    [GeneratedRegex(@"\AΣ\(I/(?<letter>\w)\)/[PD]\z", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex MeanOfQuotients();

    [GeneratedRegex(@"\Amedian\(I(/(?<letter>\w))?\)\z", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Median();
}
