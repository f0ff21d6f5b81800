namespace Engagement.Import;

/// <summary>A figure that is stated beside its parts: <c>stated</c> is the sum of <c>parts</c>, over <c>per</c> if given.</summary>
internal sealed record CheckMapping
{
    public required string Stated { get; set; }

    public required string[] Parts { get; set; }

    public string? Per { get; set; }

    /// <summary>Whether the source prints 0 where it would have to divide by 0.</summary>
    public bool ZeroWhenUndefined { get; set; }

    /// <summary>By how much the two may differ: half a unit of the last digit that the source prints, as a share of 1.</summary>
    public double Tolerance { get; set; } = 1e-9;
}
