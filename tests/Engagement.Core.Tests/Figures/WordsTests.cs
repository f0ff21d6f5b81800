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

    [Fact]
    public void One_is_told_as_one_and_of_many_as_many()
    {
        Assert.Equal(("listed interactions of 1 channel", "einzeln verzeichnete Interaktionen von 1 Kanal"), Words.Listed(1));
        Assert.Equal(("listed interactions of 2 channels", "einzeln verzeichnete Interaktionen von 2 Kanälen"), Words.Listed(2));
    }

    private static void Differ<T>(params Func<T, string>[] languages)
        where T : struct, Enum
    {
        T[] values = [.. Enum.GetValues<T>().Skip(1)];
        Assert.All(languages, words => Assert.Distinct(values.Select(words), StringComparer.Ordinal));
    }
}
