using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Engagement.Core;

/// <summary>Makes the caveats: one place for every text in both languages.</summary>
internal static class Caveats
{
    private static readonly NumberFormatInfo De = Words.De;

    public static Caveat UnitsDiffer(UnitOfCount numerator, UnitOfCount denominator) => new(
        CaveatCodes.UnitsDiffer,
        $"units differ: {Words.English(numerator)} per {English(denominator)}, so the figure is a rate and no share of the members",
        $"Einheiten verschieden: {Words.German(numerator)} je {German(denominator)}; die Zahl ist eine Rate und kein Anteil der Mitglieder");

    public static Caveat SubBrand(string subBrand) => new(CaveatCodes.SubBrand, $"the channel speaks for the sub-brand \"{subBrand}\", not for the whole organisation", $"Der Kanal spricht für die Untermarke „{subBrand}“, nicht für die ganze Organisation");

    public static Caveat AudienceMissing(AudienceSnapshot? audience)
    {
        (string english, string german) = audience switch
        {
            null => ("audience missing: no snapshot before the end of the period", "Publikum unbekannt: kein Stand vor dem Ende des Zeitraums"),
            { Size.State: CountState.Withheld } => ("audience withheld", "Publikum nicht mitgeteilt"),
            { Size.State: CountState.NotApplicable } => ("audience not applicable", "Publikum entfällt"),
            _ => ("audience missing", "Publikum unbekannt"),
        };
        return audience?.Source is { } source ? new(CaveatCodes.AudienceMissing, $"{english}: {source}", $"{german}: {source}") : new(CaveatCodes.AudienceMissing, english, german);
    }

    public static Caveat AudienceOld(LocalDate date) => new(CaveatCodes.AudienceOld, $"the newest audience is of {Iso(date)}, before the period", $"Der jüngste Stand des Publikums ist vom {German(date)}, vor dem Zeitraum");

    public static Caveat StartOld(LocalDate date) => new(CaveatCodes.AudienceOld, $"the audience at the start of the period is that of {Iso(date)}", $"Das Publikum zu Beginn des Zeitraums ist das vom {German(date)}");

    public static Caveat UniverseMissing(string? universe) => new(
        CaveatCodes.UniverseMissing,
        universe is null ? "no universe of members is named" : $"the size of the universe {universe} is not known by the end of the period",
        universe is null ? "Keine Grundgesamtheit der Mitglieder genannt" : $"Die Größe der Grundgesamtheit {universe} ist bis zum Ende des Zeitraums nicht bekannt");

    public static Caveat UniverseOld(string universe, LocalDate date) => new(CaveatCodes.UniverseOld, $"the newest size of the universe {universe} is of {Iso(date)}, before the period", $"Die jüngste Größe der Grundgesamtheit {universe} ist vom {German(date)}, vor dem Zeitraum");

    public static Caveat ChannelsLeftOut(IReadOnlyCollection<ChannelId> channels, int all) => new(
        CaveatCodes.ChannelsLeftOut,
        string.Create(CultureInfo.InvariantCulture, $"{channels.Count} of {all} channels {(channels.Count == 1 ? "has no figure and is" : "have no figure and are")} left out: {string.Join(", ", channels)}"),
        string.Create(De, $"{channels.Count} von {all} Kanälen {(channels.Count == 1 ? "hat keine Zahl und fehlt" : "haben keine Zahl und fehlen")} hier: {string.Join(", ", channels)}"));

    public static Caveat MixedUnits(IReadOnlyCollection<UnitOfCount> units) => new(
        CaveatCodes.MixedUnits,
        $"the sum adds up different units: {string.Join(", ", units.Select(Words.English))}",
        $"Die Summe zählt verschiedene Einheiten zusammen: {string.Join(", ", units.Select(Words.German))}");

    public static Caveat GrossCountsTwice() => new(CaveatCodes.GrossCountsTwice, "gross: who is in several channels counts once for each", "Brutto: Wer in mehreren Kanälen ist, zählt in jedem einmal");

