using NodaTime;
using NodaTime.Text;

namespace Engagement.Cli;

/// <summary>When observation ends: the beginning of a day in the organisation's zone, or a moment.</summary>
/// <param name="Text">As the option has it.</param>
/// <param name="Day">The first day that is not observed; null for a moment.</param>
/// <param name="Moment">The moment; without meaning for a day.</param>
internal sealed record ObservedUntil(string Text, LocalDate? Day, Instant Moment)
{
    private const int LastYear = 9998;

    /// <summary>A day, or a moment with its offset; null when the text is neither.</summary>
    public static ObservedUntil? Read(string text) =>
        LocalDatePattern.Iso.Parse(text).TryGetValue(default, out LocalDate day) && day.Year is >= 1 and <= LastYear ? new(text, day, default)
        : OffsetDateTimePattern.ExtendedIso.Parse(text).TryGetValue(default, out OffsetDateTime moment) && moment.Year is >= 1 and <= LastYear ? new(text, null, moment.ToInstant())
        : null;

    public Instant In(DateTimeZone zone) => Day is { } day ? zone.AtStartOfDay(day).ToInstant() : Moment;
}
