namespace Engagement.Core;

/// <summary>Steele, Lea and Flood's SplitMix64 (2014) as a counter: every stream starts at a place that follows from seed and number alone, so that no split of the work changes a draw, on any machine.</summary>
internal static class SplitMix64
{
    public const ulong Step = 0x9E3779B97F4A7C15;

    /// <summary>The state before the first draw of a stream; a draw adds <see cref="Step"/> and mixes.</summary>
    public static ulong Stream(long seed, long stream) => unchecked(Mix(Mix((ulong)seed) + ((ulong)stream * Step)));

    /// <summary>The output for a state.</summary>
    public static ulong Mix(ulong state)
    {
        unchecked
        {
            state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            state = (state ^ (state >> 27)) * 0x94D049BB133111EB;
            return state ^ (state >> 31);
        }
    }
}