    public static Caveat MayExceedWhole() => new(CaveatCodes.PartExceedsWhole, "as stated the part exceeds its whole; what is left open may explain it, and nothing is clamped", "Der genannte Teil übersteigt sein Ganzes; Rundung oder Unbekanntes kann es erklären, gekappt wird nichts");

    public static Caveat PartExceedsWhole(string english, string german) => new(CaveatCodes.PartExceedsWhole, $"{english}: an error in the data, not clamped", $"{german}: ein Fehler in den Daten, nicht gekappt");

    public static Caveat Converted(UnitConversion conversion) => new(
        CaveatCodes.Converted,
        string.Create(CultureInfo.InvariantCulture, $"converted at {conversion.Factor:0.######} {Words.English(conversion.From)} per {English(conversion.To)} ({conversion.Source})"),
        string.Create(De, $"umgerechnet mit {conversion.Factor:0.######} {Words.German(conversion.From)} je {German(conversion.To)} ({conversion.Source})"));

    public static Caveat ReachNotAdditive(int publications) => new(
        CaveatCodes.ReachNotAdditive,
        string.Create(CultureInfo.InvariantCulture, $"measured reach of {publications} publications does not add up: at least the largest, at most the sum"),
        string.Create(De, $"Die gemessene Reichweite von {publications} Veröffentlichungen addiert sich nicht: mindestens die größte, höchstens die Summe"));

    public static Caveat PotentialReach() => new(CaveatCodes.PotentialReach, "potential reach: who could be reached, not who was", "Potenzielle Reichweite: wer erreicht werden kann, nicht wer erreicht wurde");

    public static Caveat FactsWithoutChannel(int facts) => new(
        CaveatCodes.FactsWithoutChannel,
        string.Create(CultureInfo.InvariantCulture, $"{facts} {(facts == 1 ? "fact names a channel that is not in the portfolio and is" : "facts name a channel that is not in the portfolio and are")} in no figure"),
        string.Create(De, $"{facts} {(facts == 1 ? "Angabe nennt einen unbekannten Kanal und geht" : "Angaben nennen einen unbekannten Kanal und gehen")} in keine Zahl ein"));

    public static Caveat AtLeast(int units) => new(
        CaveatCodes.AtLeast,
        string.Create(CultureInfo.InvariantCulture, $"at least: of {units} {(units == 1 ? "publication or day" : "publications or days")} the interactions are known in part only; figure and interval are of what is known"),
        string.Create(De, $"Mindestens: Von {units} {(units == 1 ? "Veröffentlichung oder einem Tag" : "Veröffentlichungen oder Tagen")} sind die Interaktionen nur teilweise bekannt; Zahl und Intervall gelten für das Bekannte"));

    public static Caveat PartAtLeast() => new(CaveatCodes.AtLeast, "at least: a part of what is counted is not known; figure and interval are of what is known", "Mindestens: Ein Teil des Gezählten ist nicht bekannt; Zahl und Intervall gelten für das Bekannte");

    public static Caveat ReachAtLeast() => new(CaveatCodes.AtLeast, "at least: a part of those reached is not known; figure and interval are of what is known", "Mindestens: Ein Teil der Erreichten ist nicht bekannt; Zahl und Intervall gelten für das Bekannte");

    public static Caveat AtMost() => new(CaveatCodes.AtMost, "at most: a part of the base is not known; figure and interval are of what is known", "Höchstens: Ein Teil der Basis ist nicht bekannt; Zahl und Intervall gelten für das Bekannte");

    public static Caveat PublicationsLeftOut(int leftOut, int all) => new(
        CaveatCodes.PublicationsLeftOut,
        string.Create(CultureInfo.InvariantCulture, $"{leftOut} of {all} publications {(leftOut == 1 ? "has no known interactions or base and is" : "have no known interactions or base and are")} left out"),
        string.Create(De, $"{leftOut} von {all} Veröffentlichungen {(leftOut == 1 ? "hat keine bekannten Interaktionen oder keine Basis und fehlt" : "haben keine bekannten Interaktionen oder keine Basis und fehlen")} hier"));

