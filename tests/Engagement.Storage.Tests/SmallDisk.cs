using System.Diagnostics;

namespace Engagement.Storage.Tests;

/// <summary>A small file system in memory, to be filled. Only root may mount one: elsewhere the calling test is skipped.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    public static async Task<SmallDisk> MountAsync(int megabytes)
    {
        Assert.SkipUnless(Environment.UserName == "root", "Only root may mount the small file system that this test fills.");
        string folder = Directory.CreateTempSubdirectory("engagement-full-").FullName;
        Assert.SkipUnless(await RunAsync("mount", "-t", "tmpfs", "-o", FormattableString.Invariant($"size={megabytes}m"), "tmpfs", folder), "A file system may not be mounted here.");
        return new SmallDisk(folder);
    }

    public async Task GrowAsync(int megabytes) => Assert.True(await RunAsync("mount", "-o", FormattableString.Invariant($"remount,size={megabytes}m"), Folder));

    public void Dispose()
    {
        RunAsync("umount", "-l", Folder).GetAwaiter().GetResult();
        Directory.Delete(Folder);
    }

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0;
    }
}
