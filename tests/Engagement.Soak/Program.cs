using System.Diagnostics;
using System.Globalization;
using Engagement.Core;
using Engagement.Core.Logs;
using Engagement.Reporting;
using Engagement.Storage;
using NodaTime;

// Appends and reports without end, as an app that runs for months would: the store and the report in one process, whose memory must stay flat. Arguments: where the store is (duckdb: and a file, or postgresql: and a connection), and how many appends.
const int Marks = 20;
const int AppendsPerRollUp = 100;
const int AppendsPerReport = 1_000;
const double MostGrowth = 1.15;
const double Slack = 32;

string place = args[0];
int appends = int.Parse(args[1], CultureInfo.InvariantCulture);
var organisation = new Organisation("soak", "Soak", DateTimeZoneProviders.Tzdb["Europe/Berlin"]);
var period = LocalPeriod.Between(new LocalDate(2024, 1, 1), new LocalDate(2025, 1, 1));
Portfolio facts = Facts();
var calendar = LocalCalendar.Of(organisation.TimeZone, period, CalendarUnit.Month);
string? page = null;
long counted = 0;
var memory = new List<(double Managed, double Resident)>();
Console.WriteLine("| appends | reports | managed MB | resident MB |");
Console.WriteLine("|---:|---:|---:|---:|");
await using (EngagementStore store = await EngagementStore.CreateAsync(place, organisation))
{
    for (int append = 1; append <= appends; append++)
    {
        if (!await store.AppendAsync($"batch {append}", Batch(append))) throw new InvalidOperationException($"Batch {append} was there before.");
        if (append % AppendsPerRollUp == 0) counted = (await store.RollUpAsync(calendar)).Total;
        if (append % AppendsPerReport == 0)
        {
            string again = Report.Of(facts, period).ToHtml(Language.English);
            if ((page ??= again) != again) throw new InvalidOperationException("The same facts gave another page.");
        }

        if (append % Math.Max(1, appends / Marks) != 0) continue;
        GC.Collect();
        GC.WaitForPendingFinalizers();
        memory.Add((GC.GetTotalMemory(forceFullCollection: true) / 1e6, Resident()));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {append:N0} | {append / AppendsPerReport:N0} | {memory[^1].Managed:F1} | {memory[^1].Resident:F0} |"));
    }

    long expected = appends / AppendsPerRollUp * AppendsPerRollUp;
    if (counted != expected) throw new InvalidOperationException($"The last roll-up counted {counted} interactions instead of {expected}.");
}

// The first marks are those of a process that still warms up.
(double managed, double resident) = (Growth(mark => mark.Managed), Growth(mark => mark.Resident));
Console.WriteLine();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Most in the last quarter over most in the second: managed × {managed:F2}, resident × {resident:F2}; at most {MostGrowth:F2} beyond {Slack:F0} MB is flat."));
return IsFlat(mark => mark.Managed) && IsFlat(mark => mark.Resident) ? 0 : 1;

double Most(Func<(double, double), double> what, int from, int to) => memory.Skip(memory.Count * from / 4).Take(memory.Count * (to - from) / 4).Max(what);
double Growth(Func<(double Managed, double Resident), double> what) => Most(what, 3, 4) / Most(what, 1, 2);
bool IsFlat(Func<(double Managed, double Resident), double> what) => Most(what, 3, 4) <= (Most(what, 1, 2) * MostGrowth) + Slack;

static double Resident()
{
    using var process = Process.GetCurrentProcess();
    return process.WorkingSet64 / 1e6;
}

static InteractionLog Batch(int number)
{
    long time = Instant.FromUtc(2024, 1, 2, 0, 0).ToUnixTimeMilliseconds() + (number * 7_919L * 1_000 % (360L * 86_400_000));
    return InteractionLog.Of([new("page"), new("group")], new[] { time }, new[] { number % 2 }, new[] { (byte)InteractionKind.Comment }, new[] { (byte)ActorRole.Member })
        .WithActors(new[] { 0 }, [new ActorId($"person {number % 500}")]);
}

Portfolio Facts()
{
    Instant at = Instant.FromUtc(2024, 1, 2, 0, 0);
    PortfolioBuilder builder = Portfolio.For(organisation).Add(new Universe("members", UnitOfCount.Person).With(at, Count.Observed(10_000)));
    foreach (string id in new[] { "page", "group" })
    {
        builder.Add(new Channel(id, id, Platform.Facebook, ChannelForm.Page)).Add(new AudienceSnapshot(new(id), at, Count.Observed(900), UnitOfCount.Person)).Add(new Effort(new(id), period) { StaffTime = Duration.FromHours(40) });
        for (int question = 0; question < 100; question++)
        {
            Instant asked = at + Duration.FromDays(question);
            builder.Add(new Publication($"{id}-{question}", new(id), asked) { Interactions = InteractionTally.Empty.With(InteractionKind.Like, Count.Observed(question)) });
            builder.Add(new Interaction($"{id}-q{question}", new(id), InteractionKind.Question, asked, ActorRole.Member) { Actor = new($"person {question}") });
            if (question % 3 > 0) builder.Add(new Interaction($"{id}-a{question}", new(id), InteractionKind.Reply, asked + Duration.FromHours(question), ActorRole.Staff) { ReplyTo = new($"{id}-q{question}") });
        }
    }

    return builder.Build();
}
