using System.Globalization;

namespace Engagement.Core.Tests;

/// <summary>The cultures that break careless code: decimal commas, other minus signs, other digits, other calendars, the Turkish i.</summary>
internal static class Cultures
{
    public static readonly string[] Names = ["de-DE", "tr-TR", "fa-IR", "ar-SA", "th-TH", "sv-SE", "fr-CH", "fi-FI"];

    /// <summary>The result of an action under every culture must be that of the invariant one.</summary>
    public static void AssertInvariant(Func<string> text)
    {
        string expected = Under(CultureInfo.InvariantCulture, text);
        Assert.All(Names, name => Assert.Equal(expected, Under(CultureInfo.GetCultureInfo(name), text)));
    }

    private static string Under(CultureInfo culture, Func<string> text)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        try
        {
            return text();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
