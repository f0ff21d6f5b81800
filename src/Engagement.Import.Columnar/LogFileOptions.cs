using Engagement.Core;
using NodaTime;

namespace Engagement.Import.Columnar;

/// <summary>How a file is read as a log: what its columns are called, which of them are read, and the zone of times without one.</summary>
/// <remarks>
/// <para>Immutable; equality is by reference of the names and by value of the rest; no order.</para>
/// <example><c>new LogFileOptions { Names = new Dictionary&lt;string, string&gt; { ["at"] = "created_at" }, Zone = berlin }</c></example>
/// </remarks>
public sealed record LogFileOptions
{
    private static readonly string[] Known = ["at", "channel", "kind", "role", "actor", "publication", "reply_to", "also_reply_to"];

    /// <summary>Our own names, all columns, no zone, the safe limits.</summary>
    public static LogFileOptions Default { get; } = new();

    /// <summary>What our columns (<c>at</c>, <c>channel</c>, <c>kind</c>, <c>role</c>, <c>actor</c>, <c>publication</c>, <c>reply_to</c>, <c>also_reply_to</c>) are called in the file. Default: the same.</summary>
    /// <exception cref="ArgumentNullException">The names, or one of them, are null.</exception>
    /// <exception cref="ArgumentException">A name is of none of our columns.</exception>
    public IReadOnlyDictionary<string, string> Names
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Names));
            foreach ((string ours, string theirs) in value)
            {
                RequireKnown(ours, nameof(Names));
                ArgumentNullException.ThrowIfNull(theirs, nameof(Names));
            }

            field = new Dictionary<string, string>(value, StringComparer.Ordinal).AsReadOnly();
        }
    }
    = new Dictionary<string, string>(StringComparer.Ordinal).AsReadOnly();

    /// <summary>Which columns are read, by our names, beside <c>at</c>, <c>channel</c> and <c>kind</c>: what is not counted need not be unpacked. Default: null, all that are there.</summary>
    /// <exception cref="ArgumentException">A name is of none of our columns.</exception>
    public IReadOnlyList<string>? Columns
    {
        get;
        init
        {
            foreach (string ours in value ?? []) RequireKnown(ours, nameof(Columns));
            field = value is null ? null : new ValueList<string>(value);
        }
    }

    /// <summary>The zone of times that bear none. Default: null, and a file that needs it is refused.</summary>
    public DateTimeZone? Zone { get; init; }

    /// <summary>How much a file may demand. Default: <see cref="ImportLimits.Default"/>.</summary>
    /// <exception cref="ArgumentNullException">The limits are null.</exception>
    public ImportLimits Limits
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Limits));
            field = value;
        }
    }
    = ImportLimits.Default;

    internal string NameOf(string ours) => Names.GetValueOrDefault(ours, ours);

    internal bool Reads(string ours) => Columns is null || ours is "at" or "channel" or "kind" || Columns.Contains(ours, StringComparer.Ordinal);

    internal IEnumerable<string> Wanted => Known.Where(Reads);

    private static void RequireKnown(string ours, string parameter)
    {
        if (!Known.Contains(ours, StringComparer.Ordinal)) throw new ArgumentException($"{parameter} ({Guard.Excerpt(ours)}) must be of our columns: write one of {string.Join(", ", Known)}.", parameter);
    }
}
