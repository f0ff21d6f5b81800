using System.Text;
using Engagement.Core.Tests;

namespace Engagement.Import.Tests;

/// <summary>CSV as it is met in the wild: separators, encodings, quotes, line ends, damage.</summary>
public class TextImportTests
{
    private const string Header = "Post ID,Publish time,Impressions,Reactions,Title\n";

    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("\t")]
    [InlineData("|")]
    public void The_separator_is_found_by_trying(string separator)
    {
        using var bench = new ImportBench();
        bench.Take("posts.csv", (Header + "1,03/05/2024 14:30,100,7,Hallo\n").Replace(",", separator, StringComparison.Ordinal));

        Assert.Equal(100, bench.Portfolio().Publications[0].Exposures.Impressions.Value);
    }

    [Fact]
    public void The_hint_of_a_spreadsheet_and_lines_above_the_header_are_passed_over()
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("posts.csv", "sep=;\nBeiträge der Seite, Export vom 06.03.2024\n\nBeitrags-ID;Veröffentlichungszeit;Impressionen;Reaktionen\n1;05.03.2024 14:30;1.234;7\n");

        Assert.Equal((1, 1_234), (file.Read, bench.Portfolio().Publications[0].Exposures.Impressions.Value));
    }

    [Theory]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    public void Text_with_a_byte_order_mark_is_read_in_its_encoding(string name, bool hasMark)
    {
        using var bench = new ImportBench();
        Encoding encoding = Encoding.GetEncoding(name);
        byte[] text = encoding.GetBytes("Beitrags-ID\tVeröffentlichungszeit\tImpressionen\tReaktionen\nä-1\t05.03.2024 14:30\t10\t7\n");
        bench.Take([bench.Write("posts.tsv", [.. hasMark ? encoding.GetPreamble() : [], .. text])]);

        Assert.Equal("ä-1", bench.Portfolio().Publications[0].Id.Value);
    }

    [Fact]
    public void Windows_1252_is_read_only_where_it_is_stated()
    {
        using var bench = new ImportBench();
        string file = bench.Write("posts.csv", Encoding.Latin1.GetBytes("Beitrags-ID;Veröffentlichungszeit;Impressionen;Reaktionen\nä-1;05.03.2024 14:30;10;7\n"));

        ImportResult guessed = bench.Import([file], "facebook");
        ImportResult stated = Importer.Import(new ImportRequest([file], bench.Folder) { Zone = ImportBench.Berlin, Encoding = "windows-1252" }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.False(guessed.IsImported);
        Assert.True(stated.IsImported);
        Assert.Equal("ä-1", bench.Portfolio().Publications[0].Id.Value);
    }

    [Fact]
    public void Quotes_line_breaks_in_cells_and_mixed_line_ends_are_no_trouble()
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("posts.csv", Header.Replace("\n", "\r\n", StringComparison.Ordinal) + "1,03/05/2024 14:30,100,7,\"Zwei\r\nZeilen, \"\"so\"\" und\nso\"\r\n2,03/05/2024 14:31,200,8,\n3,03/05/2024 14:32,300,9,x\r\n");

        Assert.Equal(3, file.Taken);
        Assert.Equal([100L, 200L, 300L], bench.Portfolio().Publications.Select(post => post.Exposures.Impressions.Value!.Value));
    }

    [Fact]
    public void Rows_that_are_not_sound_are_set_aside_with_bytes_line_and_reason_and_the_others_are_taken()
    {
        using var bench = new ImportBench();
        byte[] text = [.. Encoding.UTF8.GetBytes(Header + "1,03/05/2024 14:30,100,7,a\n2,03/05/2024 14:30,zehn,7,b\n3,99/05/2024 14:30,100,7,c\n4,03/05/2024 14:30,100,7\n5,03/05/2024 14:30,1.5,7,e\n6,03/05/2024 14:30,"), 0xFF, .. "100,7,f\n=7,03/05/2024 14:30,100,7,g\n"u8];
        ImportedFile file = bench.Take([bench.Write("posts.csv", text)]);

        Assert.Equal((7, 2, 5), (file.Read, file.Taken, file.Rejected));
        Assert.Equal(["1", "=7"], bench.Portfolio().Publications.Select(post => post.Id.Value), StringComparer.Ordinal);
        string[] rejects = File.ReadAllLines(file.RejectsFile!);
        Assert.Equal("line,part,code,column,reason,encoding,original", rejects[0]);
        Assert.Contains("3,,ENG0824,Impressions,", rejects[1], StringComparison.Ordinal);
        Assert.EndsWith(",utf-8,\"2,03/05/2024 14:30,zehn,7,b\"", rejects[1], StringComparison.Ordinal);
        Assert.Contains("4,,ENG0825,Publish time,", rejects[2], StringComparison.Ordinal);
        Assert.Contains("5,,ENG0822,,", rejects[3], StringComparison.Ordinal);
        Assert.Contains("6,,ENG0824,Impressions,", rejects[4], StringComparison.Ordinal);
        Assert.EndsWith("base64," + Convert.ToBase64String([.. "6,03/05/2024 14:30,"u8, 0xFF, .. "100,7,f"u8]), rejects[5], StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_do_not_matter_in_a_column_that_is_not_read()
    {
        using var bench = new ImportBench();
        byte[] text = [.. Encoding.UTF8.GetBytes(Header + "1,03/05/2024 14:30,100,7,"), 0xE4, 0xF3, (byte)'\n'];

        Assert.Equal(1, bench.Take([bench.Write("posts.csv", text)]).Taken);
    }

    [Fact]
    public void A_byte_order_mark_in_the_middle_is_no_part_of_an_identifier()
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("posts.csv", Header + "1,03/05/2024 14:30,100,7,a\n\uFEFF2,03/05/2024 14:30,100,7,b\n");

        Assert.Equal((1, 1), (file.Taken, file.Rejected));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    public void A_line_of_ten_megabytes_is_refused_or_set_aside(string id)
    {
        using var bench = new ImportBench();
        ImportResult result = bench.Import("posts.csv", Header + $"{id},03/05/2024 14:30,100,7,{new string('x', 10 << 20)}\n2,03/05/2024 14:30,100,7,b\n");

        Assert.Equal((1, 1), (result.Files[0].Taken, result.Files[0].Rejected + result.Files[0].Skipped));
        Assert.Equal("2", Assert.Single(bench.Portfolio().Publications).Id.Value);
    }

    [Fact]
    public void A_quote_that_is_never_closed_stops_at_the_limit_of_a_row()
    {
        using var bench = new ImportBench();
        ImportResult result = Importer.Import(new ImportRequest([bench.Write("posts.csv", Header + "1,03/05/2024 14:30,100,7,\"" + new string('x', 3 << 20))], bench.Folder) { Zone = ImportBench.Berlin, Limits = new ImportLimits { RowBytes = 1 << 20 } }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.False(result.IsImported);
        Assert.Equal("ENG0811", Assert.Single(result.Findings).Code);
        Assert.False(Directory.Exists(bench.Folder));
    }

    [Theory]
    [InlineData("PAR1xxxx", "Parquet")]
    [InlineData("PK\u0003\u0004xxxx", "workbook")]
    [InlineData("%PDF-1.4", "PDF")]
    [InlineData("\0\u0001\u0002\0", "no text")]
    public void What_is_no_text_is_refused_by_name(string bytes, string named)
    {
        using var bench = new ImportBench();
        ImportResult result = bench.Import([bench.Write("posts.csv", Encoding.Latin1.GetBytes(bytes))]);

        Assert.True(result.Files[0].IsRefused);
        Assert.Contains(named, Assert.Single(result.Findings).ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(bench.Folder));
    }

    [Fact]
    public void Cultures_change_nothing() => Cultures.AssertInvariant(() =>
    {
        using var bench = new ImportBench();
        bench.Take("posts.csv", "BEITRAGS-ID;Veröffentlichungszeit;Impressionen;Reaktionen;TITEL\n-1;5. März 2024;1.234;1,2 Tsd.;İ\n2;05.03.2024;−;;i\n");
        return string.Join('\n', bench.Contents().Where(file => file.Key != "imports.csv").Select(file => file.Value));
    });
}
