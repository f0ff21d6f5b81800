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

    [Fact]
    public void The_default_is_no_interval_at_all() => Assert.Equal("[0, 0] Unspecified 0 %", default(IntervalEstimate).ToString());
}
