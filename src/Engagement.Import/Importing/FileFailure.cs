namespace Engagement.Import;

/// <summary>A file failed after some of its rows were taken, or a question about it is open: the whole import stops, and the folder stays as before.</summary>
internal sealed class FileFailure(string file, ImportException cause) : Exception(cause.Message, cause)
{
    public string File { get; } = file;

    public ImportException Cause { get; } = cause;
}
