using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using System.Text;
using Engagement.Reporting;
using Engagement.Storage;

namespace Engagement.Cli;

/// <summary>The tool: results go to standard output, everything else to standard error, and a user never sees a stack trace.</summary>
internal static class Program
{
    public const int Success = 0;
    public const int BadData = 1;
    public const int BadUsage = 2;

    private const int RedirectedWidth = 140;
    private const int LeastWidth = 80;
    private const int MostWidth = 200;

    /// <summary>The entry of the tool called in process.</summary>
    public static int Run(string[] args, TextWriter output, TextWriter standardError, int width = RedirectedWidth, CancellationToken cancellationToken = default)
    {
        using var error = new Messages(standardError);
        try
        {
            // "@name" is a folder here, not a file of further arguments.
            ParseResult parsed = CommandLine.Root(error, width, cancellationToken).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            error.IsQuiet = CommandLine.IsQuiet(parsed);
            if (parsed.Action is ParseErrorAction) return Refuse(parsed, error);
            if (CommandLine.SuggestionFault(parsed) is { } fault)
            {
                error.WriteLine($"error: {fault}");
                return BadUsage;
            }

            // A result is complete before its first character is written: what fails half-way leaves standard output empty.
            using var result = new StringWriter();
            int code = parsed.Invoke(new InvocationConfiguration { Output = result, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
            cancellationToken.ThrowIfCancellationRequested();
            if (code == Success) output.Write(result.ToString());
            output.Flush();
            return code;
        }
        catch (OperationCanceledException)
        {
            error.WriteLine("cancelled");
        }
        catch (OverflowException exception)
        {
            // A sum says which of its parts are too large; what the platform says of other arithmetic would help nobody.
            error.WriteLine(exception.Message.Contains("add up to more than", StringComparison.Ordinal)
                ? $"error: {Printable.Excerpt(exception.Message)}"
                : "error: a sum of counts exceeds the largest number that can be counted with (9223372036854775807): look for a count that is too large.");
        }
        catch (StoreException exception)
        {
            error.WriteLine($"error: {Printable.Excerpt(exception.Message)}");
        }
        catch (Exception exception)
        {
            error.WriteLine($"error: {Printable.Excerpt(exception.Message)} ({exception.GetType().Name})");
        }

        return BadData;
    }

    private static int Main(string[] args)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        using var source = new CancellationTokenSource();

        // The first Ctrl-C stops in good order, a second one at once.
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = !source.IsCancellationRequested;
            source.Cancel();
        }

        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        int width = Console.IsOutputRedirected ? RedirectedWidth : Math.Clamp(Console.WindowWidth, LeastWidth, MostWidth);
        return Run(args, Console.Out, Console.Error, width, source.Token);
    }

    private static int Refuse(ParseResult parsed, TextWriter error)
    {
        foreach (string message in parsed.Errors.Select(fault => fault.Message).Distinct(StringComparer.Ordinal).Take(FindingOutput.Most)) error.WriteLine($"error: {Printable.Excerpt(message)}");
        string command = parsed.CommandResult.Command is RootCommand ? "engagement"
            : parsed.CommandResult.Command.Parents.FirstOrDefault() is Command parent and not RootCommand ? $"engagement {parent.Name} {parsed.CommandResult.Command.Name}"
            : $"engagement {parsed.CommandResult.Command.Name}";
        foreach (string question in Questions(parsed).Take(FindingOutput.Most)) error.WriteLine(question);
        error.WriteLine($"See: {command} --help");
        return BadUsage;
    }

    /// <summary>What may have been meant by words that are no option and no command.</summary>
    private static IEnumerable<string> Questions(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string[] options = [.. command.Options.Concat(parsed.RootCommandResult.Command.Options.Where(option => option.Recursive)).SelectMany(option => option.Aliases.Append(option.Name))];
        string[] commands = [.. command.Subcommands.Select(child => child.Name)];
        foreach (string typed in parsed.UnmatchedTokens.Concat(parsed.Tokens.Where(token => token.Type is TokenType.Argument).Select(token => token.Value)).Distinct(StringComparer.Ordinal))
        {
            string? question = typed.StartsWith('-') ? NearName.Question(typed, options) : commands.Length > 0 ? NearName.Question(typed, commands) : null;
            if (question is not null) yield return $"\"{Printable.Excerpt(typed)}\": {question}";
        }
    }
}
