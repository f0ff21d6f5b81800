using NodaTime;
using NodaTime.Text;

namespace Engagement.Core.Tests.Dialogue;

/// <summary>Questions and answers of coffee.stackexchange.com in 2015, with the site's own counters.</summary>
public class StackExchangeTests
{
    private static readonly Channel Site = new("coffee", "Coffee", new Platform("stack-exchange"), ChannelForm.Group);
    private static readonly LocalPeriod All = LocalPeriod.Between(new LocalDate(2015, 1, 1), new LocalDate(2016, 1, 1));

    [Fact]
    public void Every_question_has_as_many_answers_as_the_site_counts()
    {
        var posts = Posts();
        Dictionary<string, Conversation> conversations = Conversation.Find(posts.Select(Interaction)).ToDictionary(conversation => conversation.Root.Value, StringComparer.Ordinal);
        var questions = posts.Where(post => post["PostTypeId"] == "1").ToArray();
        Assert.Equal(225, questions.Length);
        Assert.All(questions, question => Assert.Equal(question.Whole("AnswerCount"), conversations[question["Id"]].Messages - 1));
        Assert.Equal(225, conversations.Count);
    }

    [Fact]
    public void The_13_questions_without_an_answer_are_censored_and_not_dropped()
    {
        var posts = Posts();
        PortfolioBuilder builder = Portfolio.For(new Organisation("se", "Stack Exchange", DateTimeZone.Utc)).Add(Site);

        // Without names an asker who answers himself cannot be told: so the site counts.
        foreach (var post in posts) builder.Add(Interaction(post));
        DialogueResult dialogue = new DialogueCalculator().Calculate(builder.Build(), All).Channels[0];
        Assert.Equal((225, 212, 13), (dialogue.Response.Answerable, dialogue.Response.Answered, dialogue.Response.Unanswered));
        Assert.Equal(212.0 / 225, dialogue.ResponseRate.Value!.Value, 1e-15);
        Assert.True(dialogue.Response.MedianHours.Value > dialogue.Response.AnsweredOnlyMedianHours);

        // The same median straight from the file.
        double[] waits = [.. posts.Where(post => post["PostTypeId"] == "1").Select(question => posts.Where(post => post["ParentId"] == question["Id"]).Select(answer => (At(answer) - At(question)).TotalHours).DefaultIfEmpty(double.PositiveInfinity).Min()).Order()];
        Assert.Equal(Math.Floor(waits[112] * 3_600_000) / 3_600_000, dialogue.Response.MedianHours.Value!.Value, 1e-6);
    }

    [Fact]
    public void Who_answers_his_own_question_has_not_been_answered()
    {
        var posts = Posts();
        PortfolioBuilder builder = Portfolio.For(new Organisation("se", "Stack Exchange", DateTimeZone.Utc)).Add(Site);
        foreach (var post in posts) builder.Add(Named(post));
        int byOthers = posts.Count(post => post["PostTypeId"] == "1" && posts.Any(answer => answer["ParentId"] == post["Id"] && (answer["OwnerUserId"].Length == 0 || answer["OwnerUserId"] != post["OwnerUserId"])));
        Assert.True(byOthers < 212);
        Assert.Equal(byOthers, new DialogueCalculator().Calculate(builder.Build(), All).Channels[0].Response.Answered);

        static Interaction Named(IReadOnlyDictionary<string, string> post) => post["OwnerUserId"].Length == 0 ? Interaction(post) : Interaction(post) with { Actor = new ActorId(post["OwnerUserId"]) };
    }

    private static Interaction Interaction(IReadOnlyDictionary<string, string> post) => post["PostTypeId"] == "1"
        ? new Interaction(post["Id"], Site.Id, InteractionKind.Question, At(post), ActorRole.NonMember)
        : new Interaction(post["Id"], Site.Id, InteractionKind.Reply, At(post), ActorRole.Staff) { ReplyTo = new InteractionId(post["ParentId"]) };

    private static Instant At(IReadOnlyDictionary<string, string> post) => LocalDateTimePattern.ExtendedIso.Parse(post["CreationDate"]).Value.InUtc().ToInstant();

    private static IReadOnlyList<IReadOnlyDictionary<string, string>> Posts()
    {
        string? path = SharedData.Folder is null ? null : Path.Combine(SharedData.Folder, "data", "stackexchange", "coffee_se_2015_posts.csv");
        Assert.SkipUnless(File.Exists(path), "The posts of coffee.stackexchange.com are not there: put the folder shared beside the repository to run this test.");
        return [.. SharedData.Parse(File.ReadAllLines(path!)).Where(post => post["PostTypeId"] is "1" or "2")];
    }
}
