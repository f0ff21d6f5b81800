namespace Engagement.Import.Columnar;

/// <summary>The formats in which a log can be written.</summary>
public enum LogFileFormat
{
    /// <summary>No format; refused.</summary>
    Unspecified = 0,

    /// <summary>Parquet, with checksums of its pages.</summary>
    Parquet,

    /// <summary>Arrow IPC as a file (Feather 2).</summary>
    Arrow,

    /// <summary>Arrow IPC as a stream.</summary>
    ArrowStream,

    /// <summary>CSV by RFC 4180. Channels without rows are lost, and actors that are numbers become text.</summary>
    Csv,
}
