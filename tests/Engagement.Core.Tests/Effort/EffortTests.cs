using NodaTime;

namespace Engagement.Core.Tests.Efforts;

public class EffortTests
{
    private static readonly Effort Twenty = new(Ihk.Xing.Id, Ihk.November) { StaffTime = Duration.FromHours(20), Cost = new Money(1_200.50m, "EUR") };

    [Fact]
    public void An_effort_is_time_and_money_in_a_period()
    {
        Assert.Equal("xing 2014-11-01/2014-12-01: 20:00:00, 1200.50 EUR", Twenty.ToString());
        Assert.Equal("xing 2014-11-01/2014-12-01: time missing, cost missing", new Effort(Ihk.Xing.Id, Ihk.November).ToString());
        Assert.Equal("xing 2014-11-01/2014-12-01: 100:30:00.5, cost missing", new Effort(Ihk.Xing.Id, Ihk.November) { StaffTime = Duration.FromHours(100.5) + Duration.FromMilliseconds(500) }.ToString());
        Cultures.AssertInvariant(Twenty.ToString);
    }

    [Fact]
    public void What_is_not_known_is_null_and_not_0()
    {
        Assert.Null(new Effort(Ihk.Xing.Id, Ihk.November).StaffTime);
        Assert.Null(new Effort(Ihk.Xing.Id, Ihk.November).Cost);
        Assert.NotEqual(new Effort(Ihk.Xing.Id, Ihk.November), new Effort(Ihk.Xing.Id, Ihk.November) { StaffTime = Duration.Zero });
        Assert.Null((Twenty with { StaffTime = null }).StaffTime);
    }

    [Fact]
    public void Negative_time_is_refused() =>
        Assert.Contains("must not be negative: pass the time spent.", Assert.Throws<ArgumentOutOfRangeException>("StaffTime", () => Twenty with { StaffTime = -Duration.Epsilon }).Message, StringComparison.Ordinal);

    [Fact]
    public void Money_has_a_currency()
    {
        Assert.Equal("1200.50 EUR", new Money(1_200.50m, "EUR").ToString());
        Assert.Equal(new Money(1.5m, "EUR"), new Money(1.50m, "EUR"));
        Assert.NotEqual(new Money(1, "EUR"), new Money(1, "CHF"));
        Assert.Equal("79228162514264337593543950335 EUR", new Money(decimal.MaxValue, "EUR").ToString());
    }

    [Fact]
    public void The_default_is_no_money()
    {
        Assert.Equal((0m, "", "0"), (default(Money).Amount, default(Money).Currency, default(Money).ToString()));
        Assert.NotEqual(default, new Money(0, "EUR"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("eur")]
    [InlineData("EU")]
    [InlineData("EURO")]
    [InlineData("€")]
    [InlineData("ЕUR")]
    [InlineData("EU\0")]
    public void A_currency_is_three_capital_letters(string currency) =>
        Assert.EndsWith("must be three capital letters by ISO 4217: pass \"EUR\", for example. (Parameter 'currency')", Assert.Throws<ArgumentException>(nameof(currency), () => new Money(1, currency)).Message, StringComparison.Ordinal);

    [Fact]
    public void Negative_money_is_refused()
    {
        Assert.StartsWith("amount (-0.01) must not be negative: pass what it cost.", Assert.Throws<ArgumentOutOfRangeException>("amount", () => new Money(-0.01m, "EUR")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("currency", () => new Money(1, null!));
    }
}
