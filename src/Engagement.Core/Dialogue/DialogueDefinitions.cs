using System.Globalization;
using NodaTime;

namespace Engagement.Core;

/// <summary>The definitions of dialogue. Their parts are fixed; all definitions together are in <c>Definitions</c>.</summary>
public static class DialogueDefinitions
{
    private const string Ours = "this library: dialogue as exchange between two sides";
    private const string KaplanMeier = "E. L. Kaplan, P. Meier: Nonparametric Estimation from Incomplete Observations (1958)";
    private const string CurveEnglish = "S(t) = Π(n−d)/n over the times up to t · n: messages still waiting and observed · d: messages answered at that time; what is unanswered when observation ends is censored";
    private const string CurveGerman = "S(t) = Π(n−d)/n über die Zeiten bis t · n: noch wartende, beobachtete Nachrichten · d: zu dieser Zeit beantwortete; was am Ende der Beobachtung unbeantwortet ist, gilt als zensiert";

    /// <summary>A/Q: answered over answerable. A proportion; response times beside it tell how long it took.</summary>
    public static Definition ResponseRate { get; } = new MetricDefinition(
        "response-rate",
        100,
        IntervalMethod.Wilson,
        "response rate of customer service and of the platforms",
        "A/Q · A: those of Q that the organisation or its staff answered in the same strand of the conversation by the end of observation · Q: comments, questions, mentions, direct messages and posts of outsiders in the period",
        "A/Q · A: davon bis zum Ende der Beobachtung im selben Strang des Gesprächs von der Organisation oder ihrem Personal beantwortet · Q: Kommentare, Fragen, Erwähnungen, Direktnachrichten und Beiträge Außenstehender im Zeitraum");

    /// <summary>R/C: conversations with at least one reply each way over those with an outside turn. A proportion.</summary>
    public static Definition Reciprocity { get; } = new MetricDefinition(
        "reciprocity",
        100,
        IntervalMethod.Wilson,
        Ours,
        "R/C · R: those of C with at least one reply of ours to outsiders and one of outsiders to us in the period · C: conversations with a message from outside in the period",
        "R/C · R: davon mit mindestens einer Antwort von uns an Außenstehende und einer von ihnen an uns im Zeitraum · C: Gespräche mit einer Nachricht von außen im Zeitraum");

    /// <summary>D/I: interactions of the Conversation class, with quotes, over all interactions.</summary>
    public static Definition DialogueShare { get; } = new MetricDefinition(
        "dialogue-share",
        100,
        null,
        Ours,
        "D/I · D: comments, replies, mentions, questions, direct messages and quotes in the period · I: all interactions in the period; bots and replies of ours to ours left out of both",
        "D/I · D: Kommentare, Antworten, Erwähnungen, Fragen, Direktnachrichten und Zitate im Zeitraum · I: alle Interaktionen im Zeitraum; ohne Bots und ohne eigene Antworten auf Eigenes");

    /// <summary>T/C: unbroken runs of one side per conversation. A mean.</summary>
    public static Definition TurnsPerConversation { get; } = new MetricDefinition(
        "turns-per-conversation",
        1,
        IntervalMethod.Jackknife,
        "turn-taking, conversation analysis",
        "T/C · T: turns in the period, unbroken runs of messages of one side · C: conversations with a message in the period",
        "T/C · T: Redezüge im Zeitraum, ununterbrochene Folgen von Nachrichten einer Seite · C: Gespräche mit einer Nachricht im Zeitraum");

    /// <summary>B/C: conversations that outsiders began over all. A proportion.</summary>
    public static Definition BegunByOutsiders { get; } = new MetricDefinition(
        "begun-by-outsiders",
        100,
        IntervalMethod.Wilson,
        Ours,
        "B/C · B: those of C whose first message came from outside · C: conversations with a message in the period",
        "B/C · B: davon mit einer ersten Nachricht von außen · C: Gespräche mit einer Nachricht im Zeitraum");

    /// <summary>S/U: distinct active staff over the staff's universe. A proportion.</summary>
    public static Definition StaffParticipation { get; } = new MetricDefinition(
        "staff-participation",
        100,
        IntervalMethod.Wilson,
        Ours,
        "S/U · S: distinct members of staff with a message in the period · U: the size of the staff's universe by the period's end",
        "S/U · S: verschiedene Mitarbeitende mit einer Nachricht im Zeitraum · U: die Größe der Grundgesamtheit des Personals zum Ende des Zeitraums");

    /// <summary>S/R: replies to outsiders that staff wrote in person over all of ours.</summary>
    public static Definition RepliesByStaff { get; } = new MetricDefinition(
        "replies-by-staff",
        100,
        null,
        Ours,
        "S/R · S: those of R that staff wrote in person · R: replies of the organisation and its staff to outsiders in the period",
        "S/R · S: davon von Mitarbeitenden persönlich geschrieben · R: Antworten der Organisation und ihres Personals an Außenstehende im Zeitraum");

