using Apache.Arrow;
using Apache.Arrow.Types;
using CsCheck;
using Engagement.Core;
using Engagement.Core.Logs;
using Engagement.Import.Columnar;
using NodaTime;
using static Engagement.Import.Tests.ArrowTable;

namespace Engagement.Import.Tests;

public class LogFileTests
{
    private static readonly LogFileFormat[] Formats = [LogFileFormat.Parquet, LogFileFormat.Arrow, LogFileFormat.ArrowStream];

    private static readonly Gen<InteractionLog> Logs = Gen.Select(Gen.Int[0, 60], Gen.Int[0, 3], Gen.Int[0, 1_000_000], Gen.Bool).Select((rows, chunks, seed, hasNumbers) => hasNumbers ? OfColumns(rows, chunks, seed) : OfBuilder(rows, seed));

    public static TheoryData<LogFileFormat> AllFormats { get; } = [.. Formats];

    [Theory]
    [MemberData(nameof(AllFormats))]
    public void A_log_that_is_written_reads_back_row_by_row(LogFileFormat format)
    {
        using var bench = new ImportBench();
        Logs.Sample(
            log =>
            {
                InteractionLog read = LogFile.ReadAll(Written(bench, log, format), cancellationToken: TestContext.Current.CancellationToken);
                Assert.Equal(log.Channels, read.Channels);
                Assert.Equal(log.ToInteractions(), read.ToInteractions());
                Assert.Equal((log.HasActors, log.HasPublications, log.HasReplies, log.HasAlsoReplyTo), (read.HasActors, read.HasPublications, read.HasReplies, read.HasAlsoReplyTo));
            },
            iter: 100,
            threads: 1);
    }

    [Theory]
    [MemberData(nameof(AllFormats))]
    public void A_stream_of_chunks_rolls_up_as_the_log_does(LogFileFormat format)
    {
        using var bench = new ImportBench();
        LocalCalendar days = LocalCalendar.Days(ImportBench.Berlin, LocalPeriod.Year(2014));
        Logs.Sample(
            log => Assert.Equal(log.RollUp(days), RollUp.OfStream(LogFile.Read(Written(bench, log, format), cancellationToken: TestContext.Current.CancellationToken), days, cancellationToken: TestContext.Current.CancellationToken)),
            iter: 40,
            threads: 1);
    }

