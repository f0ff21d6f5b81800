using System.Globalization;
using Engagement.Core;
using NodaTime;

namespace Engagement.Samples;

/// <summary>A synthetic association: ten channels, three years, 200,000 interactions. Nothing in it was observed; the seed makes it the same every time.</summary>
public sealed class DemoAssociation
{
    /// <summary>How many interactions there are.</summary>
    public const int Interactions = 200_000;

    private const int Persons = 30_000;
    private const int MembersAmongThem = 12_150;
    private const int YoungAmongMembers = 2_400;
    private const int Staff = 40;
    private const int Months = 36;

    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    private static readonly LocalDate First = new(2022, 1, 1);
    private static readonly LocalDate Counted = new(2024, 12, 1);
    private static readonly UniverseId Young = new("young");

    // Of a thousand members and of a thousand others, how many follow; posts a month; how lively; hours and euros a month.
    private static readonly Plan[] Plans =
    [
        new("li", "LinkedIn page (demo)", Platform.LinkedIn, ChannelForm.Page, 260, 120, 12, 10, 44, 300),
        new("fb", "Facebook page (demo)", Platform.Facebook, ChannelForm.Page, 180, 150, 10, 8, 30, 250),
        new("ig", "Instagram account (demo)", Platform.Instagram, ChannelForm.Account, 60, 45, 9, 9, 36, 400) { Target = Young },
        new("yt", "YouTube channel (demo)", Platform.YouTube, ChannelForm.Account, 60, 90, 2, 12, 40, 900),
        new("ma", "Mastodon account (demo)", Platform.Mastodon, ChannelForm.Account, 20, 15, 14, 2, null, null) { Target = Young },
        new("nl", "Newsletter (demo)", Platform.Newsletter, ChannelForm.MailingList, 610, 40, 2, 1, 12, 180),
        new("mz", "Members' magazine (demo)", Platform.Magazine, ChannelForm.PrintTitle, 930, 10, 1, 0, 25, 14_500),
        new("bl", "Blog (demo)", Platform.Blog, ChannelForm.Blog, 120, 70, 4, 4, 20, 0),
        new("fo", "Members' group (demo)", Platform.Xing, ChannelForm.Group, 210, 0, 6, 14, 28, 0) { Closed = new LocalDate(2024, 6, 30) },
        new("ev", "Evening events (demo)", Platform.Event, ChannelForm.Event, 80, 12, 1, 6, 60, 2_600),
    ];

    private readonly SplitMix _random = new(20_220_101);
    private readonly List<Draft> _drafts = new(Interactions);

    /// <summary>Makes the portfolio.</summary>
    /// <returns>The same one every time.</returns>
    public Portfolio Make()
    {
        PortfolioBuilder builder = Portfolio.For(new Organisation("demo-association", "Demo Association (synthetic)", Zone))
            .Add(new Universe("members", UnitOfCount.Person, "Members (synthetic)").With(At(First, 0), Count.Observed(11_800)).With(At(First.PlusYears(1), 0), Count.Observed(12_000)).With(At(First.PlusYears(2), 0), Count.Observed(MembersAmongThem)))
            .Add(new Universe("staff", UnitOfCount.Person, "Staff (synthetic)").With(At(First, 0), Count.Observed(Staff)))
            .Add(new Universe(Young.Value, UnitOfCount.Person, "Members under 35 (synthetic)").With(At(First, 0), Count.Observed(YoungAmongMembers)));
        foreach (Plan plan in Plans) builder.Add(new Channel(plan.Id, plan.Name, plan.Platform, plan.Form) { TargetUniverse = plan.Target, Closed = plan.Closed, Purposes = ChannelPurposes.Marketing | ChannelPurposes.Service });
        int[][] followers = [.. Plans.Select((_, channel) => Enumerable.Range(0, Persons).Where(person => Follows(person, channel)).ToArray())];
        Audiences(builder, followers);
        Overlaps(builder, followers);
        Publications(builder, followers);
        foreach (Interaction interaction in Sorted()) builder.Add(interaction);
        Efforts(builder);
        return builder.Build();
    }

    private static Instant At(LocalDate date, int minuteOfDay) => (date.AtMidnight() + Period.FromMinutes(minuteOfDay)).InZoneLeniently(Zone).ToInstant();

    /// <summary>Whether a person follows a channel: the first persons are members, and the first of these are young; who follows one channel follows another a little more likely.</summary>
    private static bool Follows(int person, int channel)
    {
        int likely = person < MembersAmongThem ? Plans[channel].OfMembers : Plans[channel].OfOthers;
        if (person < YoungAmongMembers && !Plans[channel].Target.IsNone) likely *= 2;
        if (SplitMix.Mix((ulong)person) % 4 == 0) likely = likely * 3 / 2;
        return SplitMix.Mix(((ulong)person << 8) + (ulong)channel + 77_777) % 1_000 < (ulong)likely;
    }