    /// <summary>The median response time in hours: where Kaplan and Meier's curve of those still waiting falls to one half. With business hours the definition of a figure names them too, and is another one.</summary>
    public static Definition MedianResponseTime { get; } = MedianResponseTimeIn(null);

    /// <summary>The vendors' median response time in hours, of the answered ones alone: it forgets who still waits, and is here to compare. With business hours the definition of a figure names them too, and is another one.</summary>
    public static Definition AnsweredOnlyMedianResponseTime { get; } = AnsweredOnlyMedianResponseTimeIn(null);

    /// <summary>1 − S(t): the share answered within a time, by Kaplan and Meier's curve. The definition of a figure says which time: <see cref="ShareAnswered"/>.</summary>
    public static Definition ShareAnsweredWithin { get; } = Share("the time asked for", "die gefragte Zeit");

    /// <summary>All of them, in this order.</summary>
    public static IReadOnlyList<Definition> All { get; } = new ValueList<Definition>([ResponseRate, Reciprocity, DialogueShare, TurnsPerConversation, BegunByOutsiders, StaffParticipation, RepliesByStaff, MedianResponseTime, AnsweredOnlyMedianResponseTime, ShareAnsweredWithin]);

    /// <summary>The response rate within a deadline: a definition of its own for each deadline and each business hours.</summary>
    public static Definition ResponseRateWithin(Duration deadline, BusinessHours? hours)
    {
        string time = Hours(deadline);
        (string english, string german) = (Worked(hours, Language.English), Worked(hours, Language.German));
        return new MetricDefinition(
            "response-rate-within-deadline",
            100,
            IntervalMethod.Wilson,
            "service level of customer service",
            $"A/Q · A: those of Q that the organisation or its staff answered within {time}{english} · Q: comments, questions, mentions, direct messages and posts of outsiders in the period, for which {time} had passed by the end of observation",
            $"A/Q · A: davon binnen {time}{german} von der Organisation oder ihrem Personal beantwortet · Q: Kommentare, Fragen, Erwähnungen, Direktnachrichten und Beiträge Außenstehender im Zeitraum, seit denen bis zum Ende der Beobachtung {time} vergangen sind");
    }

    /// <summary>The share answered within a time: a definition of its own for each time and each business hours.</summary>
    public static Definition ShareAnswered(Duration within, BusinessHours? hours) => Share($"{Hours(within)}{Worked(hours, Language.English)}", $"{Hours(within)}{Worked(hours, Language.German)}");

    internal static Definition MedianResponseTimeIn(BusinessHours? hours) => new MetricDefinition(
        "median-response-hours",
        1,
        IntervalMethod.SurvivalLogLog,
        KaplanMeier,
        $"M = S⁻¹(1/2) · M: the first hour{Worked(hours, Language.English)} at which S is at most 1/2, midway where S is flat at 1/2; not reached where S stays above · {CurveEnglish}",
        $"M = S⁻¹(1/2) · M: die erste Stunde{Worked(hours, Language.German)}, in der S höchstens 1/2 ist, mittig, wo S bei 1/2 flach ist; nicht erreicht, wo S darüber bleibt · {CurveGerman}",
        ("M", null),
        ("d", "n"));

    internal static Definition AnsweredOnlyMedianResponseTimeIn(BusinessHours? hours) => new MetricDefinition(
        "answered-only-median-response-hours",
        1,
        null,
        "median response time of the platforms and their tools",
        $"M = median(t) · M: hours{Worked(hours, Language.English)} · t: hours from a message to its answer, of the answered ones alone; d of them at each time",
        $"M = median(t) · M: Stunden{Worked(hours, Language.German)} · t: Stunden von einer Nachricht bis zu ihrer Antwort, nur der beantworteten; je Zeit d davon",
        ("M", null),
        ("d", "1"));

    private static MetricDefinition Share(string english, string german) => new(
        "share-answered-within",
        100,
        IntervalMethod.SurvivalLogLog,
        KaplanMeier,
        $"F = 1−S(t) · F: the share answered within t · t: {english} · {CurveEnglish}",
        $"F = 1−S(t) · F: der binnen t beantwortete Anteil · t: {german} · {CurveGerman}",
        ("F", null),
        ("d", "n"));

    private static string Hours(Duration time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.######} h");

    private static string Worked(BusinessHours? hours, Language language) => hours is null ? "" : language is Language.German ? $" Arbeitszeit ({hours.Text(language)})" : $" of working time ({hours.Text(language)})";
}
