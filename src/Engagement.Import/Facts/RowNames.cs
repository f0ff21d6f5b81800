using System.Globalization;

namespace Engagement.Import;

/// <summary>The names of a table's rows in their order, so that one row can point to another by its number. Rows are named by their digests; 8 bytes a row.</summary>
internal sealed class RowNames
{
    private const int BlockRows = 1 << 16;

    private readonly List<ulong[]> _blocks = [];
    private readonly Dictionary<long, int> _repeats = [];

    /// <summary>How many rows there are so far.</summary>
    public long Count { get; private set; }

    /// <summary>The name of a row by its digest, and by which of its equals it is, from 1.</summary>
    public static string Of(ulong digest, int repeat)
    {
        string name = digest.ToString("x16", CultureInfo.InvariantCulture);
        return repeat < 2 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{repeat}");
    }

    /// <summary>The next row; 0 times where it has no name, because it was set aside.</summary>
    public void Add(ulong digest, int repeat)
    {
        int place = (int)(Count % BlockRows);
        if (place == 0) _blocks.Add(new ulong[BlockRows]);
        _blocks[^1][place] = digest;
        if (repeat != 1) _repeats.Add(Count, repeat);
        Count++;
    }

    /// <summary>The name of a row by its number, from 0; null where there is no such row, or it has no name.</summary>
    public string? NameOf(long row)
    {
        if (row < 0 || row >= Count) return null;
        int repeat = _repeats.GetValueOrDefault(row, 1);
        return repeat == 0 ? null : Of(_blocks[(int)(row / BlockRows)][row % BlockRows], repeat);
    }
}
