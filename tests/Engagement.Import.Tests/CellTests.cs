using System.Globalization;

namespace Engagement.Import.Tests;

public class CellTests
{
    private const string Channels = "id,name,platform,form,purposes,target_universe,sub_brand,opened,closed";
    private const string Audiences = "channel,as_of,size,unit,members,in_target,source";
    private const string Publications = "id,channel,published_at,impressions,reach,views,likes,direct_messages";
    private const string Interactions = "id,channel,kind,at,role,actor,publication,reply_to";
    private const string Efforts = "channel,from,to,hours,amount,currency";

    public static TheoryData<string, string, string, string> BadCells { get; } = new()
    {
        { Channels, ",XING,xing,group,,,,,", "id", "ENG0040" },
        { Channels, " x,XING,xing,group,,,,,", "id", "ENG0041" },
        { Channels, "\"x\ny\",XING,xing,group,,,,,", "id", "ENG0041" },
        { Channels, "x\ty,XING,xing,group,,,,,", "id", "ENG0041" },
        { Channels, new string('x', 513) + ",XING,xing,group,,,,,", "id", "ENG0041" },
        { Channels, "x,,xing,group,,,,,", "name", "ENG0040" },
        { Channels, "x,   ,xing,group,,,,,", "name", "ENG0040" },
        { Channels, "x," + new string('n', 1_000_000) + ",xing,group,,,,,", "name", "ENG0043" },
        { Channels, "x,XING,,group,,,,,", "platform", "ENG0040" },
        { Channels, "x,XING,xing,,,,,,", "form", "ENG0040" },
        { Channels, "x,XING,xing,grup,,,,,", "form", "ENG0042" },
        { Channels, "x,XING,xing,unspecified,,,,,", "form", "ENG0042" },
        { Channels, "x,XING,xing,1,,,,,", "form", "ENG0042" },
        { Channels, "x,XING,xing,group,marketing;sales,,,,", "purposes", "ENG0042" },
        { Channels, "x,XING,xing,group,marketing;,,,,", "purposes", "ENG0042" },
        { Channels, "x,XING,xing,group,, u,,,", "target_universe", "ENG0041" },
        { Channels, "x,XING,xing,group,,, ,,", "sub_brand", "ENG0040" },
        { Channels, "x,XING,xing,group,,,,20.11.2014,", "opened", "ENG0050" },
        { Channels, "x,XING,xing,group,,,,2014-11-20T09:00,", "opened", "ENG0050" },
        { Channels, "x,XING,xing,group,,,,2014-02-30,", "opened", "ENG0051" },
        { Channels, "x,XING,xing,group,,,,0000-01-01,", "opened", "ENG0055" },
        { Channels, "x,XING,xing,group,,,,,9999-01-01", "closed", "ENG0055" },
        { Audiences, ",2014-11-20,1,person,,,", "channel", "ENG0040" },
        { Audiences, "xing,,1,person,,,", "as_of", "ENG0040" },
        { Audiences, "xing,gestern,1,person,,,", "as_of", "ENG0050" },
        { Audiences, "xing,2014-11-20 09:00,1,person,,,", "as_of", "ENG0050" },
        { Audiences, "xing,2014-11-20T9:00,1,person,,,", "as_of", "ENG0050" },
        { Audiences, "xing,2014-11-20T09:00+1,1,person,,,", "as_of", "ENG0050" },
        { Audiences, "xing,2014-11-20T09:00:00.1234567891,1,person,,,", "as_of", "ENG0050" },
        { Audiences, "xing,2014-02-30,1,person,,,", "as_of", "ENG0051" },
        { Audiences, "xing,2014-13-01,1,person,,,", "as_of", "ENG0051" },
        { Audiences, "xing,2014-11-20T24:00,1,person,,,", "as_of", "ENG0051" },
        { Audiences, "xing,2014-11-20T23:59:60Z,1,person,,,", "as_of", "ENG0051" },
        { Audiences, "xing,2014-11-20T09:00+19:00,1,person,,,", "as_of", "ENG0051" },
        { Audiences, "xing,2014-03-30T02:30,1,person,,,", "as_of", "ENG0053" },
        { Audiences, "xing,2014-10-26T02:30,1,person,,,", "as_of", "ENG0054" },
        { Audiences, "xing,0000-12-31T00:00Z,1,person,,,", "as_of", "ENG0055" },
        { Audiences, "xing,9999-12-31,1,person,,,", "as_of", "ENG0055" },
        { Audiences, "xing,2014-11-20,viele,person,,,", "size", "ENG0060" },
        { Audiences, "xing,2014-11-20, 133,person,,,", "size", "ENG0060" },
        { Audiences, "xing,2014-11-20,+133,person,,,", "size", "ENG0060" },
        { Audiences, "xing,2014-11-20,NaN,person,,,", "size", "ENG0060" },
        { Audiences, "xing,2014-11-20,١٣٣,person,,,", "size", "ENG0060" },
        { Audiences, "xing,2014-11-20," + new string('9', 1_000_000) + ",person,,,", "size", "ENG0064" },
        { Audiences, "xing,2014-11-20," + new string('x', 1_000_000) + ",person,,,", "size", "ENG0060" },
        { Audiences, "xing,2014-11-20,-5,person,,,", "size", "ENG0061" },
        { Audiences, "xing,2014-11-20,−5,person,,,", "size", "ENG0061" },
        { Audiences, "xing,2014-11-20,9.000,person,,,", "size", "ENG0062" },
        { Audiences, "xing,2014-11-20,\"9,000\",person,,,", "size", "ENG0062" },
        { Audiences, "xing,2014-11-20,9 000,person,,,", "size", "ENG0062" },
        { Audiences, "xing,2014-11-20,1'234'567,person,,,", "size", "ENG0062" },
        { Audiences, "xing,2014-11-20,~9.000,person,,,", "size", "ENG0062" },
        { Audiences, "xing,2014-11-20,\"12,5\",person,,,", "size", "ENG0063" },
        { Audiences, "xing,2014-11-20,12.5,person,,,", "size", "ENG0063" },
        { Audiences, "xing,2014-11-20,9223372036854775808,person,,,", "size", "ENG0064" },
        { Audiences, "xing,2014-11-20,1000000000000000000000000000000,person,,,", "size", "ENG0064" },
        { Audiences, "xing,2014-11-20,1e30,person,,,", "size", "ENG0064" },
        { Audiences, "xing,2014-11-20,~9223372036854775808,person,,,", "size", "ENG0064" },
        { Audiences, "xing,2014-11-20,~9000[9500..9999],person,,,", "size", "ENG0065" },
        { Audiences, "xing,2014-11-20,~9000[8500-9499],person,,,", "size", "ENG0065" },
        { Audiences, "xing,2014-11-20,1,,,,", "unit", "ENG0040" },
        { Audiences, "xing,2014-11-20,1,people,,,", "unit", "ENG0042" },
        { Audiences, "xing,2014-11-20,1,person,x,,", "members", "ENG0060" },
        { Audiences, "xing,2014-11-20,1,person,,-1,", "in_target", "ENG0061" },
        { Publications, ",xing,2014-11-20,,,,,", "id", "ENG0040" },
        { Publications, "p,,2014-11-20,,,,,", "channel", "ENG0040" },
        { Publications, "p,xing,,,,,,", "published_at", "ENG0040" },
        { Publications, "p,xing,2014-11-20,x,,,,", "impressions", "ENG0060" },
        { Publications, "p,xing,2014-11-20,,x,,,", "reach", "ENG0060" },
        { Publications, "p,xing,2014-11-20,,,x,,", "views", "ENG0060" },
        { Publications, "p,xing,2014-11-20,,,,x,", "likes", "ENG0060" },
        { Publications, "p,xing,2014-11-20,,,,,x", "direct_messages", "ENG0060" },
        { Interactions, ",xing,like,2014-11-20,,,,", "id", "ENG0040" },
        { Interactions, "i, xing,like,2014-11-20,,,,", "channel", "ENG0041" },
        { Interactions, "i,xing,likes,2014-11-20,,,,", "kind", "ENG0042" },
        { Interactions, "i,xing,like,2014-11-31,,,,", "at", "ENG0051" },
        { Interactions, "i,xing,like,2014-11-20,boss,,,", "role", "ENG0042" },
        { Interactions, "i,xing,like,2014-11-20,,a ,,", "actor", "ENG0041" },
        { Interactions, "i,xing,like,2014-11-20,,,p ,", "publication", "ENG0041" },
        { Interactions, "i,xing,like,2014-11-20,,,,r ", "reply_to", "ENG0041" },
        { Interactions, "i,xing,like,2014-11-20,,,,r;s ", "reply_to", "ENG0041" },
        { Interactions, "i,xing,like,2014-11-20,,,,\"\"\"r;s\"", "reply_to", "ENG0041" },
        { Interactions, "i,xing,like,2014-11-20,,,,\"\"\"r\"\"s\"", "reply_to", "ENG0041" },
        { Interactions, "i,xing,like,2014-11-20,,,,r;", "reply_to", "ENG0040" },
        { Efforts, ",2014-11-01,2014-12-01,1,,", "channel", "ENG0040" },
        { Efforts, "xing,,2014-12-01,1,,", "from", "ENG0040" },
        { Efforts, "xing,2014-11-01,2014-12-00,1,,", "to", "ENG0051" },
        { Efforts, "xing,2014-11-01,2014-10-01,1,,", "to", "ENG0056" },
        { Efforts, "xing,2014-11-01,2014-12-01,\"1,5\",,", "hours", "ENG0070" },
        { Efforts, "xing,2014-11-01,2014-12-01,1e5,,", "hours", "ENG0070" },
        { Efforts, "xing,2014-11-01,2014-12-01,Infinity,,", "hours", "ENG0070" },
        { Efforts, "xing,2014-11-01,2014-12-01,.,,", "hours", "ENG0070" },
        { Efforts, "xing,2014-11-01,2014-12-01,1.2.3,,", "hours", "ENG0070" },
        { Efforts, "xing,2014-11-01,2014-12-01,-1,,", "hours", "ENG0071" },
        { Efforts, "xing,2014-11-01,2014-12-01,100000001,,", "hours", "ENG0072" },
        { Efforts, "xing,2014-11-01,2014-12-01,,-1,EUR", "amount", "ENG0071" },
        { Efforts, "xing,2014-11-01,2014-12-01,,1.200.50,EUR", "amount", "ENG0070" },
        { Efforts, "xing,2014-11-01,2014-12-01,,12345678901234567890123456789,EUR", "amount", "ENG0072" },
        { Efforts, "xing,2014-11-01,2014-12-01,," + new string('1', 1_000_000) + ",EUR", "amount", "ENG0072" },
        { Efforts, "xing,2014-11-01,2014-12-01,,1,eur", "currency", "ENG0073" },
        { Efforts, "xing,2014-11-01,2014-12-01,,1,€", "currency", "ENG0073" },
        { Efforts, "xing,2014-11-01,2014-12-01,,1,", "currency", "ENG0074" },
        { Efforts, "xing,2014-11-01,2014-12-01,,,EUR", "amount", "ENG0074" },
    };

