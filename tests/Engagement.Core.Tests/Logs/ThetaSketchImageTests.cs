using System.Buffers.Binary;
using System.Globalization;
using Engagement.Core.Logs;

namespace Engagement.Core.Tests.Logs;

public class ThetaSketchImageTests
{
    // theta_n1_cpp.sk and theta_n0_cpp.sk of apache/datasketches-go, as DataSketches C++ wrote them; the others with the flags and hashes of DataSketches Java.
    private const string OneByCpp = "01030300001ACC93E56B61EEC8804420";
    private const string OneByJava = "01030300003ACC93E56B61EEC8804420";
    private const string NobodyByCpp = "01030300001ECC93";
    private const string NobodyByJava = "01030300001E0000";

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(1_000)]
    public void Sketches_of_DataSketches_are_read_to_their_count_and_written_back_byte_for_byte(int count)
    {
        string? path = SharedData.Folder is null ? null : Path.Combine(SharedData.Folder, "data", "datasketches", FormattableString.Invariant($"theta_n{count}_cpp.sk"));
        Assert.SkipUnless(File.Exists(path), "The sketches are not there: put the folder shared beside the repository to run this test.");
        byte[] bytes = File.ReadAllBytes(path!);
        var sketch = ThetaSketch.FromBytes(bytes);
        Assert.Equal(count, sketch.Estimate().Value);
        Assert.True(sketch.IsExact);
        Assert.Equal(bytes, sketch.ToBytes());

        // The keys are 0 … count − 1.
        Assert.Equal(bytes, ThetaSketch.Of([.. Enumerable.Range(0, count).Select(key => (long)key)]).ToBytes());
    }

    [Theory]
    [InlineData(OneByCpp, OneByCpp, 1)]
    [InlineData(OneByJava, OneByCpp, 1)]
    [InlineData(NobodyByCpp, NobodyByCpp, 0)]
    [InlineData(NobodyByJava, NobodyByCpp, 0)]
    [InlineData("02030300001ACC930000000000000000", NobodyByCpp, 0)]
    [InlineData("03030300000ECC930000000000000000FFFFFFFFFFFFFF7F", NobodyByCpp, 0)]
    [InlineData("C1030300001ACC93E56B61EEC8804420", OneByCpp, 1)]
    [InlineData("01020300001ACC93", NobodyByCpp, 0)]
    [InlineData("02020300001ACC930000000000000000", NobodyByCpp, 0)]
    [InlineData("02020300001ACC930100000000000000E56B61EEC8804420", OneByCpp, 1)]
    [InlineData("03020300001ACC930100000000000000FFFFFFFFFFFFFF7FE56B61EEC8804420", OneByCpp, 1)]
    [InlineData("03010300000000000000000000000000FFFFFFFFFFFFFF7F", NobodyByCpp, 0)]
    [InlineData("03010300000000000100000000000000FFFFFFFFFFFFFF7FE56B61EEC8804420", OneByCpp, 1)]
    public void Other_writers_and_versions_mean_the_same(string hex, string written, int retained)
    {
        var sketch = ThetaSketch.FromBytes(Bytes(hex));
        Assert.Equal(retained, sketch.RetainedEntries);
        Assert.Equal(written, Convert.ToHexString(sketch.ToBytes()));
        Assert.Equal(sketch, ThetaSketch.FromBytes(sketch.ToBytes()));
    }

    [Fact]
    public void A_sampled_sketch_is_written_with_theta_and_three_eights_before_the_hashes()
    {
        var sketch = ThetaSketch.Of([.. Enumerable.Range(0, 1_000).Select(key => (long)key)], 16);
        byte[] bytes = sketch.ToBytes();
        Assert.Equal("03030300001ACC931000000000000000", Convert.ToHexString(bytes, 0, 16));
        Assert.Equal(24 + (16 * 8), bytes.Length);
        Assert.Equal(sketch.Theta, BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(16)) / Math.Pow(2, 63));
        Assert.Equal(sketch, ThetaSketch.FromBytes(bytes));
    }

    [Fact]
    public void An_unordered_sketch_is_put_in_order()
    {
        byte[] ordered = ThetaSketch.Of([.. Enumerable.Range(0, 1_000).Select(key => (long)key)], 64).ToBytes();
        byte[] unordered = [.. ordered[..24], .. ordered[24..].Chunk(8).Reverse().SelectMany(hash => hash)];
        Assert.Throws<ThetaSketchFormatException>(() => ThetaSketch.FromBytes(unordered));
        unordered[5] = 0x0A;
        Assert.Equal(ordered, ThetaSketch.FromBytes(unordered).ToBytes());
    }

    [Theory]
    [InlineData(2, 4_096)]
    [InlineData(9, 4_096)]
    [InlineData(4_000, 4_096)]
    [InlineData(100_000, 64)]
    [InlineData(1_000_000, 4_096)]
    public void Compressed_sketches_of_version_4_are_read(int count, int k)
    {
        var sketch = ThetaSketch.Of([.. Enumerable.Range(0, count).Select(key => (long)key)], k);
        Assert.Equal(sketch, ThetaSketch.FromBytes(Compressed(sketch)));
    }

    [Fact]
    public void More_hashes_than_the_default_are_kept_as_they_were_read()
    {
        var large = ThetaSketch.Of([.. Enumerable.Range(0, 7_000).Select(key => (long)key)], 8_192);
        var read = ThetaSketch.FromBytes(large.ToBytes());
        Assert.Equal(7_000, read.Estimate().Value);
        Assert.Equal(ThetaSketch.Of([.. Enumerable.Range(0, 7_000).Select(key => (long)key)]), read.Union(ThetaSketch.Empty));
    }

    [Theory]
    [InlineData("", "bytes (0 bytes at byte 0) must be at least 8: pass the whole sketch.")]
    [InlineData("01030300001ECC", "bytes (7 bytes at byte 7) must be at least 8: pass the whole sketch.")]
    [InlineData("01030200001ECC93", "bytes (family 2 at byte 2) must be 3, a compact theta sketch: compact the sketch before writing it.")]
    [InlineData("01050300001ECC93", "bytes (version 5 at byte 1) must be 1, 2, 3 or 4: write the sketch in version 3.")]
    [InlineData("00030300001ECC93", "bytes (preamble of 0 eights at byte 0) must be 1, 2 or 3: pass a compact theta sketch, undamaged.")]
    [InlineData("01010300001ECC93", "bytes (preamble of 1 eights at byte 0) must be 3 in version 1: pass a compact theta sketch, undamaged.")]
    [InlineData("01030300001ACD93E56B61EEC8804420", "bytes (seed hash 93CD at byte 6) must be 93CC, that of seed 9001: make all sketches with the default seed.")]
    [InlineData("01030300001BCC93E56B61EEC8804420", "bytes (big-endian flag at byte 5) must not be set: write the sketch on a little-endian machine.")]
    [InlineData("010303000012CC93E56B61EEC8804420", "bytes (compact flag missing at byte 5) must be set: compact the sketch before writing it.")]
    [InlineData("01030300001ACC93", "bytes (8 bytes at byte 8) must be 16 by its preamble: pass the sketch alone and whole.")]
    [InlineData("01030300001ACC93E56B61EEC880442000", "bytes (17 bytes at byte 16) must be 16 by its preamble: pass the sketch alone and whole.")]
    [InlineData("01030300001ACC930000000000000000", "bytes (hash 0 at byte 8) must lie above the one before (0) and below θ (9223372036854775807): pass a compact theta sketch, undamaged.")]
    [InlineData("02030300001ACC93FFFFFFFF00000000", "bytes (16 bytes at byte 16) must be 34359738376 by its preamble: pass the sketch alone and whole.")]
    [InlineData("02030300001ECC930100000000000000", "bytes (1 hashes at byte 8) must be none in an empty sketch: pass a compact theta sketch, undamaged.")]
    [InlineData("03030300001ACC9300000000000000000000000000000000", "bytes (θ 0 at byte 16) must lie between 1 and 2⁶³ − 1: pass a compact theta sketch, undamaged.")]
    [InlineData("03030300001ACC9300000000000000000000000000000080", "bytes (θ 9223372036854775808 at byte 16) must lie between 1 and 2⁶³ − 1: pass a compact theta sketch, undamaged.")]
    [InlineData("01040301041ACC93FFFFFFFF", "bytes (4294967295 hashes at byte 8) must be at most 134217728: pass a compact theta sketch, undamaged.")]
    [InlineData("01040300011ACC9301FF", "bytes (differences of 0 bits at byte 3) must have 1 to 63: pass a compact theta sketch, undamaged.")]
    [InlineData("01040308051ACC9301FF", "bytes (count of 5 bytes at byte 4) must have 1 to 4: pass a compact theta sketch, undamaged.")]
    [InlineData("01040308011ACC93020100", "bytes (hash 1 at byte 10) must lie above the one before (1) and below θ (9223372036854775807): pass a compact theta sketch, undamaged.")]
    public void What_is_no_sketch_is_refused_by_place(string hex, string message) => Assert.Equal(message, Assert.Throws<ThetaSketchFormatException>(() => ThetaSketch.FromBytes(Bytes(hex))).Message);

    [LongFact]
    public void A_hundred_thousand_damaged_sketches_are_refused_or_mean_what_they_say()
    {
        var random = new Random(20_141_120);
        byte[][] whole =
        [
            Bytes(OneByCpp), Bytes(NobodyByCpp), Bytes("02020300001ACC930100000000000000E56B61EEC8804420"), Bytes("03010300000000000100000000000000FFFFFFFFFFFFFF7FE56B61EEC8804420"),
            .. new[] { (5, 16), (30, 16), (200, 4_096), (5_000, 64) }.SelectMany(size =>
            {
                var sketch = ThetaSketch.Of([.. Enumerable.Range(0, size.Item1).Select(key => (long)key)], size.Item2);
                return new[] { sketch.ToBytes(), Compressed(sketch) };
            }),
        ];
        int read = 0;
        for (int mutant = 0; mutant < 100_000; mutant++)
        {
            byte[] bytes = Damage(whole[random.Next(whole.Length)], random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            ThetaSketch sketch;
            try
            {
                sketch = ThetaSketch.FromBytes(bytes);
            }
            catch (ThetaSketchFormatException)
            {
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 65_536 + (64L * bytes.Length));
                continue;
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 65_536 + (128L * bytes.Length));
            read++;
            Assert.Equal(sketch, ThetaSketch.FromBytes(sketch.ToBytes()));
            if (mutant % 50 == 0) Assert.True(double.IsFinite(sketch.Estimate().Value) && sketch.Estimate().Value >= sketch.RetainedEntries);
        }

        // Neither all nor none: the damage must reach the reader's insides.
        Assert.InRange(read, 1_000, 90_000);
    }

    private static byte[] Damage(byte[] whole, Random random)
    {
        byte[] bytes = random.Next(6) switch
        {
            0 => whole[..random.Next(whole.Length)],
            1 => [.. whole, .. new byte[random.Next(1, 20)]],
            _ => [.. whole],
        };
        for (int times = random.Next(1, 4); times > 0 && bytes.Length > 0; times--)
        {
            int place = random.Next(random.Next(3) == 0 ? bytes.Length : Math.Min(bytes.Length, 24));
            bytes[place] = random.Next(3) switch
            {
                0 => (byte)random.Next(256),
                1 => (byte)(bytes[place] ^ (1 << random.Next(8))),
                _ => (byte)(random.Next(2) * 255),
            };
        }

        return bytes;
    }

    /// <summary>Version 4, packed as a text of zeros and ones.</summary>
    private static byte[] Compressed(ThetaSketch sketch)
    {
        byte[] plain = sketch.ToBytes();
        int preamble = sketch.IsExact ? sketch.RetainedEntries > 1 ? 16 : 8 : 24;
        ulong[] hashes = [.. plain[preamble..].Chunk(8).Select(hash => BinaryPrimitives.ReadUInt64LittleEndian(hash))];
        ulong[] differences = [.. hashes.Select((hash, index) => hash - (index == 0 ? 0 : hashes[index - 1]))];
        int bits = differences.Max(difference => difference.ToString("b", CultureInfo.InvariantCulture).Length);
        string packed = string.Concat(differences.Select(difference => difference.ToString("b", CultureInfo.InvariantCulture).PadLeft(bits, '0')));
        byte[] count = hashes.Length < 256 ? [(byte)hashes.Length] : [(byte)(hashes.Length & 0xFF), (byte)(hashes.Length >> 8)];
        return
        [
            (byte)(sketch.IsExact ? 1 : 2), 4, 3, (byte)bits, (byte)count.Length, 0x1A, 0xCC, 0x93, .. sketch.IsExact ? [] : plain[16..24], .. count,
            .. packed.PadRight((packed.Length + 7) / 8 * 8, '0').Chunk(8).Select(eight => Convert.ToByte(new string(eight), 2)),
        ];
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex);
}