    public static Caveat OnePublication() => new(CaveatCodes.FewPublications, "one publication: the interval speaks of its own events, not of other publications", "Eine einzige Veröffentlichung: Das Intervall gilt für ihre eigenen Ereignisse, nicht für andere");

    public static Caveat FewPublications(double effective, bool areDays) => new(
        CaveatCodes.FewPublications,
        string.Create(CultureInfo.InvariantCulture, $"the effective number of {(areDays ? "days" : "publications")} is {effective:0.#}, below 10: the interval is rough"),
        string.Create(De, $"Die effektive Zahl der {(areDays ? "Tage" : "Veröffentlichungen")} ist {effective:0.#}, unter 10: Das Intervall ist grob"));

    public static Caveat TallyWithoutRoles() => new(CaveatCodes.TallyWithoutRoles, "platform counts know no roles: the organisation's own replies cannot be taken out", "Zahlen der Plattform kennen keine Rollen: Eigene Antworten lassen sich nicht herausnehmen");

    public static Caveat TallyCannotTellRoles(int publications) => new(
        CaveatCodes.TallyCannotTellRoles,
        string.Create(CultureInfo.InvariantCulture, $"platform counts of {publications} {Publications(publications)} know no roles, cannot tell those asked for, and are not used"),
        string.Create(De, $"Zahlen der Plattform zu {publications} {GermanPublications(publications)} kennen keine Rollen, können die gefragten nicht unterscheiden und werden nicht verwendet"));

    public static Caveat DaysWithoutAudience(int unknown, int all) => new(
        CaveatCodes.DaysWithoutAudience,
        string.Create(CultureInfo.InvariantCulture, $"on {unknown} of {all} days the audience is not known; the mean is of the others"),
        string.Create(De, $"An {unknown} von {all} Tagen ist das Publikum nicht bekannt; das Mittel gilt für die übrigen"));

    public static Caveat LogTakenAsComplete() => new(CaveatCodes.LogTakenAsComplete, "interactions are counted from those listed, and the list is taken as complete", "Gezählt sind die aufgeführten Interaktionen; die Liste gilt als vollständig");

    /// <summary>What holds of one channel, said of all channels together.</summary>
    public static Caveat Of(ChannelId channel, Caveat caveat) => new(caveat.Code, $"{channel}: {caveat.English}", $"{channel}: {caveat.German}");

    public static Caveat ChannelNotAlive() => new(CaveatCodes.ChannelNotAlive, "the channel does not live in the period", "Den Kanal gibt es im Zeitraum nicht");

    public static Caveat ReachUnknown(int unknown, int all) => new(
        CaveatCodes.PublicationsLeftOut,
        string.Create(CultureInfo.InvariantCulture, $"{unknown} of {all} publications {(unknown == 1 ? "states" : "state")} no measured reach, so the figure is a least"),
        string.Create(De, $"{unknown} von {all} Veröffentlichungen {(unknown == 1 ? "nennt" : "nennen")} keine gemessene Reichweite; die Zahl ist ein Mindestwert"));

    public static Caveat ContactsUnknown(int unknown, int all) => new(
        CaveatCodes.PublicationsLeftOut,
        string.Create(CultureInfo.InvariantCulture, $"{unknown} of {all} publications {(unknown == 1 ? "does not state both contacts and measured reach and is" : "do not state both contacts and measured reach and are")} left out"),
        string.Create(De, $"{unknown} von {all} Veröffentlichungen {(unknown == 1 ? "nennt nicht Kontakte und gemessene Reichweite zugleich und fehlt" : "nennen nicht Kontakte und gemessene Reichweite zugleich und fehlen")} hier"));

    public static Caveat OverlapsKnown(int known, int all) => new(
        CaveatCodes.OverlapsKnown,
        string.Create(CultureInfo.InvariantCulture, $"the overlap of {known} of {all} pairs of channels is known and narrows the net reach"),
        string.Create(De, $"Von {known} der {all} Kanalpaare ist die Überschneidung bekannt; sie engt die Nettoreichweite ein"));

