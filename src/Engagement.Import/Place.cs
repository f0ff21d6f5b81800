namespace Engagement.Import;

/// <summary>A place in the folder: file, line counted from 1, and column header or JSON path.</summary>
internal readonly record struct Place(string File, long? Line = null, string? Column = null);
