namespace Engagement.Core;

/// <summary>Two sets by their positions, the first before the second, and how many they share at least and at most.</summary>
internal readonly record struct SetOverlap(int First, int Second, long Least, long Most);