    [Theory]
    [InlineData(TimeUnit.Second, long.MinValue)]
    [InlineData(TimeUnit.Second, long.MaxValue)]
    [InlineData(TimeUnit.Second, long.MaxValue / 1_000)]
    [InlineData(TimeUnit.Millisecond, long.MinValue)]
    [InlineData(TimeUnit.Microsecond, long.MinValue)]
    public void A_timestamp_beyond_the_years_is_refused_with_its_row(TimeUnit unit, long stored)
    {
        using var bench = new ImportBench();
        string path = Table(bench, ("at", Stamps(unit, "UTC", 0, stored)), ("channel", Texts("x", "x")), ("kind", Texts("like", "like")));
        LogFileException refused = Assert.Throws<LogFileException>(() => LogFile.ReadAll(path, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal((2L, "at"), (refused.Row, refused.Column));
        Assert.Contains("must lie in the years that a calendar has", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TimeUnit.Second, 1_393_676_100L, 1_393_676_100_000L)]
    [InlineData(TimeUnit.Millisecond, 1_393_676_100_123L, 1_393_676_100_123L)]
    [InlineData(TimeUnit.Microsecond, -1L, -1L)]
    [InlineData(TimeUnit.Nanosecond, 1_393_676_100_123_999_999L, 1_393_676_100_123L)]
    public void A_timestamp_of_any_unit_is_floored_to_milliseconds(TimeUnit unit, long stored, long milliseconds)
    {
        using var bench = new ImportBench();
        string path = Table(bench, ("at", Stamps(unit, "UTC", stored)), ("channel", Texts("x")), ("kind", Texts("like")));

        Assert.Equal(Instant.FromUnixTimeMilliseconds(milliseconds), LogFile.ReadAll(path, cancellationToken: TestContext.Current.CancellationToken).ToInteractions().Single().At);
    }

    [Fact]
    public void A_time_without_a_zone_is_asked_for_and_read_on_the_clock()
    {
        using var bench = new ImportBench();
        long noon = new LocalDateTime(2014, 7, 1, 12, 0).InUtc().ToInstant().ToUnixTimeMilliseconds();
        string path = Table(bench, ("at", Stamps(TimeUnit.Millisecond, null, noon)), ("channel", Texts("x")), ("kind", Texts("like")));

        Assert.Equal("ENG0805", Assert.Throws<LogFileException>(() => LogFile.ReadAll(path, cancellationToken: TestContext.Current.CancellationToken)).Code);
        Assert.Equal(Instant.FromUtc(2014, 7, 1, 10, 0), LogFile.ReadAll(path, new LogFileOptions { Zone = ImportBench.Berlin }, TestContext.Current.CancellationToken).ToInteractions().Single().At);
    }

    [Theory]
    [InlineData(2014, 3, 30, 2, 30)]
    [InlineData(2014, 10, 26, 2, 30)]
    public void A_time_that_the_clock_skipped_or_showed_twice_is_refused_with_its_row(int year, int month, int day, int hour, int minute)
    {
        using var bench = new ImportBench();
        long before = new LocalDateTime(2014, 1, 1, 12, 0).InUtc().ToInstant().ToUnixTimeMilliseconds();
        long at = new LocalDateTime(year, month, day, hour, minute).InUtc().ToInstant().ToUnixTimeMilliseconds();
        string path = Table(bench, ("at", Stamps(TimeUnit.Millisecond, null, before, at)), ("channel", Texts("x", "x")), ("kind", Texts("like", "like")));

        LogFileException exception = Assert.Throws<LogFileException>(() => LogFile.ReadAll(path, new LogFileOptions { Zone = ImportBench.Berlin }, TestContext.Current.CancellationToken));

        Assert.Equal(("ENG0825", 2L, "at"), (exception.Code, exception.Row!.Value, exception.Column));
    }

    [Fact]
    public void Columns_are_found_by_their_own_names_and_may_hold_numbers()
    {
        using var bench = new ImportBench();
        string path = Table(bench, ("created", Stamps(TimeUnit.Second, "Europe/Berlin", 0, 1)), ("page", new Int64Array.Builder().Append(1234567890123456789).Append(7).Build()), ("what", new UInt8Array.Builder().Append((byte)InteractionKind.Share).Append((byte)InteractionKind.Like).Build()), ("user", new Int64Array.Builder().Append(-9).AppendNull().Build()));

        Interaction[] read = [.. LogFile.ReadAll(path, new LogFileOptions { Names = new Dictionary<string, string>(StringComparer.Ordinal) { ["at"] = "created", ["channel"] = "page", ["kind"] = "what", ["actor"] = "user" } }, TestContext.Current.CancellationToken).ToInteractions()];

        Assert.Equal(("1234567890123456789", InteractionKind.Share, "-9"), (read[0].Channel.Value, read[0].Kind, read[0].Actor.Value));
        Assert.Equal((Instant.FromUnixTimeSeconds(1), "7", true), (read[1].At, read[1].Channel.Value, read[1].Actor.IsNone));
    }

    public static TheoryData<string, string, string, string> BadRows { get; } = new()
    {
        { "like", "likes", "kind", "ENG0827" },
        { "like", "", "kind", "ENG0823" },
    };

    [Theory]
    [MemberData(nameof(BadRows))]
    public void A_row_that_is_not_sound_refuses_the_log_and_names_row_and_column(string first, string second, string column, string code)
    {
        using var bench = new ImportBench();
        string path = Table(bench, ("at", Stamps(TimeUnit.Second, "UTC", 0, 1)), ("channel", Texts("x", "x")), ("kind", Texts(first, second)));

        LogFileException exception = Assert.Throws<LogFileException>(() => LogFile.ReadAll(path, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal((code, 2L, column), (exception.Code, exception.Row!.Value, exception.Column));
        Assert.StartsWith("log.arrow, row 2, kind: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_that_replies_to_several_names_their_rows_and_a_cell_that_does_not_refuses_the_log()
    {
        using var bench = new ImportBench();
        string Three(IArrowArray also) => Table(bench, ("at", Stamps(TimeUnit.Second, "UTC", 0, 1, 2)), ("channel", Texts("x", "x", "x")), ("kind", Texts("question", "question", "reply")), ("reply_to", new Int64Array.Builder().AppendNull().AppendNull().Append(1).Build()), ("also_reply_to", also));
        Interaction last = LogFile.ReadAll(Three(Texts("", "", "0")), cancellationToken: TestContext.Current.CancellationToken).ToInteractions().Last();
        Assert.Equal(("1", "0"), (last.ReplyTo.Value, Assert.Single(last.AlsoReplyTo).Value));
        Assert.False(LogFile.ReadAll(Three(Texts("", "", "0")), new LogFileOptions { Columns = ["reply_to"] }, TestContext.Current.CancellationToken).HasAlsoReplyTo);

        foreach (string cell in new[] { "-1", "0;", "0,1", "a", "2147483648", "0; 1" })
        {
            LogFileException exception = Assert.Throws<LogFileException>(() => LogFile.ReadAll(Three(Texts("", "", cell)), cancellationToken: TestContext.Current.CancellationToken));
            Assert.Equal(("ENG0829", 3L, "also_reply_to"), (exception.Code, exception.Row!.Value, exception.Column));
            Assert.Equal("ENG0829", Assert.Throws<LogFileException>(() => LogFile.ReadAll(bench.Write("log.csv", $"at,channel,kind,also_reply_to\n2014-11-20T09:00:00Z,x,comment,\"{cell}\"\n"), cancellationToken: TestContext.Current.CancellationToken)).Code);
        }

        LogFileException beyond = Assert.Throws<LogFileException>(() => LogFile.ReadAll(Three(Texts("", "", "0;3")), cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(("ENG0829", "also_reply_to"), (beyond.Code, beyond.Column));
        Assert.Equal("ENG0830", Assert.Throws<LogFileException>(() => LogFile.ReadAll(Three(Stamps(TimeUnit.Second, "UTC", 0, 1, 2)), cancellationToken: TestContext.Current.CancellationToken)).Code);
    }

    [Theory]
    [InlineData(LogFileFormat.Csv)]
    [InlineData(LogFileFormat.Parquet)]
    [InlineData(LogFileFormat.Arrow)]
    [InlineData(LogFileFormat.ArrowStream)]
    public void A_reply_to_what_is_not_in_the_log_is_one_in_the_file_too(LogFileFormat format)
    {
        using var bench = new ImportBench();
        InteractionLog Part(params int[] replies) => InteractionLog.Of([new("x")], Enumerable.Range(0, replies.Length).Select(row => 1_388_600_000_000L + row).ToArray(), new int[replies.Length], Enumerable.Repeat((byte)InteractionKind.Reply, replies.Length).ToArray()).WithReplies(replies);
        InteractionLog log = InteractionLog.Concat([Part(InteractionLog.UnknownReply, 0, InteractionLog.None).WithAlsoReplyTo(new[] { 0 }, new[] { 2 }), Part(InteractionLog.None, InteractionLog.UnknownReply)]);
        string path = Written(bench, log, format);

        Assert.Equal(log.ToInteractions(), LogFile.ReadAll(path, cancellationToken: TestContext.Current.CancellationToken).ToInteractions());
        Assert.Equal(["-1", "0", "", "", "-1"], LogFile.Read(path, cancellationToken: TestContext.Current.CancellationToken).SelectMany(chunk => chunk.ToInteractions()).Select(one => one.ReplyTo.IsNone ? "" : one.ReplyTo.Value), StringComparer.Ordinal);

        // A folder keeps no link to what it does not have, or to a later row, and says so.
        ImportedFile file = ArrowTable.Import(bench, path).Files[0];
        Assert.Equal((5L, 0L), (file.Taken, file.Rejected));
        Assert.Contains(file.Notes, note => note.StartsWith("3 links to publications or interactions", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-3)]
    [InlineData(long.MinValue + 1)]
    public void Another_number_below_0_is_no_row_to_reply_to(long row)
    {
        using var bench = new ImportBench();
        foreach (string path in new[]
        {
            Table(bench, ("at", Stamps(TimeUnit.Second, "UTC", 0)), ("channel", Texts("x")), ("kind", Texts("reply")), ("reply_to", new Int64Array.Builder().Append(row).Build())),
            bench.Write("log.csv", FormattableString.Invariant($"at,channel,kind,reply_to\n2014-11-20T09:00Z,x,reply,{row}\n")),
        })
        {
            LogFileException exception = Assert.Throws<LogFileException>(() => LogFile.ReadAll(path, cancellationToken: TestContext.Current.CancellationToken));
            Assert.Equal(("ENG0829", 1L, "reply_to"), (exception.Code, exception.Row, exception.Column));
            Assert.Contains("must be a row of the file, counted from 0, or -2 for one that is not in it", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void In_a_stream_a_message_replies_to_what_is_in_its_own_chunk()
    {
        using var bench = new ImportBench();
        var builder = new InteractionLogBuilder();
        for (int row = 0; row < (1 << 20) + 2; row++) builder.Add(new ChannelId("x"), InteractionKind.Comment, Instant.FromUnixTimeMilliseconds(row), ActorRole.Member, replyTo: row > 1 << 20 ? 7 : InteractionLog.None, alsoReplyTo: row > 1 << 20 ? [8, 1 << 20] : null);
        string path = Written(bench, builder.Build(), LogFileFormat.Parquet);
        Interaction last = LogFile.Read(path, cancellationToken: TestContext.Current.CancellationToken).Last().ToInteractions().Last();
        Assert.Equal((true, "0"), (last.ReplyTo.IsNone, Assert.Single(last.AlsoReplyTo).Value));
        last = LogFile.ReadAll(path, cancellationToken: TestContext.Current.CancellationToken).ToInteractions().Last();
        Assert.Equal(("7", "8,1048576"), (last.ReplyTo.Value, string.Join(',', last.AlsoReplyTo)));
    }

    [Fact]
    public void A_publication_of_two_channels_and_an_empty_channel_refuse_the_log()
    {
        using var bench = new ImportBench();
        string two = Table(bench, ("at", Stamps(TimeUnit.Second, "UTC", 0, 1)), ("channel", Texts("x", "y")), ("kind", Texts("like", "like")), ("publication", Texts("p", "p")));
        Assert.Equal("ENG0829", Assert.Throws<LogFileException>(() => LogFile.ReadAll(two, cancellationToken: TestContext.Current.CancellationToken)).Code);

        string empty = Table(bench, ("at", Stamps(TimeUnit.Second, "UTC", 0, 1)), ("channel", Texts("x", "")), ("kind", Texts("like", "like")));
        Assert.Equal("ENG0823", Assert.Throws<LogFileException>(() => LogFile.ReadAll(empty, cancellationToken: TestContext.Current.CancellationToken)).Code);
    }

    [Fact]
    public void What_is_no_log_says_what_it_lacks()
    {
        using var bench = new ImportBench();
        Assert.Equal("ENG0809", Assert.Throws<LogFileException>(() => LogFile.ReadAll(bench.Write("log.pdf", "%PDF-1.4"), cancellationToken: TestContext.Current.CancellationToken)).Code);
        Assert.Equal("ENG0809", Assert.Throws<LogFileException>(() => LogFile.ReadAll(bench.Write("log.json", "[{}]"), cancellationToken: TestContext.Current.CancellationToken)).Code);
        Assert.Equal("ENG0802", Assert.Throws<LogFileException>(() => LogFile.ReadAll(bench.Write("log.csv", "at,channel\n"), cancellationToken: TestContext.Current.CancellationToken)).Code);
        Assert.Equal("ENG0801", Assert.Throws<LogFileException>(() => LogFile.ReadAll("nowhere.parquet", cancellationToken: TestContext.Current.CancellationToken)).Code);
        Assert.Equal("ENG0802", Assert.Throws<LogFileException>(() => LogFile.ReadAll(Table(bench, ("at", Stamps(TimeUnit.Second, "UTC", 0)), ("channel", Texts("x"))), cancellationToken: TestContext.Current.CancellationToken)).Code);
        Assert.Equal("ENG0825", Assert.Throws<LogFileException>(() => LogFile.ReadAll(Table(bench, ("at", Texts("2014-01-01")), ("channel", Texts("x")), ("kind", Texts("like"))), cancellationToken: TestContext.Current.CancellationToken)).Code);
        Assert.Throws<ArgumentException>(() => new LogFileOptions { Columns = ["likes"] });
        Assert.Throws<ArgumentOutOfRangeException>(() => LogFile.Write(OfBuilder(1, 1), Stream.Null, default, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Only_the_columns_that_are_asked_for_are_read()
    {
        using var bench = new ImportBench();
        string path = Written(bench, OfBuilder(50, 3), LogFileFormat.Parquet);

        InteractionLog read = LogFile.ReadAll(path, new LogFileOptions { Columns = ["role"] }, TestContext.Current.CancellationToken);

        Assert.Equal((false, false, false, 50L), (read.HasActors, read.HasPublications, read.HasReplies, read.Count));
    }

    /// <summary>The kind of damage that Apache's parquet-testing collects: lengths and counts in the footer that the file does not have.</summary>
    [Fact]
    public void A_parquet_file_with_lying_lengths_is_refused_with_a_code()
    {
        using var bench = new ImportBench();
        byte[] sound = File.ReadAllBytes(Written(bench, OfBuilder(500, 1), LogFileFormat.Parquet));
        int footer = BitConverter.ToInt32(sound, sound.Length - 8);
        int refused = 0;
        for (int at = sound.Length - 8 - footer; at < sound.Length - 4; at += 3)
        {
            byte[] lying = [.. sound];
            lying.AsSpan(at, Math.Min(5, lying.Length - 4 - at)).Fill(0xFF);
            string path = bench.Write("lying.parquet", lying);
            try
            {
                foreach (InteractionLog log in LogFile.Read(path, cancellationToken: TestContext.Current.CancellationToken)) Assert.Equal(500, log.Count);
            }
            catch (LogFileException exception)
            {
                Assert.StartsWith("ENG08", exception.Code, StringComparison.Ordinal);
                refused++;
            }
        }

        Assert.True(refused > footer / 12);
    }

    [Fact]
    public void A_bit_that_fell_over_in_a_page_of_parquet_is_noticed()
    {
        using var bench = new ImportBench();
        byte[] damaged = File.ReadAllBytes(Written(bench, OfBuilder(500, 1), LogFileFormat.Parquet));
        damaged[damaged.Length / 4] ^= 1;

        Assert.Equal("ENG0812", Assert.Throws<LogFileException>(() => LogFile.ReadAll(bench.Write("damaged.parquet", damaged), cancellationToken: TestContext.Current.CancellationToken)).Code);
    }

    [Theory]
    [MemberData(nameof(AllFormats))]
    public void A_file_cut_off_anywhere_is_refused_or_short_by_whole_batches(LogFileFormat format)
    {
        using var bench = new ImportBench();
        byte[] whole = File.ReadAllBytes(Written(bench, OfBuilder(40, 1), format));
        for (int length = 1; length < whole.Length; length += 1 + (whole.Length / 200))
        {
            string path = bench.Write("cut", whole[..length]);
            try
            {
                Assert.Contains(LogFile.Read(path, cancellationToken: TestContext.Current.CancellationToken).Sum(log => log.Count), new long[] { 0, 40 });
            }
            catch (LogFileException exception)
            {
                Assert.StartsWith("ENG08", exception.Code, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(AllFormats))]
    public void A_log_file_is_imported_into_a_folder_and_adds_nothing_twice(LogFileFormat format)
    {
        using var bench = new ImportBench();
        InteractionLog log = OfBuilder(30, 5);
        string path = Written(bench, log, format);

        ImportedFile file = ArrowTable.Import(bench, path).Files[0];

        // A row that replies to itself is set aside.
        Interaction[] sound = [.. log.ToInteractions().Where(one => !one.AlsoReplyTo.Prepend(one.ReplyTo).Contains(one.Id))];
        Assert.Equal((sound.Length, 30 - sound.Length), (file.Taken, file.Rejected));
        Assert.Equal(
            sound.Select(one => (one.Channel, one.Kind, one.At, one.Role, one.Actor)).Order().ToArray(),
            bench.Portfolio().Interactions.Select(one => (one.Channel, one.Kind, one.At, one.Role, one.Actor)).Order().ToArray());
        Assert.Equal(0, ArrowTable.Import(bench, path).Files[0].Taken);
    }

    [Fact]
    public void Statistics_in_columns_are_imported_and_what_is_no_fact_is_set_aside()
    {
        using var bench = new ImportBench();
        string path = Table(
            bench,
            ("Post ID", new Int64Array.Builder().Append(1234567890123456789).Append(2).Append(3).Build()),
            ("Publish time", Stamps(TimeUnit.Microsecond, "UTC", 1_709_645_400_000_000, 1_709_645_400_000_000, 1_709_645_400_000_000)),
            ("Impressions", new DoubleArray.Builder().Append(1200).Append(double.NaN).AppendNull().Build()),
            ("Reactions", new Decimal128Array.Builder(new Decimal128Type(20, 2)).Append(7m).Append(8m).Append(9m).Build()),
            ("Tags", new ListArray.Builder(StringType.Default).AppendNull().AppendNull().AppendNull().Build()));

        ImportResult result = ArrowTable.Import(bench, path);

        Assert.Equal((2, 1), (result.Files[0].Taken, result.Files[0].Rejected));
        Publication first = bench.Portfolio().Publications.Single(publication => publication.Id.Value == "1234567890123456789");
        Assert.Equal((Instant.FromUtc(2024, 3, 5, 13, 30), Count.Observed(1200), Count.Observed(7)), (first.PublishedAt, first.Exposures.Impressions, first.Interactions[InteractionKind.Like]));
        Assert.Equal(Count.Missing, bench.Portfolio().Publications.Single(publication => publication.Id.Value == "3").Exposures.Impressions);
    }

    [Fact]
    public void Without_its_package_a_columnar_file_says_which_one_it_needs()
    {
        using var bench = new ImportBench();
        ImportResult result = bench.Import([Written(bench, OfBuilder(3, 1), LogFileFormat.Parquet)]);

        Assert.Contains("Engagement.Import.Columnar", Assert.Single(result.Findings).Cure, StringComparison.Ordinal);
    }

    internal static InteractionLog OfBuilder(int rows, int seed)
    {
        var random = new Random(seed);
        var builder = new InteractionLogBuilder();
        for (int row = 0; row < rows; row++)
        {
            int channel = random.Next(3);
            builder.Add(
                new ChannelId($"channel-{channel}"),
                (InteractionKind)random.Next(1, 23),
                Instant.FromUnixTimeMilliseconds(1_388_600_000_000 + (random.NextInt64() % 30_000_000_000)),
                (ActorRole)random.Next(1, 7),
                random.Next(3) == 0 ? default : new ActorId($"Ä-{random.Next(9)}"),
                random.Next(3) == 0 ? default : new PublicationId($"{channel}/{random.Next(4)}"),
                random.Next(4) switch { 0 => random.Next(rows), 1 => InteractionLog.UnknownReply, _ => InteractionLog.None },
                random.Next(4) == 0 ? [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(rows))] : null);
        }

        return builder.Build();
    }

    /// <summary>Chunks whose actors are numbers that stand for themselves, some of them without roles, over channels of which not all have rows.</summary>
    private static InteractionLog OfColumns(int rows, int chunks, int seed)
    {
        var random = new Random(seed);
        ChannelId[] channels = [new("a"), new("b"), new("c"), new("nobody")];
        return InteractionLog.Concat(Enumerable.Range(0, chunks + 1).Select(chunk => InteractionLog.Of(
            channels,
            Enumerable.Range(0, rows).Select(_ => 1_388_600_000_000 + (random.NextInt64() % 30_000_000_000)).ToArray(),
            Enumerable.Range(0, rows).Select(_ => random.Next(3)).ToArray(),
            Enumerable.Range(0, rows).Select(_ => (byte)random.Next(1, 23)).ToArray(),
            chunk % 2 == 0 ? default : Enumerable.Range(0, rows).Select(_ => (byte)random.Next(1, 7)).ToArray())
            .WithActors(Enumerable.Range(0, rows).Select(row => row == 0 ? 5 : random.Next(-1, int.MaxValue)).ToArray())));
    }

    internal static string Written(ImportBench bench, InteractionLog log, LogFileFormat format)
    {
        using var memory = new MemoryStream();
        LogFile.Write(log, memory, format);
        return bench.Write($"log.{format}".ToLowerInvariant(), memory.ToArray());
    }
}
