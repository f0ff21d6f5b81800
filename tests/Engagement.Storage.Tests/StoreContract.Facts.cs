using Engagement.Core;
using Engagement.Core.Logs;
using NodaTime;

namespace Engagement.Storage.Tests;

/// <content>Facts and interactions with ids.</content>
public abstract partial class StoreContract
{
    [Fact]
    public async Task A_portfolio_comes_back_as_it_was()
    {
        Portfolio portfolio = Demo();
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(portfolio.Organisation);
        await store.UpsertAsync(portfolio, Token);
        Assert.Equal(portfolio, await store.ReadPortfolioAsync(cancellationToken: Token));
        await store.UpsertAsync(portfolio, Token);
        Assert.Equal(portfolio, await store.ReadPortfolioAsync(cancellationToken: Token));
        Assert.Empty((await store.ReadPortfolioAsync(withInteractions: false, Token)).Interactions);
        Assert.Empty((await store.CheckAsync(Token)).Findings);

        // The dialogue of a channel is that of its columns, though each message came with an id of its own.
        Instant until = portfolio.Interactions.Max(interaction => interaction.At) + Duration.FromDays(1);
        DialogueResult expected = new DialogueCalculator().Calculate(portfolio, LocalPeriod.Between(new(2000, 1, 1), new(2100, 1, 1)), until);
        foreach (DialogueResult channel in expected.Channels)
        {
            DialogueTotals totals = await store.DialogueAsync(channel.Channel!.Id, until, cancellationToken: Token);
            Assert.Equal((channel.Conversations.Value ?? 0, channel.Response.Answerable, channel.Response.Answered), (totals.Conversations, totals.Response.Answerable, totals.Response.Answered));
        }
    }

    [Fact]
    public async Task An_upsert_replaces_by_key_keeps_the_order_and_leaves_the_rest()
    {
        Organisation ihk = Organisation();
        Instant at = ihk.StartOf(new(2014, 11, 20));
        var page = new Channel("page", "Netzwerk", Platform.Facebook, ChannelForm.Page) { Purposes = ChannelPurposes.Marketing | ChannelPurposes.Service, Opened = new(2012, 1, 1), SubBrand = "Netzwerk" };
        var xing = new Channel("xing", "Xing", Platform.Xing, ChannelForm.Group) { TargetUniverse = new("members") };
        Publication post = new("post", page.Id, at) { Interactions = InteractionTally.Empty.With(InteractionKind.Like, Count.Observed(3)).With(InteractionKind.Share, Count.Withheld), Exposures = new(Count.Rounded(9_000), new(Count.Partial(500))) };
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(ihk);
        await store.UpsertAsync(
            Portfolio.For(ihk).Add(new Universe("members", UnitOfCount.Company).With(at, Count.Rounded(110_000, 110_000, 114_999))).Add(page).Add(xing).Add(post)
                .Add(new AudienceSnapshot(page.Id, at, Count.Observed(324), UnitOfCount.Person))
                .Add(new Effort(page.Id, LocalPeriod.Month(2014, 11)) { StaffTime = Duration.FromHours(20), Cost = new Money(12.50m, "EUR") })
                .Add(new Effort(page.Id, LocalPeriod.Month(2014, 11)) { StaffTime = Duration.FromHours(1) })
                .Build(),
            Token);

        var renamed = new Channel("page", "Netzwerk Kreativwirtschaft", Platform.Facebook, ChannelForm.Page);
        var stated = new Publication("post", page.Id, at);
        await store.UpsertAsync(
            Portfolio.For(ihk).Add(new Universe("members", UnitOfCount.Company).With(at + Duration.FromDays(1), Count.Observed(111_000))).Add(renamed).Add(stated)
                .Add(new AudienceSnapshot(page.Id, at, Count.Observed(325), UnitOfCount.Person) { Members = Count.Observed(12), Source = "page's own figures" })
                .Add(new Effort(page.Id, LocalPeriod.Month(2014, 11)) { StaffTime = Duration.FromHours(21) })
                .Build(),
            Token);
        Portfolio expected = Portfolio.For(ihk)
            .Add(new Universe("members", UnitOfCount.Company).With(at, Count.Rounded(110_000, 110_000, 114_999)).With(at + Duration.FromDays(1), Count.Observed(111_000))).Add(renamed).Add(xing).Add(stated)
            .Add(new AudienceSnapshot(page.Id, at, Count.Observed(325), UnitOfCount.Person) { Members = Count.Observed(12), Source = "page's own figures" })
            .Add(new Effort(page.Id, LocalPeriod.Month(2014, 11)) { StaffTime = Duration.FromHours(21) })
            .Build();
        Assert.Equal(expected, await store.ReadPortfolioAsync(cancellationToken: Token));

        var stranger = new Organisation("other", "Other", ihk.TimeZone);
        await Assert.ThrowsAsync<ArgumentException>(() => store.UpsertAsync(Portfolio.For(stranger).Build(), Token));
    }

