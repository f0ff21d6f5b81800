using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Engagement.Core;
using Engagement.Core.Logs;
using Engagement.Import.Columnar;
using NodaTime;
using NodaTime.Text;

namespace Engagement.Import.Tests;

/// <summary>Logs in CSV: the same columns as in Parquet, straight from bytes.</summary>
public class CsvLogTests
{
    private static readonly Regex TimeGrammar = new(@"\A(?<year>[0-9]{4})-(?<month>[0-9]{2})-(?<day>[0-9]{2})([T ](?<hour>[0-9]{2}):(?<minute>[0-9]{2})(:(?<second>[0-9]{2})(\.(?<fraction>[0-9]{1,9}))?)?(?<zone>Z|(?<sign>[+-])(?<hours>[0-9]{2})(:?(?<minutes>[0-9]{2}))?)?)?\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    [Fact]
    public void A_log_that_is_written_reads_back_row_by_row()
    {
        using var bench = new ImportBench();
        Gen.Select(Gen.Int[0, 60], Gen.Int[0, 1_000_000]).Sample(
            (rows, seed) =>
            {
                InteractionLog log = LogFileTests.OfBuilder(rows, seed);
                InteractionLog read = LogFile.ReadAll(LogFileTests.Written(bench, log, LogFileFormat.Csv), cancellationToken: TestContext.Current.CancellationToken);
                Assert.Equal(log.ToInteractions(), read.ToInteractions());
            },
            iter: 100,
            threads: 1);
    }

    [Fact]
    public void Quotes_separators_and_formulas_in_identifiers_come_back_and_do_not_run()
    {
        using var bench = new ImportBench();
        var builder = new InteractionLogBuilder();
        string[] names = ["=1+1", "+49", "-x", "@ihk", "'=1", "a,b", "say \"so\"", "Ä;ö", "\uFF1Dx"];
        foreach (string name in names) builder.Add(new ChannelId(name), InteractionKind.Like, Instant.FromUtc(2014, 11, 20, 8, 0), ActorRole.Member, new ActorId(name), new PublicationId(name));
        string path = LogFileTests.Written(bench, builder.Build(), LogFileFormat.Csv);

        Assert.Equal(names, LogFile.ReadAll(path, cancellationToken: TestContext.Current.CancellationToken).ToInteractions().Select(item => item.Channel.Value), StringComparer.Ordinal);
        Assert.DoesNotMatch("(?m)(^|,)\"?[=+@\uFF1D-]", File.ReadAllText(path));
    }

    [Fact]
    public void A_time_reads_as_the_calendar_library_reads_it()
    {
        OffsetDateTimePattern pattern = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss.FFFFFFFFFo<Z+HH:mm>");
        Gen.Select(Gen.Long[-62_135_596_800_000, 253_339_228_799_999], Gen.Int[-72, 72]).Sample(
            (milliseconds, quarters) =>
            {
                OffsetDateTime at = Instant.FromUnixTimeMilliseconds(milliseconds).WithOffset(Offset.FromSeconds(quarters * 900));
                if (at.Year is < 1 or > 9998) return;
                Assert.True(Utf8Times.TryRead(Encoding.UTF8.GetBytes(pattern.Format(at)), out long read, out bool isLocal), pattern.Format(at));
                Assert.Equal((milliseconds, false), (read, isLocal));
            },
            iter: 10_000,
            threads: 1);
    }

    [Theory]
    [InlineData("1970-01-01", 0L, true)]
    [InlineData("2014-11-20T09:00", 1_416_474_000_000L, true)]
    [InlineData("2014-11-20 09:00:00+0100", 1_416_470_400_000L, false)]
    [InlineData("2014-11-20T09:00:00-05", 1_416_492_000_000L, false)]
    [InlineData("1969-12-31T23:59:59.9999Z", -1L, false)]
    [InlineData("2000-02-29T00:00:00Z", 951_782_400_000L, false)]
    public void Times_are_written_in_several_ways(string text, long milliseconds, bool isLocal)
    {
        Assert.True(Utf8Times.TryRead(Encoding.UTF8.GetBytes(text), out long read, out bool local));
        Assert.Equal((milliseconds, isLocal), (read, local));
    }

    [Theory]
    [InlineData("")]
    [InlineData("20.11.2014")]
    [InlineData("1900-02-29")]
    [InlineData("2014-13-01")]
    [InlineData("2014-11-31T00:00Z")]
    [InlineData("0000-01-01")]
    [InlineData("9999-01-01")]
    [InlineData("2014-11-20T24:00Z")]
    [InlineData("2014-11-20T09:60Z")]
    [InlineData("2014-11-20T09:00:60Z")]
    [InlineData("2014-11-20T09:00:00.Z")]
    [InlineData("2014-11-20T09:00:00.1234567890Z")]
    [InlineData("2014-11-20T09:00:00+18:01")]
    [InlineData("2014-11-20T09:00:00+1:00")]
    [InlineData("2014-11-20T09:00:00ZZ")]
    [InlineData("2014-11-20T")]
    [InlineData("2014-11-20T9:00")]
    [InlineData(" 2014-11-20")]
    [InlineData("2014-1\u0661-20")]
    public void What_is_no_time_is_none(string text) => Assert.False(Utf8Times.TryRead(Encoding.UTF8.GetBytes(text), out _, out _));

    [Theory]
    [InlineData("2014-11-20T09:00:30.250Z")]
    [InlineData("2014-11-20T09:00:59Z")]
    [InlineData("2014-11-20T09:00Z")]
    [InlineData("2014-11-20T09:00:30.250+01:00")]
    [InlineData("2014-11-20T09:00:30.2501")]
    public void With_any_byte_changed_a_time_is_what_the_grammar_and_the_calendar_say(string text)
    {
        byte[] sound = Encoding.ASCII.GetBytes(text);
        for (int at = 0; at < sound.Length; at++)
        {
            for (int other = 0; other <= byte.MaxValue; other++)
            {
                byte[] changed = [.. sound];
                changed[at] = (byte)other;
                Assert.Equal(TimeByGrammar(changed), Utf8Times.TryRead(changed, out long milliseconds, out bool isLocal) ? (milliseconds, isLocal) : null);
            }
        }
    }

    [Fact]
    public void What_was_read_before_does_not_change_a_time()
    {
        string[] days = ["2014-11-20", "2014-11-21", "2104-11-20", "2014-11-31"];
        string[] minutes = ["", "T09:00", "T09:01", " 09:00", "T90:00"];
        string[] rests = ["", "Z", ":30Z", ":30.250Z", ":60Z", ":30.25", "+01:00"];
        Gen.Select(Gen.Int[0, days.Length - 1], Gen.Int[0, minutes.Length - 1], Gen.Int[0, rests.Length - 1], (day, minute, rest) => days[day] + minutes[minute] + rests[rest]).Array[1, 20].Sample(
            texts =>
            {
                Utf8Times.Minute minute = default;
                foreach (string text in texts)
                {
                    byte[] bytes = Encoding.ASCII.GetBytes(text);
                    Assert.Equal(TimeByGrammar(bytes), Utf8Times.TryRead(bytes, ref minute, out long milliseconds, out bool isLocal) ? (milliseconds, isLocal) : null);
                }
            },
            iter: 2_000,
            threads: 1);
    }

    [Fact]
    public void Words_are_told_apart_by_every_byte()
    {
        // Few letters and lengths about those at which words are held in another way, so that many begin and end alike.
        Gen<byte[]> word = Gen.Byte[0, 2].Array[0, 19];
        word.Array[1, 400].Sample(
            all =>
            {
                var words = new Utf8Words();
                for (int round = 0; round < 2; round++)
                {
                    words.Clear();
                    var known = new Dictionary<string, int>(StringComparer.Ordinal);
                    foreach (byte[] one in all)
                    {
                        bool isNewHere = known.TryAdd(Encoding.UTF8.GetString(one), known.Count);
                        int index = words.IndexOf(one, out bool isNew);
                        Assert.Equal((known[Encoding.UTF8.GetString(one)], isNewHere), (index, isNew));
                        Assert.Equal(Encoding.UTF8.GetString(one), words[index]);
                    }

                    Assert.Equal(known.Count, words.Count);
                }
            },
            iter: 300,
            threads: 1);
    }

    /// <summary>The same by a regular expression and NodaTime.</summary>
    private static (long Milliseconds, bool IsLocal)? TimeByGrammar(byte[] bytes)
    {
        Match match = TimeGrammar.Match(Encoding.Latin1.GetString(bytes));
        if (!match.Success) return null;
        int Part(string name) => match.Groups[name].Success ? int.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture) : 0;
        if (Part("year") is < 1 or > 9998 || Part("month") is < 1 or > 12 || Part("day") < 1 || Part("day") > CalendarSystem.Iso.GetDaysInMonth(Part("year"), Part("month")) || Part("hour") > 23 || Part("minute") > 59 || Part("second") > 59) return null;
        LocalDateTime time = new LocalDate(Part("year"), Part("month"), Part("day")).At(new LocalTime(Part("hour"), Part("minute"), Part("second"))).PlusNanoseconds(Part("fraction") * (long)Math.Pow(10, 9 - match.Groups["fraction"].Length));
        int offset = (Part("hours") * 60) + Part("minutes");
        if (Part("minutes") > 59 || offset > 18 * 60) return null;
        return (time.WithOffset(Offset.FromSeconds(match.Groups["sign"].Value == "-" ? -60 * offset : 60 * offset)).ToInstant().ToUnixTimeMilliseconds(), !match.Groups["zone"].Success);
    }

