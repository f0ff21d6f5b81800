namespace Engagement.Acceptance.Tests;

/// <summary>The tool as a user installs it.</summary>
[Trait("Runs", "Once")]
public sealed class ToolPackageSpecs
{
    [Fact]
    public async Task The_tool_installs_from_a_folder_of_packages_and_reports()
    {
        string folder = Directory.CreateTempSubdirectory("feed-").FullName;
        try
        {
            string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
            Outcome packed = await Tool.Start("dotnet", ["pack", Path.Combine(Tool.Root, "src", "Engagement.Cli"), "--no-build", "--nologo", "-c", configuration, "-o", folder]);
            Assert.True(packed.Code == 0, packed.Output);
            string tools = Path.Combine(folder, "tools");
            string version = Path.GetFileNameWithoutExtension(Directory.GetFiles(folder, "Engagement.Cli.*.nupkg").Single(file => !file.EndsWith(".snupkg", StringComparison.Ordinal)))["Engagement.Cli.".Length..];
            Outcome installed = await Tool.Start("dotnet", ["tool", "install", "Engagement.Cli", "--tool-path", tools, "--source", folder, "--version", version]);
            Assert.True(installed.Code == 0, installed.Output + installed.Error);
            string engagement = Path.Combine(tools, OperatingSystem.IsWindows() ? "engagement.exe" : "engagement");
            Assert.StartsWith(version, (await Tool.Start(engagement, ["--version"])).Succeeded(), StringComparison.Ordinal);
            Assert.Contains("81.82", (await Tool.Start(engagement, ["report", Tool.Sample])).Succeeded(), StringComparison.Ordinal);
            Assert.Contains("<figure id=\"reach\"><svg ", (await Tool.Start(engagement, ["report", Tool.Sample, "--format", "html"])).Succeeded(), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
