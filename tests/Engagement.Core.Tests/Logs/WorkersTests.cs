using CsCheck;
using Engagement.Core.Logs;

namespace Engagement.Core.Tests.Logs;

public class WorkersTests
{
    [Fact]
    public void Each_piece_is_done_once_by_a_worker_that_there_is() => Gen.Select(Gen.Int[0, 300], Gen.Int[1, 9]).Sample(
        (pieces, workers) =>
        {
            int[] done = new int[pieces];
            int strangers = 0;
            Workers.Run(
                workers,
                pieces,
                (worker, piece) =>
                {
                    Interlocked.Increment(ref done[piece]);
                    if (worker < 0 || worker >= workers) Interlocked.Increment(ref strangers);
                },
                CancellationToken.None);
            Assert.All(done, times => Assert.Equal(1, times));
            Assert.Equal(0, strangers);
        },
        iter: LawCases.Count / 10);

    [Fact]
    public void Of_several_errors_the_first_pieces_is_thrown_whatever_the_threads_do() => Gen.Select(Gen.Int[1, 300], Gen.Int[1, 9], Gen.Int[0, int.MaxValue]).Sample(
        (pieces, workers, seed) =>
        {
            var random = new Random(seed);
            bool[] bad = [.. Enumerable.Range(0, pieces).Select(_ => random.Next(8) == 0)];
            bad[random.Next(pieces)] = true;
            int begun = 0;
            var thrown = Assert.Throws<InvalidOperationException>(() => Workers.Run(
                workers,
                pieces,
                (_, piece) =>
                {
                    Interlocked.Increment(ref begun);
                    if (bad[piece]) throw new InvalidOperationException($"piece {piece}");
                },
                CancellationToken.None));
            Assert.Equal($"piece {Array.IndexOf(bad, true)}", thrown.Message);
            Assert.InRange(begun, 1, pieces);
        },
        iter: LawCases.Count / 10);

    [Fact]
    public void Shares_tile_the_rows() => Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[1, 1_024]).Sample(
        (rows, shares) =>
        {
            int next = 0;
            for (int share = 0; share < shares; share++)
            {
                (int start, int length) = Workers.Share(rows, share, shares);
                Assert.Equal(next, start);
                Assert.InRange(length, rows / shares, (rows / shares) + 1);
                next += length;
            }

            Assert.Equal(rows, next);
        },
        iter: LawCases.Count / 10);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Nothing_is_begun_after_it_was_cancelled(int workers)
    {
        using var stop = new CancellationTokenSource();
        int begun = 0;
        Assert.Throws<OperationCanceledException>(() => Workers.Run(
            workers,
            1_000,
            (_, piece) =>
            {
                Interlocked.Increment(ref begun);
                if (piece == 0) stop.Cancel();
                stop.Token.WaitHandle.WaitOne();
            },
            stop.Token));
        Assert.InRange(begun, 1, workers);
    }
}
