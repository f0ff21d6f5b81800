using System.Diagnostics;
using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Engagement.Core;
using Engagement.Import;

namespace Engagement.Acceptance.Tests;

/// <summary><c>engagement import</c>, as a user calls it.</summary>
public sealed class ImportSpecs : IDisposable
{
    private const string Export = "Post ID,Publish time,Impressions,Reach,Reactions,Comments,Shares\n1,11/20/2014 09:00,400,324,7,2,\n2,11/21/2014 09:00,x,1,1,1,1\n";

    private readonly string _root = Directory.CreateTempSubdirectory("import-").FullName;

    private string Folder => Path.Combine(_root, "ihk");

    [Fact]
    public void The_sources_are_listed_with_their_tables()
    {
        string list = Tool.Run("import", "--list").Succeeded();
        Assert.Matches("(?m)^facebook +Facebook: posts, ", list);
        Assert.Matches("(?m)^activitystreams +ActivityStreams 2.0: activities", list);
    }

    [Fact]
    public void A_file_is_recognised_counted_and_reported_from()
    {
        string output = Tool.Run("import", Write("posts.csv", Export), "--into", Folder, "--zone", "Europe/Berlin").Succeeded();

        Assert.Contains("posts.csv as facebook/posts: 2 read, 1 taken, 1 rejected, 0 duplicate, 0 skipped", output, StringComparison.Ordinal);
        Assert.Contains("recognised as facebook: 7 of its 7 columns are columns of posts, among them Post ID, Publish time", output, StringComparison.Ordinal);
        Assert.Contains("missing Shares 1", output, StringComparison.Ordinal);
        Assert.Contains("rejected rows with their reasons: ", output, StringComparison.Ordinal);
        Assert.Contains("1 publication", Tool.Run("validate", Folder).Succeeded(), StringComparison.Ordinal);
        Tool.Run("report", Folder).Succeeded();
    }

    [Fact]
    public void An_export_of_which_no_row_is_sound_is_bad_data()
    {
        Outcome outcome = Tool.Run("import", Write("posts.csv", Export.Replace("1,11/20/2014 09:00,400", "1,11/20/2014 09:00,y", StringComparison.Ordinal)), "--into", Folder, "--zone", "Europe/Berlin");

        outcome.FailedWith(1, "posts.csv as facebook/posts: 2 read, 0 taken, 2 rejected, 0 duplicate, 0 skipped", "rejected rows with their reasons: ");
        Assert.Single(Directory.GetFiles(Path.Combine(Folder, "rejected")));
    }

