using System.Runtime.CompilerServices;

namespace Engagement.Core.Tests;

/// <summary>A test of a second or more. It runs always, but where each of thousands of mutants is held against the tests (ENGAGEMENT_WITHOUT_LONG=1): there it would take hours and notice little that its neighbours do not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LongFactAttribute : FactAttribute
{
    public LongFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) => Explicit = Environment.GetEnvironmentVariable("ENGAGEMENT_WITHOUT_LONG") == "1";
}
