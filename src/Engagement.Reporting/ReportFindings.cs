using Engagement.Core;
using NodaTime;

namespace Engagement.Reporting;

/// <summary>What stands above all figures: a sentence or two for each question, from the figures alone.</summary>
internal sealed class ReportFindings
{
    private const double Proportionate = 1;

    private readonly Report _report;
    private readonly NumberText _english = new(Language.English);
    private readonly NumberText _german = new(Language.German);

    private ReportFindings(Report report) => _report = report;

    public static IEnumerable<ReportFinding> Of(Report report)
    {
        var findings = new ReportFindings(report);
        return new[] { findings.Reach(), findings.Engagement(), findings.Dialogue(), findings.Effort(), findings.Growth(), findings.Quality() }.OfType<ReportFinding>();
    }

    private ReportFinding? Reach()
    {
        if (_report.Scope is ReportScope.Dialogue) return null;
        if (_report.Reach.Net is not { } net) return new ReportFinding("reach", "Of no channel the audience is known: reach is missing, not 0.", "Von keinem Kanal ist das Publikum bekannt: Die Reichweite ist unbekannt, nicht 0.");
        long least = net.Reach.Lower;
        (string English, string German) share = net.Lower.Percent is not { } lower ? ("", "")
            : net.IsOpen ? ($": {_english.Scaled(lower)} for each 100 members, or more", $": {_german.Scaled(lower)} je 100 Mitglieder, oder mehr")
            : net.Upper.Percent is { } upper ? ($": {_english.Scaled(lower)} to {_english.Scaled(upper)} for each 100 members", $": {_german.Scaled(lower)} bis {_german.Scaled(upper)} je 100 Mitglieder")
            : ("", "");
        return net.Reach.Upper is not { } most
            ? new("reach", $"At least {_english.Whole(least)} are in an audience{share.English}.", $"Mindestens {_german.Whole(least)} sind in einem Publikum{share.German}.")
            : new("reach", $"At least {_english.Whole(least)} and at most {_english.Whole(most)} are in an audience{share.English}. Who is in several counts once.", $"Mindestens {_german.Whole(least)} und höchstens {_german.Whole(most)} sind in einem Publikum{share.German}. Wer in mehreren ist, zählt einmal.");
    }

    private ReportFinding? Engagement()
    {
        if (_report.Scope is not ReportScope.All) return null;
        if (_report.Ratios.FirstOrDefault(result => result.Channels.Any(figure => figure.Value is not null)) is not { } result)
        {
            return new("engagement", "No channel has an engagement ratio: interactions or audiences are missing, which is not 0.", "Kein Kanal hat eine Engagement-Quote: Interaktionen oder Publikum sind unbekannt, was nicht 0 ist.");
        }

        Figure[] known = [.. result.Channels.Where(figure => figure.Value is not null)];
        (double least, double most) = (known.Min(figure => figure.Value!.Value) * known[0].Scale, known.Max(figure => figure.Value!.Value) * known[0].Scale);
        string scale = _english.Whole(known[0].Scale);
        string germanScale = _german.Whole(known[0].Scale);
        return new(
            "engagement",
            $"{known.Length} of {result.Channels.Count} channels have an engagement ratio ({result.Definition.Id}): from {_english.Scaled(least)} to {_english.Scaled(most)} per {scale}.",
            $"{known.Length} von {result.Channels.Count} Kanälen haben eine Engagement-Quote ({result.Definition.Id}): von {_german.Scaled(least)} bis {_german.Scaled(most)} je {germanScale}.");
    }

    private ReportFinding? Dialogue()
    {
        var unknown = new ReportFinding("dialogue", "No single interaction is listed: whether anybody talks with anybody is not known.", "Keine einzelne Interaktion ist verzeichnet: Ob jemand mit jemandem spricht, ist nicht bekannt.");
        if (_report.Dialogue is not { } dialogue) return _report.Scope is ReportScope.Reach ? null : unknown;
        ResponseTimes response = dialogue.Rows[^1].Response;
        if (response.Answerable == 0)
        {
            // Nothing that calls for an answer among what is listed; where nothing is listed at all, nobody knows.
            return dialogue.Rows[^1].ResponseRate.Numerator.State is CountState.Missing ? unknown
                : new("dialogue", "No message from outside that calls for an answer is listed.", "Keine Nachricht von außen, auf die zu antworten wäre, ist verzeichnet.");
        }

        if (dialogue.Rows[^1].ResponseRate.Numerator.State is not CountState.Observed)
        {
            return new(
                "dialogue",
                $"How many of {_english.Whole(response.Answerable)} messages from outside were answered is not known: there are replies that do not name what they reply to.",
                $"Wie viele von {_german.Whole(response.Answerable)} Nachrichten von außen beantwortet wurden, ist nicht bekannt: Es gibt Antworten, die nicht nennen, worauf sie antworten.");
        }

        (string English, string German) wait = response.MedianHours.Value is { } hours
            ? ($"Half of them were answered within {_english.Scaled(hours)} hours, the unanswered counted in.", $"Die Hälfte wurde binnen {_german.Scaled(hours)} Stunden beantwortet, die unbeantworteten mitgezählt.")
            : ("Less than half of them were answered while they were observed.", "Weniger als die Hälfte wurde während der Beobachtung beantwortet.");
        return new(
            "dialogue",
            $"{_english.Whole(response.Answered)} of {_english.Whole(response.Answerable)} messages from outside were answered. {wait.English}",
            $"{_german.Whole(response.Answered)} von {_german.Whole(response.Answerable)} Nachrichten von außen wurden beantwortet. {wait.German}");
    }

