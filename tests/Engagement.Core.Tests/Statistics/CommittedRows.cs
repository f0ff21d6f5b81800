using System.Text;

namespace Engagement.Core.Tests.Statistics;

/// <summary>The few rows of each reference table that are part of this repository, so that the tests stand without the shared folder.</summary>
public static class CommittedRows
{
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Of(string table)
    {
        string name = $"{table}.rows.csv";
        using Stream stream = typeof(CommittedRows).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The test program does not contain {name}.");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return SharedData.Parse(reader.ReadToEnd().Split('\n'));
    }
}
