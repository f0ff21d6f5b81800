// Writes a table for each folder from Stryker's report: dotnet run scripts/mutants.cs -- REPORT.json RESULTS FOLDER[/FILE]… Files of a folder that the report does not know keep their lines.
#:property RunAnalyzers=false
#:property RestorePackagesWithLockFile=false
using System.Globalization;
using System.Text.Json;

using JsonDocument report = JsonDocument.Parse(File.ReadAllBytes(args[0]));
Directory.CreateDirectory(args[1]);
foreach (string folder in args[2..].Select(part => part.Split('/')[0]).Distinct())
{
    string results = Path.Combine(args[1], folder + ".md");
    string[] before = File.Exists(results) ? File.ReadAllLines(results) : [];
    var files = new SortedDictionary<string, (Tally Tally, string[] Survivors)>(StringComparer.Ordinal);
    foreach (string line in before.Where(line => line.StartsWith("| ", StringComparison.Ordinal) && line.Contains(".cs |", StringComparison.Ordinal)))
    {
        string[] cells = line.Split('|', StringSplitOptions.TrimEntries);
        files[cells[1]] = (new(Number(cells[3]), Number(cells[4]), Number(cells[5])), [.. before.Where(survivor => survivor.StartsWith($"- {cells[1]}:", StringComparison.Ordinal))]);
    }

    foreach (JsonProperty file in report.RootElement.GetProperty("files").EnumerateObject().OrderBy(file => file.Name, StringComparer.Ordinal))
    {
        string path = file.Name.Replace('\\', '/');
        if (!path.StartsWith(folder + "/", StringComparison.Ordinal) && !path.Contains($"/src/Engagement.Core/{folder}/", StringComparison.Ordinal)) continue;
        string name = path[(path.LastIndexOf($"{folder}/", StringComparison.Ordinal) + folder.Length + 1)..];
        JsonElement[] mutants = [.. file.Value.GetProperty("mutants").EnumerateArray().OrderBy(Line)];
        var tally = new Tally(mutants.Count(mutant => Status(mutant) is "Killed" or "Timeout"), mutants.Count(mutant => Status(mutant) == "Survived"), mutants.Count(mutant => Status(mutant) == "NoCoverage"));
        // A file that this run left alone has mutants too, all of them ignored.
        if (tally.Mutants > 0) files[name] = (tally, [.. mutants.Where(mutant => Status(mutant) is "Survived" or "NoCoverage").Select(mutant => Survivor(name, mutant))]);
    }

    Tally all = files.Values.Aggregate(new Tally(0, 0, 0), (sum, one) => new(sum.Noticed + one.Tally.Noticed, sum.Survived + one.Tally.Survived, sum.NotReached + one.Tally.NotReached));
    File.WriteAllText(results, $"""
        # Mutants of {folder}

        `scripts/mutate`, {DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}. Noticed: a test failed, or ran without end. Mutants that do not compile are left out.

        | file | mutants | noticed | survived | not reached | score |
        |---|---:|---:|---:|---:|---:|
        {string.Concat(files.Select(file => file.Value.Tally.Row(file.Key) + "\n"))}{all.Row("**all**")}

        ## Not noticed

        {string.Join('\n', files.Values.SelectMany(file => file.Survivors))}
        """.ReplaceLineEndings("\n").TrimEnd() + "\n");
    Console.WriteLine($"{folder} {all.Row("all")}");
}

static int Number(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);

static int Line(JsonElement mutant) => mutant.GetProperty("location").GetProperty("start").GetProperty("line").GetInt32();

static string Status(JsonElement mutant) => mutant.GetProperty("status").GetString()!;

static string Survivor(string name, JsonElement mutant)
{
    string replacement = mutant.TryGetProperty("replacement", out JsonElement text) ? text.GetString()!.ReplaceLineEndings(" ").Replace('`', '\'') : "";
    return string.Create(CultureInfo.InvariantCulture, $"- {name}:{Line(mutant)} {mutant.GetProperty("mutatorName").GetString()}{(Status(mutant) == "NoCoverage" ? ", not reached" : "")}: `{(replacement.Length > 100 ? replacement[..100] + "…" : replacement)}`");
}

internal sealed record Tally(int Noticed, int Survived, int NotReached)
{
    public int Mutants => Noticed + Survived + NotReached;

    public string Row(string name) => string.Create(CultureInfo.InvariantCulture, $"| {name} | {Mutants} | {Noticed} | {Survived} | {NotReached} | {(Mutants == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * Noticed / Mutants:0.0} %"))} |");
}
