using FluentValidation;

namespace Engagement.Import.Tests;

public class ContradictionTests
{
    private const string Members = """
        {
          "id": "ihk",
          "name": "IHK",
          "timeZone": "Europe/Berlin",
          "universes": [
            {
              "id": "members",
              "unit": "company",
              "sizes": [
                { "asOf": "2014-11-20", "size": 2 },
                { "asOf": "2013-11-20", "size": 1 },
                { "asOf": "2014-11-20", "size": 3 }
              ]
            },
            { "id": "members", "unit": "person", "sizes": [] }
          ]
        }
        """;

    public static TheoryData<string, string, long, string, string> Contradictions { get; } = new()
    {
        { "channels.csv", "id,name,platform,form\nxing,XING,xing,group\n\nxing,XING,xing,group\n", 4, "id", "ENG0201" },
        { "channels.csv", "id,name,platform,form,opened,closed\nxing,XING,xing,group,2014-11-20,2014-11-19\n", 2, "closed", "ENG0202" },
        { "channels.csv", "id,name,platform,form,target_universe\nxing,XING,xing,group,young\n", 2, "target_universe", "ENG0203" },
        { "audiences.csv", "channel,as_of,size,unit,source\nxing,2014-11-20,1,person,\"a\nb\"\nzing,2014-11-20,1,person,\n", 4, "channel", "ENG0301" },
        { "audiences.csv", "channel,as_of,size,unit,members\nxing,2014-11-20,1,person,2\n", 2, "members", "ENG0307" },
        { "audiences.csv", "channel,as_of,size,unit\nxing,2014-11-20,1,person\nxing,2014-11-20,1,person\n", 3, "as_of", "ENG0302" },
        { "overlaps.csv", "channel,other,as_of,shared\nxing,zing,2014-11-20,1\n", 2, "other", "ENG0321" },
        { "overlaps.csv", "channel,other,as_of,shared\n\nxing,xing,2014-11-20,1\n", 3, "other", "ENG0322" },
        { "publications.csv", "id,channel,published_at,reach,impressions\np,xing,2014-11-20,2,1\n", 2, "reach", "ENG0405" },
        { "publications.csv", "id,channel,published_at\np,zing,2014-11-20\n", 2, "channel", "ENG0402" },
        { "interactions.csv", "id,channel,kind,at,reply_to\ni,xing,comment,2014-11-20,\nj,xing,comment,2014-11-20,h\n", 3, "reply_to", "ENG0507" },
        { "interactions.csv", "id,channel,kind,at,reply_to\ni,xing,comment,2014-11-20,\nj,xing,comment,2014-11-20,i; h\n", 3, "reply_to", "ENG0507" },
        { "efforts.csv", "channel,from,to,hours\nxing,2014-11-01,2014-11-01,1\n", 2, "from", "ENG0603" },
        { "efforts.csv", "channel,from,to\nxing,2014-11-01,2014-12-01\n", 2, "hours", "ENG0605" },
        { "efforts.csv", "channel,from,to,amount,currency\nxing,2014-11-01,2014-12-01,1,EUR\nxing,2014-12-01,2015-01-01,1,USD\n", 3, "amount", "ENG0602" },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void A_contradiction_between_facts_is_named_by_file_line_and_column(string file, string text, long line, string column, string code)
    {
        using TestFolder folder = new TestFolder().Write(file, text);

        PortfolioReading reading = folder.Read();

        FolderFinding finding = Assert.Single(reading.Findings);
        Assert.Equal((file, line, column, code), (finding.File, finding.Line!.Value, finding.Column, finding.Code));
        Assert.Equal(reading.Portfolio is null, finding.Severity is Severity.Error);
        Assert.Equal(reading.ErrorCount, finding.Severity is Severity.Error ? 1 : 0);
    }

    [Fact]
    public void Contradictions_in_the_organisation_are_named_by_line_and_path_as_written()
    {
        using TestFolder folder = new TestFolder().Write("organisation.json", Members);

        FolderFinding[] findings = [.. folder.Read().Findings];

        Assert.Equal(("organisation.json", 15L, "$.universes[1].id", "ENG0101"), (findings[0].File, findings[0].Line!.Value, findings[0].Column, findings[0].Code));
        Assert.Equal(("organisation.json", 12L, "$.universes[0].sizes[2].asOf", "ENG0102"), (findings[1].File, findings[1].Line!.Value, findings[1].Column, findings[1].Code));
    }

    [Fact]
    public void A_position_in_the_portfolio_is_told_as_a_line_of_the_file()
    {
        using TestFolder folder = new TestFolder().Write("channels.csv", "id,name,platform,form\n\n\nxing,XING,xing,group\nxing,XING,xing,group\n");

        Assert.Equal("channels.csv, line 5, column id: \"xing\" must be given once, and is the id of channels.csv line 4 too: give each channel an id of its own. [ENG0201]", folder.Finding().ToString());
    }

    [Fact]
    public void A_folder_without_channels_is_an_error_of_their_file()
    {
        using TestFolder folder = new TestFolder().Write("channels.csv", "id,name,platform,form\n");

        Assert.Equal(("channels.csv", null, null, "ENG0204"), (folder.Finding().File, folder.Finding().Line, folder.Finding().Column, folder.Finding().Code));
    }

    [Fact]
    public void Facts_are_not_held_against_each_other_while_a_row_is_broken()
    {
        using TestFolder folder = new TestFolder().Write("channels.csv", "id,name,platform,form\nxing,XING,xing,grup\n").Write("audiences.csv", "channel,as_of,size,unit\nxing,2014-11-20,1,person\n");

        Assert.Equal("ENG0042", folder.Finding().Code);
    }

    [Fact]
    public void A_contradiction_in_each_of_many_rows_is_counted_to_the_last()
    {
        using TestFolder folder = new TestFolder().Write("publications.csv", "id,channel,published_at\n" + string.Concat(Enumerable.Range(0, 5_000).Select(id => $"{id},zing,2014-11-20\n")));

        PortfolioReading reading = folder.Read();

        Assert.Equal((5_000L, 1_000), (reading.ErrorCount, reading.Findings.Count));
        Assert.All(reading.Findings, finding => Assert.Equal(("publications.csv", "ENG0402"), (finding.File, finding.Code)));
    }

    [Fact]
    public void A_thousand_warnings_do_not_hide_an_error()
    {
        using TestFolder folder = new TestFolder()
            .Write("audiences.csv", "channel,as_of,size,unit\n" + string.Concat(Enumerable.Repeat("xing,2014-11-20,1,person\n", 1_500)))
            .Write("publications.csv", "id,channel,published_at\np,zing,2014-11-20\n");

        PortfolioReading reading = folder.Read();

        Assert.Equal((1L, 1_499L, 1_000), (reading.ErrorCount, reading.WarningCount, reading.Findings.Count));
        Assert.Equal("ENG0402", reading.Findings[^1].Code);
    }
}
