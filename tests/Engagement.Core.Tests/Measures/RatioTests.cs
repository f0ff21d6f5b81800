using CsCheck;

namespace Engagement.Core.Tests.Measures;

public class RatioTests
{
    [Fact]
    public void The_default_ratio_is_0_over_0_and_undefined()
    {
        Assert.Equal(Ratio.Of(0, 0), default);
        Assert.Null(default(Ratio).Value);
        Assert.False(default(Ratio).IsDefined);
        Assert.Equal(UndefinedReason.ZeroDenominator, default(Ratio).Undefined);
        Assert.Equal("undefined: ZeroDenominator (0/0)", default(Ratio).ToString());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(42, 0)]
    [InlineData(long.MaxValue, 0)]
    public void Nothing_can_be_said_per_nobody(long numerator, long denominator)
    {
        Assert.Equal(UndefinedReason.ZeroDenominator, Ratio.Of(numerator, denominator).Undefined);
        Assert.Equal(UndefinedReason.ZeroDenominator, Ratio.Of((double)numerator, denominator).Undefined);
        Assert.Equal(UndefinedReason.ZeroDenominator, Ratio.Of((double)numerator, -0.0).Undefined);
        Assert.Null(Ratio.Of(numerator, denominator).Value);
        Assert.Null(Ratio.Of(numerator, denominator).Percent);
        Assert.Null(Ratio.Of(numerator, denominator).PerThousand);
    }

