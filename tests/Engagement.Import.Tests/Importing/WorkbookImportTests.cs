using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using CsCheck;
using Engagement.Core;
using NodaTime;

namespace Engagement.Import.Tests;

public class WorkbookImportTests
{
    /// <summary>Style, stored value, and what the cell says. Serial numbers by the table of the format's own standard (ECMA-376, 18.17.4).</summary>
    public static TheoryData<string, string, bool, string> Dates { get; } = new()
    {
        { "14", "45356", false, "2024-03-05" },
        { "22", "45356.604166666664", false, "2024-03-05T14:30:00" },
        { "dd/mm/yyyy hh:mm", "45356.604166666664", false, "2024-03-05T14:30:00" },
        { "[$-407]d. mmmm yyyy", "45356", false, "2024-03-05" },
        { "14", "1", false, "1900-01-01" },
        { "14", "59", false, "1900-02-28" },
        { "14", "61", false, "1900-03-01" },
        { "14", "2958465", false, "9999-12-31" },
        { "14", "0", true, "1904-01-01" },
        { "14", "43894", true, "2024-03-05" },
        { "[h]:mm", "0.5", false, "12:00:00" },
        { "0", "45356", false, "45356" },
        { "0.00E+00", "45356", false, "45356" },
        { "#,##0 \"days\"", "45356", false, "45356" },
        { "[Red]0", "45356", false, "45356" },
    };

    public static TheoryData<string, string, string> Numbers { get; } = new()
    {
        { "#1234567890123456789", "1234567890123456789", "" },
        { "#1.2345678901234568E+18", "1.2345678901234568E+18", "ENG0831" },
        { "#4.5999999999999996", "4.6", "" },
        { "#1E-3", "0.001", "" },
        { "#-5", "-5", "" },
        { "#0", "0", "" },
        { "#x", "x", "ENG0830" },
        { "#NaN", "NaN", "ENG0830" },
        { "#1E999", "1E999", "ENG0830" },
    };

    private static readonly string[] Hostile = ["=1+1", "+49 521", "-", "@x", "'=1", "_x000D_", "=cmd|' /C calc'!A0", "＝1", "1234567890123456789", " =x"];

    [Theory]
    [MemberData(nameof(Dates))]
    public void A_date_is_known_by_its_number_format(string format, string stored, bool from1904, string expected)
    {
        byte[] workbook = new WorkbookFile { Formats = [format], From1904 = from1904 }.Sheet("a", $"<row><c s=\"1\"><v>{stored}</v></c></row>").Bytes();

        Assert.Equal((expected, null), Read(workbook).Single());
    }

