using System.Globalization;
using System.Text;
using FluentValidation;

namespace Engagement.Import;

/// <summary>One thing that is wrong with a portfolio folder: where, what, by which rule, and how to cure it.</summary>
/// <remarks>
/// <para>Immutable; equality is by value; no order. The codes are listed in docs/portfolio-folder.md and keep their meaning.</para>
/// <example><c>audiences.csv, line 3, column size: "9.000" must be written in digits without separators: write 9000 instead of 9.000, 9,000 or 9 000. [ENG0062]</c></example>
/// </remarks>
public sealed record FolderFinding
{
    internal FolderFinding(string code, Severity severity, Place place, string? value, string rule, string cure) =>
        (Code, Severity, File, Line, Column, Value, Rule, Cure) = (code, severity, place.File, place.Line, place.Column, value, rule, cure);

    /// <summary>The stable code, for example <c>ENG0062</c>.</summary>
    public string Code { get; }

    /// <summary>How grave it is: with an error there is no portfolio, with a warning there is one.</summary>
    public Severity Severity { get; }

    /// <summary>The name of the file in the folder; the folder itself where it cannot be read.</summary>
    public string File { get; }

    /// <summary>The line, counted from 1; for a CSV file the line on which the row begins. Null where the finding is about the file.</summary>
    public long? Line { get; }

    /// <summary>The column by its header name, or the JSON path of the property; null where the finding is about the row or the file.</summary>
    public string? Column { get; }

    /// <summary>What stands there, in quotes and shortened; null where nothing does.</summary>
    public string? Value { get; }

    /// <summary>What must hold.</summary>
    public string Rule { get; }

    /// <summary>What to do about it.</summary>
    public string Cure { get; }

    /// <summary>Place, value, rule, cure and code, in the invariant culture.</summary>
    /// <returns>For example <c>channels.csv, line 3, column form: "grup" must be one of group, page, account …: write group. [ENG0042]</c>.</returns>
    public override string ToString()
    {
        var text = new StringBuilder(File);
        if (Line is { } line) text.Append(CultureInfo.InvariantCulture, $", line {line}");
        if (Column is { } column) text.Append(column.StartsWith('$') ? ", " : ", column ").Append(column);
        text.Append(": ");
        if (Value is { } value) text.Append(value).Append(' ');
        return text.Append(CultureInfo.InvariantCulture, $"{Rule}: {Cure}. [{Code}]").ToString();
    }
}
