using System.Globalization;

namespace Engagement.Import;

/// <summary>How far an import has come. Rates and the time left are for the caller, who has a clock.</summary>
/// <remarks><para>Immutable; equality is by value; no order. <c>default</c> is an import that has not begun: no file, no bytes, no rows.</para>
/// <example><c>new Progress&lt;ImportProgress&gt;(at =&gt; Console.Error.WriteLine(at))</c></example></remarks>
public readonly record struct ImportProgress
{
    private readonly string? _file;

    internal ImportProgress(string file, long bytesRead, long bytesTotal, long rows) => (_file, BytesRead, BytesTotal, Rows) = (file, bytesRead, bytesTotal, rows);

    /// <summary>The file that is being read; empty before the first.</summary>
    public string File => _file ?? "";

    /// <summary>How many bytes of all files have been read.</summary>
    public long BytesRead { get; }

    /// <summary>How many bytes all files have.</summary>
    public long BytesTotal { get; }

    /// <summary>How many rows of all files have been read.</summary>
    public long Rows { get; }

    /// <summary>File, bytes and rows, in the invariant culture.</summary>
    /// <returns>For example <c>posts.csv: 1048576 of 5242880 bytes, 9310 rows</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}: {BytesRead} of {BytesTotal} bytes, {Rows} rows");
}
