using Apache.Arrow;
using Apache.Arrow.Types;
using Engagement.Import.Columnar;
using NodaTime;
using static Engagement.Import.Tests.ArrowTable;

namespace Engagement.Import.Tests;

/// <summary>Columns of every type: read, or refused by name.</summary>
public class ArrowColumnTests
{
    [Fact]
    public void Counts_are_read_from_numbers_decimals_texts_and_dictionaries()
    {
        var dictionary = new DictionaryArray(new DictionaryType(UInt8Type.Default, StringType.Default, false), new UInt8Array.Builder().Append(1).AppendNull().Build(), new StringArray.Builder().Append("x").Append("40").Build());
        foreach ((IArrowArray column, long? expected) in new (IArrowArray, long?)[]
        {
            (new Int8Array.Builder().Append(40).AppendNull().Build(), 40),
            (new UInt64Array.Builder().Append(40).AppendNull().Build(), 40),
            (new FloatArray.Builder().Append(40f).AppendNull().Build(), 40),
            (new DoubleArray.Builder().Append(4e9).AppendNull().Build(), 4_000_000_000),
            (new Decimal128Array.Builder(new Decimal128Type(20, 2)).Append(40m).AppendNull().Build(), 40),
            (new Decimal256Array.Builder(new Decimal256Type(40, 0)).Append(40m).AppendNull().Build(), 40),
            (new StringArray.Builder().Append("40").AppendNull().Build(), 40),
            (LargeText("40"), 40),
            (dictionary, 40),
        })
        {
            using var bench = new ImportBench();
            ImportedFile file = Take(bench, ("Post ID", Texts("1", "2")), ("Publish time", Texts("03/05/2024 14:30", "03/05/2024 14:30")), ("Impressions", column), ("Reactions", Texts("1", "1")));

            Assert.True(file.Taken == 2, column.Data.DataType.Name);
            Assert.Equal([expected, null], bench.Portfolio().Publications.Select(post => post.Exposures.Impressions.Value));
        }
    }

