using System.Globalization;
using Engagement.Core.Accuracy;

// How often each default interval covers the truth: dotnet run -c Release --project benchmarks/Engagement.Core.Accuracy [repetitions]
int repetitions = args.Length == 0 ? 20_000 : int.Parse(args[0], NumberStyles.None, CultureInfo.InvariantCulture);
Console.WriteLine("| interval | case | least cover | mean cover | promised |");
Console.WriteLine("|---|---|---|---|---|");
foreach (string line in Coverage.Exact()) Console.WriteLine(line);
foreach (string line in Coverage.Simulated(repetitions)) Console.WriteLine(line);
