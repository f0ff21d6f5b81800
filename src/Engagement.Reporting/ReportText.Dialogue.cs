using System.Globalization;
using Engagement.Core;
using NodaTime;

namespace Engagement.Reporting;

/// <summary>The sections on dialogue.</summary>
internal sealed partial class ReportText
{
    private const int CarriersShown = 5;

    private IEnumerable<Block> DialogueBlocks()
    {
        if (_report.Dialogue is not { } dialogue) yield break;
        yield return Heading(2, Say("Dialogue", "Dialog"));
        yield return Heading(3, Say("Does anybody talk with anybody?", "Spricht jemand mit jemandem?"));
        yield return new Block.Table
        {
            Header = [Say("Channel", "Kanal"), Say("level", "Stufe"), Say("pub-\nlished", "veröf-\nfentlicht"), Say("feed-\nback", "Reak-\ntionen"), Say("conver-\nsations", "Ge-\nspräche"), Say("an-\nswered", "beant-\nwortet"), Say("came\nback", "kamen\nwieder"), Say("begun by\noutsiders %", "von außen\nbegonnen %"), Say("Notes", "Hinweise")],
            Rows = [.. dialogue.Rows.Select(row => new[] { NameOf(row), row.Published.State is CountState.NotApplicable ? Part(row.Published) : Level(LevelOf(row)), Part(row.Published), Part(row.Feedback), Part(row.Conversations), Part(row.AnsweredConversations), Part(row.RoundTrips), Number(row.BegunByOutsiders, 100), string.Join(' ', Marks(row.Caveats)) })],
            Numbers = Enumerable.Range(2, 6).ToHashSet(),
        };

        yield return Heading(3, Say("How long do outsiders wait for an answer?", "Wie lange warten Außenstehende auf eine Antwort?"));
        yield return new Block.Table
        {
            Header = [Say("Channel", "Kanal"), Say("answered\n/ asked", "beantwortet\n/ gefragt"), Say("response\nrate %", "Antwort-\nquote %"), Say("95 %\ninterval", "95-%-\nIntervall"), Say("median\nhours", "Median\nStunden"), Say("95 %\nlimits", "95-%-\nGrenzen"), .. dialogue.Deadlines.Select(deadline => $"{Name(deadline)} %"), Say("answered\nonly: h", "nur beant-\nwortete: h")],
            Rows = [.. dialogue.Rows.Select(row => ResponseRow(row, dialogue.Deadlines))],
            Numbers = Enumerable.Range(1, 6 + dialogue.Deadlines.Count).ToHashSet(),
        };
        yield return new Block.Lines
        {
            Items = [Say($"What is unanswered at the end of observation ({Moment(dialogue.Rows[0].ObservedUntil)}) is censored and not dropped (Kaplan–Meier, log-log limits). \"Answered only\" is the vendors' median, which forgets who still waits.", $"Was am Ende der Beobachtung ({Moment(dialogue.Rows[0].ObservedUntil)}) unbeantwortet ist, gilt als zensiert und fällt nicht heraus (Kaplan–Meier, Log-log-Grenzen). „Nur beantwortete“ ist der Median der Anbieter, der vergisst, wer noch wartet.")],
        };

        yield return new Block.Picture { Kind = ChartKind.Response };
        yield return Heading(3, Say("Exchange, and who carries it", "Austausch, und wer ihn trägt"));
        yield return new Block.Table
        {
            Header = [Say("Channel", "Kanal"), Say("recip-\nrocity %", "Gegensei-\ntigkeit %"), Say("dialogue\nshare %", "Dialog-\nanteil %"), Say("turns\neach", "Rede-\nzüge"), Say("staff\nactive %", "Personal\naktiv %"), Say("replies by\nstaff %", "Antworten d.\nPersonals %"), Say("creators", "Urheber"), Say("contri-\nbutors", "Mit-\nredende"), Say("half by", "Hälfte\nvon"), "Gini", Say("Notes", "Hinweise")],
            Rows = [.. dialogue.Rows.Zip(dialogue.Activity, ExchangeRow)],
            Numbers = Enumerable.Range(1, 9).ToHashSet(),
        };

        yield return Explanations(dialogue.Figures);
        var carriers = dialogue.Rows[^1].Carriers;
        if (carriers.Count == 0) yield break;
        string names = string.Join(", ", carriers.Take(CarriersShown).Select(one => $"{(one.Actor.IsNone ? Say("not known", "nicht bekannt") : Printable.Line(one.Actor.Value))} ({(one.Role is ActorRole.Staff ? Say("staff", "Personal") : Say("organisation", "Organisation"))}) {Whole(one.Messages)}"));
        string more = carriers.Count > CarriersShown ? Say($", and {Whole(carriers.Count - CarriersShown)} more", $" und {Whole(carriers.Count - CarriersShown)} weitere") : "";
        yield return new Block.Lines { Items = [$"{Say("Replies to outsiders", "Antworten an Außenstehende")}: {names}{more}."] };
    }

