namespace Engagement.Acceptance.Tests;

/// <summary><c>engagement store</c>, and the other commands over a store.</summary>
public sealed class StoreSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("engagement-store-").FullName;

    private string Store => $"duckdb:{Path.Combine(_folder, "engagement.duckdb")}";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_command_says_the_same_of_a_store_as_of_the_folder_that_was_put_in()
    {
        Assert.Equal(0, Tool.Run("store", "init", Store, Tool.Sample).Code);
        Assert.Equal("batch 1: 0 interactions appended\n", Tool.Run("store", "append", Store, Tool.Sample, "--batch", "1").Output.ReplaceLineEndings("\n"));
        foreach (string[] command in new string[][] { ["report", "--format", "json"], ["reach", "--language", "de"], ["dialogue"], ["validate"], ["compare", "--definition", "reach-per-member"] })
        {
            Outcome ofFolder = Tool.Run([command[0], Tool.Sample, .. command[1..]]);
            Outcome ofStore = Tool.Run([command[0], "--store", Store, .. command[1..]]);
            Assert.Equal(0, ofFolder.Code);
            Assert.Equal((0, ofFolder.Output), (ofStore.Code, ofStore.Output));
        }
    }

    [Fact]
    public void A_store_takes_a_batch_once_counts_it_checks_it_forgets_and_gives_it_back()
    {
        string folder = WithInteractions();
        Assert.Equal(0, Tool.Run("store", "init", Store, folder).Code);
        Assert.Contains("batch a: 3 interactions appended", Tool.Run("store", "append", Store, folder, "--batch", "a").Output, StringComparison.Ordinal);
        Assert.Contains("batch a: known already, nothing appended", Tool.Run("store", "append", Store, folder, "--batch", "a").Output, StringComparison.Ordinal);
        Assert.Contains("batch again: 0 interactions appended; 3 interactions left as in the store, by id", Tool.Run("store", "append", Store, folder, "--batch", "again").Output, StringComparison.Ordinal);
        string[] rollUp = ["store", "rollup", Store, "--from", "2014-11-01", "--to", "2014-12-01", "--unit", "month"];
        string expected = "from,to,channel,kind,role,interactions\n2014-11-01,2014-12-01,page,Like,Member,1\n2014-11-01,2014-12-01,page,Question,Member,1\n";
        Assert.Equal(expected, Tool.Run(rollUp).Output);
        Assert.Contains("page,Reply,Organisation,1", Tool.Run([.. rollUp, "--everybody"]).Output, StringComparison.Ordinal);
        Assert.Contains("2 interactions without their actor", Tool.Run("store", "forget", Store, "--actor", "anna").Output, StringComparison.Ordinal);
        Assert.Equal(expected, Tool.Run(rollUp).Output);
        Assert.EndsWith("3 events, sound\n", Tool.Run("store", "check", Store, "--rebuild").Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        string back = Path.Combine(_folder, "back");
        Assert.Contains("3 interactions written", Tool.Run("store", "export", Store, back).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("anna", File.ReadAllText(Path.Combine(back, "interactions.csv")), StringComparison.Ordinal);
        Assert.Equal(0, Tool.Run("validate", back).Code);
        Assert.Contains("3 interactions taken out", Tool.Run("store", "forget", Store, "--before", "2014-12-01").Output, StringComparison.Ordinal);
        Assert.Equal(expected, Tool.Run(rollUp).Output);
    }

    [Fact]
    public void Days_whose_interactions_were_taken_out_by_age_are_refused_and_those_after_are_reported()
    {
        using var files = new PortfolioFiles();
        files.Write("interactions.csv", "id,channel,kind,at,role\na,page,comment,2014-11-05T09:00:00Z,member\nb,page,comment,2014-11-20T09:00:00Z,member\nc,page,comment,2014-11-21T09:00:00Z,member\n");
        Assert.Equal(0, Tool.Run("store", "init", Store, files.Folder).Code);
        Assert.Equal(0, Tool.Run("store", "append", Store, files.Folder, "--batch", "1").Code);
        string[][] commands = [["report", "--format", "json"], ["reach", "--format", "json"], ["dialogue", "--format", "json"], ["compare", "--definition", "dialogue-share"]];
        string[] expected = [.. commands.Select(command => Tool.Run([command[0], "--store", Store, .. command[1..], "--from", "2014-11-20"]).Output)];
        Assert.Contains("1 interaction taken out", Tool.Run("store", "forget", Store, "--before", "2014-11-20").Output, StringComparison.Ordinal);
        foreach ((string[] command, string output) in commands.Zip(expected))
        {
            string[] all = [command[0], "--store", Store, .. command[1..]];
            Tool.Run([.. all, "--from", "2014-11-19"]).FailedWith(1, "error: the period begins on 2014-11-19, and interactions before 2014-11-20 were taken out of the store: pass --from 2014-11-20, or a later day; engagement store rollup still counts the days before.");
            Tool.Run(all).FailedWith(1, "pass --from 2014-11-20");
            Outcome after = Tool.Run([.. all, "--from", "2014-11-20"]);
            Assert.Equal((0, output), (after.Code, after.Output));
        }

        // What needs no interactions is told of all days, and what is written elsewhere says what is not in it.
        Assert.Equal(0, Tool.Run("compare", "--store", Store, "--definition", "reach-per-member", "--from", "2014-11-01").Code);
        Assert.Equal(0, Tool.Run("validate", "--store", Store).Code);
        foreach (string[] export in new string[][] { ["store", "export", Store, Path.Combine(_folder, "back")], ["export", "--store", Store, "--format", "json", "--output", Path.Combine(_folder, "all.json")] })
        {
            Outcome written = Tool.Run(export);
            Assert.Equal(0, written.Code);
            Assert.Contains("2 interactions written", written.Output, StringComparison.Ordinal);
            Assert.Contains("warning: interactions before 2014-11-20 were taken out of the store and are not written: ask for no figure of interactions before.", written.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(25, "5")]
    [InlineData(1_500, "1,480")]
    public void Findings_of_a_store_beyond_the_first_twenty_are_counted_as_what_they_are(int days, string more)
    {
        using var files = new PortfolioFiles();
        static string Day(int day) => new DateOnly(2014, 11, 1).AddDays(day).ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        files.Write("efforts.csv", "channel,from,to,hours,amount,currency\n" + string.Concat(Enumerable.Range(0, days).Select(day => $"page,{Day(day)},{Day(day + 1)},,,\n")));
        Assert.Equal(0, Tool.Run("store", "init", Store, files.Folder).Code);
        Assert.Equal(0, Tool.Run("store", "append", Store, files.Folder, "--batch", "1").Code);
        Assert.EndsWith($"\n… and {more} more warnings\n", Tool.Run("validate", "--store", Store).Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal("", Tool.Run("validate", "--store", Store, "--quiet").Error);
    }

    [Fact]
    public void A_store_with_a_reply_to_what_is_not_in_it_is_reported_and_says_so()
    {
        using var files = new PortfolioFiles();
        files.Write("interactions.csv", "id,channel,kind,at,role,reply_to\nq,page,question,2014-11-20T09:00:00Z,member,\na,page,reply,2014-11-20T10:00:00Z,staff,elsewhere\n");
        Assert.Equal(0, Tool.Run("store", "init", Store, files.Folder).Code);
        Assert.Equal(0, Tool.Run("store", "append", Store, files.Folder, "--batch", "1").Code);
        Outcome reported = Tool.Run("dialogue", "--store", Store);
        Assert.Equal(0, reported.Code);
        Assert.Contains("\"elsewhere\"", reported.Error, StringComparison.Ordinal);
        Assert.Contains("ENG0507", reported.Error, StringComparison.Ordinal);
        Assert.Contains("ENG1201", reported.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_store_of_several_organisations_each_command_takes_the_one_that_is_named()
    {
        string folder = WithInteractions();
        string id = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "organisation.json"))).RootElement.GetProperty("id").GetString()!;
        foreach (string one in new[] { Tool.Sample, folder })
        {
            Assert.Equal(0, Tool.Run("store", "init", Store, one).Code);
            Assert.Equal(0, Tool.Run("store", "append", Store, one, "--batch", "a").Code);
        }

        string[][] commands =
        [
            ["report", "--store", Store], ["validate", "--store", Store], ["compare", "--store", Store, "--definition", "reach-per-member"], ["export", "--store", Store, "--format", "json", "--output", Path.Combine(_folder, "all.json")],
            ["store", "check", Store], ["store", "rollup", Store, "--from", "2014-11-01", "--to", "2014-12-01"], ["store", "export", Store, Path.Combine(_folder, "back")], ["store", "forget", Store, "--actor", "anna"],
        ];
        foreach (string[] command in commands)
        {
            Tool.Run(command).FailedWith(1, "holds \"ihk", "name the organisation (--organisation on the command line)");
            Assert.Equal(0, Tool.Run([.. command, "--organisation", id]).Code);
            Tool.Run([.. command, "--organisation", "nobody"]).FailedWith(1, "nobody");
        }

        Assert.Equal(0, Tool.Run("validate", Path.Combine(_folder, "back")).Code);
        Tool.Run("store", "export", Store, Path.Combine(_folder, "back"), "--organisation", "ihk-ostwestfalen").FailedWith(1, "must be new or hold ihk-ostwestfalen: choose another folder");
        Tool.Run("report", folder, "--organisation", id).FailedWith(2, "--organisation must come with --store");
    }

    [Theory]
    [InlineData("STORE must begin with its engine", "store", "check", "oracle:secret")]
    [InlineData("--store must begin with its engine", "report", "--store", "somewhere")]
    [InlineData("pass FOLDER, or --store STORE", "report")]
    [InlineData("FOLDER and --store must not both be given", "report", "folder", "--store", "duckdb:x")]
    [InlineData("One of --actor and --before must be given", "store", "forget", "duckdb:x")]
    [InlineData("--actor (\" anna\") must be an identifier", "store", "forget", "duckdb:x", "--actor", " anna")]
    [InlineData("--to (2014-11-01) must lie after --from", "store", "rollup", "duckdb:x", "--from", "2014-11-02", "--to", "2014-11-01")]
    [InlineData("--batch", "store", "append", "duckdb:x", "folder")]
    public void Bad_usage_exits_with_2(string message, params string[] args)
    {
        Outcome outcome = Tool.Run(args);
        Assert.Equal((2, ""), (outcome.Code, outcome.Output));
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_store_that_is_not_there_or_not_sound_exits_with_1()
    {
        Outcome missing = Tool.Run("report", "--store", Store);
        Assert.Equal((1, ""), (missing.Code, missing.Output));
        Assert.Contains("must be a store that exists: create it (engagement store init), or correct the path.", missing.Error, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_folder, "engagement.duckdb"), new string('x', 100_000));
        Outcome damaged = Tool.Run("store", "check", Store);
        Assert.Equal((1, ""), (damaged.Code, damaged.Output));
        Assert.Contains("cannot be read or written as a DuckDB file", damaged.Error, StringComparison.Ordinal);
        Outcome refused = Tool.Run("store", "check", "postgresql:Host=127.0.0.1;Port=1;Database=x;Username=u;Password=open-sesame;Timeout=2");
        Assert.Equal((1, ""), (refused.Code, refused.Output));
        Assert.Contains("cannot be reached", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("open-sesame", refused.Error, StringComparison.Ordinal);
        Outcome unread = Tool.Run("store", "check", "postgresql:Host=x;Pasword=open-sesame");
        Assert.Equal(1, unread.Code);
        Assert.DoesNotContain("open-sesame", unread.Error, StringComparison.Ordinal);
    }

    private string WithInteractions()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, "in")).FullName;
        File.WriteAllText(Path.Combine(folder, "organisation.json"), """{"id":"ihk","name":"IHK","timeZone":"Europe/Berlin","universes":[]}""");
        File.WriteAllText(Path.Combine(folder, "channels.csv"), "id,name,platform,form\npage,Page,facebook,page\n");
        File.WriteAllText(Path.Combine(folder, "interactions.csv"), """
            id,channel,kind,at,role,actor,reply_to
            q,page,question,2014-11-20T09:00:00Z,member,anna,
            r,page,reply,2014-11-20T10:00:00Z,organisation,,q
            l,page,like,2014-11-20T11:00:00Z,member,anna,

            """);
        return folder;
    }
}
