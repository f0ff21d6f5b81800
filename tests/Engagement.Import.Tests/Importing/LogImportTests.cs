using Apache.Arrow;
using Apache.Arrow.Types;
using Engagement.Core;
using Engagement.Core.Logs;
using Engagement.Import.Columnar;
using NodaTime;
using static Engagement.Import.Tests.ArrowTable;

namespace Engagement.Import.Tests;

/// <summary>Logs and workbooks that this library wrote, imported as facts: ids and links come back.</summary>
public class LogImportTests
{
    private static readonly Instant Morning = Instant.FromUtc(2014, 11, 20, 8, 0);

    [Theory]
    [InlineData(LogFileFormat.Csv)]
    [InlineData(LogFileFormat.Parquet)]
    [InlineData(LogFileFormat.Arrow)]
    public void Replies_of_a_log_are_rows_and_become_links_and_ids_come_back_without_their_guard(LogFileFormat format)
    {
        using var bench = new ImportBench();
        InteractionLogBuilder builder = new();
        builder.Add(new ChannelId("=page"), InteractionKind.Comment, Morning, ActorRole.Member, new ActorId("@anna"), default, InteractionLog.None);
        builder.Add(new ChannelId("=page"), InteractionKind.Reply, Morning + Duration.FromHours(1), ActorRole.Staff, new ActorId("'@bert"), default, 0);
        builder.Add(new ChannelId("=page"), InteractionKind.Reply, Morning + Duration.FromHours(2), ActorRole.Member, new ActorId("+c"), default, 4);
        builder.Add(new ChannelId("=page"), InteractionKind.Like, Morning, ActorRole.Member, new ActorId("d"), default, InteractionLog.None);
        builder.Add(new ChannelId("=page"), InteractionKind.Like, Morning, ActorRole.Member, new ActorId("d"), default, 3);
        string path = LogFileTests.Written(bench, builder.Build(), format);

        ImportResult result = ArrowTable.Import(bench, path);
        Assert.Empty(result.Findings);
        Interaction[] read = [.. bench.Portfolio().Interactions];

        Assert.All(read, item => Assert.Equal("=page", item.Channel.Value));
        Assert.Equal(["@anna", "'@bert", "+c", "d", "d"], read.Select(item => item.Actor.Value), StringComparer.Ordinal);
        Assert.Equal(5, read.Select(item => item.Id).Distinct().Count());
        // The third one replies to a later row.
        Assert.Equal([default, read[0].Id, default, default, read[3].Id], read.Select(item => item.ReplyTo));
        Assert.Contains(result.Files[0].Notes, note => note.StartsWith("1 links to publications or interactions", StringComparison.Ordinal));
        Assert.Equal(5, ArrowTable.Import(bench, path).Files[0].Duplicate);
        Assert.Equal(read, bench.Portfolio().Interactions);
    }

    [Fact]
    public void A_reply_that_stands_in_two_logs_at_other_rows_is_one_and_keeps_every_link()
    {
        using var bench = new ImportBench();
        const string Header = "at,channel,kind,actor,reply_to,also_reply_to\n";
        ArrowTable.Import(bench, bench.Write("january.csv", $"{Header}2024-01-30T09:00Z,page,comment,a,,\n2024-01-30T10:00Z,page,comment,b,,\n2024-01-31T09:00Z,page,reply,c,0,1\n"));
        Interaction[] first = [.. bench.Portfolio().Interactions];
        Assert.Equal([first[0].Id, first[1].Id], first[2].AlsoReplyTo.Prepend(first[2].ReplyTo));

        ImportedFile second = ArrowTable.Import(bench, bench.Write("february.csv", $"{Header}2024-01-30T10:00Z,page,comment,b,,\n2024-01-31T09:00Z,page,reply,c,0,\n2024-02-01T09:00Z,page,comment,d,,\n")).Files[0];
        Assert.Equal((1L, 2L), (second.Taken, second.Duplicate));
        Assert.Equal(first, bench.Portfolio().Interactions.Take(3));
    }

    [Fact]
    public void Texts_of_a_columnar_log_stand_as_they_are()
    {
        using var bench = new ImportBench();
        ArrowTable.Import(bench, Table(bench, ("at", Stamps(TimeUnit.Second, "UTC", 0)), ("channel", Texts("'=a")), ("kind", Texts("like"))));

        Assert.Equal("'=a", Assert.Single(bench.Portfolio().Interactions).Channel.Value);
    }

    [Fact]
    public void Interactions_of_an_exported_workbook_come_back_with_every_link()
    {
        using var bench = new ImportBench();
        var channel = new Channel("=c", "C", Platform.Xing, ChannelForm.Group);
        Interaction[] written =
        [
            new("-1", channel.Id, InteractionKind.Comment, Morning, ActorRole.Member) { Actor = new ActorId("=x") },
            new("a;b", channel.Id, InteractionKind.Comment, Morning, ActorRole.Member),
            new("'+2", channel.Id, InteractionKind.Reply, Morning + Duration.FromMinutes(5), ActorRole.Staff) { ReplyTo = new InteractionId("-1"), AlsoReplyTo = [new InteractionId("a;b")] },
        ];
        PortfolioBuilder builder = Portfolio.For(new Organisation("ihk", "IHK", ImportBench.Berlin)).Add(channel);
        foreach (Interaction interaction in written) builder.Add(interaction);
        Portfolio portfolio = builder.Build();
        using var stream = new MemoryStream();
        PortfolioFolder.WriteWorkbook(portfolio, stream, TestContext.Current.CancellationToken);
        ImportResult result = bench.Import([bench.Write("all.xlsx", stream.ToArray())], "log");

        Assert.Empty(result.Findings);
        Assert.Equal(written, bench.Portfolio().Interactions);
    }

