// Writes a table for each folder from Stryker's report: dotnet run scripts/mutants.cs -- REPORT.json RESULTS FOLDER…
#:property RunAnalyzers=false
#:property RestorePackagesWithLockFile=false
using System.Globalization;
using System.Text;
using System.Text.Json;

using JsonDocument report = JsonDocument.Parse(File.ReadAllBytes(args[0]));
Directory.CreateDirectory(args[1]);
foreach (string folder in args[2..])
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
            string status = mutant.GetProperty("status").GetString()!;
            statuses.Add(status);
            if (status is not ("Survived" or "NoCoverage")) continue;
            string replacement = mutant.TryGetProperty("replacement", out JsonElement text) ? text.GetString()!.ReplaceLineEndings(" ").Replace('`', '\'') : "";
            survivors.AppendLine(CultureInfo.InvariantCulture, $"- {name}:{Line(mutant)} {mutant.GetProperty("mutatorName").GetString()}{(status == "NoCoverage" ? ", not reached" : "")}: `{(replacement.Length > 100 ? replacement[..100] + "…" : replacement)}`");
        }

        all.AddRange(statuses);
        if (statuses.Exists(IsValid)) table.AppendLine(Row(name, statuses));
    }

    File.WriteAllText(Path.Combine(args[1], folder + ".md"), $"""
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

static int Line(JsonElement mutant) => mutant.GetProperty("location").GetProperty("start").GetProperty("line").GetInt32();

static bool IsValid(string status) => status is "Killed" or "Timeout" or "Survived" or "NoCoverage";

static string Row(string name, List<string> statuses)
{
    int valid = statuses.Count(IsValid);
    int noticed = statuses.Count(status => status is "Killed" or "Timeout");
    string score = valid == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * noticed / valid:0.0} %");
    return string.Create(CultureInfo.InvariantCulture, $"| {name} | {valid} | {noticed} | {statuses.Count(status => status == "Survived")} | {statuses.Count(status => status == "NoCoverage")} | {score} |");
}
