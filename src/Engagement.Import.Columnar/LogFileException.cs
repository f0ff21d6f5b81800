namespace Engagement.Import.Columnar;

/// <summary>A file cannot be read as a log: the one exception that readers of logs declare.</summary>
/// <remarks>
/// <para>Its message names the file, the row and the column where they are known, what is wrong and the cure.</para>
/// <example><c>catch (LogFileException exception) { Console.Error.WriteLine($"{exception.Code}: {exception.Message}"); }</c></example>
/// </remarks>
public sealed class LogFileException : Exception
{
    internal LogFileException(string file, ImportException cause)
        : base($"{file}{(cause.Line is { } row ? FormattableString.Invariant($", row {row}") : "")}{(cause.Column is { } column ? $", {column}" : "")}: {(cause.Value is { } value ? Core.Guard.Excerpt(value) + " " : "")}{cause.Fault.Rule}: {cause.Fault.Cure}.", cause) =>
        (Code, Row, Column) = (cause.Fault.Code, cause.Line, cause.Column);

    /// <summary>The code of what is wrong, as docs/import.md lists them.</summary>
    public string Code { get; }

    /// <summary>The row, from 1; null where it is the file as a whole.</summary>
    public long? Row { get; }

    /// <summary>The column; null where it is none or all.</summary>
    public string? Column { get; }
}
