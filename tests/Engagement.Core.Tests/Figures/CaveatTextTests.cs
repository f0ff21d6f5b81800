using System.Reflection;
using System.Text.RegularExpressions;
using NodaTime;

namespace Engagement.Core.Tests.Figures;

/// <summary>Every caveat is a sentence in both languages, of one as of several.</summary>
public partial class CaveatTextTests
{
    private static readonly ChannelId[] Ids = [Ihk.Xing.Id, Ihk.Twitter.Id, Ihk.Facebook.Id];

    public static TheoryData<string> Names => [.. Methods.Select(method => method.Name).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<MethodInfo> Methods => typeof(Caveats).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.ReturnType == typeof(Caveat));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_caveat_has_a_code_and_a_whole_sentence_in_both_languages(string name)
    {
        foreach (int number in new[] { 1, 2 })
        {
            Caveat caveat = Made(name, number);
            Assert.Matches("^ENG[0-9]{4}$", caveat.Code);
            Assert.NotEqual(caveat.English, caveat.German, StringComparer.Ordinal);
            foreach (string text in new[] { caveat.English, caveat.German })
            {
                // A word that is missing leaves two spaces, a space before a sign, or an end that is none.
                Assert.True(text.Length > 10 && text.Trim() == text, text);
                Assert.DoesNotMatch(Gap(), text);
                Assert.Matches("[\\p{L}\\p{N})]$|[“\"%]$", text);
                Cultures.AssertInvariant(() => Made(name, number).Text(Language.English) + Made(name, number).Text(Language.German));
            }
        }
    }

    [Theory]
    [InlineData(nameof(Caveats.PublicationsLeftOut))]
    [InlineData(nameof(Caveats.DaysLeftOut))]
    [InlineData(nameof(Caveats.ReachAboveImpressions))]
    [InlineData(nameof(Caveats.StaffUnknown))]
    public void One_is_not_spoken_of_as_several(string name)
    {
        (Caveat one, Caveat two) = (Made(name, 1), Made(name, 2));
        Assert.NotEqual(one.English.Replace('1', '2'), two.English, StringComparer.Ordinal);
        Assert.NotEqual(one.German.Replace('1', '2'), two.German, StringComparer.Ordinal);
        Assert.Matches("(is|has|states)\\b", one.English);
        Assert.Matches("(are|have|state)\\b", two.English);
        Assert.Matches("(hat|fehlt|nennt)\\b", one.German);
        Assert.Matches("(haben|fehlen|nennen)\\b", two.German);
    }

    [Fact]
    public void Several_are_named_with_a_comma_between_them_and_days_as_days()
    {
        Assert.Contains("xing, twitter", Caveats.ChannelsLeftOut(Ids[..2], 3).English, StringComparison.Ordinal);
        Assert.Contains("xing, twitter", Caveats.ChannelsLeftOut(Ids[..2], 3).German, StringComparison.Ordinal);
        Assert.Contains("persons, companies", Caveats.MixedUnits([UnitOfCount.Person, UnitOfCount.Company]).English, StringComparison.Ordinal);
        Assert.Contains("Personen, Unternehmen", Caveats.MixedUnits([UnitOfCount.Person, UnitOfCount.Company]).German, StringComparison.Ordinal);
        Assert.Contains("likes, shares", Caveats.KindsDiffer([InteractionKind.Like, InteractionKind.Share]).English, StringComparison.Ordinal);
        Assert.Contains("Likes, Geteiltes", Caveats.KindsDiffer([InteractionKind.Like, InteractionKind.Share]).German, StringComparison.Ordinal);
        Assert.Contains("EUR, USD", Caveats.CurrenciesDiffer(["EUR", "USD"]).English, StringComparison.Ordinal);
        Assert.Contains("days", Caveats.FewPublications(2.5, areDays: true).English, StringComparison.Ordinal);
        Assert.Contains("Tage", Caveats.FewPublications(2.5, areDays: true).German, StringComparison.Ordinal);
        Assert.Contains("publications", Caveats.FewPublications(2.5, areDays: false).English, StringComparison.Ordinal);
        Assert.Contains("Veröffentlichungen", Caveats.FewPublications(2.5, areDays: false).German, StringComparison.Ordinal);
        Assert.Contains("2,5", Caveats.FewPublications(2.5, areDays: false).German, StringComparison.Ordinal);
    }

    private static Caveat Made(string name, int number)
    {
        MethodInfo method = Methods.First(one => one.Name == name);
        return (Caveat)method.Invoke(null, [.. method.GetParameters().Select(parameter => Argument(parameter.ParameterType, number))])!;
    }

    private static object? Argument(Type type, int number) =>
        type == typeof(string) ? "some thing"
        : type == typeof(int) ? number
        : type == typeof(long) ? (object)(long)number
        : type == typeof(double) ? number + 0.5
        : type == typeof(bool) ? number == 1
        : type == typeof(LocalDate) ? new LocalDate(2014, 11, 20)
        : type == typeof(UnitOfCount) ? UnitOfCount.Person
        : type == typeof(AudienceSnapshot) ? number == 1 ? null : Ihk.Audience(Ihk.Xing, Count.Withheld)
        : type == typeof(UnitConversion) ? new UnitConversion(UnitOfCount.Person, UnitOfCount.Company, 2, "a survey")
        : type == typeof(Money) ? new Money(60, "EUR")
        : type == typeof(ChannelId) ? Ihk.Xing.Id
        : type == typeof(Caveat) ? Caveats.GrossCountsTwice()
        : type.IsAssignableFrom(typeof(ChannelId[])) ? Ids[..number]
        : type.IsAssignableFrom(typeof(UnitOfCount[])) ? new[] { UnitOfCount.Person, UnitOfCount.Company }
        : type.IsAssignableFrom(typeof(string[])) ? new[] { "EUR", "USD" }
        : type.IsAssignableFrom(typeof(InteractionKind[])) ? new[] { InteractionKind.Like, InteractionKind.Share }
        : type.IsAssignableFrom(typeof(AudienceOverlap[])) ? Enumerable.Range(0, number).Select(other => new AudienceOverlap(Ids[0], Ids[1 + other], Ihk.Noon, Count.Observed(5))).ToArray()
        : type.IsAssignableFrom(typeof((string, string, string)[])) ? Enumerable.Range(0, number).Select(_ => ("talks", "Gespräche", "hours")).ToArray()
        : throw new NotSupportedException($"There is no argument of {type} here yet.");

    [GeneratedRegex("  | [,;:.)]|\\( |“ ”|\"\"|,,|\\.$", RegexOptions.None, 1_000)]
    private static partial Regex Gap();
}
