using System.Globalization;

namespace Engagement.Core;

/// <summary>How many of one unit make one of another, stated by the caller and printed with every figure that uses it.</summary>
/// <remarks>
/// <para>Immutable; equality is by value; no order.</para>
/// <example><c>new UnitConversion(UnitOfCount.Person, UnitOfCount.Company, 3.2, "contact persons per member, CRM of 2014-11")</c></example>
/// </remarks>
public sealed record UnitConversion
{
    /// <summary>A conversion.</summary>
    /// <param name="from">The unit of which there are several.</param>
    /// <param name="to">The unit that they make up.</param>
    /// <param name="factor">How many of <paramref name="from"/> make one of <paramref name="to"/>; between 0.000001 and 1,000,000.</param>
    /// <param name="source">Where the factor comes from.</param>
    /// <exception cref="ArgumentOutOfRangeException">A unit is unspecified, or the factor is not finite or out of range.</exception>
    /// <exception cref="ArgumentException">The units are equal, or the source is blank.</exception>
    public UnitConversion(UnitOfCount from, UnitOfCount to, double factor, string source)
    {
        From = Guard.Known(from);
        To = Guard.Known(to);
        if (from == to) throw new ArgumentException($"to ({to}) must be another unit than from: equal units need no conversion.", nameof(to));
        Guard.Finite(factor);
        if (factor is < 1e-6 or > 1e6) throw Guard.OutOfRange(nameof(factor), factor, "must lie between 0.000001 and 1000000", "pass how many of the first unit make one of the second");
        Factor = factor;
        Source = Guard.NotBlank(source);
    }

    /// <summary>The unit of which there are several.</summary>
    public UnitOfCount From { get; }

    /// <summary>The unit that they make up.</summary>
    public UnitOfCount To { get; }

    /// <summary>How many of <see cref="From"/> make one of <see cref="To"/>.</summary>
    public double Factor { get; }

    /// <summary>Where the factor comes from.</summary>
    public string Source { get; }

    /// <summary>The conversion in words, in the invariant culture.</summary>
    /// <returns>For example <c>3.2 Person per Company (CRM of 2014-11)</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Factor} {From} per {To} ({Source})");
}
