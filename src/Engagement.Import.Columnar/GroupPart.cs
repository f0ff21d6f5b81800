namespace Engagement.Import.Columnar;

/// <summary>Row groups that are read together: from the first up to, not including, the end.</summary>
internal readonly record struct GroupPart(int First, int End, int Rows);