    [Fact]
    public void A_dry_run_says_what_would_be_and_writes_nothing()
    {
        string output = Tool.Run("import", Write("posts.csv", Export), "--as", "facebook", "--into", Folder, "--zone", "Europe/Berlin", "--channel", "kreativ", "--dry-run").Succeeded();

        Assert.Contains("dry run, nothing was written: channels.csv, publications.csv", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public void What_the_file_does_not_say_is_asked_for()
    {
        Tool.Run("import", Write("posts.csv", Export), "--into", Folder).FailedWith(2, "the zone of its organisation is not known: pass it (--zone Europe/Berlin)");
        Tool.Run("import", Write("posts.csv", Export), "--into", Folder, "--zone", "Berlin").FailedWith(2, "must be an IANA time zone");
        Tool.Run("import", Write("posts.csv", Export)).FailedWith(2, "--into must name the portfolio folder");
        Tool.Run("import", "--into", Folder).FailedWith(2, "FILE must not be missing");
        Tool.Run("import", Write("posts.csv", Export), "--into", Folder, "--as", "facebok", "--zone", "Europe/Berlin").FailedWith(2, "write facebook");
    }

    [Fact]
    public void A_file_of_no_known_source_is_refused_with_its_columns()
    {
        Tool.Run("import", Write("x.csv", "a,b\n1,2\n"), "--into", Folder, "--zone", "Europe/Berlin").FailedWith(1, "must be an export of a source that is known; its columns are", "\"a, b\"");
        Tool.Run("import", Path.Combine(_root, "none.csv"), "--into", Folder, "--zone", "Europe/Berlin").FailedWith(1, "must be a file that exists");
        Assert.False(Directory.Exists(Folder));
    }

    [Fact]
    public void A_workbook_is_read_by_its_sheets_and_the_reason_names_its_columns()
    {
        string path = Path.Combine(_root, "posts.xlsx");
        using (var document = SpreadsheetDocument.Create(path, DocumentFormat.OpenXml.SpreadsheetDocumentType.Workbook))
        {
            WorkbookPart book = document.AddWorkbookPart();
            WorksheetPart sheet = book.AddNewPart<WorksheetPart>();
            static Cell Text(string text) => new() { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(text)) };
            static Cell Number(string digits) => new() { CellValue = new CellValue(digits) };
            sheet.Worksheet = new Worksheet(new SheetData(
                new Row(Text("Post ID"), Text("Publish time"), Text("Impressions"), Text("Reactions")),
                new Row(Number("1234567890123456789"), Text("11/20/2014 09:00"), Number("400"), Number("7"))));
            book.Workbook = new Workbook(new Sheets(new Sheet { Name = "Posts", SheetId = 1, Id = book.GetIdOfPart(sheet) }));
        }

        string output = Tool.Run("import", path, "--into", Folder, "--zone", "Europe/Berlin").Succeeded();

        Assert.Contains("posts.xlsx as facebook/posts: 1 read, 1 taken, 0 rejected", output, StringComparison.Ordinal);
        Assert.Contains("recognised as facebook: 4 of its 4 columns are columns of posts", output, StringComparison.Ordinal);
        Publication post = Assert.Single(Read().Publications);
        Assert.Equal(("1234567890123456789", 400L), (post.Id.Value, post.Exposures.Impressions.Value!.Value));
    }

    [Trait("Runs", "Once")]
    [Theory]
    [InlineData("parquet")]
    [InlineData("arrow")]
    [InlineData("csv")]
    public void A_log_that_is_exported_is_imported_with_every_interaction(string format)
    {
        string sample = Path.Combine(AppContext.BaseDirectory, "samples", "demo-association");
        Assert.SkipUnless(Directory.Exists(sample), "the sample is not beside the tests");
        string log = Path.Combine(_root, $"log.{format}");
        string written = Tool.Run("export", sample, "--format", format, "--output", log).Succeeded();
        string output = Tool.Run("import", log, "--into", Folder, "--zone", "Europe/Berlin").Succeeded();
        Portfolio before = Read(sample);

        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{log}: {before.Interactions.Count:#,0} interactions written"), written.TrimEnd());
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"log.{format} as log/rows: {before.Interactions.Count} read, {before.Interactions.Count} taken, 0 rejected"), output, StringComparison.Ordinal);
        Assert.Contains("recognised as log: ", output, StringComparison.Ordinal);
        Assert.Equal(
            before.Interactions.Select(item => (item.Channel, item.Kind, item.At, item.Role, item.Actor)).OrderBy(item => item.ToString(), StringComparer.Ordinal),
            Read().Interactions.Select(item => (item.Channel, item.Kind, item.At, item.Role, item.Actor)).OrderBy(item => item.ToString(), StringComparer.Ordinal));
        Assert.Contains("nothing is new", Tool.Run("import", log, "--into", Folder, "--zone", "Europe/Berlin").Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public void All_facts_are_exported_as_JSON_and_as_a_workbook_in_which_no_text_runs()
    {
        Tool.Run("import", Write("posts.csv", Export), "--into", Folder, "--zone", "Europe/Berlin").Succeeded();
        string channels = Path.Combine(Folder, "channels.csv");
        File.WriteAllText(channels, File.ReadAllText(channels).Replace("facebook,facebook,", "facebook,'=1+1,", StringComparison.Ordinal));
        string json = Path.Combine(_root, "all.json");
        string workbook = Path.Combine(_root, "all.xlsx");
        Assert.Contains("1 channel, 1 publication, 0 interactions written", Tool.Run("export", Folder, "--format", "json", "--output", json).Succeeded(), StringComparison.Ordinal);
        Tool.Run("export", Folder, "--format", "xlsx", "--output", workbook).Succeeded();

        using var parsed = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(json));
        Assert.Equal(400, parsed.RootElement.GetProperty("publications")[0].GetProperty("impressions").GetInt64());
        using SpreadsheetDocument document = SpreadsheetDocument.Open(workbook, isEditable: false);
        string[] cells = [.. document.WorkbookPart!.WorksheetParts.SelectMany(part => part.Worksheet!.Descendants<Cell>()).Select(cell => cell.InnerText)];
        Assert.Contains("'=1+1", cells, StringComparer.Ordinal);
        Assert.DoesNotContain(cells, text => text.StartsWith('='));
    }

    [Fact]
    public void An_export_that_cannot_be_written_says_where_and_why()
    {
        Tool.Run("import", Write("posts.csv", Export), "--into", Folder, "--zone", "Europe/Berlin").Succeeded();
        Tool.Run("export", Folder, "--format", "parquet").FailedWith(2, "--output");
        Tool.Run("export", Folder, "--format", "pdf", "--output", "x").FailedWith(2, "pdf");
        Tool.Run("export", "--output", "x").FailedWith(2, "pass FOLDER, or --store STORE");
        Tool.Run("export", Folder, "--output", Path.Combine(_root, "nowhere", "x.json")).FailedWith(1, "--output", "must be a file that can be written");
        Tool.Run("export", Path.Combine(_root, "nowhere"), "--output", Path.Combine(_root, "x.json")).FailedWith(1, "must be a folder that exists");
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void The_culture_of_the_machine_changes_nothing(string culture)
    {
        string here = Tool.Run("import", Write("posts.csv", Export), "--into", Folder, "--zone", "Europe/Berlin").Succeeded();
        Directory.Delete(Folder, recursive: true);
        Assert.Equal(here, Tool.RunIn(culture, "import", Write("posts.csv", Export), "--into", Folder, "--zone", "Europe/Berlin").Succeeded());
    }

    /// <summary>SIGKILL at fifty moments of an import of two files, which changes three: the folder is as before, or complete.</summary>
    [Trait("Runs", "Once")]
    [Fact]
    public async Task Killed_at_any_moment_the_folder_is_as_before_or_complete()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SIGKILL is a matter of Unix");
        Tool.Run("import", Write("posts.csv", Export), "--into", Folder, "--zone", "Europe/Berlin").Succeeded();
        Portfolio before = Read();
        string rows = string.Concat(Enumerable.Range(10, 20_000).Select(id => FormattableString.Invariant($"{id},11/22/2014 09:00,{id},1,1,1,1\n")));
        string more = Write("more.csv", Export[..(Export.IndexOf('\n', StringComparison.Ordinal) + 1)] + rows);
        string days = string.Concat(Enumerable.Range(0, 5_000).Select(day => FormattableString.Invariant($"{new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(day):MM/dd/yyyy},{day},1\n")));
        string followers = Write("followers.csv", "Date,Facebook followers,Facebook reach\n" + days);
        string[] command = ["exec", Tool.Program, "import", more, followers, "--into", Folder, "--zone", "Europe/Berlin"];

        // How long one import takes here, and how long it writes, so that the kills fall all over it.
        string trial = Path.Combine(_root, "trial");
        Copy(Folder, trial);
        var watch = Stopwatch.StartNew();
        Task<Outcome> first = Tool.Start("dotnet", [.. command[..6], trial, .. command[7..]]);
        while (!first.IsCompleted && !IsWriting(trial)) await Task.Delay(1, TestContext.Current.CancellationToken);
        double begin = watch.Elapsed.TotalMilliseconds;
        Assert.Equal(0, (await first).Code);
        double whole = watch.Elapsed.TotalMilliseconds;
        Portfolio after = Read(trial);
        Assert.Equal((20_001, 5_000), (after.Publications.Count, after.Audiences.Count));

        var random = new Random(50);
        string fresh = Path.Combine(_root, "fresh");
        Copy(Folder, fresh);
        int whileWriting = 0;
        for (int kill = 0; kill < 50; kill++)
        {
            Directory.Delete(Folder, recursive: true);
            Copy(fresh, Folder);
            using Process process = Process.Start(new ProcessStartInfo("dotnet", command) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            double at = random.NextDouble() * whole;
            if (kill % 2 == 0)
            {
                // Half of them while it writes, wherever that falls on this machine.
                while (!process.HasExited && !IsWriting(Folder)) await Task.Delay(1, TestContext.Current.CancellationToken);
                at = random.NextDouble() * (whole - begin);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(at), TestContext.Current.CancellationToken);
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            if (IsWriting(Folder)) whileWriting++;
            Portfolio now = Read();
            Assert.True(now == before || now == after, string.Create(CultureInfo.InvariantCulture, $"kill {kill} at {at} ms: {now}"));
        }

        Assert.True(whileWriting > 0, "No kill met the writing, so nothing was tested: let it write more.");
        Assert.Equal(0, (await Tool.Start("dotnet", command)).Code);
        Assert.Equal(after, Read());
        Assert.False(Directory.Exists(Path.Combine(Folder, ".import")));

        static bool IsWriting(string folder) => File.Exists(Path.Combine(folder, ".import", "0.new"));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private Portfolio Read(string? folder = null)
    {
        PortfolioReading reading = PortfolioFolder.Read(folder ?? Folder, TestContext.Current.CancellationToken);
        Assert.True(reading.Portfolio is not null, string.Join('\n', reading.Findings));
        return reading.Portfolio;
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_root, name);
        File.WriteAllText(path, text);
        return path;
    }
}
