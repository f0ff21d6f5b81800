using System.Runtime.ExceptionServices;

namespace Engagement.Core.Logs;

/// <summary>Pieces of work that a number of workers take one after the other.</summary>
internal static class Workers
{
    /// <summary>Acts on each piece once and returns when all work has ended; one worker runs on the caller's thread.</summary>
    /// <remarks>
    /// An error ends the work and is thrown as it is. Pieces are begun in order, and those that are under way end, so that of several errors that of the first piece is thrown, whatever the threads do.
    /// </remarks>
    /// <param name="workers">How many threads may work at once.</param>
    /// <param name="pieces">How many pieces there are.</param>
    /// <param name="work">Acts on a piece: the number of the worker, and of the piece.</param>
    /// <param name="cancellationToken">Is looked at before each piece.</param>
    public static void Run(int workers, int pieces, Action<int, int> work, CancellationToken cancellationToken)
    {
        workers = Math.Min(workers, pieces);
        if (workers <= 1)
        {
            for (int piece = 0; piece < pieces; piece++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                work(0, piece);
            }

            return;
        }

        int next = -1;
        int failed = int.MaxValue;
        ExceptionDispatchInfo? error = null;
        var gate = new Lock();

        // The pool's threads are parked and warm; the caller's own thread is the first worker, and takes over what no other has begun.
        var others = new Task[workers - 1];
        for (int worker = 1; worker < workers; worker++)
        {
            int number = worker;
            others[worker - 1] = Task.Run(() => Work(number), CancellationToken.None);
        }

        Work(0);
        Task.WaitAll(others, CancellationToken.None);
        error?.Throw();

        void Work(int worker)
        {
            for (int piece = Interlocked.Increment(ref next); piece < pieces && Volatile.Read(ref failed) == int.MaxValue; piece = Interlocked.Increment(ref next))
            {
                try
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    work(worker, piece);
                }
                catch (Exception thrown)
                {
                    // Thrown again, as it is, by the thread that waits.
                    lock (gate)
                    {
                        if (piece < failed) (failed, error) = (piece, ExceptionDispatchInfo.Capture(thrown));
                    }
                }
            }
        }
    }

    /// <summary>The rows of one of several equal shares.</summary>
    public static (int Start, int Length) Share(int rows, int share, int shares)
    {
        int start = (int)((long)rows * share / shares);
        return (start, (int)((long)rows * (share + 1) / shares) - start);
    }
}
