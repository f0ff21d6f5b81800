using System.Runtime.ExceptionServices;

namespace Engagement.Core.Logs;

/// <summary>Work in equal shares over a given number of threads.</summary>
internal static class Workers
{
    /// <summary>Runs an action once for each worker and returns when all have ended; one worker runs on the caller's thread. Of several errors the first worker's is thrown, so that it is always the same.</summary>
    public static void Run(int degree, Action<int> work)
    {
        if (degree == 1)
        {
            work(0);
            return;
        }

        var errors = new ExceptionDispatchInfo?[degree];
        Parallel.For(0, degree, new ParallelOptions { MaxDegreeOfParallelism = degree }, worker =>
        {
            try
            {
                work(worker);
            }
            catch (Exception error)
            {
                errors[worker] = ExceptionDispatchInfo.Capture(error);
            }
        });

        Array.Find(errors, error => error is not null)?.Throw();
    }

    /// <summary>The rows of a worker.</summary>
    public static (int Start, int Length) Share(int rows, int worker, int degree)
    {
        int start = (int)((long)rows * worker / degree);
        return (start, (int)((long)rows * (worker + 1) / degree) - start);
    }
}