    public static Caveat OverlapsOld(LocalDate date) => new(CaveatCodes.OverlapsOld, $"a known overlap is of {Iso(date)}, before the period", $"Eine bekannte Überschneidung ist vom {German(date)}, vor dem Zeitraum");

    public static Caveat OverlapsUnfit(IEnumerable<AudienceOverlap> overlaps) => new(
        CaveatCodes.OverlapsUnfit,
        $"overlaps that exceed an audience as it is now are not used: {string.Join(", ", overlaps.Select(overlap => $"{overlap.Channel} and {overlap.Other}"))}",
        $"Überschneidungen, die größer sind als ein heutiges Publikum, werden nicht verwendet: {string.Join(", ", overlaps.Select(overlap => $"{overlap.Channel} und {overlap.Other}"))}");

    public static Caveat OverlapsContradict() => new(CaveatCodes.OverlapsContradict, "the known overlaps contradict each other or the audiences and are not used", "Die bekannten Überschneidungen widersprechen einander oder den Publika und werden nicht verwendet");

    public static Caveat Sketched() => new(
        CaveatCodes.Sketched,
        "reach is estimated from sketches of identities: numbers have an error, told beside them, and rows without an actor are in none",
        "Die Reichweite ist aus Skizzen der Identitäten geschätzt: Zahlen haben einen Fehler, der daneben steht, und Zeilen ohne Handelnde sind in keiner");

    public static Caveat ModelRefused(string model, double stated, long lower, long upper) => new(
        CaveatCodes.ModelRefused,
        string.Create(CultureInfo.InvariantCulture, $"{model} says {stated:#,0.##}, outside {lower:#,0} to {upper:#,0}, and is refused"),
        string.Create(De, $"{model} sagt {stated:#,0.##}, außerhalb von {lower:#,0} bis {upper:#,0}, und wird abgewiesen"));

    public static Caveat EffortMissing() => new(CaveatCodes.EffortMissing, "no effort of the period is known: missing, not 0", "Aus dem Zeitraum ist kein Aufwand bekannt: unbekannt, nicht 0");

    /// <summary>Channels that are left out of proportions; said once for all proportions that lack the same ones.</summary>
    public static Caveat Proportion(IReadOnlyCollection<(string English, string German, string Measure)> places, IEnumerable<ChannelId> channels)
    {
        string Where(Func<(string English, string German, string Measure), string> name, string by) => string.Join("; ", places.GroupBy(place => place.Measure, StringComparer.Ordinal).Select(group => $"{string.Join(", ", group.Select(name))} {by} {group.Key}"));
        return new(
            CaveatCodes.ProportionLeftOut,
            $"channels without a known effort or benefit are left out of both sums: {string.Join(", ", channels)} (in {Where(place => place.English, "by")})",
            $"Kanäle ohne bekannten Aufwand oder bekannte Wirkung fehlen in beiden Summen: {string.Join(", ", channels)} (bei {Where(place => place.German, "je")})");
    }

    public static Caveat EffortSpread(int efforts) => new(
        CaveatCodes.EffortSpread,
        string.Create(CultureInfo.InvariantCulture, $"{efforts} {(efforts == 1 ? "effort reaches beyond the period and is spread evenly over its" : "efforts reach beyond the period and are spread evenly over their")} days"),
        string.Create(De, $"{efforts} {(efforts == 1 ? "Aufwand reicht über den Zeitraum hinaus und ist gleichmäßig auf seine" : "Aufwände reichen über den Zeitraum hinaus und sind gleichmäßig auf ihre")} Tage verteilt"));

    public static Caveat CurrenciesDiffer(IEnumerable<string> currencies) => new(CaveatCodes.CurrenciesDiffer, $"efforts are in {string.Join(", ", currencies)}: each currency is a measure of its own, and they are never added up", $"Aufwände in {string.Join(", ", currencies)}: Jede Währung steht für sich, addiert wird nie");

    public static Caveat EffortZero() => new(CaveatCodes.EffortZero, "the effort is 0, so there is no index", "Der Aufwand ist 0, darum gibt es keinen Index");

