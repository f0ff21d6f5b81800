using System.Diagnostics;
using System.Globalization;
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

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void The_culture_of_the_machine_changes_nothing(string culture)
    {
        string here = Tool.Run("import", Write("posts.csv", Export), "--into", Folder, "--zone", "Europe/Berlin").Succeeded();
        Directory.Delete(Folder, recursive: true);
        Assert.Equal(here, Tool.RunIn(culture, "import", Write("posts.csv", Export), "--into", Folder, "--zone", "Europe/Berlin").Succeeded());
    }

    /// <summary>SIGKILL at fifty moments of an import: the folder is as before, or complete.</summary>
    [Fact]
    public async Task Killed_at_any_moment_the_folder_is_as_before_or_complete()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "SIGKILL is a matter of Unix");
        Tool.Run("import", Write("posts.csv", Export), "--into", Folder, "--zone", "Europe/Berlin").Succeeded();
        Portfolio before = Read();
        string rows = string.Concat(Enumerable.Range(10, 20_000).Select(id => FormattableString.Invariant($"{id},11/22/2014 09:00,{id},1,1,1,1\n")));
        string more = Write("more.csv", Export[..(Export.IndexOf('\n', StringComparison.Ordinal) + 1)] + rows);
        string[] command = ["exec", Tool.Program, "import", more, "--into", Folder, "--zone", "Europe/Berlin"];

        // How long one import takes here, so that the kills fall all over it.
        string trial = Path.Combine(_root, "trial");
        Copy(Folder, trial);
        var watch = Stopwatch.StartNew();
        Assert.Equal(0, (await Tool.Start("dotnet", [.. command[..5], trial, .. command[6..]])).Code);
        double whole = watch.Elapsed.TotalMilliseconds;
        Portfolio after = Read(trial);
        Assert.Equal(20_001, after.Publications.Count);

        var random = new Random(50);
        string fresh = Path.Combine(_root, "fresh");
        Copy(Folder, fresh);
        for (int kill = 0; kill < 50; kill++)
        {
            Directory.Delete(Folder, recursive: true);
            Copy(fresh, Folder);
            using Process process = Process.Start(new ProcessStartInfo("dotnet", command) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;

            // Half of the kills in the last third, where the writing is.
            double at = kill % 2 == 0 ? random.NextDouble() * whole : whole * (0.6 + (0.5 * random.NextDouble()));
            await Task.Delay(TimeSpan.FromMilliseconds(at), TestContext.Current.CancellationToken);
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);

            Portfolio now = Read();
            Assert.True(now == before || now == after, string.Create(CultureInfo.InvariantCulture, $"kill {kill} at {at} ms: {now}"));
        }

        Assert.Equal(0, (await Tool.Start("dotnet", command)).Code);
        Assert.Equal(after, Read());
        Assert.False(Directory.Exists(Path.Combine(Folder, ".import")));
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
