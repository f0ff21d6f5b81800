using System.Globalization;

namespace Engagement.Core;

/// <summary>The words of the field in English and German, for the texts of caveats and formulas.</summary>
internal static class Words
{
    /// <summary>German numbers, typed in: a machine without culture data (globalization-invariant mode) does not know de-DE.</summary>
    public static readonly NumberFormatInfo De = NumberFormatInfo.ReadOnly(new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = "." });

    public static string English(UnitOfCount unit) => unit switch
    {
        UnitOfCount.Person => "persons",
        UnitOfCount.Company => "companies",
        UnitOfCount.Household => "households",
        UnitOfCount.Account => "accounts",
        UnitOfCount.Copy => "copies",
        _ => "devices",
    };

    public static string German(UnitOfCount unit) => unit switch
    {
        UnitOfCount.Person => "Personen",
        UnitOfCount.Company => "Unternehmen",
        UnitOfCount.Household => "Haushalte",
        UnitOfCount.Account => "Konten",
        UnitOfCount.Copy => "Exemplare",
        _ => "Geräte",
    };

    public static string English(InteractionKind kind) => kind switch
    {
        InteractionKind.View => "views",
        InteractionKind.Like => "likes",
        InteractionKind.Dislike => "dislikes",
        InteractionKind.Emoji => "emoji",
        InteractionKind.Click => "clicks",
        InteractionKind.Save => "saves",
        InteractionKind.Vote => "votes",
        InteractionKind.Attend => "attendances",
        InteractionKind.Comment => "comments",
        InteractionKind.Reply => "replies",
        InteractionKind.Mention => "mentions",
        InteractionKind.Question => "questions",
        InteractionKind.DirectMessage => "direct messages",
        InteractionKind.Share => "shares",
        InteractionKind.Repost => "reposts",
        InteractionKind.Forward => "forwards",
        InteractionKind.Quote => "quotes",
        InteractionKind.Follow => "follows",
        InteractionKind.Unfollow => "unfollows",
        InteractionKind.Join => "joins",
        InteractionKind.Leave => "leaves",
        _ => "posts",
    };

    public static string German(InteractionKind kind) => kind switch
    {
        InteractionKind.View => "Aufrufe",
        InteractionKind.Like => "Likes",
        InteractionKind.Dislike => "Dislikes",
        InteractionKind.Emoji => "Emojis",
        InteractionKind.Click => "Klicks",
        InteractionKind.Save => "Gespeichertes",
        InteractionKind.Vote => "Stimmen",
        InteractionKind.Attend => "Teilnahmen",
        InteractionKind.Comment => "Kommentare",
        InteractionKind.Reply => "Antworten",
        InteractionKind.Mention => "Erwähnungen",
        InteractionKind.Question => "Fragen",
        InteractionKind.DirectMessage => "Direktnachrichten",
        InteractionKind.Share => "Geteiltes",
        InteractionKind.Repost => "Weiterverbreitetes",
        InteractionKind.Forward => "Weiterleitungen",
        InteractionKind.Quote => "Zitate",
        InteractionKind.Follow => "neue Abos",
        InteractionKind.Unfollow => "beendete Abos",
        InteractionKind.Join => "Beitritte",
        InteractionKind.Leave => "Austritte",
        _ => "eigene Beiträge",
    };

    public static string English(ActorRole role) => role switch
    {
        ActorRole.Unknown => "persons whose role is unknown",
        ActorRole.Organisation => "the organisation",
        ActorRole.Staff => "staff",
        ActorRole.Member => "members",
        ActorRole.NonMember => "non-members",
        _ => "bots",
    };

    public static string German(ActorRole role) => role switch
    {
        ActorRole.Unknown => "Unbekannten",
        ActorRole.Organisation => "der Organisation",
        ActorRole.Staff => "Beschäftigten",
        ActorRole.Member => "Mitgliedern",
        ActorRole.NonMember => "Nichtmitgliedern",
        _ => "Bots",
    };

    public static string English(UndefinedReason reason) => reason switch
    {
        UndefinedReason.ZeroDenominator => "what it would be divided by is 0",
        UndefinedReason.MissingNumerator => "what is to be divided is not known",
        UndefinedReason.MissingDenominator => "what it would be divided by is not known",
        UndefinedReason.OpenBothWays => "both parts are known in part only",
        UndefinedReason.UnitMismatch => "the parts count different units",
        UndefinedReason.PartExceedsWhole => "the part exceeds its whole",
        UndefinedReason.OutsideBounds => "the model says what the bounds rule out",
        _ => "the quotient is out of range",
    };

    public static string German(UndefinedReason reason) => reason switch
    {
        UndefinedReason.ZeroDenominator => "der Nenner ist 0",
        UndefinedReason.MissingNumerator => "der Zähler ist nicht bekannt",
        UndefinedReason.MissingDenominator => "der Nenner ist nicht bekannt",
        UndefinedReason.OpenBothWays => "beide Teile sind nur teilweise bekannt",
        UndefinedReason.UnitMismatch => "die Teile zählen verschiedene Einheiten",
        UndefinedReason.PartExceedsWhole => "der Teil übersteigt sein Ganzes",
        UndefinedReason.OutsideBounds => "das Modell sagt, was die Grenzen ausschließen",
        _ => "der Quotient liegt außerhalb des Zahlbereichs",
    };

    public static string English(IntervalMethod method) => method switch
    {
        IntervalMethod.OrderStatistics => "order statistics",
        IntervalMethod.Jackknife => "jackknife",
        IntervalMethod.PooledGarwood => "Garwood, pooled: too narrow where rates differ",
        IntervalMethod.PooledWilson => "Wilson, pooled: too narrow where rates differ",
        _ => method.ToString(),
    };

    public static string German(IntervalMethod method) => method switch
    {
        IntervalMethod.OrderStatistics => "Ordnungsstatistik",
        IntervalMethod.Linearised => "linearisiert",
        IntervalMethod.PooledGarwood => "Garwood, zusammengefasst: zu eng, wo sich die Raten unterscheiden",
        IntervalMethod.PooledWilson => "Wilson, zusammengefasst: zu eng, wo sich die Raten unterscheiden",
        _ => method.ToString(),
    };

    /// <summary>A number with its noun: <c>1 channel</c>, <c>2 channels</c>.</summary>
    public static string Number(int number, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{number} {(number == 1 ? one : many)}");

    /// <summary>The log of some channels as a source, in both languages.</summary>
    public static (string English, string German) Listed(int channels) =>
        ($"listed interactions of {Number(channels, "channel", "channels")}", $"einzeln verzeichnete Interaktionen von {Number(channels, "Kanal", "Kanälen")}");

    /// <summary>The kinds with their weights, and whose interactions count.</summary>
    public static string Selected(InteractionSelection selection, bool isGerman)
    {
        IFormatProvider format = isGerman ? De : CultureInfo.InvariantCulture;
        IEnumerable<string> kinds = selection.Kinds.Select(kind => $"{(selection[kind] == 1 ? "" : selection[kind].ToString(format) + "·")}{(isGerman ? German(kind) : English(kind))}");
        string roles = selection.HasStandardRoles ? isGerman ? "von allen außer der Organisation und Bots" : "by all but the organisation and bots"
            : isGerman ? $"von {string.Join(", ", selection.Roles.Select(German))}"
            : $"by {string.Join(", ", selection.Roles.Select(English))}";
        return $"{string.Join(" + ", kinds)} {roles}";
    }
}
