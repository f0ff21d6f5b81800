using FluentValidation;
using FluentValidation.Results;

namespace Engagement.Core;

/// <summary>Makes findings failures of FluentValidation, and keeps memory bounded: of each code the first <see cref="Kept"/>, then only their number.</summary>
internal sealed class FindingCollector(Action<ValidationFailure> found)
{
    public const int Kept = 1_000;

    private readonly Dictionary<string, (long Count, Severity Severity)> _counts = new(StringComparer.Ordinal);

    public void Error(string code, string place, object value, string rule, string cure) => Add(Severity.Error, code, place, value, rule, cure);

    public void Warning(string code, string place, object value, string rule, string cure) => Add(Severity.Warning, code, place, value, rule, cure);

    public void Finish()
    {
        foreach ((string code, (long count, Severity severity)) in _counts.Where(entry => entry.Value.Count > Kept))
        {
            Add(severity, code, "", new Finding(FormattableString.Invariant($"{count - Kept} more"), $"findings of {code} were counted and not kept", "mend the first ones and validate again", count - Kept));
        }
    }

    private void Add(Severity severity, string code, string place, object value, string rule, string cure)
    {
        long count = _counts.GetValueOrDefault(code).Count + 1;
        _counts[code] = (count, severity);
        if (count <= Kept) Add(severity, code, place, new Finding(Guard.Text(value is ValueType ? value : value.ToString()), rule, cure));
    }

    private void Add(Severity severity, string code, string place, Finding finding) =>
        found(new ValidationFailure(place, finding.ToString(), finding.Value) { ErrorCode = code, Severity = severity, CustomState = finding });
}