    private static ActorId Actor(int person) => new(string.Create(CultureInfo.InvariantCulture, $"{(person < MembersAmongThem ? 'm' : 'n')}{person}"));

    private void Audiences(PortfolioBuilder builder, int[][] followers)
    {
        for (int channel = 0; channel < Plans.Length; channel++)
        {
            for (int month = 0; month < Months; month++)
            {
                LocalDate date = First.PlusMonths(month);
                if (date > Plans[channel].Closed) break;

                // A month without a snapshot, and one of which nobody wrote the number down.
                if (date < Counted && _random.Chance(12)) continue;
                bool isUnknown = date < Counted && _random.Chance(5);
                int then(int count) => (int)((long)count * (65 + month) / (64 + Months));
                int size = then(followers[channel].Length);
                Count counted = isUnknown ? Count.Missing : Plans[channel].Id == "mz" ? Count.Rounded(size / 100 * 100) : Count.Observed(size);
                builder.Add(new AudienceSnapshot(new ChannelId(Plans[channel].Id), At(date, 0), counted, UnitOfCount.Person)
                {
                    Members = isUnknown ? Count.Missing : Count.Observed(then(followers[channel].Count(person => person < MembersAmongThem))),
                    InTarget = isUnknown || Plans[channel].Target.IsNone ? Count.Missing : Count.Observed(then(followers[channel].Count(person => person < YoungAmongMembers))),
                    Source = isUnknown ? "synthetic: number not written down" : null,
                });
            }
        }
    }

    /// <summary>Counted on the day of the newest audiences, for the pairs whose lists could be compared: three of four.</summary>
    private void Overlaps(PortfolioBuilder builder, int[][] followers)
    {
        int[] open = [.. Enumerable.Range(0, Plans.Length).Where(channel => Plans[channel].Closed is null)];
        foreach (int first in open)
        {
            var inFirst = followers[first].ToHashSet();
            foreach (int second in open.Where(second => second > first && !_random.Chance(25)))
            {
                int[] both = [.. followers[second].Where(inFirst.Contains)];
                builder.Add(new AudienceOverlap(new ChannelId(Plans[first].Id), new ChannelId(Plans[second].Id), At(Counted, 0), Count.Observed(both.Length))
                {
                    Members = Count.Observed(both.Count(person => person < MembersAmongThem)),
                    InTarget = Plans[first].Target.IsNone || Plans[first].Target != Plans[second].Target ? Count.Missing : Count.Observed(both.Count(person => person < YoungAmongMembers)),
                    Source = "synthetic: lists compared",
                });
            }
        }
    }

    private void Publications(PortfolioBuilder builder, int[][] followers)
    {
        var published = new List<(string Id, int Channel, Instant At, Instant End, int Lively)>();
        for (int channel = 0; channel < Plans.Length; channel++)
        {
            Plan plan = Plans[channel];
            Instant end = At((plan.Closed ?? First.PlusMonths(Months).PlusDays(-1)).PlusDays(1), 0) - Duration.FromMinutes(1);
            for (int month = 0; month < Months; month++)
            {
                for (int number = 0; number < plan.PostsAMonth; number++)
                {
                    Instant at = At(First.PlusMonths(month).PlusDays(_random.Next(28)), 420 + _random.Next(720));
                    if (at > end) continue;
                    string id = string.Create(CultureInfo.InvariantCulture, $"{plan.Id}-{month + 1}-{number + 1}");
                    int audience = (int)((long)followers[channel].Length * (65 + month) / (64 + Months));
                    int reach = audience * (15 + _random.Next(50)) / 100;
                    bool isUnknown = plan.Id is "mz" or "ev" || _random.Chance(4);
                    builder.Add(new Publication(id, new ChannelId(plan.Id), at)
                    {
                        Exposures = isUnknown
                            ? new Exposures(plan.Id == "mz" ? Count.Rounded(audience / 100 * 100) : Count.Missing)
                            : new Exposures(Count.Observed(reach + (reach * _random.Next(120) / 100)), new MeasuredReach(Count.Observed(reach)), plan.Id == "yt" ? Count.Observed(reach * 9 / 10) : Count.NotApplicable),
                        Interactions = plan.Id == "nl" ? InteractionTally.Empty.With(InteractionKind.Click, Count.Observed(reach / 12)) : InteractionTally.Empty,
                    });
                    if (plan.Lively > 0) published.Add((id, channel, at, end, plan.Lively));
                }
            }
        }

        // Posts in turn, each as often as it is lively, until there are enough interactions.
        while (_drafts.Count < Interactions)
        {
            (string id, int channel, Instant at, Instant end, int lively) = published[_random.Next(published.Count)];
            if (_random.Next(14) < lively) Thread(id, channel, at, end, followers[channel]);
        }
    }