    [Fact]
    public void A_ratio_keeps_its_parts_and_may_exceed_1()
    {
        Ratio ratio = Ratio.Of(3, 2);
        Assert.Equal((3.0, 2.0, 1.5, 150.0, 1_500.0), (ratio.Numerator, ratio.Denominator, ratio.Value!.Value, ratio.Percent!.Value, ratio.PerThousand!.Value));
        Assert.Null(ratio.Undefined);
        Assert.NotEqual(Ratio.Of(1, 2), Ratio.Of(2, 4));
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void What_is_not_a_number_is_refused(double number, string text)
    {
        string rule = $"({text}) must be a finite number: leave out what has no value instead of passing NaN or infinity.";
        Assert.StartsWith($"numerator {rule}", Assert.Throws<ArgumentOutOfRangeException>("numerator", () => Ratio.Of(number, 1)).Message, StringComparison.Ordinal);
        Assert.StartsWith($"denominator {rule}", Assert.Throws<ArgumentOutOfRangeException>("denominator", () => Ratio.Of(1, number)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("numerator", () => Ratio.OfUndefined(UndefinedReason.UnitMismatch, number));
        Assert.Throws<ArgumentOutOfRangeException>("denominator", () => Ratio.OfUndefined(UndefinedReason.UnitMismatch, 1, number));
        Assert.Throws<ArgumentOutOfRangeException>("scale", () => Ratio.Of(1, 2).Per(number));
    }

    [Fact]
    public void NaN_is_refused_whatever_its_sign_bit() =>
        Assert.Throws<ArgumentOutOfRangeException>("numerator", () => Ratio.Of(BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(double.NaN) ^ long.MinValue), 1.0));

    [Fact]
    public void Negative_parts_are_refused()
    {
        Assert.StartsWith("numerator (-1.5) must not be negative: pass 0 for none, and leave out what is not known.", Assert.Throws<ArgumentOutOfRangeException>("numerator", () => Ratio.Of(-1.5, 1)).Message, StringComparison.Ordinal);
        Assert.StartsWith("denominator (-9223372036854775808) must not be negative", Assert.Throws<ArgumentOutOfRangeException>("denominator", () => Ratio.Of(1, long.MinValue)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("numerator", () => Ratio.Of(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("numerator", () => Ratio.Of(-double.Epsilon, 1));
    }

    [Fact]
    public void The_text_of_an_error_is_the_same_in_every_culture() =>
        Cultures.AssertInvariant(() => Assert.Throws<ArgumentOutOfRangeException>(() => Ratio.Of(-1_234.5, 1)).Message);

    [Fact]
    public void Minus_0_is_0()
    {
        Assert.Equal("0.00 % (0/5)", Ratio.Of(-0.0, 5.0).ToString());
        Assert.False(double.IsNegative(Ratio.Of(-0.0, 5.0).Value!.Value));
        Assert.False(double.IsNegative(Ratio.Of(1.0, -0.0).Denominator));
        Assert.Equal("undefined: UnitMismatch (0/0)", Ratio.OfUndefined(UndefinedReason.UnitMismatch, -0.0, -0.0).ToString());
    }

    [Theory]
    [InlineData(UndefinedReason.Unspecified)]
    [InlineData((UndefinedReason)99)]
    [InlineData((UndefinedReason)(-1))]
    public void A_reason_must_be_named(UndefinedReason reason) =>
        Assert.Contains("must be a known UndefinedReason: pass one of ZeroDenominator, MissingNumerator,", Assert.Throws<ArgumentOutOfRangeException>(nameof(reason), () => Ratio.OfUndefined(reason)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_undefined_ratio_keeps_its_parts_and_has_no_value_even_if_they_could_be_divided()
    {
        Ratio ratio = Ratio.OfUndefined(UndefinedReason.PartExceedsWhole, 600, 500);
        Assert.Null(ratio.Value);
        Assert.Null(ratio.Percent);
        Assert.Equal((600.0, 500.0), (ratio.Numerator, ratio.Denominator));
        Assert.Equal("undefined: PartExceedsWhole (600/500)", ratio.ToString());
    }

    [Fact]
    public void A_quotient_beyond_a_double_says_so()
    {
        Assert.Equal(UndefinedReason.OutOfRange, Ratio.Of(double.MaxValue, 0.5).Undefined);
        Assert.Equal(UndefinedReason.OutOfRange, Ratio.Of(1, double.Epsilon).Undefined);
        Assert.Null(Ratio.Of(1, double.Epsilon).Value);
    }

    [Fact]
    public void A_value_is_never_NaN_infinite_or_negative() =>
        Gen.Select(Arbitrary.Number, Arbitrary.Number, Arbitrary.Number).Sample((numerator, denominator, scale) =>
        {
            Ratio ratio = Ratio.Of(numerator, denominator);
            string text = ratio.ToString();
            return IsProper(ratio.Value) && IsProper(ratio.Percent) && IsProper(ratio.PerThousand) && (scale == 0 || IsProper(ratio.Per(scale)))
                && ratio.IsDefined == ratio.Value.HasValue && ratio.IsDefined == (ratio.Undefined is null)
                && !text.Contains("NaN", StringComparison.Ordinal) && !text.Contains("nfinity", StringComparison.Ordinal) && !text.Contains("(-", StringComparison.Ordinal);
        }, iter: 10_000);

    [Fact]
    public void Whole_numbers_give_the_same_ratio_through_both_doors() =>
        Gen.Select(Gen.Long[0, long.MaxValue], Gen.Long[0, long.MaxValue]).Sample((numerator, denominator) => Ratio.Of(numerator, denominator) == Ratio.Of((double)numerator, (double)denominator), iter: 10_000);

    [Fact]
    public void A_multiple_of_both_parts_gives_the_same_value() =>
        Gen.Select(Gen.Long[0, 1_000_000], Gen.Long[1, 1_000_000], Gen.Long[1, 1_000_000]).Sample((numerator, denominator, factor) =>
            Ratio.Of(numerator, denominator).Value == Ratio.Of(numerator * factor, denominator * factor).Value, iter: 10_000);

    [Fact]
    public void A_scale_must_be_above_0()
    {
        Assert.StartsWith("scale (0) must be above 0: pass 1, 100 or 1000.", Assert.Throws<ArgumentOutOfRangeException>("scale", () => Ratio.Of(1, 2).Per(0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("scale", () => default(Ratio).Per(-1));
        Assert.Null(Ratio.Of(1e300, 1.0).Per(1e300));
    }

    [Theory]
    [InlineData(42, 324, "12.963 % (42/324)")]
    [InlineData(1, 3, "33.3333 % (1/3)")]
    [InlineData(0, 5, "0.00 % (0/5)")]
    [InlineData(3, 2, "150.00 % (3/2)")]
    [InlineData(42, 0, "undefined: ZeroDenominator (42/0)")]
    public void A_ratio_is_written_in_percent_with_its_parts(long numerator, long denominator, string text) => Assert.Equal(text, Ratio.Of(numerator, denominator).ToString());

    [Fact]
    public void A_ratio_too_large_for_a_percentage_is_written_as_it_is() => Assert.StartsWith("1E+307 (1", Ratio.Of(1e307, 1.0).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Text_is_the_same_in_every_culture() => Cultures.AssertInvariant(() =>
        $"{Ratio.Of(1_234.5, 7_000_000.25)} {Ratio.Of(1, 0)} {Quantity.From(Count.Rounded(9_000)).Times(0.5)} {new Bounds(0.0739, 0.0864)} {new IntervalEstimate(0.0934, 0.1752, 0.95, IntervalMethod.Wilson)} {new Money(1_200.50m, "EUR")}");

    private static bool IsProper(double? value) => value is null || (double.IsFinite(value.Value) && !double.IsNegative(value.Value));
}
