namespace Engagement.Storage;

/// <summary>A store cannot do what it was asked for: it is not there, is not sound, is of a newer version, cannot be reached, or contradicts what is written into it.</summary>
/// <remarks>The message names the place, the rule and the cure, and never a password. What the engine said is the inner exception.</remarks>
public sealed class StoreException : Exception
{
    /// <summary>An error without a message of its own.</summary>
    public StoreException()
        : base("The store cannot do this.")
    {
    }

    /// <summary>An error.</summary>
    /// <param name="message">Place, rule and cure.</param>
    public StoreException(string? message)
        : base(message)
    {
    }

    /// <summary>An error and what caused it.</summary>
    /// <param name="message">Place, rule and cure.</param>
    /// <param name="innerException">What the engine said.</param>
    public StoreException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