    private ReportFinding? Effort()
    {
        if (_report.Scope is not ReportScope.All) return null;
        if (_report.Effort?.Rows.GroupBy(row => (row.Benefit.Id, row.Measure)).Select(table => table.Where(row => row.Proportionality.Value is not null).ToArray()).FirstOrDefault(rows => rows.Length > 1) is not { } rows)
        {
            return new("effort", "Effort and a benefit are not known of enough channels to set one against the other.", "Aufwand und Wirkung sind von zu wenigen Kanälen bekannt, um sie einander gegenüberzustellen.");
        }

        ChannelEffortBenefit best = rows.MaxBy(row => row.Proportionality.Value)!;
        ChannelEffortBenefit worst = rows.MinBy(row => row.Proportionality.Value)!;
        int under = rows.Count(row => row.Proportionality.Value < Proportionate);
        Benefit benefit = best.Benefit;
        (string English, string German) ends = best.Proportionality.Value == worst.Proportionality.Value
            ? (".", ".")
            : ($"; most out of proportion is {Name(worst)} (index {_english.Scaled(worst.Proportionality.Value!.Value)}), and {Name(best)} brings most for its effort ({_english.Scaled(best.Proportionality.Value!.Value)}).",
               $"; am wenigsten im Verhältnis steht {Name(worst)} (Index {_german.Scaled(worst.Proportionality.Value!.Value)}), am meisten für seinen Aufwand bringt {Name(best)} ({_german.Scaled(best.Proportionality.Value!.Value)}).");
        return new(
            "effort",
            $"{under} of {rows.Length} channels take a greater share of effort ({Words.OfMeasure(best.Measure, Language.English)}) than they bring of {Printable.Line(benefit.English)}{ends.English}",
            $"{under} von {rows.Length} Kanälen nehmen einen größeren Anteil am Aufwand ({Words.OfMeasure(best.Measure, Language.German)}), als sie an der Wirkung haben ({Printable.Line(benefit.German)}){ends.German}");
    }

    /// <summary>Audiences that were counted at least twice in the period: how many grew.</summary>
    private ReportFinding? Growth()
    {
        if (_report.Scope is ReportScope.Dialogue) return null;
        DateTimeZone zone = _report.Portfolio.Organisation.TimeZone;
        int counted = 0;
        int grown = 0;
        foreach (Channel channel in _report.Portfolio.Channels)
        {
            AudienceSnapshot[] sizes = [.. _report.Portfolio.AudienceOf(channel.Id).Snapshots.Where(snapshot => snapshot.Size.HasValue && _report.Period.Contains(snapshot.AsOf, zone))];
            if (sizes.Length < 2) continue;
            counted++;

            // Rounded sizes may overlap: then nobody knows.
            if (sizes[^1].Size.Lower > sizes[0].Size.Upper) grown++;
        }

        return counted == 0
            ? new("growth", "No audience was counted twice in the period: growth is not known.", "Kein Publikum wurde im Zeitraum zweimal gezählt: Wachstum ist nicht bekannt.")
            : new("growth", $"{grown} of {counted} audiences that were counted more than once in the period have grown.", $"{grown} von {counted} im Zeitraum mehrfach gezählten Publika sind gewachsen.");
    }

    private ReportFinding Quality()
    {
        ReportFigure[] figures = [.. _report.Figures];
        int undefined = figures.Count(figure => figure.Value is null);
        int caveats = figures.SelectMany(figure => figure.Caveats).Select(caveat => caveat.Code).Distinct(StringComparer.Ordinal).Count();
        return new(
            "data-quality",
            $"{_english.Whole(undefined)} of {_english.Whole(figures.Length)} figures have no value, and say why; {_english.Whole(caveats)} kinds of caveats apply.",
            $"{_german.Whole(undefined)} von {_german.Whole(figures.Length)} Zahlen haben keinen Wert und sagen, warum; es gelten {_german.Whole(caveats)} Arten von Vorbehalten.");
    }

    private string Name(ChannelEffortBenefit row) => Printable.Line(_report.ChannelOf(row.Channel).Name);
}
