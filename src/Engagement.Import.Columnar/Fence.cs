using System.Globalization;
using Engagement.Core;

namespace Engagement.Import.Columnar;

/// <summary>Runs a library's code for so long and with so much memory, and makes whatever it throws the one declared exception.</summary>
internal sealed class Fence(string format)
{
    /// <summary>How long one step may take: a batch of a million rows takes a tenth of a second.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>The most memory of native code beyond what was taken before.</summary>
    private const long MostNativeBytes = 2L << 30;

    /// <summary>Whether a step was given up. What it works on is then never disposed of, because it may still be at it.</summary>
    public bool IsGivenUp { get; private set; }

    public ImportException Damaged(string what, Exception? inner = null) => new(new Fault(ImportCodes.Damaged, $"is not a sound {format} file: {what}", "export it again"), inner: inner);

    public static ImportException TooMuch(FormattableString rule) => new(new Fault(ImportCodes.LimitExceeded, rule.ToString(CultureInfo.InvariantCulture), "split it, or raise the limit if you trust it"));

    public T Run<T>(Func<T> step)
    {
        long before = NativeBytes();
        Task<T> task = Task.Run(step);
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (!Wait(task))
        {
            if (waited.Elapsed > Longest) throw GiveUp($"must be readable within {Longest.TotalSeconds} seconds a batch");
            if (NativeBytes() - before > MostNativeBytes) throw GiveUp($"must be readable within {MostNativeBytes} bytes of memory");
        }

        try
        {
            return task.GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is not (ImportException or OperationCanceledException or UnauthorizedAccessException) && (exception is not IOException || exception is EndOfStreamException))
        {
            throw Damaged(Guard.Excerpt(exception.Message.Split('\n')[0]), exception);
        }
    }

    private static bool Wait(Task task)
    {
        try
        {
            return task.Wait(Look);
        }
        catch (AggregateException)
        {
            return true;
        }
    }

    private static long NativeBytes() => ParquetSharp.MemoryPool.GetDefaultMemoryPool().BytesAllocated;

    private ImportException GiveUp(FormattableString rule)
    {
        IsGivenUp = true;
        return TooMuch(rule);
    }
}
