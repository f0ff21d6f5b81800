using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Engagement.Import.Volume;

// Without arguments: makes the files, runs every contestant in a process of its own, and writes the table. With them: one contestant, which says what it found.
const long CsvBytes = 1_000_000_000;
const long ParquetRows = 100_000_000;
const long MostBytes = 500_000_000;

// The start of a process and the compilation of its code cost the same for few rows as for many: what a further row costs is the difference to a file of a tenth.
const int Tenth = 10;

if (args.Length == 2) return Child(args[0], args[1]);

long csvBytes = args.Length > 2 ? long.Parse(args[1], CultureInfo.InvariantCulture) : CsvBytes;
int repeats = args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 3;
long parquetRows = args.Length > 2 ? long.Parse(args[2], CultureInfo.InvariantCulture) : ParquetRows;
string folder = Directory.CreateTempSubdirectory("volume-").FullName;
try
{
    string csv = Path.Combine(folder, "log.csv");
    string parquet = Path.Combine(folder, "log.parquet");
    long csvRows = DuckFiles.WriteCsv(csv, csvBytes);
    DuckFiles.WriteParquet(parquet, parquetRows);
    long fewCsvRows = DuckFiles.WriteCsv(Few(csv), csvBytes / Tenth);
    DuckFiles.WriteParquet(Few(parquet), parquetRows / Tenth);
    Console.WriteLine($"DuckDB {DuckFiles.Version()}, .NET {Environment.Version}, {Environment.ProcessorCount} processors; each figure is the least of {repeats} runs, each in a process of its own (of the import, one run). A further row: the difference to a file of a tenth, without what the start costs.");
    Console.WriteLine(FormattableString.Invariant($"CSV: {new FileInfo(csv).Length:#,0} bytes, {csvRows:#,0} rows. Parquet: {new FileInfo(parquet).Length:#,0} bytes, {parquetRows:#,0} rows, written by DuckDB (Snappy, its own row groups)."));
    Console.WriteLine();
    Console.WriteLine("| work | who | seconds | ns a row | ns a further row | peak resident MB | DuckDB's time / ours | DuckDB's further row / ours |");
    Console.WriteLine("|---|---|---|---|---|---|---|---|");
    bool isSound = Compare("roll-up of CSV, all processors", csvRows, fewCsvRows, csv, "ours-csv", "duck-csv", repeats);
    isSound &= Compare("roll-up of CSV, one processor", csvRows, fewCsvRows, csv, "ours-csv-1", "duck-csv-1", repeats);
    isSound &= Compare("roll-up of Parquet, all processors", parquetRows, parquetRows / Tenth, parquet, "ours-parquet", "duck-parquet", repeats);
    isSound &= Compare("roll-up of Parquet, one processor", parquetRows, parquetRows / Tenth, parquet, "ours-parquet-1", "duck-parquet-1", repeats);
    isSound &= Compare("import of CSV row by row into a folder; DuckDB: into a table with each id once", csvRows, fewCsvRows, csv, "ours-import", "duck-import", 1);
    Console.WriteLine();
    Console.WriteLine(isSound ? "Equal results everywhere, and ours below 500 MB." : "FAILED: see above.");
    return isSound ? 0 : 1;
}
finally
{
    Directory.Delete(folder, recursive: true);
}

static string Few(string file) => file.Replace("log.", "few.", StringComparison.Ordinal);

static bool Compare(string work, long rows, long fewRows, string file, string ours, string rival, int repeats)
{
    Outcome us = Least(ours, file, repeats);
    Outcome them = Least(rival, file, repeats);
    Outcome fewOfUs = Least(ours, Few(file), repeats);
    Outcome fewOfThem = Least(rival, Few(file), repeats);
    double ourRow = (us.Seconds - fewOfUs.Seconds) * 1e9 / (rows - fewRows);
    double theirRow = (them.Seconds - fewOfThem.Seconds) * 1e9 / (rows - fewRows);
    Console.WriteLine(FormattableString.Invariant($"| {work} | ours | {us.Seconds:0.00} | {us.Seconds * 1e9 / rows:0.0} | {ourRow:0.0} | {us.PeakBytes / 1_000_000} | {them.Seconds / us.Seconds:0.00} | {theirRow / ourRow:0.00} |"));
    Console.WriteLine(FormattableString.Invariant($"| | DuckDB | {them.Seconds:0.00} | {them.Seconds * 1e9 / rows:0.0} | {theirRow:0.0} | {them.PeakBytes / 1_000_000} | | |"));
    bool isSound = true;
    if (us.Result != them.Result || fewOfUs.Result != fewOfThem.Result)
    {
        Console.WriteLine($"FAILED: the results differ: {us.Result} and {them.Result}.");
        isSound = false;
    }

    if (us.PeakBytes >= MostBytes)
    {
        Console.WriteLine(FormattableString.Invariant($"FAILED: {us.PeakBytes} bytes resident; at most {MostBytes} are allowed."));
        isSound = false;
    }

    return isSound;
}

static Outcome Least(string what, string file, int repeats) => Enumerable.Range(0, repeats).Select(_ => Run(what, file)).MinBy(outcome => outcome.Seconds)!;

static Outcome Run(string what, string file)
{
    // Bound to one processor, so that native threads have no other one either.
    var start = what.EndsWith("-1", StringComparison.Ordinal) ? new ProcessStartInfo("taskset", ["-c", "0", Environment.ProcessPath!, what, file]) : new ProcessStartInfo(Environment.ProcessPath!, [what, file]);
    (start.UseShellExecute, start.RedirectStandardOutput) = (false, true);
    using Process process = Process.Start(start)!;
    string text = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    string[] parts = text.Trim().Split(' ');
    if (process.ExitCode != 0 || parts.Length != 3) throw new InvalidOperationException($"{what} failed: {text}");
    return new Outcome(double.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture), parts[2]);
}

static int Child(string what, string file)
{
    var watch = Stopwatch.StartNew();
    Func<string[]> lines = what switch
    {
        "ours-csv" or "ours-csv-1" or "ours-parquet" or "ours-parquet-1" => OurWork.RollUpOf(file),
        "ours-import" => OurWork.Import(file),
        "duck-import" => DuckFiles.Import(file),
        _ => DuckFiles.RollUpOf(file, what.EndsWith("-1", StringComparison.Ordinal) ? 1 : Environment.ProcessorCount),
    };
    double seconds = watch.Elapsed.TotalSeconds;
    string[] cells = lines();
    string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', cells.Order(StringComparer.Ordinal)))))[..16];
    Console.WriteLine(FormattableString.Invariant($"{seconds} {Peak()} {cells.Length}:{digest}"));
    return 0;
}

static long Peak()
{
    string? line = File.Exists("/proc/self/status") ? File.ReadLines("/proc/self/status").FirstOrDefault(text => text.StartsWith("VmHWM:", StringComparison.Ordinal)) : null;
    return line is null ? Process.GetCurrentProcess().PeakWorkingSet64 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1_024;
}
