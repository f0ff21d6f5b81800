using Engagement.Core;
using NodaTime;

namespace Engagement.Cli;

/// <summary>The days that the facts of a portfolio cover.</summary>
internal static class FactPeriod
{
    /// <summary>From the day of the earliest fact up to the day after the latest one; by the sizes of the universes if there is nothing else; null when nothing bears a date.</summary>
    public static LocalPeriod? Of(Portfolio portfolio)
    {
        DateTimeZone zone = portfolio.Organisation.TimeZone;
        LocalPeriod[] days =
        [
            .. portfolio.Audiences.Select(fact => Day(fact.AsOf, zone)),
            .. portfolio.Overlaps.Select(fact => Day(fact.AsOf, zone)),
            .. portfolio.Publications.Select(fact => Day(fact.PublishedAt, zone)),
            .. portfolio.Interactions.Select(fact => Day(fact.At, zone)),
            .. portfolio.Efforts.Where(fact => !fact.Period.IsEmpty).Select(fact => fact.Period),
        ];
        if (days.Length == 0) days = [.. portfolio.Universes.SelectMany(universe => universe.Sizes).Select(size => Day(size.AsOf, zone))];
        return days.Length == 0 ? null : LocalPeriod.Between(days.Min(day => day.From), days.Max(day => day.To));
    }

    private static LocalPeriod Day(Instant instant, DateTimeZone zone) => LocalPeriod.Day(instant.InZone(zone).Date);
}
