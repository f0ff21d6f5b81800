using Engagement.Core;
using NodaTime;

namespace Engagement.Import;

/// <summary>What to import, as what, and into which portfolio folder.</summary>
/// <remarks>
/// <para>Immutable; equality is by value; no order. What a file does not say is asked for here and never assumed: the zone of times without one, the channel where several come into question, the day on which undated counts held.</para>
/// <example><c>new ImportRequest(["posts.csv"], "ihk") { Source = "facebook", Zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"] }</c></example>
/// </remarks>
public sealed record ImportRequest
{
    /// <summary>A request.</summary>
    /// <param name="files">The paths of the files, read in this order.</param>
    /// <param name="folder">The portfolio folder that the facts go into; made if it does not exist.</param>
    /// <exception cref="ArgumentNullException">An argument, or one of the files, is null.</exception>
    /// <exception cref="ArgumentException">There is no file, or a path is empty.</exception>
    public ImportRequest(IEnumerable<string> files, string folder)
    {
        ArgumentNullException.ThrowIfNull(files);
        var list = new ValueList<string>(files);
        if (list.Count == 0) throw new ArgumentException("files (none) must name at least one file: pass the path of an export.", nameof(files));
        foreach (string file in list) Guard.NotBlank(file, nameof(files));
        Files = list;
        Folder = Guard.NotBlank(folder);
    }

    /// <summary>The paths of the files.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>The portfolio folder.</summary>
    public string Folder { get; }

    /// <summary>The id of the source (<c>facebook</c>), or of one of its tables (<c>facebook/posts</c>). Default: null, the file is recognised by its columns.</summary>
    public string? Source { get; init; }

    /// <summary>The channel that the facts belong to; made if the folder has none of that id. Default: null, the channel that the file names, else the folder's one channel of the platform, else a new one named like the platform.</summary>
    public string? Channel { get; init; }

    /// <summary>The zone of times that bear none. Default: null, and a file that needs it is refused.</summary>
    public DateTimeZone? Zone { get; init; }

    /// <summary>The day on which undated counts (followers in an answer of a programming interface) held. Default: null, they are kept as measurements without a day.</summary>
    public LocalDate? AsOf { get; init; }

    /// <summary>The encoding of text files without a byte order mark: <c>utf-8</c> or <c>windows-1252</c>. Default: null, UTF-8.</summary>
    public string? Encoding { get; init; }

    /// <summary>A folder with mapping files of one's own, which stand before the ones that come with the package. Default: null.</summary>
    public string? Mappings { get; init; }

    /// <summary>Whether to read and check only, and write nothing. Default: false.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Formats beyond those that are always known, such as <c>ColumnarFormats.All</c> of the package Engagement.Import.Columnar. Default: none.</summary>
    /// <exception cref="ArgumentNullException">The formats, or one of them, are null.</exception>
    public IReadOnlyList<ImportFormat> Formats
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Formats));
            foreach (ImportFormat format in value) ArgumentNullException.ThrowIfNull(format, nameof(Formats));
            field = new ValueList<ImportFormat>(value);
        }
    }
    = ValueList<ImportFormat>.Empty;

    /// <summary>How much a file may demand. Default: <see cref="ImportLimits.Default"/>.</summary>
    /// <exception cref="ArgumentNullException">The limits are null.</exception>
    public ImportLimits Limits
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Limits));
            field = value;
        }
    }
    = ImportLimits.Default;

    /// <summary>The files, the source and the folder.</summary>
    /// <returns>For example <c>posts.csv as facebook into ihk</c>.</returns>
    public override string ToString() => $"{string.Join(", ", Files)} as {Source ?? "recognised"} into {Folder}";
}