    public static Caveat HourlyRate(Money rate) => new(
        CaveatCodes.HourlyRate,
        string.Create(CultureInfo.InvariantCulture, $"staff time is valued at {rate.Amount} {rate.Currency} an hour"),
        string.Create(De, $"Arbeitszeit ist mit {rate.Amount} {rate.Currency} je Stunde bewertet"));

    public static Caveat Dominated(string english, string german, IReadOnlyCollection<ChannelId> channels) => new(
        CaveatCodes.Dominated,
        $"dominated: {string.Join(", ", channels)} {(channels.Count == 1 ? "brings" : "bring")} more {english} for no more effort",
        $"unterlegen: {string.Join(", ", channels)} {(channels.Count == 1 ? "bringt" : "bringen")} mehr {german} bei nicht mehr Aufwand");

    public static Caveat EffortInPart() => new(CaveatCodes.EffortInPart, "at least: an effort of the channel states no time or no money, or money in another currency, which is never added; write 0 where there was none", "Mindestens: Ein Aufwand des Kanals nennt keine Zeit oder kein Geld, oder Geld in einer anderen Währung, das nie addiert wird; 0 schreiben, wo keins anfiel");

    public static Caveat KindsDiffer(IEnumerable<InteractionKind> kinds) => new(
        CaveatCodes.KindsDiffer,
        $"not every publication states {string.Join(", ", kinds.Select(Words.English))}",
        $"Nicht jede Veröffentlichung nennt {string.Join(", ", kinds.Select(Words.German))}");

    public static Caveat InteractionsMissing() => new(CaveatCodes.InteractionsMissing, "no interactions are stated or logged: missing, not 0", "Keine Interaktionen angegeben oder aufgezeichnet: unbekannt, nicht 0");

    /// <summary>A platform's own counts name nobody, so that only what is listed tells who acted.</summary>
    public static Caveat InteractionsNotListed(IReadOnlyCollection<ChannelId> channels) => new(
        CaveatCodes.InteractionsMissing,
        $"no interactions that count are listed of {string.Join(", ", channels)}: missing, not 0",
        $"Keine Interaktionen, die zählen, sind aufgeführt von {string.Join(", ", channels)}: unbekannt, nicht 0");

    public static Caveat NoInterval(string english, string german) => new(CaveatCodes.NoInterval, $"no interval: {english}", $"Kein Intervall: {german}");

    public static Caveat NoIntervalOfOpenCounts() => NoInterval("a count is open at one end, may be 0 where it divides, or exceeds 2⁵³", "Eine Zahl ist nach einer Seite offen, kann als Nenner 0 sein oder übersteigt 2⁵³");

    public static Caveat IntervalCut() => new(CaveatCodes.IntervalCut, "the interval reached below 0 and was cut there", "Das Intervall reichte unter 0 und wurde dort abgeschnitten");

    public static Caveat DaysLeftOut(int leftOut, int all) => new(
        CaveatCodes.DaysLeftOut,
        string.Create(CultureInfo.InvariantCulture, $"{leftOut} of {all} days {(leftOut == 1 ? "has no base and is" : "have no base and are")} left out"),
        string.Create(De, $"{leftOut} von {all} Tagen {(leftOut == 1 ? "hat keine Basis und fehlt" : "haben keine Basis und fehlen")} hier"));

    public static Caveat BaseByPublicationDate() => new(CaveatCodes.BaseByPublicationDate, "interactions count by their own date, the base by the date of publication", "Interaktionen zählen nach ihrem eigenen Datum, die Basis nach dem der Veröffentlichung");

    public static Caveat ReachAboveImpressions(int publications) => new(
        CaveatCodes.ReachAboveImpressions,
        string.Create(CultureInfo.InvariantCulture, $"{publications} {(publications == 1 ? "publication states" : "publications state")} more persons reached than contacts"),
        string.Create(De, $"{publications} {(publications == 1 ? "Veröffentlichung nennt" : "Veröffentlichungen nennen")} mehr erreichte Personen als Kontakte"));

