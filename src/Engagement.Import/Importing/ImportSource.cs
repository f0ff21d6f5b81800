using Engagement.Core;

namespace Engagement.Import;

/// <summary>A source that can be imported: a platform, or a sheet kept by hand, with the tables (kinds of export) that are known of it.</summary>
/// <remarks><para>Immutable; equality is by value; no order. <see cref="Importer.Sources"/> lists them; docs/import.md says what each metric means.</para>
/// <example><c>Importer.Sources().Select(source =&gt; source.Id)</c></example></remarks>
public sealed record ImportSource
{
    internal ImportSource(string id, string name, string about, IEnumerable<string> tables, bool isOwn) => (Id, Name, About, Tables, IsOwn) = (id, name, about, new ValueList<string>(tables), isOwn);

    /// <summary>The id, for example <c>facebook</c>.</summary>
    public string Id { get; }

    /// <summary>The name for display.</summary>
    public string Name { get; }

    /// <summary>What the source is, in one sentence.</summary>
    public string About { get; }

    /// <summary>The ids of its tables, for example <c>posts</c>.</summary>
    public IReadOnlyList<string> Tables { get; }

    /// <summary>Whether the mapping is one of the user's own and not one that comes with the package.</summary>
    public bool IsOwn { get; }

    /// <summary>Id, name and tables.</summary>
    /// <returns>For example <c>facebook (Facebook): posts, page-days</c>.</returns>
    public override string ToString() => $"{Id} ({Name}): {string.Join(", ", Tables)}";
}
