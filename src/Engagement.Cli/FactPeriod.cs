using Engagement.Core;
using NodaTime;
using NodaTime.Text;

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
            .. Of(portfolio.Interactions, zone) is { } active ? [active] : Array.Empty<LocalPeriod>(),
            .. portfolio.Efforts.Where(fact => !fact.Period.IsEmpty).Select(fact => fact.Period),
        ];
        if (days.Length == 0) days = [.. portfolio.Universes.SelectMany(universe => universe.Sizes).Select(size => Day(size.AsOf, zone))];
        return Around(days);
    }

    /// <summary>From the day of the earliest interaction up to the day after the latest one; null when there is none.</summary>
    public static LocalPeriod? Of(IReadOnlyList<Interaction> interactions, DateTimeZone zone) => Around([.. Outermost(interactions).Select(fact => Day(fact.At, zone))]);

    /// <summary>Whether the days asked for are in order; says so where they are not.</summary>
    public static bool IsInOrder(LocalDate? from, LocalDate? to, TextWriter error)
    {
        if (from is not { } first || to is not { } end || end > first) return true;
        error.WriteLine($"error: --to ({Iso(end)}) must lie after --from ({Iso(first)}): the day of --to is not included, so pass the day after the last one.");
        return false;
    }

    /// <summary>The period asked for, filled up from the facts where an end is left out; else the exit code, and the reason on standard error.</summary>
    public static (LocalPeriod Period, int Code) Asked(Portfolio portfolio, LocalDate? askedFrom, LocalDate? askedTo, TextWriter error) => Asked(Of(portfolio), askedFrom, askedTo, error);

    /// <summary>The period asked for, filled up from that of the facts where an end is left out; else the exit code, and the reason on standard error.</summary>
    public static (LocalPeriod Period, int Code) Asked(LocalPeriod? facts, LocalDate? askedFrom, LocalDate? askedTo, TextWriter error)
    {
        if ((askedFrom ?? facts?.From) is not { } from || (askedTo ?? facts?.To) is not { } to)
        {
            error.WriteLine("error: the portfolio holds no dated fact to take a period from: pass --from and --to.");
            return (default, Program.BadData);
        }

        if (to > from) return (LocalPeriod.Between(from, to), Program.Success);

        // One of them comes from the facts.
        error.WriteLine(askedFrom is null
            ? $"error: --to ({Iso(to)}) must lie after the earliest fact ({Iso(from)}): pass a later day, or --from too."
            : $"error: --from ({Iso(from)}) must not lie after the latest fact ({Iso(to.PlusDays(-1))}): pass an earlier day, or --to too.");
        return (default, Program.BadUsage);
    }

    /// <summary>Whether the interactions of a period are all kept; says so where some of its days were taken out of the store by age, because what is left would pass for all.</summary>
    public static bool IsKept(Portfolio portfolio, LocalPeriod period, Instant? keptFrom, TextWriter error)
    {
        if (keptFrom is not { } from || from.InZone(portfolio.Organisation.TimeZone).Date is var day && period.From >= day) return true;
        error.WriteLine($"error: the period begins on {Iso(period.From)}, and interactions before {Iso(day)} were taken out of the store: pass --from {Iso(day)}, or a later day; engagement store rollup still counts the days before.");
        return false;
    }

    /// <summary>The interactions near the earliest and near the latest one: a clock may show a later moment an earlier day, but not by more than this.</summary>
    private static IEnumerable<Interaction> Outermost(IReadOnlyList<Interaction> interactions)
    {
        if (interactions.Count == 0) return [];
        var margin = Duration.FromDays(3);
        Instant early = interactions.Min(fact => fact.At) + margin;
        Instant late = interactions.Max(fact => fact.At) - margin;
        return interactions.Where(fact => fact.At <= early || fact.At >= late);
    }

    private static LocalPeriod? Around(LocalPeriod[] days) => days.Length == 0 ? null : LocalPeriod.Between(days.Min(day => day.From), days.Max(day => day.To));

    private static string Iso(LocalDate date) => LocalDatePattern.Iso.Format(date);

    private static LocalPeriod Day(Instant instant, DateTimeZone zone) => LocalPeriod.Day(instant.InZone(zone).Date);
}
