namespace Engagement.Core.Tests.Figures;

public class WordsTests
{
    [Fact]
    public void Every_unit_kind_role_reason_and_method_has_words_of_its_own()
    {
        // The last arm of a switch must not speak for a value that was forgotten.
        Differ<UnitOfCount>(Words.English, Words.German);
        Differ<InteractionKind>(Words.English, Words.German);
        Differ<ActorRole>(Words.English, Words.German);
        Differ<UndefinedReason>(Words.English, Words.German);
        Differ<IntervalMethod>(Words.English, Words.German);
    }

    private static void Differ<T>(params Func<T, string>[] languages)
        where T : struct, Enum
    {
        T[] values = [.. Enum.GetValues<T>().Skip(1)];
        Assert.All(languages, words => Assert.Distinct(values.Select(words), StringComparer.Ordinal));
    }
}
