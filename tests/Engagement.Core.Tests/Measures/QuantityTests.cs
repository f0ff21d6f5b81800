using CsCheck;

namespace Engagement.Core.Tests.Measures;

public class QuantityTests
{
    [Fact]
    public void The_default_quantity_is_missing()
    {
        Assert.Equal(CountState.Missing, default(Quantity).State);
        Assert.Null(default(Quantity).Value);
        Assert.Equal("missing", default(Quantity).ToString());
        Assert.Equal(default, Quantity.From(Count.Missing));
    }

    [Fact]
    public void A_count_becomes_a_quantity_with_its_state_and_bounds() => Arbitrary.Count.Sample(count =>
    {
        Quantity quantity = Quantity.From(count);
        return quantity.State == count.State && quantity.HasValue == count.HasValue && quantity.Value == count.Value && quantity.Lower == count.Lower && quantity.Upper == count.Upper;
    }, iter: 10_000);

    [Fact]
    public void Quantities_of_counts_add_up_as_the_counts_do() => Gen.Select(Arbitrary.Counts(1L << 50), Arbitrary.Counts(1L << 50)).Sample((left, right) =>
        Quantity.Sum(Quantity.From(left), Quantity.From(right)) == Quantity.From(left + right), iter: 10_000);

    [Theory]
    [InlineData("133", "133")]
    [InlineData("~9000", "~9000[8500..9499]")]
    [InlineData(">=500", ">=500")]
    [InlineData("withheld", "withheld")]
    [InlineData("n/a", "n/a")]
    public void A_quantity_is_written_as_its_count(string count, string text) => Assert.Equal(text, Of(count).ToString());

    [Theory]
    [InlineData("10", "4", "2.5")]
    [InlineData("~10[8..12]", "4", "~2.5[2..3]")]
    [InlineData("10", "~4[2..5]", "~2.5[2..5]")]
    [InlineData("~10[8..12]", "~4[2..5]", "~2.5[1.6..6]")]
    [InlineData(">=10", "4", ">=2.5")]
    [InlineData(">=10", "~4[2..5]", ">=2")]
    [InlineData("10", "~4[0..5]", ">=2")]
    [InlineData("10", ">=4", "~2.5[0..2.5]")]
    [InlineData("~10[8..12]", ">=4", "~2.5[0..3]")]
    [InlineData(">=10", ">=4", "missing")]
    [InlineData("missing", "4", "missing")]
    [InlineData("10", "missing", "missing")]
    [InlineData("10", "withheld", "missing")]
    [InlineData("10", "0", "missing")]
    [InlineData("10", ">=0", "missing")]
    [InlineData("n/a", "4", "missing")]
    public void A_quotient_leaves_open_what_its_parts_leave_open(string numerator, string denominator, string quotient) =>
        Assert.Equal(quotient, Quantity.Quotient(Of(numerator), Of(denominator)).ToString());

    [Theory]
    [InlineData("10", "4", "40")]
    [InlineData("~10[8..12]", "4", "~40[32..48]")]
    [InlineData("10", "~4[2..5]", "~40[20..50]")]
    [InlineData("~10[8..12]", "~4[2..5]", "~40[16..60]")]
    [InlineData(">=10", "4", ">=40")]
    [InlineData("10", ">=4", ">=40")]
    [InlineData("~10[8..12]", ">=4", ">=32")]
    [InlineData(">=10", "~4[2..5]", ">=20")]
    [InlineData("0", "4", "0")]
    [InlineData("missing", "4", "missing")]
    [InlineData("10", "withheld", "missing")]
    [InlineData("n/a", "n/a", "missing")]
    public void A_product_leaves_open_what_its_parts_leave_open(string left, string right, string product)
    {
        Assert.Equal(product, Quantity.Product(Of(left), Of(right)).ToString());
        Assert.Equal(product, Quantity.Product(Of(right), Of(left)).ToString());
        Quantity atLeast = Quantity.Product(Of(left), Of(right));
        if (atLeast.State is CountState.Partial) Assert.Equal(atLeast.Value, atLeast.Lower);
    }

    [Theory]
    [InlineData("7", 0.3, "7")]
    [InlineData("~9000", 0.1, "~9000[8500..9499]")]
    [InlineData(">=500", 3, ">=500")]
    [InlineData("123456789", 0.7, "123456789")]
    public void Counts_come_back_whole_from_under_their_weight(string count, double weight, string text)
    {
        Quantity weighted = Of(count).Times(weight);
        Assert.Equal(text, weighted.Unweighted(weight).ToString());
        Assert.Equal(Of(count).Value, weighted.Unweighted(weight).Value);
    }

    [Fact]
    public void What_was_not_whole_under_its_weight_stays_so() => Assert.Equal(2.5, Quantity.Exact(1.25).Unweighted(0.5).Value);

    [Theory]
    [InlineData("1 2 9", "12")]
    [InlineData("1 ~20[15..24] 9", "~30[25..34]")]
    [InlineData("1 >=20 9", ">=30")]
    [InlineData("1 missing 9", ">=10")]
    [InlineData("~20[15..24] missing", ">=15")]
    [InlineData("missing withheld", "missing")]
    [InlineData("", "missing")]
    public void A_statistic_leaves_open_what_one_of_its_parts_leaves_open(string parts, string sum) =>
        Assert.Equal(sum, Quantity.Statistic([.. parts.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Of)], values => values.Sum()).ToString());

    [Theory]
    [InlineData(0.5, "0.5")]
    [InlineData(1.0 / 3, "0.333333")]
    [InlineData(1e15, "1000000000000000")]
    [InlineData(9007199254740993, "9007199254740992")]
    [InlineData(1e18, "1000000000000000000")]
    [InlineData(1e19, "1E+19")]
    public void A_number_is_written_to_its_last_digit_or_six_decimals(double value, string text) => Assert.Equal(text, Quantity.Exact(value).ToString());

    [Fact]
    public void A_quotient_encloses_that_of_every_pair_its_parts_may_be() =>
        Gen.Select(Arbitrary.Counts(1_000), Arbitrary.Counts(1_000), Gen.Double[0, 1], Gen.Double[0, 1]).Sample((numerator, denominator, left, right) =>
        {
            Quantity quotient = Quantity.Quotient(Quantity.From(numerator), Quantity.From(denominator));
            if (!quotient.HasValue) return true;
            double truth = Within(numerator, left) / Within(denominator, right);
            return !double.IsFinite(truth) || (truth >= quotient.Lower * (1 - 1e-12) && !(truth > quotient.Upper * (1 + 1e-12)));
        }, iter: 10_000);

    private static double Within(Count count, double share) => count.Lower!.Value + (share * ((count.Upper ?? (count.Lower.Value + 1_000_000)) - count.Lower.Value));

    private static Quantity Of(string count) => Count.TryParse(count, out Count read) ? Quantity.From(read) : throw new InvalidOperationException(count);
}
