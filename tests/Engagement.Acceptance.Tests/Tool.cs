using System.Diagnostics;
using System.Globalization;

namespace Engagement.Acceptance.Tests;

/// <summary>Runs the tool as a user does: in this process, or as a program of its own.</summary>
internal static class Tool
{
    public static string Root { get; } = FindRoot(new DirectoryInfo(AppContext.BaseDirectory));

    public static string Sample { get; } = Path.Combine(AppContext.BaseDirectory, "samples", "ihk-ostwestfalen");

    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "engagement.dll");

    public static Outcome Run(params string[] args) => RunAt(140, args);

    public static Outcome RunAt(int width, params string[] args)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        int code = Engagement.Cli.Program.Run(args, output, error, width, TestContext.Current.CancellationToken);
        return new Outcome(code, output.ToString(), error.ToString());
    }

    public static Outcome RunIn(string culture, params string[] args)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo beforeUi = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
            return Run(args);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
            CultureInfo.CurrentUICulture = beforeUi;
        }
    }

    public static Task<Outcome> RunProcess(params string[] args) => Start("dotnet", ["exec", Program, .. args]);

    public static async Task<Outcome> Start(string program, string[] args, string? variable = null)
    {
        var start = new ProcessStartInfo(program, args) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        if (variable is not null) start.Environment[variable] = "1";
        using var process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Outcome(process.ExitCode, await output, await error);
    }

    private static string FindRoot(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "Engagement.Core.sln")) ? folder.FullName : FindRoot(folder.Parent ?? throw new DirectoryNotFoundException("No folder above the tests holds Engagement.Core.sln."));
}
