using System.Text;
using Engagement.Reporting;

namespace Engagement.Cli;

/// <summary>Files that a command writes: each is complete, or as it was before.</summary>
internal static class OutputFile
{
    public static bool TryWrite(string path, string text, TextWriter error, CancellationToken cancellationToken) => TryWrite(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(text), error, cancellationToken);

    /// <summary>Writes beside the file first and puts it in its place at the end, so that nobody finds half of it.</summary>
    public static bool TryWrite(string path, byte[] bytes, TextWriter error, CancellationToken cancellationToken, string option = "--output")
    {
        string beside = $"{path}.{Path.GetRandomFileName()}.part";
        try
        {
            File.WriteAllBytes(beside, bytes);
            cancellationToken.ThrowIfCancellationRequested();
            File.Move(beside, path, overwrite: true);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            error.WriteLine($"error: {option} (\"{Printable.Excerpt(path)}\") must be a file that can be written: {Printable.Excerpt(exception.Message.Replace(beside, path, StringComparison.Ordinal))}");
            return false;
        }
        finally
        {
            if (File.Exists(beside)) File.Delete(beside);
        }
    }
}
