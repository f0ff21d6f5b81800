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

    [Theory]
    [InlineData(UnitOfCount.Person, "persons", "Personen")]
    [InlineData(UnitOfCount.Company, "companies", "Unternehmen")]
    [InlineData(UnitOfCount.Household, "households", "Haushalte")]
    [InlineData(UnitOfCount.Account, "accounts", "Konten")]
    [InlineData(UnitOfCount.Copy, "copies", "Exemplare")]
    [InlineData(UnitOfCount.Device, "devices", "Geräte")]
    public void Units_are_told_in_the_plural(UnitOfCount unit, string english, string german) => Assert.Equal((english, german), (Words.English(unit), Words.German(unit)));

    [Theory]
    [InlineData(ActorRole.Unknown, "persons whose role is unknown", "Unbekannten")]
    [InlineData(ActorRole.Organisation, "the organisation", "der Organisation")]
    [InlineData(ActorRole.Staff, "staff", "Beschäftigten")]
    [InlineData(ActorRole.Member, "members", "Mitgliedern")]
    [InlineData(ActorRole.NonMember, "non-members", "Nichtmitgliedern")]
    [InlineData(ActorRole.Bot, "bots", "Bots")]
    public void Roles_are_told_as_those_by_whom(ActorRole role, string english, string german) => Assert.Equal((english, german), (Words.English(role), Words.German(role)));

    [Theory]
    [InlineData(InteractionKind.View, "views", "Aufrufe")]
    [InlineData(InteractionKind.Like, "likes", "Likes")]
    [InlineData(InteractionKind.Dislike, "dislikes", "Dislikes")]
    [InlineData(InteractionKind.Emoji, "emoji", "Emojis")]
    [InlineData(InteractionKind.Click, "clicks", "Klicks")]
    [InlineData(InteractionKind.Save, "saves", "Gespeichertes")]
    [InlineData(InteractionKind.Vote, "votes", "Stimmen")]
    [InlineData(InteractionKind.Attend, "attendances", "Teilnahmen")]
    [InlineData(InteractionKind.Comment, "comments", "Kommentare")]
    [InlineData(InteractionKind.Reply, "replies", "Antworten")]
    [InlineData(InteractionKind.Mention, "mentions", "Erwähnungen")]
    [InlineData(InteractionKind.Question, "questions", "Fragen")]
    [InlineData(InteractionKind.DirectMessage, "direct messages", "Direktnachrichten")]
    [InlineData(InteractionKind.Share, "shares", "Geteiltes")]
    [InlineData(InteractionKind.Repost, "reposts", "Weiterverbreitetes")]
    [InlineData(InteractionKind.Forward, "forwards", "Weiterleitungen")]
    [InlineData(InteractionKind.Quote, "quotes", "Zitate")]
    [InlineData(InteractionKind.Follow, "follows", "neue Abos")]
    [InlineData(InteractionKind.Unfollow, "unfollows", "beendete Abos")]
    [InlineData(InteractionKind.Join, "joins", "Beitritte")]
    [InlineData(InteractionKind.Leave, "leaves", "Austritte")]
    [InlineData(InteractionKind.Post, "posts", "eigene Beiträge")]
    public void Kinds_are_told_in_the_plural(InteractionKind kind, string english, string german) => Assert.Equal((english, german), (Words.English(kind), Words.German(kind)));

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
