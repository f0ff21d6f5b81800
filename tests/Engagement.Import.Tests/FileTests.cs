using System.Diagnostics;
using System.Text;
using FluentValidation;

namespace Engagement.Import.Tests;

public class FileTests
{
    private const string Header = "channel,as_of,size,unit";

    public static TheoryData<string, long, string?, string> BadTables { get; } = new()
    {
        { "channel,as_of,size,units\n", 1, null, "ENG0016" },
        { Header + ",Source\n", 1, null, "ENG0016" },
        { Header + ",\n", 1, null, "ENG0016" },
        { Header + ", source\n", 1, null, "ENG0016" },
        { Header + ",size\n", 1, "size", "ENG0017" },
        { "channel,as_of,size\nx,2014-11-20,1\n", 1, "unit", "ENG0018" },
        { "channel;as_of;size;unit\nx;2014-11-20;1;person\n", 1, null, "ENG0019" },
        { "channel\tas_of\tsize\tunit\n", 1, null, "ENG0019" },
        { Header + "\nxing,2014-11-20,1\n", 2, null, "ENG0015" },
        { Header + "\nxing,2014-11-20,1,person,\n", 2, null, "ENG0015" },
        { Header + "\n \n", 2, null, "ENG0015" },
        { Header + "\n\n\nxing,2014-11-20,1\n", 4, null, "ENG0015" },
        { Header + ",source\nxing,2014-11-20,1,person,\"a\nb\r\nc\"\nxing,2014-11-21,x,person,\n", 5, "size", "ENG0060" },
        { Header + "\r\nxing,2014-11-20,1,person\r\nxing,2014-11-21,x,person\r\n", 3, "size", "ENG0060" },
        { Header + "\nxi\"ng,2014-11-20,1,person\n", 2, "channel", "ENG0010" },
        { Header + "\nxing,2014-11-20,\"1\"0,person\n", 2, "size", "ENG0010" },
        { Header + "\nxing,2014-11-20,1, \"person\"\n", 2, "unit", "ENG0010" },
        { "channel,as_of,\"size\"x,unit\n", 1, null, "ENG0010" },
        { Header + "\nxing,2014-11-20,1,\"person\nxing,2014-11-20,1,person\n", 2, null, "ENG0011" },
        { Header + "\nxing,2014-11-20,1,\"person", 2, null, "ENG0011" },
        { Header + "\nxing,2014-11-20,1\0,person\n", 2, "size", "ENG0009" },
        { Header + "\nxing,2014-11-20,1,person\n\0", 3, "channel", "ENG0009" },
        { "", 0, null, "ENG0005" },
        { "\uFEFF", 0, null, "ENG0005" },
        { "\n\r\n", 0, null, "ENG0005" },
        { Header + ",source\nxing,2014-11-20,1,person," + new string('x', (1 << 20) + 1) + "\n", 2, "source", "ENG0013" },
        { Header + ",source\nxing,2014-11-20,1,person,\"" + new string('\n', 17 << 20), 2, null, "ENG0012" },
        { string.Join(',', Enumerable.Range(0, 4_097)) + "\n", 1, null, "ENG0014" },
    };

    [Theory]
    [MemberData(nameof(BadTables))]
    public void A_bad_table_is_named_by_file_line_and_column(string text, long line, string? column, string code)
    {
        using TestFolder folder = new TestFolder().Write("audiences.csv", text);

        FolderFinding finding = folder.Read().Findings[0];

        Assert.Equal(("audiences.csv", line == 0 ? null : line, column, code), (finding.File, finding.Line, finding.Column, finding.Code));
        Assert.True(finding.ToString().Length < 500, "must stay readable");
    }

