namespace Engagement.Import;

/// <summary>The one exception of readers and mappings: the whole file cannot be imported. It never leaves the package; it becomes a finding.</summary>
internal sealed class ImportException(Fault fault, long? line = null, string? column = null, string? value = null, bool isQuestion = false, Exception? inner = null) : Exception(fault.Rule, inner)
{
    public Fault Fault { get; } = fault;

    public long? Line { get; } = line;

    public string? Column { get; } = column;

    public string? Value { get; } = value;

    /// <summary>Whether the request leaves open what only the user knows.</summary>
    public bool IsQuestion { get; } = isQuestion;
}
