using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Engagement.Cli;
using Engagement.Core;
using Engagement.Core.Logs;
using Engagement.Import.Columnar;
using NodaTime;

namespace Engagement.Acceptance.Tests;

/// <summary>The manners of the command line.</summary>
public sealed class CommandSpecs : IDisposable
{
    private static readonly string Demo = Path.Combine(AppContext.BaseDirectory, "samples", "demo-association");

    private readonly string _folder = Directory.CreateTempSubdirectory("commands-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_command_has_help_with_an_example()
    {
        RootCommand root = CommandLine.Root(TextWriter.Null, 140, TestContext.Current.CancellationToken);
        string[][] commands = [.. root.Subcommands.SelectMany(command => command.Subcommands.Count > 0 ? command.Subcommands.Select(child => new[] { command.Name, child.Name }).Append([command.Name]) : [[command.Name]])];
        Assert.Contains(commands, command => command is ["rollup"]);
        Assert.All(commands, command =>
        {
            string help = Tool.Run([.. command, "--help"]).Succeeded();
            Assert.Contains($"engagement {string.Join(' ', command)}", help[help.IndexOf("Example:", StringComparison.Ordinal)..], StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("did you mean --format?", "report", "x", "--formt", "json")]
    [InlineData("did you mean --language?", "report", "x", "--langauge", "de")]
    [InlineData("did you mean report?", "reprot", "x")]
    [InlineData("did you mean validate?", "validat", "x")]
    [InlineData("did you mean append?", "store", "appendd")]
    [InlineData("did you mean --quiet?", "validate", "x", "--qiet")]
    [InlineData("did you mean reach-per-member", "compare", "x", "--definition", "reach-per-membr")]
    public void A_mistyped_word_is_answered_with_the_nearest_one(string question, params string[] args) => Tool.Run(args).FailedWith(2, question);

    [Fact]
    public void A_word_that_is_near_nothing_is_not_guessed_at() => Assert.DoesNotContain("did you mean", Tool.Run("report", "x", "--zzzzzzzzzz").Error, StringComparison.Ordinal);

    [Fact]
    public void Quiet_tells_no_warnings_but_errors()
    {
        using var files = new PortfolioFiles();
        files.Write("audience.csv", "x\n");
        Assert.NotEmpty(Tool.Run("report", files.Folder).Error);
        Assert.Equal("", Tool.Run("report", files.Folder, "--quiet").Error);
        Assert.Equal("", Tool.Run("--quiet", "validate", files.Folder).Error);
        files.Delete("channels.csv");
        Tool.Run("report", files.Folder, "--quiet").FailedWith(1, "channels.csv");
    }

    [Theory]
    [InlineData("export", "interactions.csv", "csv")]
    [InlineData("export", "organisation.json", "json")]
    [InlineData("report", "channels.csv", "html")]
    public void A_result_never_takes_the_place_of_the_facts_that_it_comes_from(string command, string file, string format)
    {
        using var files = new PortfolioFiles();
        string path = Path.Combine(files.Folder, file);
        byte[]? before = File.Exists(path) ? File.ReadAllBytes(path) : null;
        Tool.Run(command, files.Folder, "--format", format, "--output", path).FailedWith(2, "must not be a file that the facts come from");
        Assert.Equal(before, File.Exists(path) ? File.ReadAllBytes(path) : null);
    }

    [Fact]
    public void A_link_stays_a_link_and_a_device_a_device()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links and devices are those of Unix.");
        using var files = new PortfolioFiles();
        Directory.CreateDirectory(_folder);
        string target = Path.Combine(_folder, "target.json");
        string link = Path.Combine(_folder, "link.json");
        File.WriteAllText(target, "old");
        File.CreateSymbolicLink(link, target);
        Tool.Run("export", files.Folder, "--format", "json", "--output", link).Succeeded();
        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.StartsWith("{", File.ReadAllText(target), StringComparison.Ordinal);
        string device = Path.Combine(_folder, "device.json");
        File.CreateSymbolicLink(device, "/dev/full");
        Tool.Run("export", files.Folder, "--format", "json", "--output", device).FailedWith(1, "must be a file, not a device");
        Assert.Equal("/dev/full", new FileInfo(device).LinkTarget);
    }

    [Fact]
    public void An_empty_folder_that_is_there_stays_the_same_one()
    {
        Directory.CreateDirectory(_folder);
        string folder = Path.Combine(_folder, "empty");
        Directory.CreateDirectory(folder);
        string link = Path.Combine(_folder, "link");
        Directory.CreateSymbolicLink(link, folder);
        Tool.Run("init", link, "--id", "ihk", "--zone", "Europe/Berlin", "--channel", "page:facebook:page").Succeeded();
        Assert.NotNull(new DirectoryInfo(link).LinkTarget);
        Tool.Run("validate", folder).Succeeded();
        Assert.Equal(2, Directory.GetFileSystemEntries(_folder).Length);
    }

    [Fact]
    public void A_folder_without_a_channel_is_refused_before_anything_is_made()
    {
        string folder = Path.Combine(_folder, "none");
        Tool.Run("init", folder, "--zone", "Europe/Berlin").FailedWith(2, "--channel must be given at least once");
        Tool.Run("init", folder, "--zone", "Europe/Berlin", "--channel", "page:facebook:page", "--as-of", "2014-01-01").FailedWith(2, "--as-of must come with --members");
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void A_log_with_a_column_twice_is_refused_and_names_like_formulas_are_told_apart()
    {
        Directory.CreateDirectory(_folder);
        string log = Path.Combine(_folder, "log.csv");
        string[] days = ["--zone", "Europe/Berlin", "--from", "2024-01-01", "--to", "2024-01-03", "--format", "csv"];
        File.WriteAllText(log, "at,channel,kind,role,role\n2024-01-02T00:00Z,a,like,organisation,member\n");
        Tool.Run(["rollup", log, .. days]).FailedWith(1, "must have the column role once");
        File.WriteAllText(log, "at,channel,kind\n2024-01-02T00:00Z,'=a,like\n2024-01-02T00:00Z,''=a,like\n2024-01-02T00:00Z,\u22122+3,like\n");
        string cells = Tool.Run(["rollup", log, .. days]).Succeeded();
        Assert.All(["'=a", "''=a", "'\u22122+3"], id => Assert.Contains($",{id},", cells, StringComparison.Ordinal));
        Tool.Run("rollup", "").FailedWith(2, "must name a folder or a log");
        Tool.Run("report", _folder, "--charts", "").FailedWith(2, "--charts (\"\") must name a folder");
    }

    [Fact]
    public void Where_nobody_can_be_told_the_exit_code_still_says_it()
    {
        using var output = new StringWriter();
        using var full = new FullWriter();
        Assert.Equal(Program.BadData, Program.Run(["report", Path.Combine(_folder, "nowhere")], output, full, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(Program.BadUsage, Program.Run(["report", "--nonsense"], output, full, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal("", output.ToString());
    }

    [Theory]
    [InlineData("'=Sum")]
    [InlineData(" =Sum")]
    [InlineData("\u2212Sum")]
    public void A_name_like_a_formula_comes_back_as_it_was_typed(string name)
    {
        string folder = Path.Combine(_folder, "formula");
        Tool.Run("init", folder, "--zone", "Europe/Berlin", "--channel", $"page:facebook:page:{name}").Succeeded();
        Assert.Contains($"page,'{name},facebook,page", File.ReadAllText(Path.Combine(folder, "channels.csv")), StringComparison.Ordinal);
        Assert.Equal(name, Engagement.Import.PortfolioFolder.Read(folder, TestContext.Current.CancellationToken).Portfolio!.Channels[0].Name);
    }

    [Fact]
    public void Init_makes_a_sound_folder_and_never_replaces_one()
    {
        string folder = Path.Combine(_folder, "ihk");
        Tool.Run("init", folder, "--name", "=IHK, \"Ost\"", "--zone", "Europe/Berlin", "--members", "110000", "--unit", "company", "--as-of", "2014-11-20", "--channel", "page:facebook:page", "--channel", "group:xing:group:Our, \"group\"").Succeeded();
        Assert.StartsWith("2 channels, 0 audiences", Tool.Run("validate", folder).Succeeded(), StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(Tool.Run("report", folder, "--format", "json", "--quiet").Succeeded());
        Assert.Equal("=IHK, \"Ost\"", json.RootElement.GetProperty("organisation").GetProperty("name").GetString());
        Assert.Equal(110_000, json.RootElement.GetProperty("members").GetProperty("size").GetProperty("value").GetInt32());
        Assert.Equal("Our, \"group\"", json.RootElement.GetProperty("channels")[1].GetProperty("name").GetString());
        File.AppendAllText(Path.Combine(folder, "audiences.csv"), "page,2014-11-20,324,person,,,\n");
        Assert.Contains("2.95", Tool.Run("report", folder).Succeeded(), StringComparison.Ordinal);
        string[] before = [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllText)];
        Tool.Run("init", folder, "--zone", "Europe/Berlin").FailedWith(1, "must not hold anything yet");
        Assert.Equal(before, Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllText), StringComparer.Ordinal);
        Assert.Equal([folder], Directory.GetFileSystemEntries(_folder), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("--channel", "page")]
    [InlineData("--channel", "page:facebook:sheet")]
    [InlineData("--members", "many", "--as-of", "2014-11-20")]
    [InlineData("--members", "5")]
    [InlineData("--unit", "stone")]
    public void Init_refuses_a_wrong_answer_and_leaves_nothing(params string[] answers)
    {
        Tool.Run(["init", Path.Combine(_folder, "new"), "--zone", "Europe/Berlin", .. answers]).FailedWith(2);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Init_asks_for_what_the_options_leave_open()
    {
        string folder = Path.Combine(_folder, "asked");
        using var answers = new StringReader("club\nThe Club\nEurope/Belin\nEurope/Berlin\n40\nperson\n2024-01-01\npage:facebook:page\n\n");
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        Assert.Equal(0, InitCommand.Run(new InitAnswers(folder, null, null, null, null, null, null, []), answers, output, error, TestContext.Current.CancellationToken));
        Assert.Contains("Identifier of the organisation [asked]:", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("did you mean Europe/Berlin", error.ToString(), StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(Tool.Run("report", folder, "--format", "json", "--quiet").Succeeded());
        Assert.Equal(("club", "The Club", 40), (json.RootElement.GetProperty("organisation").GetProperty("id").GetString(), json.RootElement.GetProperty("organisation").GetProperty("name").GetString(), json.RootElement.GetProperty("members").GetProperty("size").GetProperty("value").GetInt32()));
    }

    [Fact]
    public void A_roll_up_leaves_out_no_interaction_where_the_clock_goes_back_over_midnight()
    {
        // At 00:01 of 1 November the clocks of St John's went back to 23:01 of 31 October.
        using var files = new PortfolioFiles();
        files.Write("interactions.csv", "id,channel,kind,at,role\na,page,like,2009-11-01T02:30:30Z,member\nb,page,like,2009-11-01T02:40:00Z,member\n");
        string csv = Tool.Run("rollup", files.Folder, "--zone", "America/St_Johns", "--format", "csv").Succeeded();
        Assert.Equal("from,to,channel,kind,role,interactions\n2009-10-31,2009-11-01,page,Like,Member,1\n2009-11-01,2009-11-02,page,Like,Member,1\n", csv);
    }

    [Fact]
    public void A_roll_up_counts_the_interactions_of_a_folder_in_every_format()
    {
        using var files = new PortfolioFiles();
        files.Write("interactions.csv", "id,channel,kind,at,role\na,page,like,2014-11-03T09:00,member\nb,page,like,2014-11-30T23:30,member\nc,page,like,2014-12-01T00:30,member\nd,group,comment,2014-12-02T00:30,staff\n");
        string csv = Tool.Run("rollup", files.Folder, "--by", "month", "--format", "csv").Succeeded();
        Assert.Equal("from,to,channel,kind,role,interactions\n2014-11-01,2014-12-01,page,Like,Member,2\n2014-12-01,2015-01-01,page,Like,Member,1\n2014-12-01,2015-01-01,group,Comment,Staff,1\n".Split('\n').Order(StringComparer.Ordinal), Widened(csv).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(2, Tool.Run("rollup", files.Folder, "--by", "year", "--format", "csv").Succeeded().TrimEnd().Split('\n').Length - 1);
        using JsonDocument json = JsonDocument.Parse(Tool.Run("rollup", files.Folder, "--by", "day", "--format", "json", "--channel", "page").Succeeded());
        Assert.Equal(("engagement-rollup/1", 3L), (json.RootElement.GetProperty("schema").GetString(), json.RootElement.GetProperty("cells").EnumerateArray().Sum(cell => cell.GetProperty("interactions").GetInt64())));
        Assert.Contains("Comment", Tool.Run("rollup", files.Folder).Succeeded(), StringComparison.Ordinal);
        Tool.Run("rollup", files.Folder, "--channel", "pgae").FailedWith(2, "--channel (\"pgae\")", "did you mean page?");
        Tool.Run("rollup", files.Folder, "--from", "2015-01-01").FailedWith(2, "--from (2015-01-01) must not lie after the latest fact (2014-12-02)");
        Tool.Run("rollup", files.Folder, "--to", "2014-11-01").FailedWith(2, "--to (2014-11-01) must lie after the earliest fact (2014-11-03)");
        Tool.Run("rollup", Path.Combine(_folder, "nowhere")).FailedWith(1, "nowhere");
        files.Delete("interactions.csv");
        Tool.Run("rollup", files.Folder).FailedWith(1, "lists no interaction");

        // The first and last cells are cut to the days of the facts, or are whole months: both name the same month.
        static IEnumerable<string> Widened(string text) => text.Split('\n').Select(line => line.Replace("2014-11-03,", "2014-11-01,", StringComparison.Ordinal).Replace(",2014-12-03,", ",2015-01-01,", StringComparison.Ordinal));
    }

    [Fact]
    public void A_roll_up_counts_a_log_and_needs_its_zone_and_period()
    {
        Instant[] times = [Instant.FromUtc(2024, 1, 31, 22, 30), Instant.FromUtc(2024, 1, 31, 23, 30)];
        InteractionLog log = InteractionLog.From(times.Select((at, index) => new Interaction($"i-{index}", new ChannelId("page"), InteractionKind.Like, at, ActorRole.Member)));
        string file = Path.Combine(_folder, "log.parquet");
        using (FileStream stream = File.Create(file)) LogFile.Write(log, stream, LogFileFormat.Parquet, TestContext.Current.CancellationToken);
        string csv = Tool.Run("rollup", file, "--by", "month", "--zone", "Europe/Berlin", "--from", "2024-01-01", "--to", "2024-03-01", "--format", "csv").Succeeded();
        Assert.Equal("from,to,channel,kind,role,interactions\n2024-01-01,2024-02-01,page,Like,Member,1\n2024-02-01,2024-03-01,page,Like,Member,1\n", csv);
        Tool.Run("rollup", file).FailedWith(2, "--zone");

        // Columns under other names are named, and replies are not read: they may be ids, as in a folder.
        string[] days = ["--zone", "Europe/Berlin", "--from", "2024-01-01", "--to", "2024-03-01", "--format", "csv"];
        string other = Path.Combine(_folder, "other.csv");
        File.WriteAllText(other, "created,channel,kind,reply_to\n2024-01-31T22:30Z,page,like,c-17\n2024-01-31T23:30Z,page,like,\n");
        Tool.Run(["rollup", other, .. days]).FailedWith(1, "must have the column at; it has \"created, channel, kind, reply_to\": rename it", "--column OURS=NAME", "[ENG0802]");
        Assert.EndsWith("\n2024-02-01,2024-02-02,page,Like,Unknown,1\n", Tool.Run(["rollup", other, "--column", "at=created", .. days]).Succeeded(), StringComparison.Ordinal);
        Tool.Run(["rollup", other, "--column", "when=created", .. days]).FailedWith(2, "--column (\"when=created\") must be one of at, channel, kind, role, = and a name");
        Tool.Run(["rollup", other, "--column", "at=created", "--column", "at=at", .. days]).FailedWith(2, "--column must name at once");
        Tool.Run("rollup", Demo, "--column", "at=created").FailedWith(2, "--column must come with a log");
        File.WriteAllText(file, "no parquet");
        Tool.Run("rollup", file, "--zone", "Europe/Berlin", "--from", "2024-01-01", "--to", "2024-03-01").FailedWith(1, "log.parquet");
    }

    [Fact]
    public void Every_chart_is_written_as_a_file_of_its_own()
    {
        string charts = Path.Combine(_folder, "charts");
        Tool.Run("report", Tool.Sample, "--charts", charts).Succeeded();
        Assert.Equal(["audience.svg", "reach.svg"], Directory.GetFiles(charts).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal("svg", System.Xml.Linq.XElement.Load(Path.Combine(charts, "reach.svg")).Name.LocalName);
        Tool.Run("report", Tool.Sample, "--charts", charts, "--chart-format", "png").Succeeded();
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(Path.Combine(charts, "reach.png"))[..4]);
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        Tool.Run("report", Tool.Sample, "--charts", file).FailedWith(1, "--charts");
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public void A_completion_script_asks_the_tool_itself(string shell) => Assert.Contains("[suggest:", Tool.Run("completion", shell).Succeeded(), StringComparison.Ordinal);

    [Theory]
    [InlineData("[suggest:x]", "[suggest:6]")]
    [InlineData("[suggest:-1]", "[suggest:6]")]
    [InlineData("[suggest:99999999999]", "[suggest:6]")]
    public void A_shell_that_asks_at_no_place_is_told_so(string directive, string cure) => Tool.Run(directive, "rep").FailedWith(2, directive, cure);

    public static TheoryData<string, string, string> Lines
    {
        get
        {
            var lines = new TheoryData<string, string, string>();
            foreach (string shell in Shells.Keys)
            {
                lines.Add(shell, "engagement rep", "report");
                lines.Add(shell, "engagement report x --format mark", "markdown");
                lines.Add(shell, "engagement store ro", "rollup");
                lines.Add(shell, "engagement compare x --defin", "--definition");
            }

            return lines;
        }
    }

    /// <summary>What makes each shell say what it would complete: the folder of the tool is its first argument, the line its second.</summary>
    private static Dictionary<string, string> Shells { get; } = new(StringComparer.Ordinal)
    {
        ["bash"] = """
            PATH="$1:$PATH"; eval "$(engagement completion bash)"
            COMP_LINE="$2"; COMP_POINT=${#COMP_LINE}; read -r -a COMP_WORDS <<<"$COMP_LINE"; COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _engagement; printf '%s\n' "${COMPREPLY[@]}"
            """,
        ["zsh"] = """
            PATH="$1:$PATH"; compdef() { :; }; eval "$(engagement completion zsh)"
            words=(${(z)2}); CURRENT=${#words}
            compadd() { shift; for one in "$@"; do [[ "$one" == "${words[CURRENT]}"* ]] && print -r -- "$one"; done; true; }
            _engagement
            """,
        ["fish"] = """
            set PATH $argv[1] $PATH; engagement completion fish | source
            complete -C $argv[2]
            """,
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task A_shell_completes_commands_options_and_values(string shell, string line, string completed)
    {
        bool isThere = !OperatingSystem.IsWindows() && (File.Exists($"/bin/{shell}") || File.Exists($"/usr/bin/{shell}"));
        Assert.True(isThere || Environment.GetEnvironmentVariable("ENGAGEMENT_REQUIRE_SHELLS") is not "1", $"{shell} must be installed where ENGAGEMENT_REQUIRE_SHELLS is 1.");
        Assert.SkipUnless(isThere, $"{shell} is not installed");
        File.WriteAllText(Path.Combine(_folder, "engagement"), $"#!/bin/sh\nexec dotnet exec '{Tool.Program}' \"$@\"\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path.Combine(_folder, "engagement"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        string[] args = shell is "fish" ? ["-c", Shells[shell], _folder, line] : ["-c", Shells[shell], shell, _folder, line];
        Outcome outcome = await Tool.Start(shell, args);
        Assert.Equal(completed, outcome.Succeeded().Trim());
    }

    [Trait("Runs", "Once")]
    [Theory]
    [InlineData("-INT")]
    [InlineData("-TERM")]
    public async Task A_signal_to_stop_leaves_no_half_file(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs signals");
        string file = Path.Combine(_folder, "report.html");
        foreach (int wait in new[] { 100, 400, 900, 1_500, 2_200 })
        {
            File.WriteAllText(file, "old");
            using var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", Tool.Program, "report", Demo, "--format", "html", "--output", file, "--charts", Path.Combine(_folder, "charts")]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
            await Task.Delay(wait, TestContext.Current.CancellationToken);
            using (var kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
            string error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            string text = File.ReadAllText(file);
            Assert.True(text == "old" || text.EndsWith("</html>\n", StringComparison.Ordinal), text[^Math.Min(80, text.Length)..]);
            Assert.Equal(text == "old", process.ExitCode != 0);
            Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
            Assert.Empty(Directory.GetFiles(_folder, "*.part", SearchOption.AllDirectories));
            if (Directory.Exists(Path.Combine(_folder, "charts"))) Assert.All(Directory.GetFiles(Path.Combine(_folder, "charts")), chart => Assert.EndsWith("</svg>", File.ReadAllText(chart), StringComparison.Ordinal));
        }
    }

    [Trait("Runs", "Once")]
    [Fact]
    public async Task A_pipe_that_is_closed_early_is_no_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a shell with pipes");
        Outcome outcome = await Tool.Start("sh", ["-c", "dotnet exec \"$0\" report \"$1\" --format html | head -n 1", Tool.Program, Demo]);
        Assert.Equal("<!doctype html>", outcome.Succeeded().TrimEnd());
    }

    [Fact]
    public void A_short_name_is_not_taken_for_every_other()
    {
        Outcome outcome = Tool.Run("rollup", Demo, "--channel", "qq");
        outcome.FailedWith(2, "\"qq\"", "the channels are");
        Assert.DoesNotContain("did you mean", outcome.Error, StringComparison.Ordinal);
        Tool.Run("rollup", Demo, "--channel", "fbb").FailedWith(2, "did you mean fb?");
    }

    [Trait("Runs", "Once")]
    [Fact]
    public async Task Progress_is_shown_on_a_terminal_only_and_never_in_quiet()
    {
        Assert.Contains(" …", await OnTerminalAsync(""), StringComparison.Ordinal);
        Assert.DoesNotContain("…", await OnTerminalAsync("--quiet"), StringComparison.Ordinal);
    }

    [Trait("Runs", "Once")]
    [Fact]
    public async Task A_terminal_shows_no_colour_where_NO_COLOR_is_set()
    {
        const string Colour = @"\e\[[0-9;]*3[0-8]";
        Assert.Matches(Colour, await OnTerminalAsync(""));
        string plain = await OnTerminalAsync("", "export NO_COLOR=1; ");
        Assert.Contains(" …", plain, StringComparison.Ordinal);
        Assert.DoesNotMatch(Colour, plain);
    }

    /// <summary>What standard error shows on a terminal while the long report is made.</summary>
    private async Task<string> OnTerminalAsync(string option, string before = "")
    {
        Assert.SkipWhen(!File.Exists("/usr/bin/script"), "needs script of util-linux");
        string run = string.Format(CultureInfo.InvariantCulture, "exec dotnet exec '{0}' report '{1}' --format html --output '{2}' {3}", Tool.Program, Demo, Path.Combine(_folder, "report.html"), option);
        return (await Tool.Start("script", ["-qec", $"export TERM=xterm; {before}{run}", "/dev/null"])).Output;
    }

    private sealed class FullWriter : TextWriter
    {
        public override System.Text.Encoding Encoding => System.Text.Encoding.UTF8;

        public override void Write(char value) => throw new IOException("No space left on device");
    }
}
