using System.Globalization;
using Engagement.Core;

namespace Engagement.Import;

/// <summary>What came of reading a portfolio folder: the portfolio, or what is wrong with the folder.</summary>
/// <remarks>
/// <para>Immutable; equality is by value; no order. There is a portfolio exactly when there is no error; warnings do not prevent it.</para>
/// <example><c>if (PortfolioFolder.Read("ihk").Portfolio is { } portfolio) …</c></example>
/// </remarks>
public sealed record PortfolioReading
{
    internal PortfolioReading(Portfolio? portfolio, IEnumerable<FolderFinding> findings, long errorCount, long warningCount) =>
        (Portfolio, Findings, ErrorCount, WarningCount) = (portfolio, new ValueList<FolderFinding>(findings), errorCount, warningCount);

    /// <summary>The portfolio; null when there is any error.</summary>
    public Portfolio? Portfolio { get; }

    /// <summary>The first 1,000 findings, file by file, and errors rather than warnings where there are more; all of them are counted.</summary>
    public IReadOnlyList<FolderFinding> Findings { get; }

    /// <summary>How many errors there are.</summary>
    public long ErrorCount { get; }

    /// <summary>How many warnings there are.</summary>
    public long WarningCount { get; }

    /// <summary>The portfolio, if there is one, and how many errors and warnings there are.</summary>
    /// <returns>For example <c>no portfolio: 3 errors, 1 warnings</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Portfolio?.ToString() ?? "no portfolio"}: {ErrorCount} errors, {WarningCount} warnings");
}