    [Theory]
    [MemberData(nameof(BadCells))]
    public void A_bad_cell_is_named_by_file_line_and_column(string header, string row, string column, string code)
    {
        Dictionary<string, string> files = new(StringComparer.Ordinal) { [Channels] = "channels.csv", [Audiences] = "audiences.csv", [Publications] = "publications.csv", [Interactions] = "interactions.csv", [Efforts] = "efforts.csv" };
        foreach (string culture in (string[])["", "de-DE", "tr-TR"])
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            using TestFolder folder = new TestFolder().Write(files[header], $"{header}\n{row}\n");

            FolderFinding finding = folder.Finding();

            Assert.Equal((files[header], 2L, column, code), (finding.File, finding.Line!.Value, finding.Column, finding.Code));
            Assert.True(finding.ToString().Length < 500, "must stay readable");
            Assert.DoesNotContain("..", finding.Cure.Replace("[8500..9499]", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Pacific/Apia", "2011-12-30", "ENG0052")]
    [InlineData("Pacific/Apia", "2011-12-30T12:00", "ENG0053")]
    [InlineData("Australia/Lord_Howe", "2014-04-06T01:45", "ENG0054")]
    [InlineData("America/Sao_Paulo", "2014-10-19T00:00", "ENG0053")]
    public void A_local_time_that_the_zone_does_not_have_once_is_refused(string zone, string time, string code)
    {
        using TestFolder folder = new TestFolder()
            .Write("organisation.json", TestFolder.Organisation.Replace("Europe/Berlin", zone, StringComparison.Ordinal))
            .Write("audiences.csv", $"channel,as_of,size,unit\nxing,{time},1,person\n");

        Assert.Equal(code, folder.Finding().Code);
    }

    [Theory]
    [InlineData("2014-11-20", "2014-11-19T23:00:00Z")]
    [InlineData("2014-11-20T09:00", "2014-11-20T08:00:00Z")]
    [InlineData("2014-11-20T09:00:00", "2014-11-20T08:00:00Z")]
    [InlineData("2014-11-20T09:00:00.5", "2014-11-20T08:00:00.5Z")]
    [InlineData("2014-11-20T09:00:00.123456789", "2014-11-20T08:00:00.123456789Z")]
    [InlineData("2014-11-20T09:00:00+01:00", "2014-11-20T08:00:00Z")]
    [InlineData("2014-11-20T09:00-05:00", "2014-11-20T14:00:00Z")]
    [InlineData("2014-11-20T09:00:00.250Z", "2014-11-20T09:00:00.25Z")]
    [InlineData("2014-10-26T02:30+02:00", "2014-10-26T00:30:00Z")]
    [InlineData("2014-10-26T02:30+01:00", "2014-10-26T01:30:00Z")]
    [InlineData("0001-01-01T00:00Z", "0001-01-01T00:00:00Z")]
    [InlineData("9998-12-31T23:59:59.999999999Z", "9998-12-31T23:59:59.999999999Z")]
    public void A_time_is_the_moment_that_the_organisations_clocks_or_the_offset_say(string text, string moment)
    {
        using TestFolder folder = new TestFolder().Write("audiences.csv", $"channel,as_of,size,unit\nxing,{text},1,person\n");

        Assert.Equal(moment, NodaTime.Text.InstantPattern.ExtendedIso.Format(Assert.Single(folder.Read().Portfolio!.Audiences).AsOf));
    }

    [Theory]
    [InlineData("mailing-list")]
    [InlineData("mailing_list")]
    [InlineData("MAILING-LIST")]
    [InlineData("Mailing_List")]
    public void A_word_is_read_with_hyphens_or_underscores_in_any_case_and_culture(string word)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("tr-TR");
        using TestFolder folder = new TestFolder().Write("channels.csv", $"id,name,platform,form,purposes\nn,Newsletter,newsletter,{word},SERVICE;public-relations\n");

        Engagement.Core.Channel channel = Assert.Single(folder.Read().Portfolio!.Channels);
        Assert.Equal(Engagement.Core.ChannelForm.MailingList, channel.Form);
        Assert.Equal(Engagement.Core.ChannelPurposes.Service | Engagement.Core.ChannelPurposes.PublicRelations, channel.Purposes);
    }

    [Fact]
    public void An_unknown_word_brings_the_allowed_words_and_the_nearest()
    {
        using TestFolder folder = new TestFolder().Write("channels.csv", "id,name,platform,form\nx,XING,xing,group\ny,XING,xing,grup\n");

        Assert.Equal(
            "channels.csv, line 3, column form: \"grup\" must be one of group, page, account, blog, mailing-list, print-title, mailing, event, intranet: write group. [ENG0042]",
            folder.Finding().ToString());
    }

    [Fact]
    public void The_cure_of_an_ambiguous_time_is_to_write_one_of_its_two_offsets()
    {
        using TestFolder folder = new TestFolder().Write("audiences.csv", "channel,as_of,size,unit\nxing,2014-10-26T02:30,1,person\n");

        Assert.Equal(
            "audiences.csv, line 2, column as_of: \"2014-10-26T02:30\" must be one moment; the clocks of Europe/Berlin were put back and show this time twice: "
            + "write the offset: 2014-10-26T02:30:00+02:00 or 2014-10-26T02:30:00+01:00. [ENG0054]",
            folder.Finding().ToString());
    }

    [Fact]
    public void A_decimal_comma_is_named_as_one()
    {
        using TestFolder folder = new TestFolder().Write("audiences.csv", "channel,as_of,size,unit\nxing,2014-10-26,\"12,5\",person\n");

        Assert.Equal("audiences.csv, line 2, column size: \"12,5\" must be a whole number, without a decimal comma: write the number counted, or ~ before a rounded one. [ENG0063]", folder.Finding().ToString());
    }

    [Fact]
    public void All_faults_of_a_row_are_reported()
    {
        using TestFolder folder = new TestFolder().Write("audiences.csv", "channel,as_of,size,unit\n,x,y,z\n");

        Assert.Equal("channel as_of size unit", string.Join(' ', folder.Read().Findings.Select(finding => finding.Column)));
    }
}
