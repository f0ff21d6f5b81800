using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Engagement.Core.Logs;
using Engagement.Import.Columnar;

namespace Engagement.Import.Tests;

/// <summary>A CSV log of several blocks: where a block ends makes no difference.</summary>
public class CsvBlockTests
{
    private const int Rows = 60_000;

    [Theory]
    [InlineData("\n", false)]
    [InlineData("\r\n", false)]
    [InlineData("\r", false)]
    [InlineData("\n", true)]
    public void Rows_come_back_whatever_stands_in_quotes_and_however_lines_end(string lineEnd, bool isUtf16)
    {
        using var bench = new ImportBench();
        var random = new Random(7);
        string[] channels = ["a", "b,b", "c,\"c\"", "d;;d", "\u00E4\"\""];
        var text = new StringBuilder("at,channel,kind,note").Append(lineEnd);
        var expected = new List<string>(Rows);
        for (int row = 0; row < Rows; row++)
        {
            string channel = channels[random.Next(channels.Length)];
            expected.Add(channel);
            text.Append("2014-11-20T09:00Z,\"").Append(channel.Replace("\"", "\"\"", StringComparison.Ordinal)).Append("\",like,\"").Append('x', random.Next(60)).Append("\"\"").Append('\n', random.Next(3)).Append('\r', random.Next(2)).Append("\n2014-11-20T09:00Z,x,like,\"\"y\"\"").Append('"').Append(lineEnd);
        }

        byte[] bytes = isUtf16 ? [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text.ToString())] : Encoding.UTF8.GetBytes(text.ToString());
        Assert.True(bytes.Length > 2 * CsvBlock.UsualBytes);
        InteractionLog log = LogFile.ReadAll(bench.Write("log.csv", bytes), new LogFileOptions { Limits = new ImportLimits { RowBytes = 1 << 20 } }, TestContext.Current.CancellationToken);

