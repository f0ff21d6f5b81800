using System.Globalization;
using System.Text;

namespace Engagement.Core.Tests.Statistics;

/// <summary>Collects how far results lie from a reference, and judges them all at once.</summary>
public sealed class Deviations
{
    private readonly Dictionary<string, (double Ratio, double Relative, string Row)> _worst = new(StringComparer.Ordinal);
    private readonly StringBuilder _outside = new();

    public int Count { get; private set; }

    /// <summary>Notes a result: it must agree relatively, or absolutely, with the reference.</summary>
    public void Note(string kind, string row, double actual, double reference, double relative, double absolute = 0)
    {
        Count++;
        double difference = actual == reference ? 0 : Math.Abs(actual - reference);
        double allowed = Math.Max(relative * Math.Abs(reference), absolute);
        double ratio = difference == 0 ? 0 : difference / allowed;
        double deviation = difference == 0 ? 0 : difference / Math.Abs(reference);
        if (!_worst.TryGetValue(kind, out var known) || !(ratio <= known.Ratio)) _worst[kind] = (ratio, deviation, row);
        if (!(ratio <= 1)) _outside.Append(CultureInfo.InvariantCulture, $"{kind} {row}: {actual:R} instead of {reference:R} ({deviation:E1} relative)\n");
    }

    public void AssertNone(int rows)
    {
        Assert.True(Count >= rows, $"Only {Count} values were compared, at least {rows} were expected.");
        Assert.True(_outside.Length == 0, $"{_outside}\nWorst of each kind:\n{this}");
    }

    public override string ToString() =>
        string.Join('\n', _worst.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}: {pair.Value.Relative:E1} relative ({pair.Value.Ratio:F3} of what is allowed) at {pair.Value.Row}")));
}
