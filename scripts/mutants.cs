// Writes a table for each folder from Stryker's report: dotnet run scripts/mutants.cs -- REPORT.json RESULTS FOLDER…
// Draws paragraphs (lines between empty ones) of Engagement.Core, each as likely as any other, as what Stryker is to change: dotnet run scripts/mutants.cs -- draw PARAGRAPHS SEED
// Writes the table of those drawn, which stand for the whole, with an interval: dotnet run scripts/mutants.cs -- drawn REPORT.json RESULTS PARAGRAPHS SEED
#:property RunAnalyzers=false
#:property RestorePackagesWithLockFile=false
using System.Globalization;
using System.Text;
using System.Text.Json;

const string Core = "src/Engagement.Core";

if (args[0] == "draw")
{
    foreach ((string file, int start, int end) in Drawn(int.Parse(args[1], CultureInfo.InvariantCulture), int.Parse(args[2], CultureInfo.InvariantCulture))) Console.WriteLine(FormattableString.Invariant($"{file}{{{start}..{end}}}"));
    return;
}

bool isDrawn = args[0] == "drawn";
string[] of = isDrawn ? args[1..] : args;
using JsonDocument report = JsonDocument.Parse(File.ReadAllBytes(of[0]));
Directory.CreateDirectory(of[1]);
if (isDrawn)
{
    Sample(report, of[1], int.Parse(of[2], CultureInfo.InvariantCulture), of[3]);
    return;
}

foreach (string folder in of[2..])
{
    Table(report, of[1], folder);
}

static void Table(JsonDocument report, string results, string folder)
{
    var table = new StringBuilder();
    var survivors = new StringBuilder();
    var all = new List<string>();
    foreach (JsonProperty file in report.RootElement.GetProperty("files").EnumerateObject().OrderBy(file => file.Name, StringComparer.Ordinal))
    {
        string path = file.Name.Replace('\\', '/');
        if (!path.StartsWith(folder + "/", StringComparison.Ordinal) && !path.Contains($"/src/Engagement.Core/{folder}/", StringComparison.Ordinal)) continue;
        string name = path[(path.LastIndexOf($"{folder}/", StringComparison.Ordinal) + folder.Length + 1)..];
        var statuses = new List<string>();
        foreach (JsonElement mutant in file.Value.GetProperty("mutants").EnumerateArray().OrderBy(Line))
        {
            statuses.Add(Status(mutant));
            if (Status(mutant) is "Survived" or "NoCoverage") survivors.AppendLine(Told(name, mutant));
        }

        all.AddRange(statuses);
        if (statuses.Exists(IsValid)) table.AppendLine(Row(name, statuses));
    }

    File.WriteAllText(Path.Combine(results, folder + ".md"), $"""
        # Mutants of {folder}

        `scripts/mutate`, {DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}. Noticed: a test failed, or ran without end. Mutants that do not compile are left out.

        | file | mutants | noticed | survived | not reached | score |
        |---|---:|---:|---:|---:|---:|
        {table}{Row("**all**", all)}

        ## Not noticed

        {survivors}
        """.ReplaceLineEndings("\n").TrimEnd() + "\n");
    Console.WriteLine($"{folder} {Row("all", all)}");
}

