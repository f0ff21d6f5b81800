namespace Engagement.Core.Tests.Measures;

/// <summary>The checks at every public door, by what they say: parameter, value, rule and cure.</summary>
public class GuardTests
{
    [Fact]
    public void A_number_that_must_be_positive_is_neither_0_nor_below_nor_infinite()
    {
        Guard.FinitePositive(double.Epsilon);
        double hours = 0;
        Says("hours (0) must be positive: leave out what has no extent.", () => Guard.FinitePositive(hours));
        Says("hours (-0.5) must be positive", () => Guard.FinitePositive(-0.5, nameof(hours)));
        Says("hours (NaN) must be a finite number: leave out what has no value instead of passing NaN or infinity.", () => Guard.FinitePositive(double.NaN, nameof(hours)));
        Says("hours (-Infinity) must be a finite number", () => Guard.FiniteNotNegative(double.NegativeInfinity, nameof(hours)));
        Says("hours (-1) must not be negative: pass 0 for none, and leave out what is not known.", () => Guard.FiniteNotNegative(-1, nameof(hours)));
        Guard.FiniteNotNegative(0);
        Guard.FiniteNotNegative(-0.0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_confidence_lies_between_0_and_1(double confidence) =>
        Says(FormattableString.Invariant($"confidence ({confidence}) must lie between 0 and 1, both excluded: pass 0.95 for 95 %."), () => Guard.Confidence(confidence));

    [Fact]
    public void Columns_have_the_same_length()
    {
        Guard.SameLength(3, "times", 3, "kinds");
        ArgumentException exception = Assert.Throws<ArgumentException>(() => Guard.SameLength(3, "times", 2, "kinds"));
        Assert.StartsWith("times (3 values) and kinds (2 values) must have the same length: pass one value of each per row.", exception.Message, StringComparison.Ordinal);
        Assert.Equal("kinds", exception.ParamName);
    }

    [Fact]
    public void A_sum_that_no_count_can_hold_is_refused_with_both_parts()
    {
        Assert.Equal(0, Guard.Sum(0, 0, "rows"));
        Assert.Equal(long.MaxValue, Guard.Sum(long.MaxValue - 1, 1, "rows"));
        Assert.Equal("rows (9223372036854775807 and 1) add up to more than 9223372036854775807, the largest count: correct them, or add up fewer.", Assert.Throws<OverflowException>(() => Guard.Sum(long.MaxValue, 1, "rows")).Message);
    }

    [Fact]
    public void An_identifier_is_refused_with_the_rule_that_it_breaks()
    {
        Assert.Equal("1234567890123456789", Guard.Identifier("1234567890123456789"));
        Assert.Equal(512, Guard.Identifier(new string('x', 512)).Length);
        string id = "";
        Says("id (\"\") must have 1 to 512 characters, not 0: pass the identifier alone.", () => Guard.Identifier(id));
        Says("must have 1 to 512 characters, not 513", () => Guard.Identifier(new string('x', 513)));
        Says("id (\" a\") must not start or end with space: pass the identifier alone.", () => Guard.Identifier(" a", nameof(id)));
        Says("must not start or end with space", () => Guard.Identifier("a ", nameof(id)));
        Says("id (\"a\uFFFDb\") must not hold a control character: pass the identifier alone.", () => Guard.Identifier("a\u0007b", nameof(id)));
        Assert.Equal("id", Assert.Throws<ArgumentNullException>(() => Guard.Identifier(null!, nameof(id))).ParamName);
        Assert.Equal("id", Assert.Throws<ArgumentException>(() => Guard.NotBlank(" ", nameof(id))).ParamName);
        Assert.Equal(" a", Guard.NotBlank(" a"));
    }

    [Fact]
    public void A_text_in_an_error_is_short_and_printable()
    {
        string sixty = new('y', 60);
        Assert.Equal($"\"{sixty}\"", Guard.Excerpt(sixty));
        Assert.Equal($"\"{sixty}… (61 characters)\"", Guard.Excerpt(sixty + "z"));
        Assert.Equal("\"a b\uFFFDc\"", Guard.Excerpt("a b\nc"));
        Assert.Equal("null", Guard.Text(null));
        Assert.Equal("\"x\"", Guard.Text("x"));
        Assert.Equal("1.5", Guard.Text(1.5));
        Assert.Equal("True", Guard.Text(true));
        Assert.Equal("", Guard.Text(new Nameless()));
    }

    [Fact]
    public void A_word_that_is_none_is_refused_with_those_that_are()
    {
        Assert.Equal(UnitOfCount.Account, Guard.Known(UnitOfCount.Account));
        UnitOfCount unit = default;
        Says("unit (Unspecified) must be a known UnitOfCount: pass one of " + string.Join(", ", Enum.GetNames<UnitOfCount>().Skip(1)) + ".", () => Guard.Known(unit));
        Says("unit (77) must be a known UnitOfCount", () => Guard.Known((UnitOfCount)77, nameof(unit)));
    }

    private static void Says(string start, Action call)
    {
        ArgumentException exception = Assert.ThrowsAny<ArgumentException>(call);
        Assert.Contains(start, exception.Message, StringComparison.Ordinal);
    }

    private sealed class Nameless
    {
        public override string? ToString() => null;
    }
}
