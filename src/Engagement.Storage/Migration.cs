namespace Engagement.Storage;

/// <summary>One step from a version of the schema to the next; never changed once released.</summary>
internal sealed record Migration(int Version, string Name, IReadOnlyList<string> Statements);
