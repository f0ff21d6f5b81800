using System.Runtime.ExceptionServices;

namespace Engagement.Core.Logs;

/// <summary>Pieces of work that a number of workers take one after the other; the first error ends the work and is thrown as it is.</summary>
internal static class Pieces
{
    public static void Run(int workers, int pieces, Action<int, int> work, CancellationToken cancellationToken)
    {
        workers = Math.Min(workers, pieces);
        int next = -1;
        ExceptionDispatchInfo? error = null;
        if (workers <= 1)
        {
            for (int piece = 0; piece < pieces; piece++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                work(0, piece);
            }

            return;
        }

        // The pool's threads are parked and warm; the caller's own thread is the first worker.
        var others = new Task[workers - 1];
        for (int worker = 1; worker < workers; worker++)
        {
            int number = worker;
            others[worker - 1] = Task.Run(() => Work(number), CancellationToken.None);
        }

        Work(0);
        Task.WaitAll(others, CancellationToken.None);
        Volatile.Read(ref error)?.Throw();

        void Work(int worker)
        {
            try
            {
                for (int piece = Interlocked.Increment(ref next); piece < pieces && Volatile.Read(ref error) is null; piece = Interlocked.Increment(ref next))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    work(worker, piece);
                }
            }
#pragma warning disable CA1031 // Thrown again, as it is, by the thread that waits.
            catch (Exception thrown)
#pragma warning restore CA1031
            {
                Interlocked.CompareExchange(ref error, ExceptionDispatchInfo.Capture(thrown), null);
            }
        }
    }
}