    private string NameOf(DialogueResult row) => row.Channel is { } channel ? Printable.Line(channel.Name) : Say("All channels", "Alle Kanäle");

    private string Whole(int value) => _numbers.Whole(value);

    private string Name(Deadline deadline) => deadline.Unit switch
    {
        'm' => $"{Whole(deadline.Number)} min",
        'h' => $"{Whole(deadline.Number)} h",
        _ => $"{Whole(deadline.Number)} {Say("d", "T.")}",
    };

    /// <summary>A moment in the organisation's zone; the beginning of a day as that day.</summary>
    private string Moment(Instant moment)
    {
        LocalDateTime local = moment.InZone(_report.Portfolio.Organisation.TimeZone).LocalDateTime;
        return local.TimeOfDay == LocalTime.Midnight ? Date(local.Date) : $"{Date(local.Date)} {local.TimeOfDay.ToString("HH:mm:ss", CultureInfo.InvariantCulture)}";
    }

    private string[] ResponseRow(DialogueResult row, IReadOnlyList<Deadline> deadlines)
    {
        ResponseTimes response = row.Response;
        SurvivalQuantile median = response.MedianHours;
        string open = Say("not\nreached", "nicht\nerreicht");
        string Hours(double? value) => value is { } hours ? _numbers.Scaled(hours) : open;

        // Where replies do not name what they reply to, the curve says nothing.
        bool isKnown = row.ResponseRate.Numerator.State is CountState.Observed;
        bool isAsked = isKnown && response.Answerable > 0;
        return
        [
            NameOf(row),
            $"{Part(ReportPart.From(row.ResponseRate.Numerator), "\n")}\n/ {Part(ReportPart.From(row.ResponseRate.Denominator), "\n")}",
            Number(row.ResponseRate, 100),
            row.ResponseRate.Interval is { } interval ? $"{_numbers.Scaled(interval.Lower * 100)}–\n{_numbers.Scaled(interval.Upper * 100)}" : "",
            isAsked ? Hours(median.Value) : Undefined,
            isAsked ? $"{Hours(median.Lower)}–\n{Hours(median.Upper)}" : "",
            .. deadlines.Select(deadline => isKnown && response.ShareWithin(deadline.Time) is { } share ? _numbers.Scaled(share * 100) : Undefined),
            isKnown && response.AnsweredOnlyMedianHours is { } vendors ? _numbers.Scaled(vendors) : Undefined,
        ];
    }

    private string[] ExchangeRow(DialogueResult row, ChannelActivity activity)
    {
        Figure[] figures = [row.Reciprocity, row.DialogueShare, row.TurnsPerConversation, row.StaffParticipation, row.RepliesByStaff];
        return
        [
            NameOf(row),
            .. figures.Select(figure => Number(figure, figure.Scale)),
            .. new[] { activity.Creators, activity.Contributors, activity.AbsenceFactor }.Select(figure => figure.Numerator.HasValue ? Part(ReportPart.From(figure.Numerator), "\n") : Undefined),
            Number(activity.Gini, 1),
            string.Join(' ', Marks(figures.Append(activity.AbsenceFactor).Append(activity.Gini).SelectMany(figure => figure.Caveats).Where(caveat => caveat.Code is not CaveatCodes.NoInterval).Distinct())),
        ];
    }

    private string Part(Count count) => Part(ReportPart.From(Quantity.From(count)), "\n");

    /// <summary>The level; null where it would be silence, and what is missing may be speech, or the channel does not live.</summary>
    public static DialogueLevel? LevelOf(DialogueResult row) => row.Level is DialogueLevel.Silent && row.Caveats.Any(caveat => caveat.Code is CaveatCodes.LevelAtLeast or CaveatCodes.ChannelNotAlive) ? null : row.Level;

    private string Level(DialogueLevel? level) => level switch
    {
        null => Say("missing", "unbekannt"),
        DialogueLevel.Silent => Say("silent", "still"),
        DialogueLevel.Broadcast => Say("broadcast", "Sendung"),
        DialogueLevel.Feedback => Say("feedback", "Rückmeldung"),
        DialogueLevel.Answered => Say("answered", "beantwortet"),
        _ => Say("reciprocal", "wechselseitig"),
    };
}
