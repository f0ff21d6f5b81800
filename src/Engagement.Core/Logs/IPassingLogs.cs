namespace Engagement.Core.Logs;

/// <summary>Logs of a stream that may share their memory, for whoever is done with one before asking for the next.</summary>
internal interface IPassingLogs : IEnumerable<InteractionLog>
{
    /// <summary>The same logs, each of which holds only until the next one is asked for.</summary>
    IEnumerable<InteractionLog> Passing { get; }
}
