using Engagement.Core;

namespace Engagement.Import;

/// <summary>How much an imported file may demand: what exceeds a limit is refused with the limit named, before memory is taken for it.</summary>
/// <remarks>
/// <para>Immutable; equality is by value; no order. The limits hold for what comes out of a packed file (.xlsx, Parquet) too: output bytes are limited first, then the ratio.</para>
/// <example><c>new ImportLimits { FileBytes = 1L &lt;&lt; 30 }</c></example>
/// </remarks>
public sealed record ImportLimits
{
    /// <summary>The safe limits: a file of 16 GiB, a row of 16 MiB, a field of 1 MiB, 4,096 columns, 32 levels of JSON, 1,000 findings kept.</summary>
    public static ImportLimits Default { get; } = new();

    /// <summary>The most bytes of a file, and of what is unpacked from it. Default: 16 GiB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive.</exception>
    public long FileBytes { get; init => field = Positive(value, nameof(FileBytes)); } = 16L << 30;

    /// <summary>The most bytes of a row, or of one JSON value in an array. Default: 16 MiB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive.</exception>
    public int RowBytes { get; init => field = (int)Positive(value, nameof(RowBytes)); } = 16 << 20;

    /// <summary>The most bytes of a field. Default: 1 MiB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive.</exception>
    public int FieldBytes { get; init => field = (int)Positive(value, nameof(FieldBytes)); } = 1 << 20;

    /// <summary>The most columns. Default: 4,096.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive.</exception>
    public int Columns { get; init => field = (int)Positive(value, nameof(Columns)); } = 4_096;

    /// <summary>The most levels of JSON. Default: 32.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive.</exception>
    public int JsonDepth { get; init => field = (int)Positive(value, nameof(JsonDepth)); } = 32;

    /// <summary>How many times larger than its file unpacked content may be. Default: 200.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive.</exception>
    public int UnpackedRatio { get; init => field = (int)Positive(value, nameof(UnpackedRatio)); } = 200;

    private static long Positive(long value, string parameter) => value > 0 ? value : throw Guard.OutOfRange(parameter, value, "must be positive", "pass a limit of at least 1");
}
