using System.Collections;
using Engagement.Core.Logs;

namespace Engagement.Import.Columnar;

/// <summary>The chunks of a log file, read anew each time they are gone through.</summary>
internal sealed class LogsOfFile(string path, LogFileOptions options, CancellationToken cancellationToken) : IPassingLogs
{
    // New memory for each chunk costs as much as counting it several times over.
    public IEnumerable<InteractionLog> Passing => Chunks(isPassing: true);

    public IEnumerator<InteractionLog> GetEnumerator() => Chunks(isPassing: false).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerable<InteractionLog> Chunks(bool isPassing)
    {
        using LogReader reader = LogReader.Open(path, options, isPassing);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (reader.Next() is not { } log) yield break;
            yield return log;
        }
    }
}
