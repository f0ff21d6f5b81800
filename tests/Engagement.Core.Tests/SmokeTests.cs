namespace Engagement.Core.Tests;

public class SmokeTests
{
    [Fact]
    public void X() => Assert.Equal("[0, 1] Wilson 95 %", new IntervalEstimate(0, 1, 0.95, IntervalMethod.Wilson).ToString());
}
