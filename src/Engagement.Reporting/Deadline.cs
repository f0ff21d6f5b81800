using System.Globalization;
using NodaTime;

namespace Engagement.Reporting;

/// <summary>A time within which the report tells the share answered: a whole number of minutes, hours or days.</summary>
internal sealed record Deadline
{
    /// <summary>More columns than these do not fit a table.</summary>
    private const int Most = 5;

    private Deadline(int number, char unit) => (Number, Unit) = (number, unit);

    /// <summary>An hour, a day and a week.</summary>
    public static IReadOnlyList<Deadline> Standard { get; } = [new(1, 'h'), new(24, 'h'), new(7, 'd')];

    public int Number { get; }

    /// <summary><c>m</c>, <c>h</c> or <c>d</c>.</summary>
    public char Unit { get; }

    /// <summary>As the option has it, for example <c>24h</c>.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Number}{Unit}");

    public Duration Time => Unit switch { 'm' => Duration.FromMinutes(Number), 'h' => Duration.FromHours(Number), _ => Duration.FromDays(Number) };

    /// <summary>Times separated by commas, shortest first; or the rule that the text breaks.</summary>
    public static (IReadOnlyList<Deadline> Times, string? Broken) Read(string text)
    {
        var times = new List<Deadline>();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (part.Length < 2 || part[^1] is not ('m' or 'h' or 'd') || !int.TryParse(part[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number is 0 or > 100_000) return ([], "must be whole minutes (m), hours (h) or days (d) from 1 to 100000, separated by commas");
            times.Add(new Deadline(number, part[^1]));
        }

        return times.DistinctBy(time => time.Time).Count() < times.Count ? ([], "must not give the same time twice")
            : times.Count > Most ? ([], string.Create(CultureInfo.InvariantCulture, $"must not give more than {Most} times"))
            : ([.. times.OrderBy(time => time.Time)], null);
    }
}