static void Sample(JsonDocument report, string results, int paragraphs, string seed)
{
    // Mutants of one paragraph are noticed or not together: the interval is of the paragraphs, as clusters, by the ratio of their totals.
    var clusters = new List<(int Noticed, int All)>();
    var survivors = new StringBuilder();
    (int reached, int not) = (0, 0);
    var drawn = Drawn(paragraphs, int.Parse(seed, CultureInfo.InvariantCulture)).GroupBy(one => one.File).ToDictionary(group => group.Key, group => group.ToArray());
    foreach (JsonProperty file in report.RootElement.GetProperty("files").EnumerateObject().OrderBy(file => file.Name, StringComparer.Ordinal))
    {
        string path = file.Name.Replace('\\', '/');
        if (drawn.FirstOrDefault(one => path == one.Key || path.EndsWith($"/{Core}/{one.Key}", StringComparison.Ordinal)) is not { Key: { } name, Value: { } parts }) continue;
        string text = File.ReadAllText(Path.Combine(Core, name));
        foreach ((string _, int start, int end) in parts)
        {
            (int first, int last) = (LineAt(text, start), LineAt(text, end));
            JsonElement[] mutants = [.. file.Value.GetProperty("mutants").EnumerateArray().Where(mutant => IsValid(Status(mutant)) && Line(mutant) >= first && Line(mutant) <= last).OrderBy(Line)];
            if (mutants.Length == 0) continue;
            clusters.Add((mutants.Count(mutant => Status(mutant) is "Killed" or "Timeout"), mutants.Length));
            reached += mutants.Count(mutant => Status(mutant) == "Survived");
            not += mutants.Count(mutant => Status(mutant) == "NoCoverage");
            foreach (JsonElement mutant in mutants.Where(mutant => Status(mutant) is "Survived" or "NoCoverage")) survivors.AppendLine(Told(name, mutant));
        }
    }

    (double noticed, double all) = (clusters.Sum(one => one.Noticed), clusters.Sum(one => one.All));
    double score = noticed / all;
    double error = Math.Sqrt(clusters.Sum(one => Math.Pow(one.Noticed - (score * one.All), 2)) * clusters.Count / (clusters.Count - 1)) / all;
    File.WriteAllText(Path.Combine(results, "sample.md"), string.Create(CultureInfo.InvariantCulture, $"""
        # A sample of the mutants of the whole library

        `scripts/mutate --sample {paragraphs} {seed}`, {DateTime.UtcNow:yyyy-MM-dd}: {paragraphs} paragraphs (lines between empty ones) drawn from all of Engagement.Core, each as likely as any other; every change of Stryker within them, against all tests. Mutants that do not compile are left out.

        | paragraphs with mutants | mutants | noticed | survived | not reached | score |
        |---:|---:|---:|---:|---:|---:|
        | {clusters.Count} | {all} | {noticed} | {reached} | {not} | {100 * score:0.0} % |

        95 % interval of the score of the whole: {100 * Math.Max(0, score - (1.96 * error)):0.0} to {100 * Math.Min(1, score + (1.96 * error)):0.0} % (ratio of cluster totals, a paragraph a cluster).

        ## Not noticed

        {survivors}
        """).ReplaceLineEndings("\n").TrimEnd() + "\n");
    Console.WriteLine(FormattableString.Invariant($"score {100 * score:0.0} % of {all} mutants"));
    double least = JsonDocument.Parse(File.ReadAllBytes("stryker-config.json")).RootElement.GetProperty("stryker-config").GetProperty("thresholds").GetProperty("break").GetDouble();
    if (100 * score < least) Environment.Exit(1);
}

static List<(string File, int Start, int End)> Drawn(int count, int seed)
{
    var paragraphs = new List<(string File, int Start, int End)>();
    foreach (string file in Directory.EnumerateFiles(Core, "*.cs", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Core, file).Replace('\\', '/')).Where(file => !file.StartsWith("bin/", StringComparison.Ordinal) && !file.StartsWith("obj/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
    {
        string text = File.ReadAllText(Path.Combine(Core, file));
        int start = 0;
        foreach (string paragraph in text.Split("\n\n"))
        {
            // Without what only declares or explains.
            if (paragraph.Split('\n').Any(line => line.TrimStart() is { Length: > 1 } code && !code.StartsWith("//", StringComparison.Ordinal) && !code.StartsWith("using ", StringComparison.Ordinal) && !code.StartsWith("namespace ", StringComparison.Ordinal))) paragraphs.Add((file, start, start + paragraph.Length));
            start += paragraph.Length + 2;
        }
    }

    (string File, int Start, int End)[] drawn = [.. paragraphs];
    new Random(seed).Shuffle(drawn);
    return [.. drawn.Take(count)];
}

static int LineAt(string text, int position) => 1 + text.AsSpan(0, position).Count('\n');

static string Status(JsonElement mutant) => mutant.GetProperty("status").GetString()!;

static string Told(string name, JsonElement mutant)
{
    string replacement = mutant.TryGetProperty("replacement", out JsonElement text) ? text.GetString()!.ReplaceLineEndings(" ").Replace('`', '\'') : "";
    return string.Create(CultureInfo.InvariantCulture, $"- {name}:{Line(mutant)} {mutant.GetProperty("mutatorName").GetString()}{(Status(mutant) == "NoCoverage" ? ", not reached" : "")}: `{(replacement.Length > 100 ? replacement[..100] + "…" : replacement)}`");
}

static int Line(JsonElement mutant) => mutant.GetProperty("location").GetProperty("start").GetProperty("line").GetInt32();

static bool IsValid(string status) => status is "Killed" or "Timeout" or "Survived" or "NoCoverage";

static string Row(string name, List<string> statuses)
{
    int valid = statuses.Count(IsValid);
    int noticed = statuses.Count(status => status is "Killed" or "Timeout");
    string score = valid == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * noticed / valid:0.0} %");
    return string.Create(CultureInfo.InvariantCulture, $"| {name} | {valid} | {noticed} | {statuses.Count(status => status == "Survived")} | {statuses.Count(status => status == "NoCoverage")} | {score} |");
}
