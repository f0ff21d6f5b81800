namespace Engagement.Core.Logs;

/// <summary>Bytes that are not the serial form of a compact theta sketch, or of one made with another seed.</summary>
/// <remarks>The only exception that <see cref="ThetaSketch.FromBytes"/> throws. The message names the place, what was found, the rule and the cure.</remarks>
public sealed class ThetaSketchFormatException : FormatException
{
    /// <summary>An exception without a message of its own.</summary>
    public ThetaSketchFormatException()
    {
    }

    /// <summary>An exception with a message.</summary>
    /// <param name="message">What is wrong, and where.</param>
    public ThetaSketchFormatException(string? message)
        : base(message)
    {
    }

    /// <summary>An exception with a message and a cause.</summary>
    /// <param name="message">What is wrong, and where.</param>
    /// <param name="innerException">The cause.</param>
    public ThetaSketchFormatException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