    [Fact]
    public void A_reply_to_no_row_is_left_out_and_counted_and_one_that_is_no_row_is_set_aside()
    {
        using var bench = new ImportBench();
        ImportedFile file = bench.Take("log.csv", "at,channel,kind,actor,reply_to\n2014-11-20T09:00Z,c,comment,a,\n2014-11-20T09:01Z,c,reply,b,7\n2014-11-20T09:02Z,c,reply,b,x\n2014-11-20T09:03Z,c,reply,b,3\n2014-11-20T09:04Z,c,reply,b,2\n2014-11-20T09:05Z,c,reply,b,0,\"\n");

        // Row 3 is itself; row 2 is set aside, and so is the last one, which never closes its quote.
        Assert.Equal((6L, 3L, 3L), (file.Read, file.Taken, file.Rejected));
        Assert.Contains(file.Notes, note => note.StartsWith("2 links to publications or interactions", StringComparison.Ordinal));
        Assert.All(bench.Portfolio().Interactions, item => Assert.True(item.ReplyTo.IsNone));
        string rejects = File.ReadAllText(file.RejectsFile!);
        Assert.Contains(",ENG0829,reply_to,", rejects, StringComparison.Ordinal);
        Assert.Contains("must be a row of the table, counted from 0", rejects, StringComparison.Ordinal);
        Assert.Contains("must not reply to itself", rejects, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("0099-12-31T23:59:59.999Z")]
    [InlineData("9998-12-31T00:00:00Z")]
    public void A_columnar_file_has_the_years_that_a_text_has(string text)
    {
        using var bench = new ImportBench();
        Instant at = NodaTime.Text.InstantPattern.ExtendedIso.Parse(text).Value;
        ArrowTable.Import(bench, Table(bench, ("at", Stamps(TimeUnit.Millisecond, "UTC", at.ToUnixTimeMilliseconds())), ("channel", Texts("a")), ("kind", Texts("like"))));
        using var other = new ImportBench();
        other.Take("log.csv", $"at,channel,kind\n{text},a,like\n");

        Assert.Equal(at, Assert.Single(bench.Portfolio().Interactions).At);
        Assert.Equal(at, Assert.Single(other.Portfolio().Interactions).At);
    }

    [Theory]
    [InlineData(-62_135_596_800_001)]
    [InlineData(253_370_764_800_000)]
    public void A_columnar_file_is_held_to_the_years_that_a_text_is_held_to(long milliseconds)
    {
        using var bench = new ImportBench();
        ImportResult result = ArrowTable.Import(bench, Table(bench, ("at", Stamps(TimeUnit.Millisecond, "UTC", milliseconds)), ("channel", Texts("a")), ("kind", Texts("like"))));

        Assert.Contains(result.Findings, finding => finding.Code == "ENG0825" && finding.Rule.Contains("must lie in the years 0001 to 9998", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(LogFileFormat.Csv)]
    [InlineData(LogFileFormat.Parquet)]
    public void A_reply_beyond_the_file_refuses_it_as_a_whole_and_chunk_by_chunk(LogFileFormat format)
    {
        using var bench = new ImportBench();
        string path = format is LogFileFormat.Csv
            ? bench.Write("log.csv", "at,channel,kind,reply_to\n2014-11-20T09:00Z,c,comment,\n2014-11-20T09:01Z,c,reply,2\n")
            : Table(bench, ("at", Stamps(TimeUnit.Second, "UTC", 0, 1)), ("channel", Texts("c", "c")), ("kind", Texts("comment", "reply")), ("reply_to", new Int64Array.Builder().AppendNull().Append(2).Build()));
        foreach (Func<object> read in new Func<object>[] { () => LogFile.ReadAll(path, cancellationToken: TestContext.Current.CancellationToken), () => LogFile.Read(path, cancellationToken: TestContext.Current.CancellationToken).Count() })
        {
            LogFileException exception = Assert.Throws<LogFileException>(read);
            Assert.Equal(("ENG0829", 2L, "reply_to"), (exception.Code, exception.Row, exception.Column));
            Assert.EndsWith("\"2\" must be a row of the file, counted from 0, and it has 2: correct it at its source.", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Writing_stops_when_it_is_cancelled()
    {
        var channel = new Channel("c", "C", Platform.Xing, ChannelForm.Group);
        Portfolio portfolio = Portfolio.For(new Organisation("ihk", "IHK", ImportBench.Berlin)).Add(channel).Build();
        using var stream = new MemoryStream();
        var cancelled = new CancellationToken(canceled: true);

        Assert.Throws<OperationCanceledException>(() => PortfolioFolder.WriteJson(portfolio, stream, cancelled));
        Assert.False(stream.ToArray().AsSpan().TrimEnd("\n"u8).EndsWith("\n}"u8));
        stream.SetLength(0);
        Assert.Throws<OperationCanceledException>(() => PortfolioFolder.WriteWorkbook(portfolio, stream, cancelled));
        Assert.Equal(0, stream.Length);
    }
}
