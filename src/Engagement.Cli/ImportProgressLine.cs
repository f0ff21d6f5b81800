using System.Globalization;
using Engagement.Import;

namespace Engagement.Cli;

/// <summary>Writes the progress of an import over itself: bytes, rows a second, time left. The watch is handed in.</summary>
internal sealed class ImportProgressLine(TextWriter error, Func<TimeSpan> elapsed) : IProgress<ImportProgress>
{
    private const int Width = 78;

    private bool _isShown;

    public void Report(ImportProgress value)
    {
        double seconds = elapsed().TotalSeconds;
        if (seconds < 1) return;
        string line = Text(value, seconds);
        error.Write($"\r{(line.Length > Width ? line[..Width] : line.PadRight(Width))}");
        error.Flush();
        _isShown = true;
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        if (_isShown) error.Write($"\r{new string(' ', Width)}\r");
    }

    internal static string Text(ImportProgress at, double seconds)
    {
        double share = at.BytesTotal == 0 ? 0 : (double)at.BytesRead / at.BytesTotal;
        string left = share > 0 ? string.Create(CultureInfo.InvariantCulture, $", {Math.Ceiling((seconds / share) - seconds):0} s left") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} % of {at.BytesTotal / 1_000_000.0:0.0} MB, {at.Rows} rows, {at.Rows / seconds:0} rows/s{left}");
    }
}
