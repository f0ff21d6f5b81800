namespace Engagement.Core.Logs;

/// <summary>A run of cells of one period with the same upper bits.</summary>
/// <param name="Period">The period.</param>
/// <param name="Upper">The bits above the lower ones.</param>
/// <param name="Start">Where the run begins.</param>
/// <param name="Length">How many cells it has.</param>
internal readonly record struct CellBlock(int Period, int Upper, int Start, int Length)
{
    /// <summary>How many bits of a cell are kept for each cell.</summary>
    public const int LowerBits = 16;
}
