namespace Engagement.Import;

/// <summary>Whether any row of a file has gone into the store: from then on a failure stops the whole import.</summary>
internal sealed class FileProgress
{
    public bool HasMerged { get; set; }
}
