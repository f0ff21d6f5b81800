using System.Globalization;

namespace Engagement.Core;

/// <summary>An amount of money in a currency.</summary>
/// <remarks>
/// <para>Equality is by value; no order and no sum: amounts of different currencies are never mixed.</para>
/// <para><c>default</c> is 0 of no currency: no money.</para>
/// <example><c>new Money(1_200.50m, "EUR")</c></example>
/// </remarks>
public readonly record struct Money
{
    private readonly string? _currency;

    /// <summary>An amount in a currency.</summary>
    /// <param name="amount">The amount; not negative.</param>
    /// <param name="currency">The currency, three capital letters by ISO 4217.</param>
    /// <exception cref="ArgumentOutOfRangeException">The amount is negative.</exception>
    /// <exception cref="ArgumentException">The currency is not three capital letters.</exception>
    public Money(decimal amount, string currency)
    {
        if (amount < 0) throw Guard.OutOfRange(nameof(amount), amount, "must not be negative", "pass what it cost");
        ArgumentNullException.ThrowIfNull(currency);
        if (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper)) throw new ArgumentException($"currency ({Guard.Text(currency)}) must be three capital letters by ISO 4217: pass \"EUR\", for example.", nameof(currency));
        (Amount, _currency) = (amount, currency);
    }

    /// <summary>The amount.</summary>
    public decimal Amount { get; }

    /// <summary>The currency; empty for <c>default</c>.</summary>
    public string Currency => _currency ?? "";

    /// <summary>Amount and currency, in the invariant culture.</summary>
    /// <returns>For example <c>1200.50 EUR</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Amount} {Currency}").TrimEnd();
}
