namespace Engagement.Core;

/// <summary>A message that calls for an answer, and its answer.</summary>
/// <param name="Asked">The row of the message.</param>
/// <param name="Answered">The row of the first answer; −1 when there is none by the end of observation.</param>
internal readonly record struct Exchange(int Asked, int Answered)
{
    public bool IsAnswered => Answered >= 0;
}
