using Engagement.Core;
using Engagement.Core.Logs;

namespace Engagement.Import.Columnar;

/// <summary>Reads and writes interaction logs as Parquet, Arrow IPC and CSV, straight from and into columns.</summary>
/// <remarks>
/// <para>Columns are mapped by name: <c>at</c> (a timestamp of any unit, floored to milliseconds), <c>channel</c> (text or number), <c>kind</c> (a word such as <c>like</c>, or the number of an <see cref="InteractionKind"/>) and,
/// if there, <c>role</c> (a word or a number; unknown where empty), <c>actor</c> (text; 32-bit numbers stand for themselves), <c>publication</c>, <c>reply_to</c> (a row of the file, from 0; −2 for one that is not in it) and <c>also_reply_to</c> (further rows as text, separated by semicolons). Other columns are not read.</para>
/// <para>A log is strict: a row that is not sound refuses the file. To have such rows set aside, import the file (<see cref="Importer"/>). Safe for use by several threads at once.</para>
/// <example><c>RollUp rollUp = RollUp.OfStream(LogFile.Read("log.parquet"), LocalCalendar.Days(berlin, LocalPeriod.Year(2014)));</c></example>
/// </remarks>
public static class LogFile
{
    /// <summary>Reads a file chunk by chunk: of a hundred million rows, at most four million are held at once while several processors read, and far fewer where actors or publications are read.</summary>
    /// <param name="path">The path of a Parquet, Arrow or CSV file.</param>
    /// <param name="options">How to read it. Default: <see cref="LogFileOptions.Default"/>.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The chunks in the order of the file, each a log of its own with the channels that were met so far, and the publications and actors of its rows. A reply to a row of another chunk is a reply to none.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null, empty or blank.</exception>
    /// <exception cref="LogFileException">While it is read: the file, or a row of it, is not sound.</exception>
    /// <exception cref="IOException">While it is read: the file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">While it is read: it was cancelled.</exception>
    public static IEnumerable<InteractionLog> Read(string path, LogFileOptions? options = null, CancellationToken cancellationToken = default)
    {
        Guard.NotBlank(path);
        return new LogsOfFile(path, options ?? LogFileOptions.Default, cancellationToken);
    }

    /// <summary>Reads a whole file as one log.</summary>
    /// <param name="path">The path of a Parquet, Arrow or CSV file.</param>
    /// <param name="options">How to read it. Default: <see cref="LogFileOptions.Default"/>.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The log: the same rows as the one that was written, replies among them.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null, empty or blank.</exception>
    /// <exception cref="LogFileException">The file, or a row of it, is not sound.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static InteractionLog ReadAll(string path, LogFileOptions? options = null, CancellationToken cancellationToken = default)
    {
        Guard.NotBlank(path);
        using LogReader reader = LogReader.Open(path, options ?? LogFileOptions.Default, isPassing: false);
        return reader.All(cancellationToken);
    }

    /// <summary>Writes a log.</summary>
    /// <param name="log">The log.</param>
    /// <param name="stream">Where to; it stays open.</param>
    /// <param name="format">The format.</param>
    /// <param name="cancellationToken">Stops the writing; the stream then holds no whole file.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="format"/> is none.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static void Write(InteractionLog log, Stream stream, LogFileFormat format, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(stream);
        Guard.Known(format);
        LogWriter.Write(log, stream, format, cancellationToken);
    }
}
