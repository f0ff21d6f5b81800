// A small app that goes once through Engagement.Core and Engagement.Import, to be compiled ahead of time: facts from a folder, checks, every calculator, logs, definitions as JSON, exports of CSV, JSON and Excel in, a folder and a workbook out.
// It prints what it finds; scripts/check-native compares that with what the same app prints when it is compiled just in time.
using Engagement.Core;
using Engagement.Core.Logs;
using Engagement.Import;
using NodaTime;

PortfolioReading reading = PortfolioFolder.Read(args[0]);
foreach (FolderFinding finding in reading.Findings) Console.WriteLine(finding);
Portfolio portfolio = reading.Portfolio ?? throw new InvalidOperationException("The folder cannot be read.");
Console.WriteLine(portfolio);
foreach (var failure in new PortfolioValidator().Validate(portfolio).Errors) Console.WriteLine(failure);

LocalPeriod period = LocalPeriod.Month(2014, 11);
ReachPerMemberResult reach = new ReachPerMemberCalculator().Calculate(portfolio, period);
foreach (ChannelReach channel in reach.Channels) Console.WriteLine(channel.Potential);
Console.WriteLine(reach.Channels[0].Potential.Explain(Language.German));
Console.WriteLine(new NetReachCalculator().Calculate(portfolio, period));
Console.WriteLine(new DialogueCalculator().Calculate(portfolio, period).Response);
foreach (ChannelActivity activity in new ActivityCalculator().Calculate(portfolio, period)) Console.WriteLine(activity);
Console.WriteLine(FigureComparison.Of(reach.Channels[1].Potential, reach.Channels[2].Potential));

foreach (Definition definition in Definitions.All) Console.WriteLine(definition.Formula(Language.English));
EngagementRatioDefinition own = EngagementRatioDefinitions.ByReach.With("own", scale: 100);
Console.WriteLine(EngagementRatioDefinition.FromJson(own.ToJson()) == own);
try
{
    EngagementRatioDefinition.FromJson("{}");
}
catch (Exception error) when (error is FormatException or ArgumentException or FluentValidation.ValidationException)
{
    Console.WriteLine(error.Message);
}

InteractionLog log = new InteractionLogBuilder()
    .Add(portfolio.Channels[0].Id, InteractionKind.Like, Instant.FromUtc(2014, 11, 20, 12, 0), ActorRole.Member, new ActorId("anna"))
    .Add(portfolio.Channels[1].Id, InteractionKind.Question, Instant.FromUtc(2014, 11, 20, 12, 0), ActorRole.Member, new ActorId("anna"))
    .Build();
LocalCalendar days = LocalCalendar.Days(portfolio.Organisation.TimeZone, period);
Console.WriteLine(log.RollUp(days));
Console.WriteLine(DistinctActors.PerChannelAndPeriod(log, days).Union);
Console.WriteLine(ThetaSketch.UnionOf(ThetaSketch.PerChannelAndPeriod(log, days, out _)).Estimate());

// Exports in, facts out and in again.
string work = Directory.CreateTempSubdirectory("native-").FullName;
string folder = Path.Combine(work, "ihk");
string csv = Path.Combine(work, "posts.csv"), json = Path.Combine(work, "outbox.json"), workbook = Path.Combine(work, "posts.xlsx");
File.WriteAllText(csv, "Post ID,Title,Publish time,Permalink,Date,Impressions,Reach,Reactions,Comments,Shares\n1789,Hello,03/05/2024 14:30,,Lifetime,1200,900,40,4,2\nbroken,Hello,nonsense,,Lifetime,x,900,40,4,2\n");
File.WriteAllText(json, """{"@context":"https://www.w3.org/ns/activitystreams","type":"OrderedCollection","orderedItems":[{"id":"https://example.org/1","type":"Create","actor":"https://example.org/ihk","published":"2024-03-05T13:30:00Z","object":{"id":"https://example.org/n/1","type":"Note","content":"Hello"}}]}""");
using (FileStream stream = File.Create(workbook)) PortfolioFolder.WriteWorkbook(portfolio, stream);
using (FileStream stream = File.Create(Path.Combine(work, "facts.json"))) PortfolioFolder.WriteJson(portfolio, stream);
ImportResult result = Importer.Import(new ImportRequest([csv, json, workbook], folder) { Zone = portfolio.Organisation.TimeZone });
foreach (ImportedFile file in result.Files) Console.WriteLine($"{Path.GetFileName(file.File)} {file.Source} {file.Read} {file.Taken} {file.Rejected}");
foreach (FolderFinding finding in result.Findings) Console.WriteLine($"{finding.Code} {finding.Rule}");
Console.WriteLine(PortfolioFolder.Read(folder).Portfolio);
string copy = Path.Combine(work, "copy");
PortfolioFolder.Write(portfolio, copy);
Console.WriteLine(PortfolioFolder.Read(copy).Portfolio!.Equals(portfolio));
Console.WriteLine(Importer.Sources().Count);
Console.WriteLine(File.ReadAllText(Path.Combine(work, "facts.json")).Length);
Directory.Delete(work, recursive: true);