    [Fact]
    public void Columns_separators_marks_and_zones_are_those_of_the_file()
    {
        using var bench = new ImportBench();
        byte[] text = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("Wann;Wo;kind;Rest\r\n2014-07-01T12:00;ä;LIKE;x\n2014-07-01T12:00:00;\"b\";share;\n\n")];
        var options = new LogFileOptions { Names = new Dictionary<string, string>(StringComparer.Ordinal) { ["at"] = "Wann", ["channel"] = "Wo" } };
        string path = bench.Write("log.csv", text);

        Assert.Equal("ENG0805", Assert.Throws<LogFileException>(() => LogFile.ReadAll(path, options, TestContext.Current.CancellationToken)).Code);
        Interaction[] read = [.. LogFile.ReadAll(path, options with { Zone = ImportBench.Berlin }, TestContext.Current.CancellationToken).ToInteractions()];
        Assert.Equal([("ä", InteractionKind.Like), ("b", InteractionKind.Share)], read.Select(item => (item.Channel.Value, item.Kind)));
        Assert.All(read, item => Assert.Equal(Instant.FromUtc(2014, 7, 1, 10, 0), item.At));
    }

    [Theory]
    [InlineData("2014-11-20T09:00Z,a,like\nx,a,like\n", "ENG0825", 2L, "at")]
    [InlineData("2014-11-20T09:00Z,a,like\n,a,like\n", "ENG0823", 2L, "at")]
    [InlineData("2014-11-20T09:00Z,a,like\n2014-11-20T09:00,a,like\n", "ENG0825", 2L, "at")]
    [InlineData("2014-11-20T09:00Z,a,like\n2014-11-20T09:00Z,,like\n", "ENG0823", 2L, "channel")]
    [InlineData("2014-11-20T09:00Z,a,like\n2014-11-20T09:00Z,a,likes\n", "ENG0827", 2L, "kind")]
    [InlineData("2014-11-20T09:00Z,a\n", "ENG0822", 1L, null)]
    [InlineData("2014-11-20T09:00Z,a,like,\n", "ENG0822", 1L, null)]
    [InlineData("2014-11-20T09:00Z,a,like\n2014-11-20T09:00Z,\"a\"b,like\n", "ENG0821", 2L, null)]
    [InlineData("2014-11-20T09:00Z,\"a,like\n", "ENG0821", 1L, null)]
    public void A_row_that_is_not_sound_refuses_the_log_and_names_row_and_column(string rows, string code, long row, string? column)
    {
        using var bench = new ImportBench();
        LogFileException exception = Assert.Throws<LogFileException>(() => LogFile.ReadAll(bench.Write("log.csv", "at,channel,kind\n" + rows), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal((code, row, column), (exception.Code, exception.Row, exception.Column));
    }

    [Fact]
    public void Bytes_that_are_no_text_refuse_the_log_where_they_are_read()
    {
        using var bench = new ImportBench();
        string path = bench.Write("log.csv", [.. "at,channel,kind,rest\n2014-11-20T09:00Z,a,like,"u8, 0xE4, .. "\n2014-11-20T09:00Z,"u8, 0xE4, .. ",like,\n"u8]);
        LogFileException exception = Assert.Throws<LogFileException>(() => LogFile.ReadAll(path, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(("ENG0820", 2L, "channel"), (exception.Code, exception.Row, exception.Column));
    }

    [Fact]
    public void A_long_row_and_a_long_field_are_refused_within_the_limit()
    {
        using var bench = new ImportBench();
        string path = bench.Write("log.csv", $"at,channel,kind\n2014-11-20T09:00Z,{new string('x', 10 << 20)},like\n");
        Assert.Equal("ENG0811", Assert.Throws<LogFileException>(() => LogFile.ReadAll(path, cancellationToken: TestContext.Current.CancellationToken)).Code);
        Assert.Equal("ENG0811", Assert.Throws<LogFileException>(() => LogFile.ReadAll(path, new LogFileOptions { Limits = new ImportLimits { RowBytes = 1 << 20 } }, TestContext.Current.CancellationToken)).Code);
    }

    [Fact]
    public void A_header_alone_is_a_log_without_rows_and_many_rows_come_in_chunks_that_roll_up_alike()
    {
        using var bench = new ImportBench();
        Assert.Equal(0, LogFile.ReadAll(bench.Write("log.csv", "at,channel,kind\n"), cancellationToken: TestContext.Current.CancellationToken).Count);

        const int Rows = 1_300_000;
        var text = new StringBuilder("at,channel,kind\n");
        for (int row = 0; row < Rows; row++) text.Append(CultureInfo.InvariantCulture, $"2014-11-{1 + (row % 30):00}T12:00Z,{(char)('a' + (row % 3))},like\n");
        string path = bench.Write("log.csv", text.ToString());

        long[] counts = [.. LogFile.Read(path, cancellationToken: TestContext.Current.CancellationToken).Select(log => log.Count)];
        Assert.Equal(Rows, counts.Sum());
        Assert.True(counts.Length > 1);
        Assert.All(counts, count => Assert.True(count <= 1 << 20));
        RollUp rollUp = RollUp.OfStream(LogFile.Read(path, cancellationToken: TestContext.Current.CancellationToken), LocalCalendar.Days(ImportBench.Berlin, LocalPeriod.Year(2014)), cancellationToken: TestContext.Current.CancellationToken);

        // Row r is of day r mod 30 and channel r mod 3: each day has one channel, with 43,333 rows or one more.
        Assert.Equal(30, rollUp.Cells.Count());
        Assert.Equal([43_334L, 43_333L], rollUp.Cells.Select(cell => cell.Count).Distinct().OrderDescending());
        Assert.Equal(Rows, rollUp.Cells.Sum(cell => cell.Count));
    }
}