    [Theory]
    [InlineData("FC", 2L, "source", "FC")]
    [InlineData("C3", 2L, "source", "C3")]
    [InlineData("EDA080", 2L, "source", "ED")]
    [InlineData("C0AF", 2L, "source", "C0")]
    [InlineData("F4908080", 2L, "source", "F4")]
    public void Bytes_that_are_not_utf8_are_named_with_line_and_column(string hex, long line, string column, string named)
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(Header + ",source\nxing,2014-11-20,1,person,gez"), .. Convert.FromHexString(hex), .. "hlt\n"u8];
        using TestFolder folder = new TestFolder().Write("audiences.csv", bytes);

        FolderFinding finding = folder.Finding();

        Assert.Equal((line, column, "ENG0008"), (finding.Line!.Value, finding.Column, finding.Code));
        Assert.Contains($"the bytes {named}", finding.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_in_latin_1_is_refused_and_not_read_with_replacement_characters()
    {
        using TestFolder folder = new TestFolder().Write("channels.csv", Encoding.Latin1.GetBytes("id,name,platform,form\nx,Tüv,xing,group\n"));

        Assert.Equal("channels.csv, line 2, column name: must be UTF-8; the bytes FC are not: save the file as UTF-8 (in Excel: CSV UTF-8). [ENG0008]", folder.Finding().ToString());
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("utf-32BE")]
    public void A_file_in_utf16_or_utf32_is_refused(string encoding)
    {
        Encoding other = Encoding.GetEncoding(encoding);
        foreach (string file in (string[])["channels.csv", "organisation.json"])
        {
            using TestFolder folder = new TestFolder().Write(file, [.. other.GetPreamble(), .. other.GetBytes(file == "channels.csv" ? TestFolder.Channels : TestFolder.Organisation)]);

            Assert.Equal((file, "ENG0007"), (folder.Finding().File, folder.Finding().Code));
        }
    }

    [Fact]
    public void Utf16_without_its_mark_is_refused_too()
    {
        using TestFolder folder = new TestFolder().Write("channels.csv", Encoding.Unicode.GetBytes(TestFolder.Channels));

        Assert.Contains(folder.Read().Findings, finding => finding.Code == "ENG0009" && finding.Line == 1);
    }

    [Fact]
    public void A_misspelt_column_is_answered_with_its_name()
    {
        using TestFolder folder = new TestFolder().Write("audiences.csv", Header + ",sorce\n");

        Assert.Equal("audiences.csv, line 1: \"sorce\" must be a known column: write source. [ENG0016]", folder.Finding().ToString());
    }

    [Fact]
    public void A_missing_folder_is_an_error()
    {
        FolderFinding finding = Assert.Single(PortfolioFolder.Read("/no/such/folder", TestContext.Current.CancellationToken).Findings);

        Assert.Equal("/no/such/folder: must be a folder that exists: correct the path. [ENG0001]", finding.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void A_path_that_is_none_is_a_missing_folder(string path) => Assert.Equal("ENG0001", Assert.Single(PortfolioFolder.Read(path, TestContext.Current.CancellationToken).Findings).Code);

    [Fact]
    public void A_file_in_place_of_the_folder_is_an_error()
    {
        using var folder = new TestFolder();

        FolderFinding finding = Assert.Single(PortfolioFolder.Read(Path.Combine(folder.Path, "channels.csv"), TestContext.Current.CancellationToken).Findings);

        Assert.Equal(("ENG0001", "name the folder that the file lies in"), (finding.Code, finding.Cure));
    }

    [Theory]
    [InlineData("organisation.json")]
    [InlineData("channels.csv")]
    public void A_required_file_that_is_missing_is_an_error(string file)
    {
        using TestFolder folder = new TestFolder().Delete(file);

        Assert.Equal($"{file}: must be in the folder: add it. [ENG0002]", folder.Finding().ToString());
    }

    [Fact]
    public void A_required_file_under_a_near_name_is_found_by_it()
    {
        using TestFolder folder = new TestFolder().Delete("organisation.json").Write("organization.json", TestFolder.Organisation);

        Assert.Equal("organisation.json: must be in the folder: rename organization.json. [ENG0002]", folder.Finding().ToString());
    }

    [Theory]
    [InlineData("organisation.json")]
    [InlineData("channels.csv")]
    [InlineData("efforts.csv")]
    public void A_folder_in_place_of_a_file_is_an_error(string file)
    {
        using TestFolder folder = new TestFolder().Delete(file);
        Directory.CreateDirectory(Path.Combine(folder.Path, file));

        Assert.Equal((file, "ENG0003"), (folder.Finding().File, folder.Finding().Code));
    }

    [Theory]
    [InlineData("organisation.json")]
    [InlineData("channels.csv")]
    public void A_file_that_is_locked_is_an_error(string file)
    {
        using var folder = new TestFolder();
        using FileStream locked = File.Open(Path.Combine(folder.Path, file), FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        Assert.Equal((file, "ENG0003"), (folder.Finding().File, folder.Finding().Code));
    }

    [Theory]
    [InlineData("organisation.json", (1L << 20) + 1)]
    [InlineData("interactions.csv", (16L << 30) + 1)]
    public void A_file_beyond_its_limit_is_refused_at_once(string file, long length)
    {
        using var folder = new TestFolder();
        using (FileStream sparse = File.Create(Path.Combine(folder.Path, file))) sparse.SetLength(length);

        Assert.Equal((file, "ENG0004"), (folder.Finding().File, folder.Finding().Code));
    }

    [Theory]
    [InlineData("organisation.json")]
    [InlineData("interactions.csv")]
    public async Task A_named_pipe_in_place_of_a_file_is_refused_and_not_waited_for(string file)
    {
        using TestFolder folder = new TestFolder().Delete(file);
        MakePipe(Path.Combine(folder.Path, file));

        PortfolioReading reading = await Task.Run(folder.Read).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.Equal((file, "ENG0005"), (Assert.Single(reading.Findings).File, reading.Findings[0].Code));
    }

    [Fact]
    public async Task A_named_pipe_is_not_waited_for_by_an_import()
    {
        using var bench = new ImportBench();
        string pipe = bench.Write("posts.csv", "");
        File.Delete(pipe);
        MakePipe(pipe);

        ImportResult result = await Task.Run(() => bench.Import([pipe])).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.Equal("ENG0813", Assert.Single(result.Findings).Code);
    }

    private static void MakePipe(string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs named pipes in the file system");
        using Process process = Process.Start("mkfifo", [path]);
        process.WaitForExit();
        Assert.SkipUnless(process.ExitCode == 0, "this file system has no named pipes");
    }

    [Fact]
    public void A_row_without_end_is_refused_without_reading_the_whole_file()
    {
        using var folder = new TestFolder();
        using (FileStream sparse = File.Create(Path.Combine(folder.Path, "interactions.csv"))) sparse.SetLength(8L << 30);

        Assert.Equal(("interactions.csv", 1L, "ENG0012"), (folder.Finding().File, folder.Finding().Line!.Value, folder.Finding().Code));
    }

    [Fact]
    public void An_unknown_csv_file_is_a_warning_with_the_name_that_may_be_meant()
    {
        using TestFolder folder = new TestFolder().Write("audience.csv", "x").Write("Notes.CSV", "x").Write("README.md", "x").Write("more.json", "x");

        PortfolioReading reading = folder.Read();

        Assert.NotNull(reading.Portfolio);
        Assert.Equal((0L, 2L), (reading.ErrorCount, reading.WarningCount));
        Assert.All(reading.Findings, finding => Assert.Equal((Severity.Warning, "ENG0006"), (finding.Severity, finding.Code)));
        Assert.Equal("audience.csv: is not a file of a portfolio, and was not read: rename it to audiences.csv if that is what it is. [ENG0006]", reading.Findings[1].ToString());
    }

    [Fact]
    public void A_header_without_rows_is_fine_for_an_optional_file()
    {
        using TestFolder folder = new TestFolder().Write("audiences.csv", Header).Write("publications.csv", "published_at,channel,id\n").Write("interactions.csv", "id,channel,kind,at\r\n").Write("efforts.csv", "to,from,channel");

        Assert.NotNull(folder.Read().Portfolio);
    }
}