    /// <summary>One person reacts, or begins a conversation that staff may answer, and that goes on as often as not.</summary>
    private void Thread(string publication, int channel, Instant at, Instant end, int[] followers)
    {
        // A quarter of the followers does most of the talking.
        int Somebody() => followers[_random.Chance(70) ? _random.Next(Math.Max(1, followers.Length / 4)) : _random.Next(followers.Length)];
        int person = Somebody();
        int kind = _random.Next(100);
        Instant then = at + Duration.FromMinutes(1 + Delay(7 * 24 * 60));
        if (kind < 58)
        {
            Add(channel, InteractionKind.Like, then, end, person, publication, -1);
            return;
        }

        if (kind < 68)
        {
            Add(channel, InteractionKind.Share, then, end, person, publication, -1);
            return;
        }

        InteractionKind opening = kind < 86 ? InteractionKind.Comment : kind < 96 ? InteractionKind.Question : InteractionKind.Mention;
        int last = Add(channel, opening, then, end, person, publication, -1);
        int chance = opening is InteractionKind.Question ? 82 : 34;
        while (last >= 0 && _random.Chance(chance))
        {
            then = _drafts[last].At + Duration.FromMinutes(2 + Delay(3 * 24 * 60));
            int staff = _random.Chance(60) ? _random.Next(4) : _random.Next(Staff);
            last = Add(channel, InteractionKind.Reply, then, end, _random.Chance(15) ? -1 : -2 - staff, publication, last);
            if (last < 0 || !_random.Chance(45)) return;
            last = Add(channel, InteractionKind.Reply, _drafts[last].At + Duration.FromMinutes(3 + Delay(24 * 60)), end, _random.Chance(80) ? person : Somebody(), publication, last);
            chance = 55;
        }
    }

    /// <summary>Minutes that are short more often than long: the product of two fractions.</summary>
    private int Delay(int most) => (int)((long)_random.Next(most) * _random.Next(1_000) / 1_000 * _random.Next(1_000) / 1_000);

    private int Add(int channel, InteractionKind kind, Instant at, Instant end, int person, string publication, int replyTo)
    {
        if (at > end || _drafts.Count == Interactions) return -1;
        _drafts.Add(new Draft(channel, kind, at, person, publication, replyTo));
        return _drafts.Count - 1;
    }

    private IEnumerable<Interaction> Sorted()
    {
        int[] order = [.. Enumerable.Range(0, _drafts.Count).OrderBy(index => _drafts[index].At).ThenBy(index => index)];
        string[] ids = new string[order.Length];
        for (int position = 0; position < order.Length; position++) ids[order[position]] = string.Create(CultureInfo.InvariantCulture, $"{position + 1:x}");
        foreach (int index in order)
        {
            Draft draft = _drafts[index];
            ActorRole role = draft.Person switch { -1 => ActorRole.Organisation, < -1 => ActorRole.Staff, < MembersAmongThem => ActorRole.Member, _ => ActorRole.NonMember };
            yield return new Interaction(ids[index], new ChannelId(Plans[draft.Channel].Id), draft.Kind, draft.At, role)
            {
                Actor = draft.Person switch { -1 => new ActorId("org"), < -1 => new ActorId(string.Create(CultureInfo.InvariantCulture, $"s{-1 - draft.Person}")), _ => Actor(draft.Person) },
                Publication = new PublicationId(draft.Publication),
                ReplyTo = draft.ReplyTo < 0 ? default : new InteractionId(ids[draft.ReplyTo]),
            };
        }
    }

    private void Efforts(PortfolioBuilder builder)
    {
        foreach (Plan plan in Plans.Where(plan => plan.Hours is not null))
        {
            for (int month = 0; month < Months; month++)
            {
                LocalDate from = First.PlusMonths(month);
                if (from > plan.Closed) break;
                builder.Add(new Effort(new ChannelId(plan.Id), LocalPeriod.Between(from, from.PlusMonths(1)))
                {
                    StaffTime = Duration.FromMinutes((plan.Hours!.Value * 60 * (80 + _random.Next(41)) / 100) / 15 * 15),
                    Cost = new Money(plan.Euros!.Value * (90 + _random.Next(21)) / 100, "EUR"),
                });
            }
        }
    }

    private sealed record Plan(string Id, string Name, Platform Platform, ChannelForm Form, int OfMembers, int OfOthers, int PostsAMonth, int Lively, int? Hours, int? Euros)
    {
        public UniverseId Target { get; init; }

        public LocalDate? Closed { get; init; }
    }

    private readonly record struct Draft(int Channel, InteractionKind Kind, Instant At, int Person, string Publication, int ReplyTo);
}
