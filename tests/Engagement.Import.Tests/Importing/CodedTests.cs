using CsCheck;
using Engagement.Import.Columnar;

namespace Engagement.Import.Tests;

/// <summary>Indexes of texts become what the texts stand for, one by one or many at once.</summary>
public class CodedTests
{
    private const byte NotRead = byte.MaxValue;

    [Fact]
    public void Rows_are_looked_up_to_the_first_that_is_not_read()
    {
        Gen.Select(Gen.Int[1, 20], Gen.Int[0, 100], Gen.Int[0, 1_000_000], Gen.Int[0, 100]).Sample((places, rows, seed, start) =>
        {
            var random = new Random(seed);
            byte[] table = [.. Enumerable.Range(0, places).Select(_ => (byte)random.Next(30))];
            if (seed % 3 > 0) table[random.Next(places)] = NotRead;
            int[] indexes = [.. Enumerable.Range(0, rows).Select(_ => random.Next(seed % 2 == 0 ? places : 1))];
            int from = Math.Min(start, rows);
            int expected = Enumerable.Range(from, rows - from).FirstOrDefault(row => table[indexes[row]] == NotRead, rows);

            foreach (bool isMany in new[] { true, false })
            {
                byte[] codes = new byte[rows];
                int end = isMany ? Coded.LookUpBytes(indexes, table, NotRead, codes, from) : Coded.LookUp(indexes, table, NotRead, codes, from);

                Assert.Equal(expected, end);
                Assert.Equal(indexes[from..end].Select(index => table[index]), codes[from..end]);
            }
        });
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(259)]
    [InlineData(65_536)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void An_index_outside_stays_one_wherever_it_stands(int index)
    {
        byte[] table = [7, 8, 9];
        for (int bad = 0; bad < 40; bad++)
        {
            int[] indexes = new int[40];
            indexes[bad] = index;

            // Places that are there only to fill a vector are as if they were not there: a row that points to one is not read, or lies outside.
            Assert.Throws<IndexOutOfRangeException>(() => Coded.LookUpBytes(indexes, table, NotRead, new byte[40], 0));
        }
    }
}