    public static Caveat NoPublications() => new(CaveatCodes.NoPublications, "no publication of the period is known", "Aus dem Zeitraum ist keine Veröffentlichung bekannt");

    public static Caveat TallyWithoutDates(int publications) => new(
        CaveatCodes.TallyWithoutDates,
        string.Create(CultureInfo.InvariantCulture, $"platform counts of {publications} {Publications(publications)} have no dates and are left out by interaction date"),
        string.Create(De, $"Zahlen der Plattform zu {publications} {GermanPublications(publications)} haben kein Datum und fehlen bei Zählung nach Interaktionsdatum"));

    public static Caveat InteractionsWithoutPublication(int interactions) => new(
        CaveatCodes.InteractionsWithoutPublication,
        string.Create(CultureInfo.InvariantCulture, $"{interactions} {(interactions == 1 ? "interaction of the period belongs to no publication and is" : "interactions of the period belong to no publication and are")} left out by publication date"),
        string.Create(De, $"{interactions} {(interactions == 1 ? "Interaktion des Zeitraums gehört zu keiner Veröffentlichung und fehlt" : "Interaktionen des Zeitraums gehören zu keiner Veröffentlichung und fehlen")} bei Zählung nach Veröffentlichungsdatum"));

    public static Caveat ActorsUnknown(int interactions) => new(
        CaveatCodes.ActorsUnknown,
        string.Create(CultureInfo.InvariantCulture, $"{interactions} {(interactions == 1 ? "interaction has" : "interactions have")} no known actor, so the active audience is at least what is known"),
        string.Create(De, $"{interactions} {(interactions == 1 ? "Interaktion hat" : "Interaktionen haben")} keinen bekannten Urheber; das aktive Publikum ist mindestens das bekannte"));

    public static Caveat RepliesToUnknown(int replies) => new(
        CaveatCodes.RepliesToUnknown,
        string.Create(CultureInfo.InvariantCulture, $"{replies} {(replies == 1 ? "reply link leads" : "reply links lead")} to what is not known and {(replies == 1 ? "is" : "are")} not followed; a message without another link begins a conversation of its own"),
        string.Create(De, $"{replies} {(replies == 1 ? "Antwortverweis führt" : "Antwortverweise führen")} zu Unbekanntem und {(replies == 1 ? "zählt" : "zählen")} nicht; eine Nachricht ohne anderen Verweis beginnt ein eigenes Gespräch"));

    public static Caveat RepliesToLater(int replies) => new(
        CaveatCodes.RepliesToLater,
        string.Create(CultureInfo.InvariantCulture, $"{replies} {(replies == 1 ? "reply link leads" : "reply links lead")} to what is later and {(replies == 1 ? "is" : "are")} not followed; nobody answers what is not yet asked"),
        string.Create(De, $"{replies} {(replies == 1 ? "Antwortverweis führt" : "Antwortverweise führen")} zu Späterem und {(replies == 1 ? "zählt" : "zählen")} nicht; niemand beantwortet, was noch nicht gefragt ist"));

    public static Caveat RepliesAcrossChannels(int replies) => new(
        CaveatCodes.RepliesAcrossChannels,
        string.Create(CultureInfo.InvariantCulture, $"{replies} {(replies == 1 ? "reply link leads" : "reply links lead")} to another channel and {(replies == 1 ? "is" : "are")} not followed; a message without another link begins a conversation of its own"),
        string.Create(De, $"{replies} {(replies == 1 ? "Antwortverweis führt" : "Antwortverweise führen")} in einen anderen Kanal und {(replies == 1 ? "zählt" : "zählen")} nicht; eine Nachricht ohne anderen Verweis beginnt ein eigenes Gespräch"));

    public static Caveat ReplyCircles(int circles) => new(
        CaveatCodes.ReplyCircles,
        string.Create(CultureInfo.InvariantCulture, $"reply links go round in {circles} {(circles == 1 ? "circle, which" : "circles; each")} is broken before its earliest message"),
        string.Create(De, $"Antworten verweisen in {circles} {(circles == 1 ? "Kreis aufeinander; er" : "Kreisen aufeinander; jeder")} ist vor seiner frühesten Nachricht aufgetrennt"));