    [Fact]
    public void A_column_that_claims_more_rows_than_it_has_costs_no_memory()
    {
        const int Rows = 1_009;
        const long Claimed = 200_000_000;
        using var bench = new ImportBench();
        string path = Table(bench, ("at", Stamps(TimeUnit.Millisecond, "UTC", new long[Rows])), ("channel", Texts([.. Enumerable.Repeat("page", Rows)])), ("kind", Texts([.. Enumerable.Repeat("like", Rows)])));
        byte[] bytes = File.ReadAllBytes(path);
        int lies = 0;
        for (int at = 0; at + sizeof(long) <= bytes.Length; at += sizeof(long))
        {
            if (BitConverter.ToInt64(bytes, at) != Rows) continue;
            BitConverter.TryWriteBytes(bytes.AsSpan(at), Claimed);
            lies++;
        }

        File.WriteAllBytes(path, bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        LogFileException refused = Assert.Throws<LogFileException>(() => LogFile.ReadAll(path, cancellationToken: TestContext.Current.CancellationToken));
        ImportResult imported = ArrowTable.Import(bench, path);

        Assert.Equal((4, ImportCodes.Damaged), (lies, refused.Code));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
        Assert.Equal((false, ImportCodes.Damaged), (imported.IsImported, Assert.Single(imported.Findings, finding => finding.Code.StartsWith("ENG08", StringComparison.Ordinal)).Code));
    }

    /// <summary>A batch may state other rows than its columns; if they were believed, two thousand million blank ones would be gone through.</summary>
    [Fact]
    public void A_batch_that_claims_more_rows_than_its_columns_is_refused()
    {
        using var bench = new ImportBench();
        string path = Table(bench, ("at", Stamps(TimeUnit.Millisecond, "UTC", new long[1_009])), ("channel", Texts([.. Enumerable.Repeat("page", 1_009)])), ("kind", Texts([.. Enumerable.Repeat("like", 1_009)])));
        byte[] sound = File.ReadAllBytes(path);
        int refused = 0;
        for (int at = 0; at + sizeof(long) <= sound.Length; at += sizeof(long))
        {
            if (BitConverter.ToInt64(sound, at) != 1_009) continue;
            byte[] bytes = [.. sound];
            BitConverter.TryWriteBytes(bytes.AsSpan(at), 2_000_000_000L);
            File.WriteAllBytes(path, bytes);
            Assert.Equal(ImportCodes.Damaged, Assert.Single(ArrowTable.Import(bench, path).Findings, finding => finding.Code.StartsWith("ENG08", StringComparison.Ordinal)).Code);
            refused++;
        }

        Assert.Equal(4, refused);
    }

    /// <summary>Any number of the file may be a lie; those by which memory is reserved are found before it is.</summary>
    [Fact]
    public void A_message_that_claims_more_than_its_file_has_is_found_before_it_is_read()
    {
        const int Claimed = 0x0200_0000;
        using var bench = new ImportBench();
        byte[] sound = File.ReadAllBytes(Table(bench, ("at", Stamps(TimeUnit.Millisecond, "UTC", 1, 2, 3)), ("channel", Texts("page", "page", "page")), ("kind", Texts("like", "like", "like"))));
        var found = new HashSet<string>(StringComparer.Ordinal);
        for (int at = 8; at + sizeof(int) <= sound.Length; at += sizeof(int))
        {
            byte[] bytes = [.. sound];
            BitConverter.TryWriteBytes(bytes.AsSpan(at), Claimed);
            string path = bench.Write("lie.arrow", bytes);
            try
            {
                Assert.True(LogFile.ReadAll(path, cancellationToken: TestContext.Current.CancellationToken).Count <= 3);
            }
            catch (LogFileException refused)
            {
                for (Exception? inner = refused; inner is not null; inner = inner.InnerException) found.Add(inner.Message);
            }
        }

        Assert.Contains("A message is longer than its file.", found);
        Assert.Contains("A message has fewer columns than it says.", found);
    }

    /// <summary>Zero is "left out" wherever a message says where a part of it lies: the value of a key of the schema, for one.</summary>
    [Trait("Runs", "Once")]
    [Fact]
    public void A_log_of_which_a_part_is_left_out_is_read_or_refused()
    {
        using var bench = new ImportBench();
        byte[] sound = File.ReadAllBytes(LogFileTests.Written(bench, LogFileTests.OfBuilder(5, 1), LogFileFormat.ArrowStream));
        int refused = 0;
        for (int at = 0; at + sizeof(ushort) <= sound.Length; at += sizeof(ushort))
        {
            byte[] bytes = [.. sound];
            bytes.AsSpan(at, sizeof(ushort)).Clear();
            string path = bench.Write("lie.arrow", bytes);
            try
            {
                Assert.True(LogFile.ReadAll(path, cancellationToken: TestContext.Current.CancellationToken).Count <= 5);
            }
            catch (LogFileException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1, sound.Length / sizeof(ushort));
    }

    [Fact]
    public void Times_are_read_from_dates_and_from_timestamps_of_every_unit()
    {
        Instant moment = Instant.FromUtc(2014, 11, 20, 8, 0, 1);
        Instant day = ImportBench.Berlin.AtStartOfDay(new LocalDate(2014, 11, 20)).ToInstant();
        long seconds = moment.ToUnixTimeSeconds();
        foreach ((IArrowArray column, Instant expected) in new (IArrowArray, Instant)[]
        {
            (Stamps(TimeUnit.Second, "UTC", seconds), moment),
            (Stamps(TimeUnit.Millisecond, "Europe/Berlin", seconds * 1_000), moment),
            (Stamps(TimeUnit.Microsecond, "UTC", seconds * 1_000_000), moment),
            (Stamps(TimeUnit.Nanosecond, "UTC", seconds * 1_000_000_000), moment),
            (Stamps(TimeUnit.Second, null, seconds), moment - NodaTime.Duration.FromHours(1)),
            (new Date32Array.Builder().Append(new DateTime(2014, 11, 20, 0, 0, 0, DateTimeKind.Utc)).Build(), day),
            (new Date64Array.Builder().Append(new DateTime(2014, 11, 20, 0, 0, 0, DateTimeKind.Utc)).Build(), day),
        })
        {
            using var bench = new ImportBench();
            ImportedFile file = Take(bench, ("at", column), ("channel", Texts("x")), ("kind", Texts("like")));

            Assert.True(file.Taken == 1, column.Data.DataType.Name);
            Assert.Equal(expected, Assert.Single(bench.Portfolio().Interactions).At);
        }
    }

    [Fact]
    public void A_column_of_lists_or_bytes_is_named_when_a_mapping_needs_it_and_passed_over_when_none_does()
    {
        var bytes = new BinaryArray.Builder().Append("1"u8).Build();
        using var bench = new ImportBench();
        ImportResult needed = Import(bench, ("at", Stamps(TimeUnit.Second, "UTC", 1)), ("channel", bytes), ("kind", Texts("like")));
        Assert.Equal(1, needed.Files[0].Rejected);
        Assert.Contains("is of the type binary", needed.Findings[0].ToString(), StringComparison.Ordinal);

        using var other = new ImportBench();
        Assert.Equal(1, Take(other, ("at", Stamps(TimeUnit.Second, "UTC", 1)), ("channel", Texts("x")), ("kind", Texts("like")), ("payload", bytes)).Taken);

        using var log = new ImportBench();
        LogFileException exception = Assert.Throws<LogFileException>(() => LogFile.ReadAll(Table(log, ("at", Stamps(TimeUnit.Second, "UTC", 1)), ("channel", bytes), ("kind", Texts("like"))), cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("is of the type binary", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_stands_twice_refuses_the_log_and_a_file_without_rows_is_empty()
    {
        using var bench = new ImportBench();
        string twice = Table(bench, ("at", Stamps(TimeUnit.Second, "UTC", 1)), ("channel", Texts("x")), ("channel", Texts("y")), ("kind", Texts("like")));
        Assert.Contains("must have the column channel once", Assert.Throws<LogFileException>(() => LogFile.ReadAll(twice, cancellationToken: TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);

        string empty = Table(bench, ("at", Stamps(TimeUnit.Second, "UTC")), ("channel", Texts()), ("kind", Texts()));
        Assert.Equal(0, LogFile.ReadAll(empty, cancellationToken: TestContext.Current.CancellationToken).Count);
        Assert.Equal(0, Import(bench, ("at", Stamps(TimeUnit.Second, "UTC")), ("channel", Texts()), ("kind", Texts())).Files[0].Read);
    }

    private static ImportedFile Take(ImportBench bench, params (string Name, IArrowArray Values)[] columns)
    {
        ImportResult result = Import(bench, columns);
        Assert.True(result.IsImported, string.Join('\n', result.Findings));
        return result.Files[0];
    }

    private static ImportResult Import(ImportBench bench, params (string Name, IArrowArray Values)[] columns) => ArrowTable.Import(bench, Table(bench, columns));

    /// <summary>A text and a null, with offsets of 64 bits.</summary>
    private static LargeStringArray LargeText(string text)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
        var offsets = new ArrowBuffer.Builder<long>().Append(0).Append(bytes.Length).Append(bytes.Length).Build();
        var isThere = new ArrowBuffer.BitmapBuilder().Append(true).Append(false).Build();
        return new LargeStringArray(new ArrayData(LargeStringType.Default, 2, 1, 0, [isThere, offsets, new ArrowBuffer(bytes)]));
    }
}