    [Fact]
    public void A_day_that_the_format_has_and_the_calendar_has_not_is_said_to_be_none()
    {
        byte[] workbook = new WorkbookFile { Formats = ["14"] }.Sheet("a", "<row><c s=\"1\"><v>60</v></c><c s=\"1\"><v>2958466</v></c><c s=\"1\"><v>-1</v></c></row>").Bytes();

        Assert.All(Read(workbook), cell => Assert.Equal("ENG0825", cell.Code));
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_number_is_read_as_the_file_has_it(string cell, string expected, string code) =>
        Assert.Equal((expected, code.Length == 0 ? null : code), Read(new WorkbookFile().Table("a", [cell]).Bytes()).Single());

    [Fact]
    public void Texts_errors_formulas_and_blanks_are_told_apart()
    {
        byte[] workbook = new WorkbookFile()
            .Shared("<t xml:space=\"preserve\"> shared </t>", "<r><t>Reich</t></r><r><t>weite</t></r><rPh sb=\"0\" eb=\"1\"><t>spoken</t></rPh>", "<t>a_x000D_b</t>")
            .Sheet("a", "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c><c t=\"s\"><v>3</v></c><c t=\"e\"><v>#DIV/0!</v></c><c><f>1+1</f><v>2</v></c><c><f>1+1</f></c><c t=\"str\"><f>\"\"</f><v></v></c><c/><c t=\"b\"><v>1</v></c><c t=\"d\"><v>2024-03-05</v></c></row>")
            .Bytes();

        Assert.Equal(
            [(" shared ", null), ("Reichweite", null), ("a\rb", null), ("", "ENG0830"), ("#DIV/0!", "ENG0830"), ("2", null), ("", "ENG0830"), ("", null), ("", null), ("true", null), ("2024-03-05", null)],
            Read(workbook));
    }

    [Fact]
    public void Statistics_of_a_page_are_imported_from_the_sheets_that_have_them()
    {
        using var bench = new ImportBench();
        byte[] workbook = new WorkbookFile { Formats = ["14"] }
            .Table("Read me", ["What this is"], ["Nothing to see"])
            .Sheet("Posts", """
                <row r="2"><c r="A2" t="inlineStr"><is><t>Page posts</t></is></c></row>
                <row r="4"><c r="A4" t="inlineStr"><is><t>Post ID</t></is></c><c r="B4" t="inlineStr"><is><t>Publish time</t></is></c><c r="C4" t="inlineStr"><is><t>Impressions</t></is></c><c r="D4" t="inlineStr"><is><t>Reactions</t></is></c><c r="E4" t="inlineStr"><is><t>Comments</t></is></c></row>
                <row r="5"><c r="A5"><v>1234567890123456789</v></c><c r="B5" s="1"><v>45356.604166666664</v></c><c r="C5"><v>1200</v></c><c r="D5"><v>7</v></c></row>
                <row r="6"><c r="A6" t="inlineStr"><is><t>2</t></is></c><c r="B6" s="1"><v>45357</v></c><c r="C6" t="e"><v>#N/A</v></c></row>
                """)
            .Bytes();
        ImportedFile file = bench.Take([bench.Write("posts.xlsx", workbook)]);

        Publication post = Assert.Single(bench.Portfolio().Publications);
        Assert.Equal("1234567890123456789", post.Id.Value);
        Assert.Equal(Instant.FromUtc(2024, 3, 5, 13, 30), post.PublishedAt);
        Assert.Equal((Count.Observed(1200), Count.Observed(7), Count.Missing), (post.Exposures.Impressions, post.Interactions[InteractionKind.Like], post.Interactions[InteractionKind.Comment]));
        Assert.Equal((1, 1), (file.Taken, file.Rejected));
        Assert.Contains(file.Notes, note => note.Contains("Read me", StringComparison.Ordinal) && note.Contains("2 rows", StringComparison.Ordinal));
        Assert.Contains("6,Posts,ENG0830,Impressions", File.ReadAllText(file.RejectsFile!), StringComparison.Ordinal);
        Assert.Equal(0, bench.Import([bench.Write("posts.xlsx", workbook)]).Files[0].Taken);
    }

    [Fact]
    public void A_number_of_a_sheet_is_no_german_text()
    {
        using var bench = new ImportBench();
        byte[] workbook = new WorkbookFile().Table("Beiträge", ["Beitrags-ID", "Veröffentlichungszeit", "Impressionen", "Kommentare"], ["1", "2024-03-05 14:30", "#1234", "1.234"], ["2", "2024-03-05 14:30", "#1.234", "5"]).Bytes();
        ImportedFile file = bench.Take([bench.Write("beitraege.xlsx", workbook)], "facebook");

        // 1234 is 1,234 and "1.234" beside it is German for as much; the number 1.234 is no whole one, and not a thousand.
        Publication post = Assert.Single(bench.Portfolio().Publications);
        Assert.Equal((Count.Observed(1234), Count.Observed(1234)), (post.Exposures.Impressions, post.Interactions[InteractionKind.Comment]));
        Assert.Equal(1, file.Rejected);
    }

    [Fact]
    public void A_zip_bomb_is_refused_before_it_is_unpacked()
    {
        using var bench = new ImportBench();
        byte[] workbook = new WorkbookFile().Sheet("a", new string(' ', 100 << 20)).Bytes();
        var watch = Stopwatch.StartNew();
        long memory = GC.GetAllocatedBytesForCurrentThread();

        ImportResult result = bench.Import([bench.Write("bomb.xlsx", workbook)]);

        Assert.True(workbook.Length < 1 << 20);
        Assert.Equal("ENG0811", Assert.Single(result.Findings).Code);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - memory < 64 << 20);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void An_archive_that_lies_about_its_size_is_damaged()
    {
        byte[] workbook = new WorkbookFile().Sheet("a", new string(' ', 50 << 20)).Bytes();
        int at = workbook.AsSpan().LastIndexOf("xl/worksheets/sheet1.xml"u8) - 46 + 24;
        BinaryPrimitives.WriteUInt32LittleEndian(workbook.AsSpan(at), 1_000);

        Assert.Equal("ENG0812", Refusal(workbook));
    }

    [Fact]
    public void A_bit_that_fell_over_is_noticed()
    {
        byte[] workbook = new WorkbookFile().Table("a", ["Post ID", "Publish time", "Impressions"], ["1", "2024-03-05 14:30", "#1200"]).Bytes();
        int last = workbook.AsSpan().LastIndexOf("xl/worksheets/sheet1.xml"u8) - 46 + 16;
        workbook[last] ^= 1;

        Assert.Equal("ENG0812", Refusal(workbook));
    }

    [Fact]
    public void What_is_no_workbook_says_so()
    {
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream stream = archive.CreateEntry("posts.csv").Open();
            stream.Write("a,b"u8);
        }

        Assert.Equal("ENG0809", Refusal(memory.ToArray()));
        Assert.Equal("ENG0812", Refusal([.. "PK\u0003\u0004 and then nothing"u8]));
        Assert.Equal("ENG0812", Refusal(new WorkbookFile().Bytes()));
    }

