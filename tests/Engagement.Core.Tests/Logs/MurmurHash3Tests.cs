using System.Buffers.Binary;
using System.Text;
using Engagement.Core.Logs;

namespace Engagement.Core.Tests.Logs;

public class MurmurHash3Tests
{
    // The vectors of github.com/spaolacci/murmur3 (murmur_test.go), seed 0, first half.
    [Theory]
    [InlineData("", 0x0000000000000000UL)]
    [InlineData("hello", 0xCBD8A7B341BD9B02UL)]
    [InlineData("hello, world", 0x342FAC623A5EBC8EUL)]
    [InlineData("19 Jan 2038 at 3:14:07 AM", 0xB89E5988B737AFFCUL)]
    [InlineData("The quick brown fox jumps over the lazy dog.", 0xCD99481F9EE902C9UL)]
    public void Texts_hash_as_published(string text, ulong hash) => Assert.Equal(hash, MurmurHash3.OfBytes(Encoding.UTF8.GetBytes(text), seed: 0));

    // The hash of a seed is its hash with seed 0, cut to 16 bits; that of DataSketches' default is 93CC.
    [Fact]
    public void The_default_seed_hashes_to_93CC() => Assert.Equal(0x93CCUL, MurmurHash3.OfNumber(9001, seed: 0) & 0xFFFF);

    [Fact]
    public void A_number_hashes_as_its_eight_bytes_alone_and_in_columns_of_every_length()
    {
        var random = new Random(1);
        for (int length = 0; length <= 256; length++)
        {
            long[] numbers = [.. Enumerable.Range(0, length).Select(_ => random.NextInt64(long.MinValue, long.MaxValue))];
            ulong[] hashes = new ulong[length];
            MurmurHash3.OfNumbers(numbers, hashes);
            byte[] bytes = new byte[8];
            for (int row = 0; row < length; row++)
            {
                BinaryPrimitives.WriteInt64LittleEndian(bytes, numbers[row]);
                Assert.Equal(MurmurHash3.OfBytes(bytes), hashes[row]);
                Assert.Equal(hashes[row], MurmurHash3.OfNumber(unchecked((ulong)numbers[row])));
            }
        }
    }
}
