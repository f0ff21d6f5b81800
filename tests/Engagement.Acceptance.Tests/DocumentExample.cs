using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Engagement.Acceptance.Tests;

/// <summary>A block of C# in a page: what stands before it out of sight (<c>&lt;!-- before: … --&gt;</c>, right above), the block itself, and what the page says that it prints (a block of text after the word "prints"; nothing otherwise).</summary>
internal sealed partial record DocumentExample(string Page, int Line, string Before, string Code, string Prints)
{
    private const string Usings = "using System; using System.Collections.Generic; using System.IO; using System.Linq; using System.Threading; using System.Threading.Tasks; using Engagement.Core; using Engagement.Core.Logs; using Engagement.Import; using Engagement.Import.Columnar; using Engagement.Reporting; using Engagement.Storage; using Microsoft.Extensions.DependencyInjection; using NodaTime;";

    private static readonly MetadataReference[] References = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>All examples of a page, in their order.</summary>
    public static IReadOnlyList<DocumentExample> In(string page)
    {
        string text = File.ReadAllText(Path.Combine(Tool.Root, page)).ReplaceLineEndings("\n");
        return [.. Block().Matches(text).Select(match => new DocumentExample(page, text[..match.Groups["code"].Index].Count(letter => letter == '\n') + 1, match.Groups["before"].Value, match.Groups["code"].Value, match.Groups["prints"].Value))];
    }

    /// <summary>Compiles the example and runs it in a folder; what it prints.</summary>
    public async Task<string> RunInAsync(string folder)
    {
        string usings = string.Join('\n', Lines().Where(IsUsing));
        string source = $$"""
            {{Usings}} {{usings.Replace('\n', ' ')}}
            public static class Example
            {
                public static async Task Run(TextWriter Console)
                {
                    {{Before}}
            #line {{Line}} "{{Page}}"
            {{string.Join('\n', Lines().Select(line => IsUsing(line) ? "" : line))}}
                }
            }
            """;
        CSharpCompilation compilation = CSharpCompilation.Create("Example", [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview), cancellationToken: TestContext.Current.CancellationToken)], References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken);

        // CS1998: most examples await nothing; CS8019, CS0105: usings that this one does not need, or that stand twice.
        string[] faults = [.. result.Diagnostics.Where(fault => fault.Severity > DiagnosticSeverity.Hidden && fault.Id is not "CS1998" and not "CS8019" and not "CS0105").Select(fault => fault.ToString())];
        Assert.True(faults.Length == 0, string.Join('\n', faults));
        using var output = new StringWriter { NewLine = "\n" };
        string home = Environment.CurrentDirectory;
        Environment.CurrentDirectory = folder;
        try
        {
            await (Task)Assembly.Load(image.ToArray()).GetType("Example")!.GetMethod("Run")!.Invoke(null, [output])!;
        }
        finally
        {
            Environment.CurrentDirectory = home;
        }

        return output.ToString();
    }

    public override string ToString() => FormattableString.Invariant($"{Page}:{Line}");

    private static bool IsUsing(string line) => line.StartsWith("using ", StringComparison.Ordinal) && line.EndsWith(';') && !line.Contains('=', StringComparison.Ordinal);

    private string[] Lines() => Code.Split('\n');

    [GeneratedRegex(@"(?:^<!-- before:\n(?<before>(?:(?!-->).)*)-->\n)?^```csharp\n(?<code>.*?)^```\n(?:\nprints\n\n```text\n(?<prints>.*?)^```$)?", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Block();
}
