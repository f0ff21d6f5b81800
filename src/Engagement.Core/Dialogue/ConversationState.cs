namespace Engagement.Core;

/// <summary>What is kept of one conversation where each is asked for by itself.</summary>
internal struct ConversationState
{
    /// <summary>The row that the thread hangs on.</summary>
    public int Root;

    /// <summary>The row of the first message.</summary>
    public int First;

    /// <summary>Unbroken runs of one side, among the messages that count.</summary>
    public int Turns;

    /// <summary>How the word passed from side to side.</summary>
    public ConversationFlow Flow;
}
