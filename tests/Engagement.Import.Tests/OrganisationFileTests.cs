using System.Text;
using Engagement.Core;

namespace Engagement.Import.Tests;

public class OrganisationFileTests
{
    public static TheoryData<string, long, string?, string> BadFiles { get; } = new()
    {
        { """[]""", 1, "$", "ENG0034" },
        { """{ "id": "i", "name": "n" }""", 1, "$.timeZone", "ENG0033" },
        { "{ \"id\": \"i\",\n \"name\": \"n\",\n \"timeZone\": \"Europe/Bielefeld\" }", 3, "$.timeZone", "ENG0035" },
        { """{ "id": "i", "name": "n", "timeZone": "europe/berlin" }""", 1, "$.timeZone", "ENG0035" },
        { """{ "id": "", "name": "n", "timeZone": "Europe/Berlin" }""", 1, "$.id", "ENG0040" },
        { """{ "id": " i", "name": "n", "timeZone": "Europe/Berlin" }""", 1, "$.id", "ENG0041" },
        { """{ "id": 7, "name": "n", "timeZone": "Europe/Berlin" }""", 1, "$.id", "ENG0034" },
        { """{ "id": "i", "name": null, "timeZone": "Europe/Berlin" }""", 1, "$.name", "ENG0034" },
        { """{ "id": "i", "name": "  ", "timeZone": "Europe/Berlin" }""", 1, "$.name", "ENG0040" },
        { """{ "id": "i", "name": "n", "timeZone": "Europe/Berlin", "umbrella": "" }""", 1, "$.umbrella", "ENG0040" },
        { "{ \"id\": \"i\", \"name\": \"n\",\n\"timeZone\": \"Europe/Berlin\",\n\"id\": \"j\" }", 3, "$.id", "ENG0032" },
        { "{ \"id\": \"i\", \"name\": \"n\",\n\"timezone\": \"Europe/Berlin\", \"timeZone\": \"Europe/Berlin\" }", 2, "$.timezone", "ENG0031" },
        { "{ \"id\": \"i\", \"name\": \"n\", \"timeZone\": \"Europe/Berlin\", \"a b\": 1 }", 1, "$[\"a b\"]", "ENG0031" },
        { "{ \"id\": \"i\",\n // no\n \"name\": \"n\" }", 2, null, "ENG0030" },
        { "{ \"id\": \"i\",\n}", 2, null, "ENG0030" },
        { "{ \"id\": \"i\"", 1, null, "ENG0030" },
        { TestFolder.Organisation + "\n{}", 2, null, "ENG0030" },
        { new string('[', 33) + new string(']', 33), 1, null, "ENG0030" },
        { "{ \"id\": \"a\tb\" }", 1, null, "ENG0030" },
        { """{ "id": "\ud800", "name": "n", "timeZone": "Europe/Berlin" }""", 1, "$.id", "ENG0030" },
        { """{ "id": "a\u0000b", "name": "n", "timeZone": "Europe/Berlin" }""", 1, "$.id", "ENG0030" },
        { "nothing", 1, null, "ENG0030" },
        { "", 0, null, "ENG0005" },
        { "\uFEFF", 0, null, "ENG0005" },
        { " \n", 2, null, "ENG0030" },
        { "{\n\0}", 2, null, "ENG0009" },
        { With("""{}"""), 1, "$.universes", "ENG0034" },
        { With("""[7]"""), 1, "$.universes[0]", "ENG0034" },
        { With("""[{ "id": "m", "unit": "company" }]"""), 1, "$.universes[0].sizes", "ENG0033" },
        { With("""[{ "id": "m", "unit": "firm", "sizes": [] }]"""), 1, "$.universes[0].unit", "ENG0042" },
        { With("""[{ "id": "m", "unit": "company", "sizes": [], "size": 1 }]"""), 1, "$.universes[0].size", "ENG0031" },
        { WithSize("""{ "asOf": "2014-02-30", "size": 1 }"""), 1, "$.universes[0].sizes[0].asOf", "ENG0051" },
        { WithSize("""{ "asOf": "2014-03-30T02:30", "size": 1 }"""), 1, "$.universes[0].sizes[0].asOf", "ENG0053" },
        { WithSize("""{ "asOf": 2014, "size": 1 }"""), 1, "$.universes[0].sizes[0].asOf", "ENG0034" },
        { WithSize("""{ "size": 1 }"""), 1, "$.universes[0].sizes[0].asOf", "ENG0033" },
        { WithSize("""{ "asOf": "2014-11-20", "size": -1 }"""), 1, "$.universes[0].sizes[0].size", "ENG0061" },
        { WithSize("""{ "asOf": "2014-11-20", "size": 1.5 }"""), 1, "$.universes[0].sizes[0].size", "ENG0063" },
        { WithSize("""{ "asOf": "2014-11-20", "size": 1e999 }"""), 1, "$.universes[0].sizes[0].size", "ENG0064" },
        { WithSize("""{ "asOf": "2014-11-20", "size": "110.000" }"""), 1, "$.universes[0].sizes[0].size", "ENG0062" },
        { WithSize("""{ "asOf": "2014-11-20", "size": true }"""), 1, "$.universes[0].sizes[0].size", "ENG0034" },
        { WithSize("""{ "asOf": "2014-11-20", "size": null }"""), 1, "$.universes[0].sizes[0].size", "ENG0034" },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public void A_bad_organisation_is_named_by_line_and_path(string json, long line, string? path, string code)
    {
        using TestFolder folder = new TestFolder().Write("organisation.json", json);

        FolderFinding finding = folder.Read().Findings[0];

        Assert.Equal(("organisation.json", line == 0 ? null : line, path, code), (finding.File, finding.Line, finding.Column, finding.Code));
    }

    [Fact]
    public void A_misspelt_zone_is_answered_with_its_name()
    {
        using TestFolder folder = new TestFolder().Write("organisation.json", TestFolder.Organisation.Replace("Europe/Berlin", "Europe/Berlín", StringComparison.Ordinal));

        Assert.Equal("organisation.json, line 1, $.timeZone: \"Europe/Berlín\" must be an IANA time zone: write Europe/Berlin. [ENG0035]", folder.Finding().ToString());
    }

    [Theory]
    [InlineData("""{ "id": "\ud800", "name": "n", "timeZone": "Europe/Berlin" }""")]
    [InlineData("""{ "id": "i", "name": "\u0000", "timeZone": "Europe/Berlin" }""")]
    [InlineData("""{ "id": "i", "name": "n", "timeZone": "Europe/Berlin", "\udc00": 1 }""")]
    [InlineData("""{ "id": "i", "name": "n", "timeZone": "Europe/Berlin", "universes": [{ "id": "\u0000", "unit": "person", "sizes": [] }] }""")]
    public void An_escape_that_is_no_character_is_one_error_and_not_two(string json)
    {
        using TestFolder folder = new TestFolder().Write("organisation.json", json);

        Assert.Equal("ENG0030", folder.Finding().Code);
    }

    [Fact]
    public void Latin_1_is_refused_with_its_line()
    {
        using TestFolder folder = new TestFolder().Write("organisation.json", Encoding.Latin1.GetBytes("{\n\"id\": \"ü\" }"));

        Assert.Equal((2L, "ENG0008"), (folder.Finding().Line!.Value, folder.Finding().Code));
    }

    [Fact]
    public void Rows_are_checked_even_when_the_organisation_is_not_sound()
    {
        using TestFolder folder = new TestFolder().Write("organisation.json", "{}").Write("channels.csv", "id,name,platform,form\nx,X,xing,grup\n");

        Assert.Contains(folder.Read().Findings, finding => finding.Code == "ENG0042");
    }

    [Fact]
    public void The_organisation_is_read_whatever_the_order_of_its_properties()
    {
        using TestFolder folder = new TestFolder().Write("organisation.json", "\uFEFF" + """
            { "universes": [{ "sizes": [{ "size": 160, "asOf": "2014-11-20" }, { "size": "~150", "asOf": "2013-11-20T00:00Z" }], "unit": "person", "id": "staff", "name": "Staff" }],
              "umbrella": "dihk", "timeZone": "Asia/Tokyo", "name": "\u00dcber", "id": "i" }
            """);

        Portfolio portfolio = folder.Read().Portfolio!;

        Assert.Equal(("i", "Über", "Asia/Tokyo", "dihk"), (portfolio.Organisation.Id.Value, portfolio.Organisation.Name, portfolio.Organisation.TimeZone.Id, portfolio.Organisation.Umbrella.Value));
        Universe staff = Assert.Single(portfolio.Universes);
        Assert.Equal("Staff (Person)", staff.ToString());
        Assert.Equal("~150[145..154] as of 2013-11-20T00:00:00Z; 160 as of 2014-11-19T15:00:00Z", string.Join("; ", staff.Sizes));
    }

    [Theory]
    [InlineData("[[],", "[]]")]
    [InlineData("{\"a\":[0,", "0]}")]
    public void A_file_of_a_million_small_values_is_refused_in_bounded_time(string start, string end)
    {
        string filler = string.Concat(Enumerable.Repeat("0,", ((1 << 20) - 100) / 2));
        using TestFolder folder = new TestFolder().Write("organisation.json", start + filler + end);

        Assert.Null(folder.Read().Portfolio);
    }

    private static string With(string universes) => TestFolder.Organisation.Replace(" }", $", \"universes\": {universes} }}", StringComparison.Ordinal);

    private static string WithSize(string size) => With($$"""[{ "id": "m", "unit": "company", "sizes": [{{size}}] }]""");
}
