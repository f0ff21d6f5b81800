namespace Engagement.Acceptance.Tests;

/// <summary>What a run gave.</summary>
internal sealed record Outcome(int Code, string Output, string Error)
{
    /// <summary>The run failed as it should: nothing on standard output, no stack trace, and every fragment in its messages.</summary>
    public void FailedWith(int code, params string[] fragments)
    {
        Assert.Equal(code, Code);
        Assert.Equal("", Output);
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", Error, StringComparison.Ordinal);
        foreach (string fragment in fragments) Assert.Contains(fragment, Error, StringComparison.Ordinal);
    }

    public string Succeeded()
    {
        Assert.Equal("", Error);
        Assert.Equal(0, Code);
        return Output;
    }
}
