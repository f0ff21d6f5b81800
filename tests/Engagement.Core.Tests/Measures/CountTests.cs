using CsCheck;

namespace Engagement.Core.Tests.Measures;

public class CountTests
{
    [Fact]
    public void What_nobody_stated_is_missing_and_not_0()
    {
        Assert.Equal(Count.Missing, default);
        Assert.Equal(CountState.Missing, default(Count).State);
        Assert.False(Count.Missing.HasValue);
        Assert.Null(Count.Missing.Value);
        Assert.Null(Count.Missing.Lower);
        Assert.Null(Count.Missing.Upper);
        Assert.NotEqual(Count.Missing, Count.Observed(0));
    }

    [Fact]
    public void Withheld_and_not_applicable_have_no_number_either()
    {
        Assert.Equal((null, null, null, false), Parts(Count.Withheld));
        Assert.Equal((null, null, null, false), Parts(Count.NotApplicable));
        Assert.NotEqual(Count.Withheld, Count.NotApplicable);
        Assert.NotEqual(Count.Withheld, Count.Missing);
        Assert.NotEqual(Count.NotApplicable, Count.Observed(0));
    }

    [Fact]
    public void Observed_is_exactly_that_number()
    {
        Assert.Equal((0L, 0L, 0L, true), Parts(Count.Observed(0)));
        Assert.Equal((133L, 133L, 133L, true), Parts(Count.Observed(133)));
        Assert.Equal((long.MaxValue, long.MaxValue, long.MaxValue, true), Parts(Count.Observed(long.MaxValue)));
    }

    [Fact]
    public void Partial_has_no_upper_bound() => Assert.Equal((500L, 500L, null, true), Parts(Count.Partial(500)));

    [Theory]
    [InlineData(9_000, 8_500, 9_499)]
    [InlineData(110_000, 105_000, 114_999)]
    [InlineData(0, 0, 0)]
    [InlineData(7, 7, 7)]
    [InlineData(9, 9, 9)]
    [InlineData(10, 5, 14)]
    [InlineData(100, 50, 149)]
    [InlineData(120, 115, 124)]
    [InlineData(9_001, 9_001, 9_001)]
    [InlineData(1_000_000_000_000_000_000, 500_000_000_000_000_000, 1_499_999_999_999_999_999)]
    [InlineData(9_000_000_000_000_000_000, 8_500_000_000_000_000_000, long.MaxValue)]
    [InlineData(9_223_372_036_854_775_800, 9_223_372_036_854_775_750, long.MaxValue)]
    [InlineData(9_223_372_036_854_775_000, 9_223_372_036_854_774_500, 9_223_372_036_854_775_499)]
    [InlineData(long.MaxValue, long.MaxValue, long.MaxValue)]
    public void A_round_number_lies_within_half_a_unit_of_its_last_digit_that_is_not_0(long value, long lower, long upper)
    {
        Assert.Equal((value, lower, upper, true), Parts(Count.Rounded(value)));
        Assert.Equal(CountState.Rounded, Count.Rounded(value).State);
    }

    [Fact]
    public void The_caller_may_give_other_bounds()
    {
        Assert.Equal((110_000L, 110_000L, 114_999L, true), Parts(Count.Rounded(110_000, 110_000, 114_999)));
        Assert.Equal((0L, 0L, long.MaxValue, true), Parts(Count.Rounded(0, 0, long.MaxValue)));
    }

