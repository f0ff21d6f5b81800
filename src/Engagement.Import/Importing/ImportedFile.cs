using System.Globalization;
using Engagement.Core;

namespace Engagement.Import;

/// <summary>What became of the rows of one file.</summary>
/// <remarks>
/// <para>Immutable; equality is by value; no order. <c>Read = Taken + Duplicate + Skipped + Rejected</c>: no row is dropped silently.</para>
/// <example><c>posts.csv as facebook/posts: 500 read, 500 taken, 0 rejected, 0 duplicate, 0 skipped</c></example>
/// </remarks>
public sealed record ImportedFile
{
    internal ImportedFile(string file) => File = file;

    /// <summary>The path as given.</summary>
    public string File { get; }

    /// <summary>The source and its tables that the file was read as (<c>facebook/posts</c>); null when the file was refused before that was settled.</summary>
    public string? Source { get; internal init; }

    /// <summary>Why it was taken for that source.</summary>
    public string Reason { get; internal init; } = "";

    /// <summary>Whether the file was refused as a whole; the reason is beside.</summary>
    public bool IsRefused { get; internal init; }

    /// <summary>Rows that were read; of JSON, objects that a table of the source describes.</summary>
    public long Read { get; internal init; }

    /// <summary>Rows of which facts were taken.</summary>
    public long Taken { get; internal init; }

    /// <summary>Rows that are not sound, each in the rejects file with its reason.</summary>
    public long Rejected { get; internal init; }

    /// <summary>Rows of which everything is known already: from the same file, from another one or from an earlier import.</summary>
    public long Duplicate { get; internal init; }

    /// <summary>Rows that the source's mapping leaves out: totals under a table, lines of explanation.</summary>
    public long Skipped { get; internal init; }

    /// <summary>How many cells were blank, by column: values that are missing, not 0.</summary>
    public IReadOnlyDictionary<string, long> Missing { get; internal init; } = new ValueMap<long>([]);

    /// <summary>Figures that the source states, recomputed.</summary>
    public IReadOnlyList<ImportCheck> Checks { get; internal init; } = ValueList<ImportCheck>.Empty;

    /// <summary>What a reader of the figures should know: a time that is only approximate, a correction, a reference that could not be kept.</summary>
    public IReadOnlyList<string> Notes { get; internal init; } = ValueList<string>.Empty;

    /// <summary>The path of the rejects file; null when no row was rejected or nothing was written.</summary>
    public string? RejectsFile { get; internal init; }

    /// <summary>File, source and rows, in the invariant culture.</summary>
    /// <returns>See the example above.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File} as {Source ?? "nothing"}: {Read} read, {Taken} taken, {Rejected} rejected, {Duplicate} duplicate, {Skipped} skipped");
}
