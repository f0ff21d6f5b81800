namespace Engagement.Import.Volume;

/// <summary>What one contestant took and found.</summary>
internal sealed record Outcome(double Seconds, long PeakBytes, string Result);
