using System.Text;

namespace Engagement.Acceptance.Tests;

public sealed class BadInputSpecs
{
    private const string Audiences = "channel,as_of,size,unit\n";
    private const string Efforts = "channel,from,to,hours,amount,currency\n";
    private const string OfLater = """{ "id": "ihk", "name": "IHK", "timeZone": "Europe/Berlin", "universes": [{ "id": "members", "unit": "person", "sizes": [{ "asOf": "2015-01-01", "size": 1000 }] }] }""";
    private const string Interactions = "id,channel,kind,at,reply_to\n";

    /// <summary>File, its content, and what the message must hold: place, value, rule, cure.</summary>
    public static TheoryData<string, string, string[]> Texts => new()
    {
        { "organisation.json", "", ["organisation.json: must hold an organisation: write {"] },
        { "channels.csv", "", ["channels.csv: must have a header: write the line id,name,platform,form"] },
        { "organisation.json", "{ \"id\": \"ihk\",\n \"name\" \"IHK\" }", ["organisation.json, line 2"] },
        { "audiences.csv", "channel,as_of,siz,unit\n", ["audiences.csv, line 1", "\"siz\" must be a known column: write size"] },
        { "audiences.csv", "channel,as_of,size\n", ["audiences.csv, line 1, column unit: must be in the header: add the column"] },
        { "audiences.csv", Audiences + "page,2014-11-20,many,person\n", ["audiences.csv, line 2, column size: \"many\" must be a count: write digits"] },
        { "audiences.csv", Audiences + "page,2014-11-20,1,person\npage,2014-11-21,-5,person\n", ["audiences.csv, line 3, column size: \"-5\" must not be negative: write 0 for none"] },
        { "audiences.csv", Audiences + "page,2014-11-20,\"1,5\",person\n", ["audiences.csv, line 2, column size: \"1,5\" must be a whole number, without a decimal comma: write the number counted"] },
        { "audiences.csv", Audiences + $"page,2014-11-20,1{new string('0', 30)},person\n", [$"audiences.csv, line 2, column size: \"1{new string('0', 30)}\" must be at most 9223372036854775807"] },
        { "audiences.csv", Audiences + "page,2014-02-30,5,person\n", ["audiences.csv, line 2, column as_of: \"2014-02-30\" must be a day of the calendar: correct the month or the day"] },
        { "audiences.csv", Audiences + "page,2014-03-30T02:30,5,person\n", ["audiences.csv, line 2, column as_of: \"2014-03-30T02:30\" must be a time that the clocks of Europe/Berlin show", "write the offset: 2014-03-30T02:30:00+01:00"] },
        { "organisation.json", "{ \"id\": \"ihk\", \"name\": \"IHK\", \"timeZone\": \"Europe/Berlim\" }", ["organisation.json, line 1, $.timeZone: \"Europe/Berlim\" must be an IANA time zone: write Europe/Berlin"] },
        { "audiences.csv", Audiences + "blog,2014-11-20,5,person\n", ["audiences.csv, line 2, column channel: \"blog\" must be the id of a channel: add the channel or mend the id; known are page, group"] },
        { "channels.csv", "id,name,platform,form\npage,A,facebook,page\ngroup,B,xing,group\npage,C,xing,group\n", ["channels.csv, line 4, column id: \"page\" must be given once", "an id of its own"] },
        { "channels.csv", "id,name,platform,form\npage,A\0B,facebook,page\n", ["channels.csv, line 2, column name: must not hold a NUL character: remove it"] },
        { "interactions.csv", Interactions + "c-1,page,comment,2014-11-20,c-1\n", ["interactions.csv, line 2, column reply_to: \"c-1\" must not be the interaction's own id"] },
        { "interactions.csv", Interactions + "c-1,page,comment,2014-11-20,c-2\nc-2,page,reply,2014-11-20,c-3\nc-3,page,reply,2014-11-20,c-1\n", ["interactions.csv, line 4, column reply_to: \"c-1\" closes a cycle", "mend one of the reply links"] },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Bad_data_is_named_with_its_place_value_rule_and_cure(string file, string text, string[] message)
    {
        using var files = new PortfolioFiles();
        files.Write(file, text);
        Tool.Run("report", files.Folder).FailedWith(1, [.. message, "error: ", "[ENG0"]);
        Tool.Run("report", files.Folder, "--format", "json").FailedWith(1, message);
        Tool.Run("validate", files.Folder).FailedWith(1, message);
    }

    /// <summary>File, its content, what is asked for, the code of the finding, and the code of the caveat beside the figures.</summary>
    public static TheoryData<string, string, string, string, string> Doubts => new()
    {
        { "interactions.csv", Interactions + "q,page,question,2014-11-20T12:00,\na,page,reply,2014-11-20T11:00,q\n", "dialogue", "ENG0511", "ENG1202" },
        { "interactions.csv", Interactions + "a,page,reply,2014-11-20T11:00,elsewhere\n", "dialogue", "ENG0507", "ENG1201" },
        { "interactions.csv", Interactions + "q,page,question,2014-11-20T12:00,\na,group,reply,2014-11-20T13:00,q\n", "dialogue", "ENG0512", "ENG1203" },
        { "efforts.csv", Efforts + "page,2014-11-01,2014-12-01,0,,\ngroup,2014-11-01,2014-12-01,3,,\n", "report", "", "ENG1305" },
        { "efforts.csv", Efforts + "page,2014-11-01,2014-12-01,,1,EUR\ngroup,2014-11-01,2014-12-01,,2,USD\n", "report", "ENG0602", "ENG1304" },
        { "organisation.json", OfLater, "report", "", "ENG1005" },
        { "organisation.json", OfLater, "reach", "", "ENG1005" },
    };

    /// <summary>File, its content, and the code of the error: no figure is made of it.</summary>
    public static TheoryData<string, string, string> Impossible => new()
    {
        { "interactions.csv", Interactions + "a,page,comment,2014-11-20,b\nb,page,reply,2014-11-20,a\n", "ENG0509" },
        { "efforts.csv", Efforts + "page,2014-11-01,2014-12-01,-1,,\n", "ENG0071" },
        { "overlaps.csv", "channel,other,as_of,shared\npage,group,2014-11-01,101\n", "ENG0323" },
    };

    [Theory]
    [MemberData(nameof(Doubts))]
    public void What_makes_figures_doubtful_is_a_warning_and_stands_as_a_caveat_beside_them(string file, string text, string command, string finding, string caveat)
    {
        using var files = new PortfolioFiles();
        files.Write(file, text);
        Outcome told = Tool.Run(command, files.Folder, "--from", "2014-11-01", "--to", "2014-12-01", "--format", "json");
        Assert.Equal(0, told.Code);
        Assert.Contains($"\"{caveat}\"", told.Output, StringComparison.Ordinal);
        Outcome validated = Tool.Run("validate", files.Folder);
        Assert.Equal(0, validated.Code);
        if (finding.Length > 0) Assert.Contains(finding, validated.Output + validated.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Impossible))]
    public void What_cannot_be_is_an_error_and_makes_no_figure(string file, string text, string code)
    {
        using var files = new PortfolioFiles();
        files.Write(file, text);
        foreach (string command in new[] { "report", "dialogue", "reach", "validate" }) Tool.Run(command, files.Folder).FailedWith(1, $"[{code}]");
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_named() => Tool.Run("report", "no-such-folder").FailedWith(1, "no-such-folder: must be a folder that exists: correct the path. [ENG0001]");

    [Fact]
    public void A_file_in_place_of_the_folder_is_named() => Tool.Run("report", Tool.Program).FailedWith(1, "must be a folder that exists: name the folder that the file lies in");

    [Theory]
    [InlineData("organisation.json")]
    [InlineData("channels.csv")]
    public void A_missing_file_is_named(string file)
    {
        using var files = new PortfolioFiles();
        files.Delete(file);
        Tool.Run("report", files.Folder).FailedWith(1, $"{file}: must be in the folder: ");
    }

    [Fact]
    public void Latin_1_is_named_with_the_place_of_its_first_byte()
    {
        using var files = new PortfolioFiles();
        files.Write("channels.csv", Encoding.Latin1.GetBytes("id,name,platform,form\npage,Präsenz,facebook,page\n"));
        Tool.Run("report", files.Folder).FailedWith(1, "channels.csv, line 2, column name: must be UTF-8; the bytes E4", "save the file as UTF-8");
    }

    [Fact]
    public void A_cell_of_a_megabyte_gives_a_short_message()
    {
        using var files = new PortfolioFiles();
        files.Write("audiences.csv", $"{Audiences}page,2014-11-20,{new string('x', 1 << 20)},person\n");
        Outcome outcome = Tool.Run("report", files.Folder);
        outcome.FailedWith(1, "audiences.csv, line 2, column size: \"xxx", "must be a count", "1048576 characters");
        Assert.True(outcome.Error.Length < 2_000, $"{outcome.Error.Length} characters");
    }

    [Fact]
    public void A_source_of_a_megabyte_gives_a_short_report_in_every_format()
    {
        using var files = new PortfolioFiles();
        files.Write("audiences.csv", $"channel,as_of,size,unit,source\npage,2014-11-20,,person,{new string('x', 1_000_000)}\n");
        foreach (string format in new[] { "table", "markdown", "json", "csv" })
        {
            string report = Tool.Run("report", files.Folder, "--format", format).Succeeded();
            Assert.True(report.Length < 50_000, $"{format}: {report.Length} characters");
        }
    }

    [Fact]
    public void A_million_bad_rows_give_twenty_messages_and_a_count()
    {
        using var files = new PortfolioFiles();
        var text = new StringBuilder(Audiences);
        for (int row = 0; row < 1_000_000; row++) text.Append("page,2014-11-20,x,person\n");
        files.Write("audiences.csv", text.ToString());
        files.Write("unknown-1.csv", "");
        files.Write("unknown-2.csv", "");
        files.Write("unknown-3.csv", "");
        Outcome outcome = Tool.Run("report", files.Folder);
        outcome.FailedWith(1, "error: audiences.csv, line 2, column size: \"x\" must be a count", "… and 999,980 more errors, 3 more warnings");
        string[] lines = outcome.Error.TrimEnd().Split('\n');
        Assert.Equal(21, lines.Length);
        Assert.All(lines.Take(20), line => Assert.StartsWith("error: ", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_sum_beyond_the_largest_count_is_bad_data_and_no_crash()
    {
        using var files = new PortfolioFiles();
        files.Write("audiences.csv", $"{Audiences}page,2014-11-20,{long.MaxValue},person\ngroup,2014-11-20,{long.MaxValue},person\n");
        foreach (string command in (string[])["report", "validate"]) Tool.Run(command, files.Folder).FailedWith(1, "error: audiences.csv, line 3, column size: 9223372036854775807 makes the sum over all channels exceed the largest number", "[ENG0313]");
    }

    [Fact]
    public void Money_beyond_the_largest_amount_is_bad_data_that_names_channel_and_currency()
    {
        using var files = new PortfolioFiles();
        files.Write("efforts.csv", "channel,from,to,hours,amount,currency\n" + string.Concat(Enumerable.Range(1, 8).Select(day => $"page,2014-11-0{day},2014-11-0{day + 1},3000000,{new string('9', 28)},EUR\n")));
        Tool.Run("report", files.Folder).FailedWith(1, "error: efforts of page in EUR add up to more than 79228162514264337593543950335, the largest amount: correct them.");
    }

    [Fact]
    public void Three_million_hours_are_an_effort()
    {
        using var files = new PortfolioFiles();
        files.Write("efforts.csv", "channel,from,to,hours,amount,currency\npage,2014-11-01,2014-12-01,3000000,,\n");
        Assert.Contains("3,000,000", Tool.Run("report", files.Folder, "--from", "2014-11-01", "--to", "2014-12-01").Succeeded(), StringComparison.Ordinal);
    }
}
