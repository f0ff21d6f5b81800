using Engagement.Core;
using NodaTime;
using NodaTime.Text;

namespace Engagement.Reporting;

/// <summary>What is stated of one channel in one month of the report's period: facts, not figures.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Month">The month, as <c>2024-01</c>.</param>
/// <param name="Audience">The size of the latest snapshot within the month; missing where there is none.</param>
/// <param name="Publications">The publications; null where none of the channel is known at any time, which is not 0.</param>
/// <param name="Interactions">The listed interactions of all but the organisation and bots; null where none of the channel is listed at any time.</param>
internal sealed record MonthFact(Channel Channel, string Month, Count Audience, int? Publications, int? Interactions)
{
    // Beyond some years of ten channels a table of months is no help, and the page would grow heavy.
    private const int MostRows = 400;

    /// <summary>Channel after channel, every month of the period in which anything is stated of any; none where there is one month alone, or too many.</summary>
    public static IReadOnlyList<MonthFact> Of(Report report)
    {
        Portfolio portfolio = report.Portfolio;
        DateTimeZone zone = portfolio.Organisation.TimeZone;
        var publications = new Tally();
        var interactions = new Tally();
        var audiences = new Dictionary<(ChannelId Channel, YearMonth Month), Count>();
        foreach (AudienceSnapshot snapshot in portfolio.Channels.SelectMany(channel => portfolio.AudienceOf(channel.Id).Snapshots))
        {
            LocalDate day = snapshot.AsOf.InZone(zone).Date;
            if (report.Period.Contains(day)) audiences[(snapshot.Channel, day.ToYearMonth())] = snapshot.Size;
        }

        foreach (Publication publication in portfolio.Publications) publications.Count(publication.Channel, publication.PublishedAt.InZone(zone).Date, report.Period);
        foreach (Interaction interaction in portfolio.Interactions)
        {
            if (interaction.Role is not (ActorRole.Organisation or ActorRole.Bot)) interactions.Count(interaction.Channel, interaction.At.InZone(zone).Date, report.Period);
        }

        YearMonth[] months = [.. audiences.Keys.Select(key => key.Month).Concat(publications.Months).Concat(interactions.Months).Distinct().Order()];
        if (months.Length < 2 || months.Length * portfolio.Channels.Count > MostRows) return [];
        return [.. portfolio.Channels.SelectMany(channel => months.Select(month => new MonthFact(
            channel, Iso(month), audiences.GetValueOrDefault((channel.Id, month), Core.Count.Missing), publications.Of(channel.Id, month), interactions.Of(channel.Id, month))))];
    }

    public static string Iso(YearMonth month) => YearMonthPattern.Iso.Format(month);

    /// <summary>How many per channel and month.</summary>
    private sealed class Tally
    {
        private readonly Dictionary<(ChannelId Channel, YearMonth Month), int> _counts = [];
        private readonly HashSet<ChannelId> _known = [];

        public IEnumerable<YearMonth> Months => _counts.Keys.Select(key => key.Month);

        public void Count(ChannelId channel, LocalDate day, LocalPeriod period)
        {
            _known.Add(channel);
            if (!period.Contains(day)) return;
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_counts, (channel, day.ToYearMonth()), out _)++;
        }

        public int? Of(ChannelId channel, YearMonth month) => _known.Contains(channel) ? _counts.GetValueOrDefault((channel, month)) : null;
    }
}
