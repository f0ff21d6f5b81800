using System.Text;
using Spectre.Console;

namespace Engagement.Cli;

/// <summary>Standard error: errors always, warnings and progress unless the user asked for quiet, progress only for somebody who watches.</summary>
internal sealed class Messages(TextWriter inner) : TextWriter
{
    // Who waits less than this needs no sign that somebody works.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(400);

    public override Encoding Encoding => inner.Encoding;

    /// <summary>Whether errors alone are told.</summary>
    public bool IsQuiet { get; set; }

    private bool IsWatched => !IsQuiet && ReferenceEquals(inner, Console.Error) && !Console.IsErrorRedirected;

    /// <summary>Does the work; says on a terminal what is being done when it takes long, and takes that away at the end.</summary>
    public static T While<T>(TextWriter error, string doing, Func<T> work)
    {
        if (error is not Messages { IsWatched: true }) return work();
        Task<T> task = Task.Run(work);
        if (!((IAsyncResult)task).AsyncWaitHandle.WaitOne(Patience))
        {
            IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
            console.Status().Start(Markup.Escape($"{doing} …"), _ => ((IAsyncResult)task).AsyncWaitHandle.WaitOne());
        }

        return task.GetAwaiter().GetResult();
    }

    public override void Write(char value) => Tell(() => inner.Write(value));

    public override void Write(string? value)
    {
        // Only progress is written without an end of line.
        if (!IsQuiet) Tell(() => inner.Write(value));
    }

    public override void WriteLine(string? value)
    {
        bool isError = value is null || !(value.StartsWith("warning: ", StringComparison.Ordinal) || (value.StartsWith('…') && !value.Contains("error", StringComparison.Ordinal)));
        if (isError || !IsQuiet) Tell(() => inner.WriteLine(value));
    }

    public override void Flush() => Tell(inner.Flush);

    /// <summary>A standard error that is closed or full is no reason to fail otherwise than by the exit code.</summary>
    private static void Tell(Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // Nobody is there to be told.
        }
    }
}
