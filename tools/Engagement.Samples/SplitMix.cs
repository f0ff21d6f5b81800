namespace Engagement.Samples;

/// <summary>SplitMix64 (Steele, Lea and Flood 2014): the same numbers from the same seed on every machine and runtime, in whole numbers alone.</summary>
internal sealed class SplitMix
{
    private ulong _state;

    public SplitMix(ulong seed) => _state = seed;

    public static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }

    /// <summary>A whole number from 0 up to, not including, a limit.</summary>
    public int Next(int limit)
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
        }

        return (int)(Mix(_state) % (ulong)limit);
    }

    public bool Chance(int percent) => Next(100) < percent;
}