    [Fact]
    public async Task An_overlap_takes_the_place_of_that_of_the_same_two_channels_whichever_is_named_first()
    {
        Organisation ihk = Organisation();
        Instant at = ihk.StartOf(new(2014, 11, 20));
        AudienceOverlap Of(string channel, string other, int days, int shared) => new(new(channel), new(other), at + Duration.FromDays(days), Count.Observed(shared));
        PortfolioBuilder Channels()
        {
            PortfolioBuilder builder = Portfolio.For(ihk);
            foreach (string id in new[] { "page", "Xing", "blog" }) builder.Add(new Channel(id, id, Platform.Facebook, ChannelForm.Page));
            return builder;
        }

        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(ihk);
        await store.UpsertAsync(Channels().Add(Of("page", "Xing", 0, 12)).Add(Of("page", "blog", 0, 3)).Add(Of("page", "Xing", 1, 13)).Build(), Token);
        await store.UpsertAsync(Channels().Add(Of("Xing", "page", 0, 20)).Add(Of("blog", "Xing", 0, 4)).Build(), Token);
        Assert.Equal([Of("Xing", "page", 0, 20), Of("page", "blog", 0, 3), Of("page", "Xing", 1, 13), Of("blog", "Xing", 0, 4)], (await store.ReadPortfolioAsync(cancellationToken: Token)).Overlaps);
    }

    [Fact]
    public async Task A_batch_whose_id_leaves_no_room_for_rows_is_refused_and_one_with_ids_of_events_is_not()
    {
        var page = new ChannelId("page");
        InteractionLog log = InteractionLog.Of([page], new long[2], new int[2], new byte[] { 9, 10 }).WithReplies(new[] { -1, 0 });
        string longest = new('b', 501);
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(Organisation());
        Assert.True(await store.AppendAsync(longest, log, Token));
        foreach (Func<string, Task> append in new Func<string, Task>[] { batch => store.AppendAsync(batch, log, Token), batch => store.AppendStreamAsync(batch, new[] { log }.ToAsyncEnumerable(), Token) })
        {
            var error = await Assert.ThrowsAsync<ArgumentException>(() => append(longest + "b"));
            Assert.StartsWith("batch (\"bbb", error.Message, StringComparison.Ordinal);
            Assert.Contains("must have at most 501 characters where events have no ids, and has 502: give it a shorter one.", error.Message, StringComparison.Ordinal);
        }

        Assert.True(await store.AppendInteractionsAsync(new('b', 512), [new Interaction("q", page, InteractionKind.Question, Instant.FromUnixTimeMilliseconds(0), ActorRole.Member)], Token));
        Assert.Equal([$"{longest}#0", $"{longest}#1", "q"], (await store.ReadPortfolioAsync(cancellationToken: Token)).Interactions.Select(one => one.Id.Value), StringComparer.Ordinal);
        Assert.False(await store.AppendAsync(longest, log, Token));
    }

