using System.Globalization;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Engagement.Import;

/// <summary>What a workbook's cells mean: which number formats are dates, from which day dates count, and the texts that cells share.</summary>
internal sealed class WorkbookCells
{
    private const double FirstDayAfterLeap = 61;
    private const double DayThatNeverWas = 60;
    private const double EndOfDates = 2_958_466;
    private const double DaysFrom1900To1904 = 1_462;
    private const double MillisecondsOfDay = 86_400_000;
    private const int ExactDigits = 15;

    private static readonly Fault NotCalculated = new(ImportCodes.CellError, "is a formula whose value was never calculated", "open and save the workbook in a spreadsheet program");
    private static readonly Fault DigitsLost = new(ImportCodes.DigitsLost, "is a number of more than 15 digits, of which the sheet has lost the last ones", "export it again as CSV or with identifiers as text");

    private readonly List<string> _shared = [];
    private readonly bool[] _isDate;
    private readonly bool _from1904;

    public WorkbookCells(WorkbookPart workbook)
    {
        _from1904 = workbook.Workbook?.WorkbookProperties?.Date1904?.Value ?? false;
        Stylesheet? styles = workbook.WorkbookStylesPart?.Stylesheet;
        var custom = new Dictionary<uint, bool>();
        foreach (NumberingFormat format in styles?.NumberingFormats?.Elements<NumberingFormat>() ?? [])
        {
            if (format.NumberFormatId?.Value is { } id) custom[id] = IsDateFormat(format.FormatCode?.Value ?? "");
        }

        _isDate = [.. (styles?.CellFormats?.Elements<CellFormat>() ?? []).Select(format => format.NumberFormatId?.Value is { } id && (custom.TryGetValue(id, out bool isDate) ? isDate : id is (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58)))];
    }

    public void Share(string text) => _shared.Add(text);

    /// <summary>What a cell says.</summary>
    /// <param name="type">Its type, as the file names it; null for a number.</param>
    /// <param name="style">The index of its style; -1 for none.</param>
    /// <param name="value">Its stored value; null when there is none.</param>
    /// <param name="isFormula">Whether a formula gave it.</param>
    public (string Text, bool IsNumber, Fault? Fault) Read(string? type, int style, string? value, bool isFormula)
    {
        if (string.IsNullOrEmpty(value)) return ("", false, isFormula && value is null && type is not "str" ? NotCalculated : null);
        switch (type)
        {
            case "s":
                return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < _shared.Count
                    ? (_shared[index], false, null)
                    : ("", false, new Fault(ImportCodes.CellError, "must point to a text that the workbook has", "open and save it in a spreadsheet program"));
            case "e":
                return (value, false, new Fault(ImportCodes.CellError, $"holds the error {Core.Guard.Excerpt(value)} of a formula", "correct the formula, or leave the cell empty"));
            case "b":
                return (value == "1" ? "true" : "false", false, null);
            case null or "n":
                return Number(value, style >= 0 && style < _isDate.Length && _isDate[style]);
            default:
                return (value.Contains("_x", StringComparison.Ordinal) && type is not "d" ? XmlConvert.DecodeName(value)! : value, false, null);
        }
    }

    private (string Text, bool IsNumber, Fault? Fault) Number(string value, bool isDate)
    {
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number)) return (value, false, new Fault(ImportCodes.CellError, "must be a number, as the cell says of itself", "open and save it in a spreadsheet program"));
        if (isDate) return Date(number);

        // Digits as they stand in the file are kept, be they nineteen; an exponent has lost them already.
        if (value.AsSpan().TrimStart('-').IndexOfAnyExceptInRange('0', '9') < 0) return (value, true, null);
        if (Math.Abs(number) >= Math.Pow(10, ExactDigits)) return (value, true, DigitsLost);
        return (((decimal)number).ToString(CultureInfo.InvariantCulture), true, null);
    }

    private (string Text, bool IsNumber, Fault? Fault) Date(double number)
    {
        if (_from1904) number += DaysFrom1900To1904;
        if (number < 0 || number >= EndOfDates || Math.Floor(number) == DayThatNeverWas) return (number.ToString(CultureInfo.InvariantCulture), false, new Fault(ImportCodes.NotATime, "must be a day of the calendar; the number of this cell is none", "correct it at its source"));
        double milliseconds = Math.Round(number * MillisecondsOfDay);
        if (milliseconds < MillisecondsOfDay) return (Format(DateTime.UnixEpoch.AddMilliseconds(milliseconds), "HH:mm:ss.FFF"), false, null);

        // The first spreadsheet took 1900 for a leap year, and all others followed: before March of that year, numbers are one day short.
        DateTime at = new DateTime(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified).AddMilliseconds(number < FirstDayAfterLeap ? milliseconds + MillisecondsOfDay : milliseconds);
        return (Format(at, at.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss.FFF"), false, null);
    }

    private static string Format(DateTime at, string format) => at.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>Whether a number format shows a date or a time: a letter of one outside of quotes, brackets and escapes.</summary>
    private static bool IsDateFormat(string format)
    {
        for (int at = 0; at < format.Length; at++)
        {
            switch (format[at])
            {
                case '"':
                    at = format.IndexOf('"', at + 1) is >= 0 and int quote ? quote : format.Length;
                    break;
                case '[':
                    int end = format.IndexOf(']', at);
                    if (end > at + 1 && format.AsSpan(at + 1, end - at - 1).Trim("hmsHMS").IsEmpty) return true;
                    at = end >= 0 ? end : format.Length;
                    break;
                case '\\' or '_' or '*':
                    at++;
                    break;
                case 'd' or 'm' or 'y' or 'h' or 's' or 'D' or 'M' or 'Y' or 'H' or 'S':
                    return true;
            }
        }

        return false;
    }
}