    public static Caveat DeadlineNotElapsed(int open, int all) => new(
        CaveatCodes.DeadlineNotElapsed,
        string.Create(CultureInfo.InvariantCulture, $"for {open} of {all} messages the deadline had not passed by the end of observation; they are left out"),
        string.Create(De, $"Bei {open} von {all} Nachrichten war die Frist am Ende der Beobachtung nicht abgelaufen; sie fehlen hier"));

    public static Caveat StaffUnknown(int messages) => new(
        CaveatCodes.StaffUnknown,
        string.Create(CultureInfo.InvariantCulture, $"at least: {messages} {(messages == 1 ? "message of staff has" : "messages of staff have")} no known actor"),
        string.Create(De, $"Mindestens: {messages} {(messages == 1 ? "Nachricht des Personals hat" : "Nachrichten des Personals haben")} keinen bekannten Urheber"));

    public static Caveat LevelAtLeast() => new(CaveatCodes.LevelAtLeast, "at least: reactions are not known, or in part only", "Mindestens: Reaktionen sind nicht oder nur teilweise bekannt");

    public static Caveat LevelAtLeastByAnswers() => new(CaveatCodes.LevelAtLeast, "at least: what was answered is not known", "Mindestens: Was beantwortet wurde, ist unbekannt");

    public static Caveat NotReached() => new(CaveatCodes.MedianNotReached, "not reached: fewer than half were answered by the end of observation", "Nicht erreicht: Weniger als die Hälfte war am Ende der Beobachtung beantwortet");

    public static Caveat NotObserved() => new(CaveatCodes.NotObservedSoLong, "nobody was observed for so long", "So lange wurde niemand beobachtet");

    public static Caveat InBusinessHours(string english, string german) => new(CaveatCodes.InBusinessHours, $"response times count business hours alone: {english}", $"Antwortzeiten zählen nur die Arbeitszeit: {german}");

    public static Caveat NoIntervalOfDependent() => NoInterval("interactions of one conversation depend on one another", "Interaktionen eines Gesprächs hängen voneinander ab");

    public static Caveat ReplyLinksMissing() => new(CaveatCodes.ReplyLinksMissing, "no reply of the organisation or its staff names what it replies to, so what was answered is not known", "Keine Antwort der Organisation oder ihrer Beschäftigten nennt, worauf sie antwortet; was beantwortet wurde, ist unbekannt");

    public static Caveat NoComparison(string english, string german) => new(CaveatCodes.NoComparison, $"not to be told: {english}", $"Nicht zu sagen: {german}");

    public static Caveat Shrunk(string english, string german) => new(CaveatCodes.Shrunk, $"shrunk towards the mean of all by empirical Bayes ({english}); the spread between publications is not in it", $"Zum Mittel aller geschrumpft nach empirischem Bayes ({german}); die Streuung zwischen Veröffentlichungen ist nicht darin");

    public static Caveat NotShrunk(string english, string german) => new(CaveatCodes.NotShrunk, $"not shrunk: {english}", $"Nicht geschrumpft: {german}");

    private static string Publications(int count) => count == 1 ? "publication" : "publications";

    private static string GermanPublications(int count) => count == 1 ? "Veröffentlichung" : "Veröffentlichungen";

    private static string English(UnitOfCount unit) => unit is UnitOfCount.Copy ? "copy" : unit is UnitOfCount.Company ? "company" : Words.English(unit).TrimEnd('s');

    private static string German(UnitOfCount unit) => unit switch
    {
        UnitOfCount.Person => "Person",
        UnitOfCount.Company => "Unternehmen",
        UnitOfCount.Household => "Haushalt",
        UnitOfCount.Account => "Konto",
        UnitOfCount.Copy => "Exemplar",
        _ => "Gerät",
    };

    private static string Iso(LocalDate date) => LocalDatePattern.Iso.Format(date);

    private static string German(LocalDate date) => LocalDatePattern.CreateWithInvariantCulture("dd.MM.uuuu").Format(date);
}
