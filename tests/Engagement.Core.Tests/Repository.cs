using System.Text.RegularExpressions;

namespace Engagement.Core.Tests;

/// <summary>The files of the repository that the tests stand in.</summary>
internal static partial class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static string Folder { get; } = FindFolder();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Folder, path));

    /// <summary>The C# files below a folder, without what the build made.</summary>
    public static IReadOnlyList<string> Sources(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(Folder, folder), "*.cs", SearchOption.AllDirectories).Where(path => !Path.GetRelativePath(Folder, path).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin")).Order(StringComparer.Ordinal)];

    /// <summary>The codes that stand as texts in the sources of a folder.</summary>
    public static IReadOnlyList<string> CodesInSources(string folder) =>
        [.. Sources(folder).SelectMany(path => QuotedCode().Matches(File.ReadAllText(path)).Select(match => match.Groups["code"].Value)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static string FindFolder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Engagement.Core.sln"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException("Engagement.Core.sln was not found above the test's folder.");
    }

    [GeneratedRegex("\"(?<code>ENG[0-9]{4})\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex QuotedCode();
}
