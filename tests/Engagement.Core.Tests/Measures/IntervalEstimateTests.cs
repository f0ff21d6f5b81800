using System.Globalization;

namespace Engagement.Core.Tests.Measures;

public class IntervalEstimateTests
{
    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public void An_interval_reads_the_same_in_every_culture(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            Assert.Equal("[-0.0934, 1234] Jackknife 99.9 %", new IntervalEstimate(-0.0934, 1234.4, 0.999, IntervalMethod.Jackknife).ToString());
            Assert.Equal("[0.0934, 0.1752] Wilson 95 %", $"{new IntervalEstimate(0.0934, 0.17521, 0.95, IntervalMethod.Wilson)}");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(double.NaN, 1, 0.95, IntervalMethod.Wilson, "lower")]
    [InlineData(double.NegativeInfinity, 1, 0.95, IntervalMethod.Wilson, "lower")]
    [InlineData(0, double.PositiveInfinity, 0.95, IntervalMethod.Wilson, "upper")]
    [InlineData(0.2, 0.1, 0.95, IntervalMethod.Wilson, "upper")]
    [InlineData(0, 1, 0, IntervalMethod.Wilson, "confidence")]
    [InlineData(0, 1, 1, IntervalMethod.Wilson, "confidence")]
    [InlineData(0, 1, double.NaN, IntervalMethod.Wilson, "confidence")]
    [InlineData(0, 1, 0.95, IntervalMethod.Unspecified, "method")]
    [InlineData(0, 1, 0.95, (IntervalMethod)999, "method")]
    public void Parts_that_make_no_interval_are_refused_by_name(double lower, double upper, double confidence, IntervalMethod method, string parameter)
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(() => new IntervalEstimate(lower, upper, confidence, method));
        Assert.Equal(parameter, exception.ParamName);
        Assert.Contains(" must ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_makes_no_interval_is_told_with_its_cure()
    {
        Assert.StartsWith("upper (0.1) must not lie below the lower end 0.2: pass the smaller end first.", Assert.Throws<ArgumentOutOfRangeException>(() => new IntervalEstimate(0.2, 0.1, 0.95, IntervalMethod.Wilson)).Message, StringComparison.Ordinal);
        Assert.StartsWith("method (Unspecified) must name the formula: pass the method that gave the interval.", Assert.Throws<ArgumentOutOfRangeException>(() => new IntervalEstimate(0, 1, 0.95, default)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interval_may_be_one_number() => Assert.Equal((0.5, 0.5), (new IntervalEstimate(0.5, 0.5, 0.95, IntervalMethod.Wilson).Lower, new IntervalEstimate(0.5, 0.5, 0.95, IntervalMethod.Wilson).Upper));

    [Fact]
    public void The_default_is_no_interval_at_all() => Assert.Equal("[0, 0] Unspecified 0 %", default(IntervalEstimate).ToString());
}
