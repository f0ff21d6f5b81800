using System.Globalization;

namespace Engagement.Import.Columnar;

/// <summary>Runs a library's code for so long and with so much memory, and makes whatever it throws the one declared exception.</summary>
/// <param name="format">The name of the format.</param>
/// <param name="longest">How long one step may take: a batch of a million rows takes a tenth of a second.</param>
/// <param name="mostNativeBytes">The most memory of native code beyond what was taken before.</param>
/// <param name="nativeBytes">How much memory native code has; null to ask its pool.</param>
internal sealed class Fence(string format, TimeSpan longest, long mostNativeBytes, Func<long>? nativeBytes = null)
{
    private const int LeastSeconds = 10;
    private const int MostSeconds = 60;
    private const long BytesASecond = 4 << 20;
    private const long LeastNativeBytes = 160L << 20;
    private const long MostNativeBytes = 2L << 30;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private long _before;
    private int _underWay;

    /// <summary>Whether a step was given up. What it works on is then never disposed of, because it may still be at it.</summary>
    public bool IsGivenUp { get; private set; }

    /// <summary>The fence of a file: a small one has no business with minutes and gigabytes.</summary>
    public static Fence Of(string format, long fileBytes, ImportLimits limits) => new(
        format,
        TimeSpan.FromSeconds(Math.Min(MostSeconds, LeastSeconds + (fileBytes / BytesASecond))),
        Math.Min(MostNativeBytes, LeastNativeBytes + (Math.Min(fileBytes, MostNativeBytes) * limits.UnpackedRatio)));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{format}: {longest.TotalSeconds} seconds, {mostNativeBytes} bytes");

    public ImportException Damaged(string what, Exception? inner = null) => new(new Fault(ImportCodes.Damaged, $"is not a sound {format} file: {what}", "export it again"), inner: inner);

    public static ImportException TooMuch(FormattableString rule) => new(new Fault(ImportCodes.LimitExceeded, rule.ToString(CultureInfo.InvariantCulture), "split it, or raise the limit if you trust it"));

    public T Run<T>(Func<T> step) => End(Begin(step));

    /// <summary>Begins a step, to be waited for by <see cref="End"/>. Steps that are under way together have the memory of one.</summary>
    public Task<T> Begin<T>(Func<T> step)
    {
        if (_underWay++ == 0) _before = NativeBytes();
        return Task.Run(step);
    }

    public T End<T>(Task<T> task)
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (!Wait(task))
        {
            if (waited.Elapsed > longest) throw GiveUp($"must be readable within {longest.TotalSeconds} seconds a batch");
            if (NativeBytes() - _before > mostNativeBytes) throw GiveUp($"must be readable within {mostNativeBytes} bytes of memory");
        }

        _underWay--;
        try
        {
            return task.GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is not (ImportException or OperationCanceledException or UnauthorizedAccessException) && (exception is not IOException || exception is EndOfStreamException))
        {
            // The libraries' own words hold class names and bytes of the file; they stay within the exception.
            throw Damaged(exception.Message.Contains("checksum", StringComparison.OrdinalIgnoreCase) || exception.Message.Contains("CRC", StringComparison.Ordinal) ? "a page has a wrong checksum" : "what it holds does not fit what it says of itself", exception);
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

    private long NativeBytes() => nativeBytes?.Invoke() ?? ParquetSharp.MemoryPool.GetDefaultMemoryPool().BytesAllocated;

    private ImportException GiveUp(FormattableString rule)
    {
        IsGivenUp = true;
        return TooMuch(rule);
    }
}