    [Fact]
    public async Task Facts_with_interactions_are_written_also_where_a_batch_bears_the_id_that_they_would_be_given()
    {
        Organisation ihk = Organisation();
        Interaction Like(string id) => new(id, new("page"), InteractionKind.Like, ihk.StartOf(new(2014, 11, 20)), ActorRole.Member);
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(ihk);
        Assert.True(await store.AppendInteractionsAsync("facts-2", [Like("other")], Token));
        Portfolio portfolio = Portfolio.For(ihk).Add(new Channel("page", "Page", Platform.Facebook, ChannelForm.Page)).Add(Like("like")).Build();
        await store.UpsertAsync(portfolio, Token);
        Assert.Equal(["other", "like"], (await store.ReadPortfolioAsync(cancellationToken: Token)).Interactions.Select(one => one.Id.Value), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Staff_time_beyond_what_a_store_holds_is_refused_before_anything_is_written()
    {
        Organisation ihk = Organisation();
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(ihk);
        Portfolio Of(Duration time) => Portfolio.For(ihk).Add(new Channel("page", "Page", Platform.Facebook, ChannelForm.Page)).Add(new Effort(new("page"), LocalPeriod.Month(2014, 10)) { StaffTime = Duration.Zero }).Add(new Effort(new("page"), LocalPeriod.Month(2014, 11)) { StaffTime = time }).Build();
        foreach (Func<Portfolio, Task> write in new Func<Portfolio, Task>[] { facts => store.UpsertAsync(facts, Token), facts => store.AppendPortfolioAsync("1", facts, Token) })
        {
            var error = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => write(Of(Duration.FromHours(2_562_048))));
            Assert.StartsWith("portfolio.Efforts[1].StaffTime (2562048) must be at most 2562047 hours in a store: correct it, or state it in several efforts of shorter periods.", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(0, await place.NumberAsync("SELECT count(*) FROM engagement.channel"));
        Portfolio most = Of(Duration.FromHours(2_562_047) + Duration.FromNanoseconds(1));
        await store.UpsertAsync(most, Token);
        Assert.Equal(most, await store.ReadPortfolioAsync(cancellationToken: Token));
    }

    [Fact]
    public async Task Interactions_with_ids_count_once_and_reply_across_batches()
    {
        Organisation ihk = Organisation();
        var page = new ChannelId("page");
        Instant at = ihk.StartOf(new(2014, 11, 20));
        var question = new Interaction("q", page, InteractionKind.Question, at, ActorRole.Member) { Actor = new("anna") };
        var answer = new Interaction("a", page, InteractionKind.Reply, at + Duration.FromHours(2), ActorRole.Staff) { Actor = new("bert"), ReplyTo = question.Id, AlsoReplyTo = [new("elsewhere"), new("not there")] };
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(ihk);

        // The answer comes first, the question late, and then both again under another batch.
        Assert.True(await store.AppendInteractionsAsync("1", [answer], Token));
        Assert.True(await store.AppendInteractionsAsync("2", [question], Token));
        Assert.True(await store.AppendInteractionsAsync("3", [question, answer], Token));
        Assert.False(await store.AppendInteractionsAsync("3", [question, answer], Token));
        await Assert.ThrowsAsync<StoreException>(() => store.AppendInteractionsAsync("3", [answer], Token));
        DialogueTotals totals = await store.DialogueAsync(page, at + Duration.FromDays(1), cancellationToken: Token);
        Assert.Equal((1, 1, 1), (totals.Conversations, totals.Response.Answerable, totals.Response.Answered));
        Assert.Equal([answer, question], (await store.ReadPortfolioAsync(cancellationToken: Token)).Interactions);
        Assert.Equal(2, (await store.CheckAsync(Token)).Events);

        // Rows of a log have no ids: their batch and row stand for them, in replies too.
        await store.AppendAsync("log", InteractionLog.Of([page], new[] { at.ToUnixTimeMilliseconds(), at.ToUnixTimeMilliseconds() + 1 }, new int[2], new byte[] { 9, 10 }, new byte[] { 4, 3 }).WithActors(new[] { 7, -1 }).WithReplies(new[] { -1, 0 }), Token);
        Interaction last = (await store.ReadPortfolioAsync(cancellationToken: Token)).Interactions[^1];
        Assert.Equal(("log#1", "log#0", true), (last.Id.Value, last.ReplyTo.Value, last.Actor.IsNone));
    }

    [Fact]
    public async Task A_reply_of_a_log_to_what_is_not_in_it_is_reported_when_it_is_asked_from_the_store()
    {
        Organisation ihk = Organisation();
        var page = new ChannelId("page");
        Instant at = ihk.StartOf(new(2014, 11, 20));
        Interaction[] talk = [new("q", page, InteractionKind.Question, at, ActorRole.Member), new("a", page, InteractionKind.Reply, at + Duration.FromHours(1), ActorRole.Staff) { ReplyTo = new("elsewhere") }];
        Instant until = at + Duration.FromDays(1);
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(ihk);
        Assert.True(await store.AppendAsync("log", InteractionLog.From(talk), Token));
        Assert.True(await store.AppendAsync("more", InteractionLog.From(talk), Token));
        DialogueTotals totals = await store.DialogueAsync(page, until, cancellationToken: Token);
        Assert.Equal((2, 4), (totals.RepliesToUnknown, totals.Conversations));
        Assert.Equal(totals, new DialogueCalculator().Calculate(await store.ReadLogAsync(cancellationToken: Token).SingleAsync(Token), until, null));
        Assert.Equal(["", "log#-1", "", "more#-1"], (await store.ReadPortfolioAsync(cancellationToken: Token)).Interactions.Select(one => one.ReplyTo.Value), StringComparer.Ordinal);

        // With an id it may be in the store, or come there: it is known where it is asked for.
        await store.AppendInteractionsAsync("ids", talk, Token);
        Assert.Equal(3, (await store.DialogueAsync(page, until, cancellationToken: Token)).RepliesToUnknown);
        await store.AppendInteractionsAsync("late", [new("elsewhere", page, InteractionKind.Question, at, ActorRole.Member)], Token);
        Assert.Equal(2, (await store.DialogueAsync(page, until, cancellationToken: Token)).RepliesToUnknown);
    }

    [Fact]
    public async Task The_log_that_is_read_says_of_replies_what_the_dialogue_of_the_store_says()
    {
        Organisation ihk = Organisation();
        var page = new ChannelId("page");
        Instant at = ihk.StartOf(new(2014, 11, 20));
        Instant until = at + Duration.FromDays(9);
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(ihk);
        Interaction Say(string id, InteractionKind kind, int day, ActorRole role) => new(id, page, kind, at + Duration.FromDays(day), role);

        // Ids across batches, and an id that is nowhere.
        await store.AppendInteractionsAsync("1", [Say("q", InteractionKind.Question, 0, ActorRole.Member)], Token);
        await store.AppendInteractionsAsync("2", [Say("a", InteractionKind.Reply, 2, ActorRole.Staff) with { ReplyTo = new("q") }, Say("b", InteractionKind.Reply, 3, ActorRole.Staff) with { ReplyTo = new("nowhere") }], Token);
        await CheckAsync(1, ". 0 ?");

        // Rows of a log; and of several links the first, which is nowhere, beside one that is there.
        await store.AppendAsync("log", InteractionLog.From([Say("q", InteractionKind.Question, 0, ActorRole.Member), Say("a", InteractionKind.Reply, 4, ActorRole.Staff) with { ReplyTo = new("q") }]), Token);
        await CheckAsync(1, ". . 0 ? 1");
        await store.AppendInteractionsAsync("3", [Say("c", InteractionKind.Reply, 5, ActorRole.Staff) with { ReplyTo = new("nowhere"), AlsoReplyTo = [new("q")] }], Token);
        await CheckAsync(2, ". . 0 ? 1 ?");
        InteractionLog rest = await store.ReadLogAsync(at + Duration.FromDays(1), cancellationToken: Token).SingleAsync(Token);
        Assert.Equal("? ? ? ?", RepliesOf(rest));

        // What retention removed is not there.
        Assert.Equal(2, await store.RetainAsync(new(2014, 11, 21), Token));
        rest = await store.ReadLogAsync(cancellationToken: Token).SingleAsync(Token);
        Assert.Equal("? ? ? ?", RepliesOf(rest));

        async Task CheckAsync(int unknown, string replies)
        {
            InteractionLog log = await store.ReadLogAsync(cancellationToken: Token).SingleAsync(Token);
            Assert.Equal(replies, RepliesOf(log));
            DialogueTotals totals = await store.DialogueAsync(page, until, cancellationToken: Token);
            Assert.Equal(unknown, totals.RepliesToUnknown);
            Assert.Equal(totals, new DialogueCalculator().Calculate(log, until, null));
        }
    }

    [Fact]
    public async Task In_one_chunk_of_several_a_reply_to_another_is_one_to_none_and_one_to_nothing_stays_one_to_the_unknown()
    {
        const int OfChunk = 1 << 18;
        Organisation ihk = Organisation();
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(ihk);
        int[] replies = Enumerable.Repeat(InteractionLog.None, OfChunk).ToArray();
        replies[^1] = OfChunk - 2;
        await store.AppendAsync("1", InteractionLog.Of([new("page")], Enumerable.Range(0, OfChunk).Select(row => (long)row).ToArray(), new int[OfChunk], Enumerable.Repeat((byte)InteractionKind.Comment, OfChunk).ToArray()).WithReplies(replies), Token);
        Assert.EndsWith(FormattableString.Invariant($". {OfChunk - 2}"), RepliesOf(await store.ReadLogAsync(cancellationToken: Token).SingleAsync(Token)), StringComparison.Ordinal);
        await store.AppendAsync("2", InteractionLog.Of([new("page")], new long[] { 0, OfChunk + 1, OfChunk + 2, OfChunk + 3 }, new int[4], Enumerable.Repeat((byte)InteractionKind.Comment, 4).ToArray()).WithReplies(new[] { -1, 0, -2, 1 }), Token);
        InteractionLog[] chunks = await store.ReadLogAsync(cancellationToken: Token).ToArrayAsync(Token);
        Assert.Equal([OfChunk, 4L], chunks.Select(chunk => chunk.Count));
        Assert.Equal(". . ? 1", RepliesOf(chunks[1]));
    }

    /// <summary>The row that each row replies to; a point where to none, a question mark where to the unknown.</summary>
    private static string RepliesOf(InteractionLog log) => string.Join(' ', log.ToInteractions().Select(one => one.ReplyTo.IsNone ? "." : one.ReplyTo.Value == "-1" ? "?" : one.ReplyTo.Value));

    [Fact]
    public async Task A_message_that_replies_to_several_ties_their_conversations_whichever_door_it_came_through()
    {
        Organisation ihk = Organisation();
        var page = new ChannelId("page");
        Instant at = ihk.StartOf(new(2014, 11, 20));
        Interaction Say(string id, InteractionKind kind, int hour, ActorRole role) => new(id, page, kind, at + Duration.FromHours(hour), role);
        Interaction[] talk =
        [
            Say("q1", InteractionKind.Question, 0, ActorRole.Member), Say("q2", InteractionKind.Question, 1, ActorRole.Member), Say("q3", InteractionKind.Question, 2, ActorRole.Member),
            Say("r", InteractionKind.Comment, 3, ActorRole.Member) with { ReplyTo = new("q3") },
            Say("a", InteractionKind.Reply, 4, ActorRole.Staff) with { ReplyTo = new("q1"), AlsoReplyTo = [new("q2"), new("r")] },
        ];
        Instant until = at + Duration.FromDays(1);
        DialogueTotals expected = new DialogueCalculator().Calculate(InteractionLog.From(talk), until, null);
        Assert.Equal((1, 4), (expected.Conversations, expected.Response.Answered));

        // Interactions with ids, in two batches; rows of a log; two logs as one batch.
        await using Place place = await NewPlaceAsync();
        await using (EngagementStore store = await place.CreateAsync(ihk))
        {
            Assert.True(await store.AppendInteractionsAsync("1", talk[..3], Token));
            Assert.True(await store.AppendInteractionsAsync("2", talk[3..], Token));
            Assert.Equal(expected, await store.DialogueAsync(page, until, cancellationToken: Token));
            Assert.Equal(talk, (await store.ReadPortfolioAsync(cancellationToken: Token)).Interactions);
            InteractionLog read = await store.ReadLogAsync(cancellationToken: Token).SingleAsync(Token);
            Assert.Equal(["1", "3"], read.ToInteractions().Last().AlsoReplyTo.Select(id => id.Value), StringComparer.Ordinal);
        }

        await using Place second = await NewPlaceAsync();
        await using (EngagementStore store = await second.CreateAsync(ihk))
        {
            InteractionLog log = InteractionLog.From(talk);
            Assert.True(await store.AppendStreamAsync("log", new[] { InteractionLog.From(talk[..1]), log }.ToAsyncEnumerable(), Token));
            Assert.False(await store.AppendStreamAsync("log", new[] { InteractionLog.From(talk[..1]), log }.ToAsyncEnumerable(), Token));
            await Assert.ThrowsAsync<StoreException>(() => store.AppendStreamAsync("log", new[] { InteractionLog.From(talk[..1]), InteractionLog.From(talk.Select(one => one with { AlsoReplyTo = [] })) }.ToAsyncEnumerable(), Token));
            DialogueTotals totals = await store.DialogueAsync(page, until, cancellationToken: Token);
            Assert.Equal((2, 4, 1), (totals.Conversations, totals.Response.Answered, totals.Response.Unanswered));
            Interaction answer = (await store.ReadPortfolioAsync(cancellationToken: Token)).Interactions[^1];
            Assert.Equal(("log#5", "log#1", "log#2,log#4"), (answer.Id.Value, answer.ReplyTo.Value, string.Join(',', answer.AlsoReplyTo)));
        }
    }

    [Fact]
    public async Task Facts_and_interactions_of_a_batch_are_written_both_or_not_at_all_and_once()
    {
        Organisation ihk = Organisation();
        Instant at = ihk.StartOf(new(2014, 11, 20));
        Portfolio portfolio = Of(324);
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(ihk);

        // The events are written, and then the facts break off at the last of their tables.
        await place.ExecuteAsync("ALTER TABLE engagement.effort RENAME TO elsewhere");
        await Assert.ThrowsAsync<StoreException>(() => store.AppendPortfolioAsync("1", portfolio, Token));
        foreach (string table in new[] { "event", "event_key", "batch", "daily_cell", "channel", "audience" }) Assert.Equal(0, await place.NumberAsync($"SELECT count(*) FROM engagement.{table}"));
        await place.ExecuteAsync("ALTER TABLE engagement.elsewhere RENAME TO effort");
        Assert.NotNull(await store.AppendPortfolioAsync("1", portfolio, Token));
        Assert.Equal(portfolio, await store.ReadPortfolioAsync(cancellationToken: Token));

        // Sent again it changes nothing, also of what was written since; with other facts it is another batch.
        await store.UpsertAsync(Portfolio.For(ihk).Add(new AudienceSnapshot(new("page"), at, Count.Observed(326), UnitOfCount.Person)).Build(), Token);
        Assert.Null(await store.AppendPortfolioAsync("1", portfolio, Token));
        Assert.Equal(Count.Observed(326), (await store.AudienceAsOfAsync(new("page"), at, Token))!.Size);
        await Assert.ThrowsAsync<StoreException>(() => store.AppendPortfolioAsync("1", Of(325), Token));
        await Assert.ThrowsAsync<ArgumentException>(() => store.AppendPortfolioAsync("2", Portfolio.For(new Organisation("other", "Other", ihk.TimeZone)).Build(), Token));

        Portfolio Of(long followers) => Portfolio.For(ihk).Add(new Channel("page", "Page", Platform.Facebook, ChannelForm.Page))
            .Add(new AudienceSnapshot(new("page"), at, Count.Observed(followers), UnitOfCount.Person)).Add(new Effort(new("page"), LocalPeriod.Month(2014, 11)) { StaffTime = Duration.FromHours(4) }).Add(new Interaction("q", new("page"), InteractionKind.Question, at, ActorRole.Member)).Build();
    }

    [Fact]
    public async Task Names_of_the_greatest_length_and_names_that_are_SQL_come_back_as_they_were()
    {
        // 512 characters of three bytes each, at random, so that no index can press them together; and what an engine would run if it stood in a statement.
        var random = new Random(61);
        string[] names = [Long(), Long(), "'); DROP TABLE engagement.event; --", "\"engagement\".\"event\"", "$1", "engagement.batch", "\\'; SELECT 1", "{0} %s %L", "a\u2028b\U0001F600"];
        Organisation ihk = new(names[2], names[0], SeededLog.Zone("Europe/Berlin"));
        Instant at = ihk.StartOf(new(2014, 11, 20));
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(ihk);
        PortfolioBuilder builder = Portfolio.For(ihk);
        foreach (string name in names)
        {
            builder.Add(new Channel(name, name, Platform.Facebook, ChannelForm.Page) { SubBrand = name }).Add(new Universe(name, UnitOfCount.Person, name).With(at, Count.Observed(1)))
                .Add(new AudienceSnapshot(new(name), at, Count.Observed(1), UnitOfCount.Person) { Source = name }).Add(new Publication($"{name[..Math.Min(name.Length, 500)]} post", new(name), at))
                .Add(new Interaction(name, new(name), InteractionKind.Comment, at, ActorRole.Member) { Actor = new(name), ReplyTo = name == names[0] ? default : new(names[0]), AlsoReplyTo = name == names[0] || name == names[1] ? [] : [new(names[1])] });
        }

        Portfolio portfolio = builder.Add(new AudienceOverlap(new(names[0]), new(names[1]), at, Count.Observed(1))).Build();
        Assert.NotNull(await store.AppendPortfolioAsync(names[2], portfolio, Token));
        Assert.Null(await store.AppendPortfolioAsync(names[2], portfolio, Token));
        Assert.Equal(portfolio, await store.ReadPortfolioAsync(cancellationToken: Token));
        RollUp all = await store.RollUpAsync(LocalCalendar.Days(ihk.TimeZone, LocalPeriod.Year(2014)), new() { Channels = [.. names.Select(name => new ChannelId(name))] }, Token);
        Assert.Equal(names.Length, all.CellCount);
        foreach (string name in names) Assert.Equal(1, await store.ForgetAsync(new(name), Token));
        Assert.Equal(0, await place.NumberAsync("SELECT count(*) FROM engagement.actor_key"));
        Assert.Empty((await store.CheckAsync(Token)).Findings);

        string Long() => new([.. Enumerable.Range(0, 512).Select(_ => (char)random.Next(0x4E00, 0x9FA0))]);
    }

    [Fact]
    public async Task An_empty_store_answers_with_nothing_and_is_sound()
    {
        DateTimeZone zone = SeededLog.Zone("Europe/Berlin");
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(Organisation());
        LocalCalendar year = LocalCalendar.Days(zone, LocalPeriod.Year(2014));
        foreach (bool fromEvents in new[] { false, true }) Assert.Empty((await store.RollUpAsync(year, null, fromEvents, Token)).Cells);
        Assert.Empty((await store.DistinctActorsAsync(year, cancellationToken: Token)).Channels);
        Assert.Empty((await store.SketchActorsAsync(year, cancellationToken: Token)).Sketches);
        Assert.Equal(0, (await store.DialogueAsync(new("nowhere"), zone.AtStartOfDay(new(2014, 11, 20)).ToInstant(), cancellationToken: Token)).Conversations);
        Assert.Null(await store.AudienceAsOfAsync(new("nowhere"), zone.AtStartOfDay(new(2014, 11, 20)).ToInstant(), Token));
        await foreach (InteractionLog _ in store.ReadLogAsync(cancellationToken: Token)) Assert.Fail("There is no event.");
        Assert.Equal(0, await store.ForgetAsync(new("nobody"), Token));
        Assert.Equal(0, await store.RetainAsync(new(2014, 11, 20), Token));
        await store.RebuildAsync(Token);
        Assert.True(await store.AppendAsync("empty", InteractionLog.Of([], Array.Empty<long>(), Array.Empty<int>(), Array.Empty<byte>()), Token));
        Assert.Equal("1 batches, 0 events, sound", (await store.CheckAsync(Token)).ToString());
    }

    [Fact]
    public async Task Audiences_are_as_of_a_moment_as_in_memory()
    {
        Organisation ihk = Organisation();
        var page = new Channel("page", "Page", Platform.Facebook, ChannelForm.Page);
        Instant at = ihk.StartOf(new(2014, 11, 20));
        AudienceSnapshot[] snapshots = [.. Enumerable.Range(0, 20).Select(number => new AudienceSnapshot(page.Id, at + Duration.FromDays(number * 7 % 20), Count.Observed(number), UnitOfCount.Person))];
        PortfolioBuilder builder = Portfolio.For(ihk).Add(page);
        foreach (AudienceSnapshot snapshot in snapshots) builder.Add(snapshot);
        await using Place place = await NewPlaceAsync();
        await using EngagementStore store = await place.CreateAsync(ihk);
        await store.UpsertAsync(builder.Build(), Token);
        var history = new AudienceHistory(snapshots);
        for (int hours = -12; hours < 21 * 24; hours += 12)
        {
            Instant moment = at + Duration.FromHours(hours);
            Assert.Equal(history.AsOf(moment), await store.AudienceAsOfAsync(page.Id, moment, Token));
        }
    }
}
