using Engagement.Core;
using FluentValidation;

namespace Engagement.Import;

/// <summary>Collects findings: keeps the first 1,000, errors before warnings, and counts all.</summary>
internal sealed class FindingList
{
    private const int Kept = 1_000;

    private readonly List<FolderFinding> _findings = [];

    public long ErrorCount { get; private set; }

    public long WarningCount { get; private set; }

    public IReadOnlyList<FolderFinding> Findings => _findings;

    public void Error(Place place, string code, string rule, string cure, string? value = null) => Add(new FolderFinding(code, Severity.Error, place, value is null ? null : Guard.Excerpt(value), rule, cure));

    public void Error(Place place, Fault fault, string? value) => Error(place, fault.Code, fault.Rule, fault.Cure, value);

    /// <summary>Adds a finding that may stand for several.</summary>
    public void Add(FolderFinding finding, long occurrences = 1)
    {
        if (finding.Severity is Severity.Error) ErrorCount += occurrences;
        else WarningCount += occurrences;
        if (_findings.Count == Kept)
        {
            // A thousand warnings must not hide the one error that there is.
            int warning = finding.Severity is Severity.Error && WarningCount > 0 ? _findings.FindLastIndex(kept => kept.Severity is not Severity.Error) : -1;
            if (warning < 0) return;
            _findings.RemoveAt(warning);
        }

        _findings.Add(finding);
    }
}
