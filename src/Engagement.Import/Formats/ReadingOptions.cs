using System.Text;

namespace Engagement.Import;

/// <summary>What a reader is told about the file: its limits and, if stated, its encoding.</summary>
internal sealed record ReadingOptions(ImportLimits Limits, Encoding? Encoding);
