using System.Text;
using Engagement.Import;
using Engagement.Reporting;

namespace Engagement.Cli;

/// <summary>Files that a command writes: each is complete, or as it was before.</summary>
internal static class OutputFile
{
    public static bool TryWrite(string path, string text, TextWriter error, CancellationToken cancellationToken) => TryWrite(path, Encoding.UTF8.GetBytes(text), error, cancellationToken);

    /// <summary>Writes beside the file first and puts it in its place at the end, so that nobody finds half of it.</summary>
    public static bool TryWrite(string path, byte[] bytes, TextWriter error, CancellationToken cancellationToken, string option = "--output")
    {
        string? beside = null;
        try
        {
            string target = Target(path);
            if (IsDevice(path) || IsDevice(target))
            {
                error.WriteLine($"error: {option} (\"{Printable.Excerpt(path)}\") must be a file, not a device: leave {option} out to write to standard output.");
                return false;
            }

            beside = $"{target}.{Path.GetRandomFileName()}.part";
            File.WriteAllBytes(beside, bytes);
            cancellationToken.ThrowIfCancellationRequested();
            File.Move(beside, target, overwrite: true);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            error.WriteLine($"error: {option} (\"{Printable.Excerpt(path)}\") must be a file that can be written: {Printable.Excerpt(beside is null ? exception.Message : exception.Message.Replace(beside, path, StringComparison.Ordinal))}");
            return false;
        }
        finally
        {
            if (beside is not null && File.Exists(beside)) File.Delete(beside);
        }
    }

    /// <summary>Whether a result would take the place of a file that the facts come from.</summary>
    public static bool IsInput(string path, string? folder, TextWriter error, string option = "--output")
    {
        if (folder is null) return false;
        string target = Path.GetFullPath(path);
        if (!string.Equals(Path.GetDirectoryName(target), Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)), StringComparison.Ordinal) || !FactFiles.Names.Concat(FactFiles.Others).Append(OrganisationFile.Name).Contains(Path.GetFileName(target), StringComparer.OrdinalIgnoreCase)) return false;
        error.WriteLine($"error: {option} (\"{Printable.Excerpt(path)}\") must not be a file that the facts come from: choose another name.");
        return true;
    }

    /// <summary>The file that a link leads to, so that the link stays.</summary>
    private static string Target(string path) => new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;

    private static bool IsDevice(string path) => !OperatingSystem.IsWindows() && Path.GetFullPath(path) is var full && (full.StartsWith("/dev/", StringComparison.Ordinal) || full.StartsWith("/proc/", StringComparison.Ordinal));
}
