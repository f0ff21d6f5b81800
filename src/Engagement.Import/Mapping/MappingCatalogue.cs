using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;

namespace Engagement.Import;

/// <summary>The mappings that are known: the user's own first, then the ones that come with the package, one file per source.</summary>
internal sealed class MappingCatalogue
{
    private const string Prefix = "Engagement.Import.Mappings.";
    private const string Extension = ".json";

    private static readonly Lazy<SourceMapping[]> Shipped = new(ReadShipped);

    private readonly HashSet<string> _own = new(StringComparer.Ordinal);

    private MappingCatalogue(IEnumerable<SourceMapping> own)
    {
        SourceMapping[] mine = [.. own];
        _own.UnionWith(mine.Select(mapping => mapping.Id));
        All = [.. mine, .. Shipped.Value.Where(mapping => !_own.Contains(mapping.Id))];
    }

    public IReadOnlyList<SourceMapping> All { get; }

    public bool IsOwn(SourceMapping mapping) => _own.Contains(mapping.Id);

    /// <summary>The shipped mappings, and those of a folder before them; one with the id of a shipped one takes its place.</summary>
    public static MappingCatalogue Of(string? folder)
    {
        if (folder is null) return new MappingCatalogue([]);
        if (!Directory.Exists(folder)) throw new ImportException(new Fault(ImportCodes.MappingUnsound, "must be a folder with mapping files", "correct the path"), value: folder);
        return new MappingCatalogue(Directory.EnumerateFiles(folder, "*" + Extension).Order(StringComparer.Ordinal).Select(ReadOwn));
    }

    private static SourceMapping ReadOwn(string path)
    {
        byte[] json = File.ReadAllBytes(path);
        SourceMapping mapping = Read(json, Path.GetFileName(path));
        mapping.Digest = Convert.ToHexStringLower(SHA256.HashData(json))[..16];
        return mapping;
    }

    private static SourceMapping[] ReadShipped()
    {
        Assembly assembly = typeof(MappingCatalogue).Assembly;
        return [.. assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
        {
            using Stream stream = assembly.GetManifestResourceStream(name)!;
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return Read(bytes, name[Prefix.Length..]);
        })];
    }

    private static SourceMapping Read(byte[] json, string file)
    {
        try
        {
            ReadOnlySpan<byte> text = json;
            if (text.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) text = text[3..];
            SourceMapping mapping = JsonSerializer.Deserialize(text, MappingJson.Default.SourceMapping) ?? throw new JsonException("null");
            MappingValidator.Check(mapping, file);
            return mapping;
        }
        catch (InvalidOperationException exception)
        {
            throw new ImportException(new Fault(ImportCodes.MappingUnsound, $"must be a mapping file; {file} is not", "correct the \\u escape that is half of a character"), value: file, inner: exception);
        }
        catch (JsonException exception)
        {
            throw new ImportException(
                new Fault(ImportCodes.MappingUnsound, $"must be a mapping file; {file} is not", $"correct it{(exception.Path is null ? "" : $" at {exception.Path}")}"), exception.LineNumber + 1, value: file, inner: exception);
        }
    }
}
