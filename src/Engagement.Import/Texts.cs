using System.Globalization;
using Engagement.Core;
using NodaTime;

namespace Engagement.Import;

/// <summary>Identifiers, names, time zones and currencies as they stand in a file.</summary>
internal static class Texts
{
    public static readonly Fault Missing = new(Codes.MissingValue, "must not be empty", "write a value");

    private static readonly Fault TooLong =
        new(Codes.TextTooLong, string.Create(CultureInfo.InvariantCulture, $"must have at most {Guard.LongestId} characters"), "shorten it; an opening quote without its closing one also makes long texts");

    private static readonly Fault NoCurrency = new(Codes.InvalidCurrency, "must be three capital letters by ISO 4217", "write EUR, for example");

    public static Fault? Identifier(string text) =>
        text.Length == 0 ? Missing
        : Guard.IdentifierRule(text) is { } rule ? new Fault(Codes.InvalidIdentifier, rule, "write the identifier alone")
        : null;

    public static Fault? Name(string text) => string.IsNullOrWhiteSpace(text) ? Missing : text.Length > Guard.LongestId ? TooLong : null;

    public static Fault? Currency(string text) => text.Length == 3 && text.All(char.IsAsciiLetterUpper) ? null : NoCurrency;

    public static Fault? TimeZone(string text, out DateTimeZone? zone)
    {
        zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(text);
        if (zone is not null) return null;
        string? near = Suggestion.Nearest(text, DateTimeZoneProviders.Tzdb.Ids.Select(id => id.ToLowerInvariant()));
        string? id = near is null ? null : DateTimeZoneProviders.Tzdb.Ids.First(id => id.Equals(near, StringComparison.OrdinalIgnoreCase));
        return new Fault(Codes.UnknownTimeZone, "must be an IANA time zone", $"write {id ?? "Europe/Berlin, for example"}");
    }
}
