namespace Engagement.Core;

/// <summary>A message that calls for an answer, and its answer.</summary>
/// <param name="Asked">The row of the message.</param>
/// <param name="Answered">The row of the first answer; negative when there is none by the end of observation.</param>
internal readonly record struct Exchange(int Asked, int Answered)
{
    public bool IsAnswered => Answered >= 0;

    /// <summary>While this waits, the exchange that waits behind it; −1 for none.</summary>
    public int Next => -2 - Answered;

    /// <summary>One that waits, and what waits behind it; −1 for none.</summary>
    public static Exchange Open(int asked, int next) => new(asked, -2 - next);
}