    [Fact]
    public void A_document_type_is_never_read()
    {
        byte[] workbook = new WorkbookFile().Part("xl/sharedStrings.xml", "<!DOCTYPE s [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]><sst><si><t>&b;</t></si></sst>").Sheet("a", "<row><c t=\"s\"><v>0</v></c></row>").Bytes();

        Assert.Equal("ENG0812", Refusal(workbook));
    }

    [Fact]
    public void A_sheet_with_a_row_too_many_columns_or_too_long_a_text_names_the_limit()
    {
        Assert.Equal("ENG0811", Read(new WorkbookFile().Sheet("a", "<row><c r=\"XFD1\"><v>1</v></c></row>").Bytes(), new ImportLimits { Columns = 100 }).Single().Code);
        Assert.Equal("ENG0811", Refusal(new WorkbookFile().Table("a", [new string('x', 2 << 20)]).Bytes()));
        Assert.Equal("ENG0812", Refusal(new WorkbookFile().Sheet("a", "<row r=\"5\"><c><v>1</v></c></row><row r=\"2\"><c><v>1</v></c></row>").Bytes()));
    }

    [Fact]
    public void What_is_written_as_a_workbook_reads_back_as_it_was_and_holds_no_formula()
    {
        DateTimeZone berlin = ImportBench.Berlin;
        Gen.OneOf(Gen.String[1, 12], Gen.Int[0, Hostile.Length - 1].Select(index => Hostile[index])).Where(text => Texts.Identifier(text) is null).Sample(
            text =>
            {
                Portfolio portfolio = Portfolio.For(new Organisation("ihk", "IHK", berlin)).Add(new Channel(text, text, new Platform("facebook"), ChannelForm.Page)).Build();
                using var stream = new MemoryStream();
                PortfolioFolder.WriteWorkbook(portfolio, stream, TestContext.Current.CancellationToken);
                SourceRecord row = Rows(stream.ToArray(), ImportLimits.Default).Where(record => record.Part == "channels").ElementAt(1);
                string cell = row.Cell(0, out Fault? fault);
                Assert.Null(fault);
                Assert.False(row.IsNumber(0));
                Assert.Equal(text, FormulaGuard.Restored(cell));
                Assert.False(cell.TrimStart() is ['=' or '+' or '-' or '@', ..]);
            },
            iter: 60);
    }

    [Fact]
    public void Counts_are_numbers_in_a_workbook_and_what_is_not_known_is_blank()
    {
        Portfolio portfolio = Portfolio.For(new Organisation("ihk", "IHK", ImportBench.Berlin)).Add(new Channel("page", "Page", new Platform("facebook"), ChannelForm.Page))
            .Add(new Publication("p", new ChannelId("page"), Instant.FromUtc(2024, 3, 5, 13, 30)) { Exposures = new Exposures(Count.Observed(1200), new MeasuredReach(Count.Missing), Count.NotApplicable) }).Build();
        using var stream = new MemoryStream();
        PortfolioFolder.WriteWorkbook(portfolio, stream, TestContext.Current.CancellationToken);

        SourceRecord[] rows = [.. Rows(stream.ToArray(), ImportLimits.Default).Where(record => record.Part == "publications")];
        Dictionary<string, (string Text, bool IsNumber)> cells = Enumerable.Range(0, rows[0].Count).ToDictionary(index => rows[0].Cell(index, out _), index => (rows[1].Cell(index, out _), rows[1].IsNumber(index)), StringComparer.Ordinal);
        Assert.Equal(("1200", true), cells["impressions"]);
        Assert.Equal(("", false), cells["reach"]);
        Assert.Equal(("p", false), cells["id"]);
        Assert.Equal(("2024-03-05T13:30:00Z", false), cells["published_at"]);
    }

    /// <summary>The cells of the first row that has any, with the code of what is wrong with each.</summary>
    private static (string Text, string? Code)[] Read(byte[] workbook, ImportLimits? limits = null)
    {
        SourceRecord row = Rows(workbook, limits ?? ImportLimits.Default).First();
        if (row.Fault is { } unsound) return [("", unsound.Code)];
        return [.. Enumerable.Range(0, row.Count).Select(index => (row.Cell(index, out Fault? fault), fault?.Code))];
    }

    private static List<SourceRecord> Rows(byte[] workbook, ImportLimits limits)
    {
        using IRecordReader reader = new WorkbookFormat().Open(new MemoryStream(workbook), workbook.AsSpan(0, Math.Min(workbook.Length, 100)), new ReadingOptions(limits, null));
        var rows = new List<SourceRecord>();
        while (reader.Read() is { } row) rows.Add(row);
        return rows;
    }

    private static string Refusal(byte[] workbook)
    {
        using var bench = new ImportBench();
        ImportResult result = bench.Import([bench.Write("a.xlsx", workbook)]);
        Assert.False(result.IsImported);
        return Assert.Single(result.Findings).Code;
    }
}