        Assert.Equal(expected, log.ToInteractions().Select(item => item.Channel.Value), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("2014-11-20T09:00Z,a\"b,like", "ENG0821", null)]
    [InlineData("2014-11-20T09:00Z,\"a\"b,like", "ENG0821", null)]
    [InlineData("2014-11-20T09:00Z,\"a,like", "ENG0821", null)]
    [InlineData("2014-11-20T09:00Z,a", "ENG0822", null)]
    [InlineData("2014-11-31T09:00Z,a,like", "ENG0825", "at")]
    [InlineData("2014-11-20T09:00,a,like", "ENG0825", "at")]
    [InlineData("\0\0\0\0\0\0\0\0\0\0,a,like", "ENG0825", "at")]
    [InlineData("2014-11-20T09:00Z,a\0,like", "ENG0820", "channel")]
    [InlineData("2014-11-20T09:00Z,a,likes", "ENG0827", "kind")]
    [InlineData("\uFEFF2014-11-20T09:00Z,a,like", "ENG0825", "at")]
    public void What_is_wrong_far_down_is_named_with_its_row(string row, string code, string? column)
    {
        using var bench = new ImportBench();
        var text = new StringBuilder("at,channel,kind\n");
        for (int line = 0; line < Rows; line++) text.Append(CultureInfo.InvariantCulture, $"2014-11-20T09:{line % 60:00}:00Z,\"channel, {line % 7}\",like\n");
        int length = text.Length;
        text.Append(row).Append('\n').Append("2014-11-20T09:00Z,a,like\n");
        Assert.True(length > 2 * CsvBlock.UsualBytes);
        LogFileException exception = Assert.Throws<LogFileException>(() => LogFile.ReadAll(bench.Write("log.csv", text.ToString()), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal((code, Rows + 1L, column), (exception.Code, exception.Row, exception.Column));
    }

    [Theory]
    [InlineData("at,channel,kind", "2014-11-20T09:00:00Z,a,like", 37_449)]
    [InlineData("at,channel,kind", "2014-11-20,a,like", 1)]
    public void A_last_block_of_one_short_row_is_read(string header, string row, int rows)
    {
        using var bench = new ImportBench();
        string path = bench.Write("log.csv", $"{header}\n{string.Concat(Enumerable.Repeat($"{row}\n", rows))}");
        Assert.Equal(rows, LogFile.ReadAll(path, new LogFileOptions { Zone = NodaTime.DateTimeZone.Utc }, TestContext.Current.CancellationToken).Count);
    }

    [Fact]
    public void A_row_may_reply_to_more_rows_than_an_identifier_has_characters()
    {
        using var bench = new ImportBench();
        string path = bench.Write("log.csv", $"at,channel,kind,reply_to,also_reply_to\n{string.Concat(Enumerable.Repeat("2014-11-20T09:00:00Z,a,comment,,\n", 1_000))}2014-11-20T09:01:00Z,a,reply,0,{string.Join(';', Enumerable.Range(1, 999))}\n");
        Assert.Equal(999, LogFile.ReadAll(path, cancellationToken: TestContext.Current.CancellationToken).ToInteractions().Last().AlsoReplyTo.Count);
    }

    [Fact]
    public void A_quote_that_is_never_closed_is_refused_with_its_row_before_the_rest_is_kept_in_memory()
    {
        using var bench = new ImportBench();
        string rest = new('x', 3 << 20);
        string path = bench.Write("log.csv", $"at,channel,kind\n2014-11-20T09:00Z,a,like\n2014-11-20T09:00Z,\"{rest}\n{rest}\n{rest}");
        LogFileException exception = Assert.Throws<LogFileException>(() => LogFile.ReadAll(path, new LogFileOptions { Limits = new ImportLimits { RowBytes = 1 << 20 } }, TestContext.Current.CancellationToken));

        Assert.Equal(("ENG0811", 2L), (exception.Code, exception.Row));
    }

    [Fact]
    public void A_row_that_is_as_long_as_several_blocks_is_read_where_its_long_field_is_not()
    {
        using var bench = new ImportBench();
        string rest = new('x', 3 << 20);
        string path = bench.Write("log.csv", $"at,channel,kind,note\n2014-11-20T09:00Z,a,like,\"{rest}\n{rest}\"\n2014-11-20T09:00Z,b,like,{rest}");

        Assert.Equal(["a", "b"], LogFile.ReadAll(path, cancellationToken: TestContext.Current.CancellationToken).ToInteractions().Select(item => item.Channel.Value), StringComparer.Ordinal);
    }

    [Fact]
    public void Words_are_told_apart_by_all_of_their_bytes()
    {
        var random = new Random(3);
        var words = new Utf8Words();
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int word = 0; word < 20_000; word++)
        {
            // Few letters and all lengths, so that many words are alike but for one byte.
            string text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => (char)('a' + random.Next(2)))) + (random.Next(2) == 0 ? "\0" : "");
            bool isNewHere = known.TryAdd(text, known.Count);
            Assert.Equal(known[text], words.IndexOf(Encoding.UTF8.GetBytes(text), out bool isNew));
            Assert.Equal(isNewHere, isNew);
        }

        Assert.Equal(known.Keys, Enumerable.Range(0, words.Count).Select(index => words[index]), StringComparer.Ordinal);
        words.Clear();
        Assert.Equal((0, 0), (words.Count, words.IndexOf("b"u8, out _)));
    }

    [Fact]
    public void Words_that_were_chosen_to_fall_into_one_place_are_told_apart_in_little_time()
    {
        // Their last eight bytes are a number that the place of a word was once found by: 100,000 took ten seconds, and a million a quarter of an hour.
        var words = new Utf8Words();
        byte[] word = new byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(word.AsSpan(8), 0x9E37_79B9_7F4A_7C15);
        var watch = Stopwatch.StartNew();
        for (int number = 0; number < 100_000; number++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(word, number);
            Assert.Equal(number, words.IndexOf(word, out _));
        }

        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 4);
    }
}
