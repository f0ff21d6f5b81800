using System.Globalization;
using Engagement.Core;
using Engagement.Core.Logs;
using Engagement.Import.Columnar;
using NodaTime;

namespace Engagement.Import.Volume;

/// <summary>The work through the public door.</summary>
internal static class OurWork
{
    public static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
    public static readonly LocalPeriod Years = LocalPeriod.Between(new LocalDate(2013, 1, 1), new LocalDate(2015, 1, 1));

    /// <summary>The cells of a roll-up; their lines are for comparison, and made when they are asked for.</summary>
    public static Func<string[]> RollUpOf(string file)
    {
        RollUpCell[] cells = [.. RollUp.OfStream(LogFile.Read(file, new LogFileOptions { Columns = [] }), LocalCalendar.Days(Berlin, Years)).Cells];
        return () => [.. cells.Select(cell => Line(Period.DaysBetween(new LocalDate(1970, 1, 1), cell.Period.From), cell.Channel.Value, cell.Kind.ToString().ToLowerInvariant(), cell.Count))];
    }

    public static string Line(long day, string channel, string kind, long count) => string.Create(CultureInfo.InvariantCulture, $"{day},{channel},{kind},{count}");

    public static Func<string[]> Import(string file)
    {
        string folder = Path.Combine(Path.GetDirectoryName(file)!, "folder");
        ImportResult result = Importer.Import(new ImportRequest([file], folder) { Zone = Berlin });
        Directory.Delete(folder, recursive: true);
        return () => [string.Create(CultureInfo.InvariantCulture, $"{result.Files[0].Taken} taken")];
    }
}