    [Fact]
    public void Negative_numbers_are_refused_with_value_rule_and_cure()
    {
        const string Text = "value (-1) must not be negative: pass 0 for none, and leave out what is not known.";
        Assert.StartsWith(Text, Assert.Throws<ArgumentOutOfRangeException>("value", () => Count.Observed(-1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("value", () => Count.Observed(long.MinValue));
        Assert.Throws<ArgumentOutOfRangeException>("value", () => Count.Rounded(-1));
        Assert.Throws<ArgumentOutOfRangeException>("atLeast", () => Count.Partial(-1));
        Assert.Throws<ArgumentOutOfRangeException>("lower", () => Count.Rounded(5, -1, 6));
    }

    [Fact]
    public void Bounds_must_enclose_the_value()
    {
        Assert.StartsWith("value (5) must not lie below its lower bound 6: pass bounds that enclose the value.", Assert.Throws<ArgumentOutOfRangeException>("value", () => Count.Rounded(5, 6, 7)).Message, StringComparison.Ordinal);
        Assert.StartsWith("upper (4) must not lie below the value 5: pass bounds that enclose the value.", Assert.Throws<ArgumentOutOfRangeException>("upper", () => Count.Rounded(5, 3, 4)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("133", "7", "140")]
    [InlineData("~9000", "133", "~9133[8633..9632]")]
    [InlineData("~9000", "~110000[110000..114999]", "~119000[118500..124498]")]
    [InlineData(">=500", "133", ">=633")]
    [InlineData(">=500", "~9000", ">=9000")]
    [InlineData(">=500", ">=1", ">=501")]
    [InlineData("133", "missing", ">=133")]
    [InlineData("133", "withheld", ">=133")]
    [InlineData("~9000", "missing", ">=8500")]
    [InlineData("~9000", "withheld", ">=8500")]
    [InlineData(">=500", "missing", ">=500")]
    [InlineData("missing", "missing", "missing")]
    [InlineData("withheld", "withheld", "withheld")]
    [InlineData("missing", "withheld", "missing")]
    [InlineData("0", "missing", ">=0")]
    [InlineData("n/a", "133", "133")]
    [InlineData("n/a", "~9000", "~9000")]
    [InlineData("n/a", ">=500", ">=500")]
    [InlineData("n/a", "missing", "missing")]
    [InlineData("n/a", "withheld", "withheld")]
    [InlineData("n/a", "n/a", "n/a")]
    public void A_sum_says_what_is_known_about_it(string left, string right, string sum)
    {
        Assert.Equal(Read(sum), Read(left) + Read(right));
        Assert.Equal(Read(sum), Count.Add(Read(right), Read(left)));
    }

    [Fact]
    public void A_sum_does_not_depend_on_the_order() =>
        Gen.Select(Arbitrary.Count, Arbitrary.Count).Sample((left, right) => left + right == right + left, iter: 10_000);

    [Fact]
    public void A_sum_does_not_depend_on_the_grouping() =>
        Gen.Select(Arbitrary.Count, Arbitrary.Count, Arbitrary.Count).Sample((first, second, third) => first + second + third == first + (second + third), iter: 10_000);

    [Fact]
    public void Not_applicable_adds_nothing() =>
        Arbitrary.Count.Sample(count => count + Count.NotApplicable == count && Count.NotApplicable + count == count, iter: 10_000);

    [Fact]
    public void What_is_missing_leaves_every_sum_open() =>
        Gen.Select(Arbitrary.Count, Gen.Bool.Select(withheld => withheld ? Count.Withheld : Count.Missing)).Sample((count, unknown) =>
        {
            Count sum = count + unknown;
            return sum.Upper is null && sum.State is not CountState.Observed and not CountState.Rounded && sum.Lower == count.Lower;
        }, iter: 10_000);

    [Fact]
    public void The_bounds_of_every_sum_enclose_its_value() =>
        Gen.Select(Arbitrary.Count, Arbitrary.Count).Sample((left, right) => left + right is var sum && (!sum.HasValue || (sum.Lower <= sum.Value && !(sum.Upper < sum.Value))), iter: 10_000);

    [Fact]
    public void A_sum_of_none_is_not_applicable_and_one_of_many_adds_them_up()
    {
        Assert.Equal("counts", Assert.Throws<ArgumentNullException>(() => Count.Sum(null!)).ParamName);
        Assert.Equal(Count.NotApplicable, Count.Sum([]));
        Assert.Equal(Count.Missing, Count.Sum([Count.Missing]));
        Assert.Equal(Count.Observed(495), Count.Sum([Count.Observed(133), Count.Observed(38), Count.Observed(324)]));
    }

    [Fact]
    public void A_sum_beyond_the_range_throws_and_does_not_wrap()
    {
        Assert.Equal("counts (9223372036854775807 and 1) add up to more than 9223372036854775807, the largest count: correct them, or add up fewer.", Assert.Throws<OverflowException>(() => Count.Observed(long.MaxValue) + Count.Observed(1)).Message);
        Assert.Throws<OverflowException>(() => Count.Partial(long.MaxValue) + Count.Observed(1));
        Assert.Throws<OverflowException>(() => Count.Rounded(1, 1, long.MaxValue) + Count.Observed(1));
        Assert.Throws<OverflowException>(() => Count.Rounded(1, 1, long.MaxValue) + Count.Rounded(1, 0, 1));
        Assert.Equal(Count.Observed(long.MaxValue), Count.Observed(long.MaxValue) + Count.Observed(0));
    }

    [Theory]
    [InlineData("133", "133")]
    [InlineData("0", "0")]
    [InlineData("007", "7")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("~9000", "~9000[8500..9499]")]
    [InlineData("~9000000000000000000", "~9000000000000000000[8500000000000000000..9223372036854775807]")]
    [InlineData("~9223372036854775807", "~9223372036854775807[9223372036854775807..9223372036854775807]")]
    [InlineData("~110000[110000..114999]", "~110000[110000..114999]")]
    [InlineData(">=500", ">=500")]
    [InlineData("", "missing")]
    [InlineData("missing", "missing")]
    [InlineData("withheld", "withheld")]
    [InlineData("n/a", "n/a")]
    public void The_text_form_is_read(string text, string written)
    {
        Assert.True(Count.TryParse(text, out Count count));
        Assert.Equal(written, count.ToString());
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("−1")]
    [InlineData("9.000")]
    [InlineData("9,000")]
    [InlineData("9 000")]
    [InlineData("9'000")]
    [InlineData("9_000")]
    [InlineData("9.5")]
    [InlineData("1e3")]
    [InlineData("0x10")]
    [InlineData("1000000000000000000000000000000")]
    [InlineData("9223372036854775808")]
    [InlineData("１３３")]
    [InlineData("١٣٣")]
    [InlineData("۱۳۳")]
    [InlineData("²")]
    [InlineData(" ")]
    [InlineData(" 133")]
    [InlineData("133 ")]
    [InlineData("133\t")]
    [InlineData("133\n")]
    [InlineData("133\0")]
    [InlineData("\0")]
    [InlineData("~9000\0")]
    [InlineData(">=5\0")]
    [InlineData("~5[4\0..6\0]")]
    [InlineData("~")]
    [InlineData("~~5")]
    [InlineData("~-5")]
    [InlineData("~ 5")]
    [InlineData("~1000000000000000000000000000000")]
    [InlineData("~5[6..7]")]
    [InlineData("~5[3..4]")]
    [InlineData("~5[6..4]")]
    [InlineData("~5[4..6")]
    [InlineData("~5[4.6]")]
    [InlineData("~5[..]")]
    [InlineData("~5[4..]")]
    [InlineData("~5[..6]")]
    [InlineData("~5[-1..6]")]
    [InlineData("~5[4..6]]")]
    [InlineData("~5[4..6] ")]
    [InlineData("~5[4...6]")]
    [InlineData("~5[[4..6]")]
    [InlineData("~[4..6]")]
    [InlineData("~5]4..6[")]
    [InlineData("~5..[6]")]
    [InlineData("~[")]
    [InlineData("~]")]
    [InlineData("~..]")]
    [InlineData("]")]
    [InlineData("[4..6]")]
    [InlineData("5[4..6]")]
    [InlineData(">=")]
    [InlineData(">500")]
    [InlineData("> =500")]
    [InlineData(">=-5")]
    [InlineData("≥500")]
    [InlineData(">=~5")]
    [InlineData("Missing")]
    [InlineData("MISSING")]
    [InlineData("missing ")]
    [InlineData("N/A")]
    [InlineData("na")]
    [InlineData("NaN")]
    [InlineData("∞")]
    [InlineData("null")]
    public void Text_that_is_no_count_is_refused(string text)
    {
        Assert.False(Count.TryParse(text, out Count count));
        Assert.Equal(Count.Missing, count);
    }

    [Fact]
    public void Every_count_reads_back_from_its_text() =>
        Arbitrary.Counts(long.MaxValue / 4).Sample(count => Count.TryParse(count.ToString(), out Count read) && read == count, iter: 10_000);

    [Fact]
    public void No_text_makes_the_reader_throw() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char["~[].>=-0123456789 \0missngwthheldn/a"], 0, 24]).Sample(text =>
        {
            bool isCount = Count.TryParse(text, out Count count);
            return isCount ? Count.TryParse(count.ToString(), out Count again) && again == count : count == Count.Missing;
        }, iter: 100_000);

    [Fact]
    public void The_text_form_is_the_same_in_every_culture() => Cultures.AssertInvariant(() =>
    {
        Assert.True(Count.TryParse("~1234567[1000000..2000000]", out Count rounded));
        return $"{rounded} {Count.Observed(1_234_567)} {Count.Partial(1_234_567)} {Count.Missing} {Count.Withheld} {Count.NotApplicable}";
    });

    private static Count Read(string text) => Count.TryParse(text, out Count count) ? count : throw new InvalidOperationException(text);

    private static (long? Value, long? Lower, long? Upper, bool HasValue) Parts(Count count) => (count.Value, count.Lower, count.Upper, count.HasValue);
}
