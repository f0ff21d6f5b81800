using System.Globalization;

namespace Engagement.Import;

/// <summary>A figure that the source states beside its parts, recomputed from them row by row.</summary>
/// <remarks><para>Immutable; equality is by value; no order.</para>
/// <example><c>engagement = (clicks + likes + comments + shares) / impressions: 100 of 100 rows agree</c></example></remarks>
public sealed record ImportCheck
{
    internal ImportCheck(string formula, long agreed, long compared) => (Formula, Agreed, Compared) = (formula, agreed, compared);

    /// <summary>The stated column and how it is recomputed.</summary>
    public string Formula { get; }

    /// <summary>In how many rows both are equal.</summary>
    public long Agreed { get; }

    /// <summary>In how many rows both are there.</summary>
    public long Compared { get; }

    /// <summary>Formula and rows, in the invariant culture.</summary>
    /// <returns>See the example above.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Formula}: {Agreed} of {Compared} rows agree");
}
