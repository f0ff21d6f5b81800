// Writes which lines and branches tests run through, and which lines none does: dotnet run scripts/coverage.cs -- RESULT.md PACKAGE=REPORT.xml…, each report in Cobertura's form and named after its tests.
#:property RunAnalyzers=false
#:property RestorePackagesWithLockFile=false
using System.Globalization;
using System.Text;
using System.Xml.Linq;

var table = new StringBuilder();
var lists = new StringBuilder();
foreach ((string package, string report) in args[1..].Select(pair => (pair.Split('=')[0], pair.Split('=')[1])))
{
    // A line stands once for each type that has code of it, a closure for one; what a compiler wrote is nobody's to test.
    var lines = new SortedDictionary<(string File, int Line), (bool IsReached, int Taken, int Branches)>();
    foreach (XElement type in XDocument.Load(report).Descendants("package").Where(one => one.Attribute("name")!.Value == package).Descendants("class"))
    {
        string path = type.Attribute("filename")!.Value.Replace('\\', '/');
        int src = path.IndexOf("/src/", StringComparison.Ordinal);
        if (src < 0 || path.Contains("/obj/", StringComparison.Ordinal)) continue;
        string file = path[(path.IndexOf('/', src + 5) + 1)..];
        foreach (XElement line in type.Descendants("line"))
        {
            (string, int) key = (file, int.Parse(line.Attribute("number")!.Value, CultureInfo.InvariantCulture));
            (bool isReached, int taken, int branches) = lines.GetValueOrDefault(key);
            string[] parts = line.Attribute("condition-coverage")?.Value.Split('(', '/', ')') ?? ["", "0", "0"];
            lines[key] = (isReached || line.Attribute("hits")!.Value != "0", Math.Max(taken, int.Parse(parts[1], CultureInfo.InvariantCulture)), Math.Max(branches, int.Parse(parts[2], CultureInfo.InvariantCulture)));
        }
    }

    string Share(int part, int whole) => string.Create(CultureInfo.InvariantCulture, $"{part:N0} of {whole:N0} | {100.0 * part / whole:0.0} %");
    table.AppendLine(CultureInfo.InvariantCulture, $"| {package} | {Path.GetFileNameWithoutExtension(report)} | {Share(lines.Values.Count(line => line.IsReached), lines.Count)} | {Share(lines.Values.Sum(line => line.Taken), lines.Values.Sum(line => line.Branches))} |");
    lists.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"## Lines of {package} that none of its tests reached").AppendLine();
    foreach (var file in lines.Where(line => !line.Value.IsReached).GroupBy(line => line.Key.File)) lists.AppendLine(CultureInfo.InvariantCulture, $"- {file.Key}: {string.Join(", ", file.Select(line => line.Key.Line))}");
}

File.WriteAllText(args[0], $"""
    # Coverage

    `scripts/coverage`, {DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}: lines and branches that the tests of a package run through, under Microsoft.Testing.Extensions.CodeCoverage. What a test runs in a process of its own, as most of the command line, is not seen.

    | package | tests | lines | | branches | |
    |---|---|---:|---:|---:|---:|
    {table}{lists}
    """.ReplaceLineEndings("\n").TrimEnd() + "\n");
Console.Write(table);
