using PuppeteerSharp;

[assembly: AssemblyFixture(typeof(Engagement.Acceptance.Tests.Chromium))]

namespace Engagement.Acceptance.Tests;

/// <summary>The browser that looks at the pages, started when the first test asks for it.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private const string Missing = "Chromium is not installed: apt-get install chromium.";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly string _profile = Directory.CreateTempSubdirectory("chromium-").FullName;
    private IBrowser? _browser;

    /// <summary>Where screenshots are kept for those who want to look themselves; not committed.</summary>
    internal static string Screenshots { get; } = Directory.CreateDirectory(Path.Combine(Tool.Root, "TestResults", "screenshots")).FullName;

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _gate.Dispose();

        // The browser's helpers may write a moment longer.
        for (int tries = 0; tries < 20 && Directory.Exists(_profile); tries++)
        {
            try
            {
                Directory.Delete(_profile, recursive: true);
            }
            catch (IOException)
            {
                await Task.Delay(100);
            }
        }
    }

    /// <summary>A page of its own for a test. Without a browser the test is skipped, or fails where one is required.</summary>
    internal async Task<IPage> NewPageAsync()
    {
        string? program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
        if (program is null && Environment.GetEnvironmentVariable("ENGAGEMENT_REQUIRE_CHROMIUM") == "1") Assert.Fail(Missing);
        Assert.SkipWhen(program is null, Missing);
        await _gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _browser ??= await Puppeteer.LaunchAsync(new LaunchOptions
            {
                ExecutablePath = program,
                Headless = true,
                UserDataDir = _profile,
                Timeout = 120_000,
                ProtocolTimeout = 120_000,
                Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"],
            });
        }
        finally
        {
            _gate.Release();
        }

        IPage page = await _browser.NewPageAsync();
        page.DefaultTimeout = page.DefaultNavigationTimeout = 60_000;
        return page;
    }
}
