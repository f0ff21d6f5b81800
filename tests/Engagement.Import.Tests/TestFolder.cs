using System.Text;

namespace Engagement.Import.Tests;

/// <summary>A folder for one test, good unless the test overwrites a file, deleted afterwards.</summary>
internal sealed class TestFolder : IDisposable
{
    public const string Organisation = """{ "id": "ihk", "name": "IHK", "timeZone": "Europe/Berlin" }""";
    public const string Channels = "id,name,platform,form\nxing,XING group,xing,group\n";

    public TestFolder()
    {
        Write("organisation.json", Organisation);
        Write("channels.csv", Channels);
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("portfolio-").FullName;

    public TestFolder Write(string file, string text) => Write(file, Encoding.UTF8.GetBytes(text));

    public TestFolder Write(string file, byte[] bytes)
    {
        File.WriteAllBytes(System.IO.Path.Combine(Path, file), bytes);
        return this;
    }

    public TestFolder Delete(string file)
    {
        File.Delete(System.IO.Path.Combine(Path, file));
        return this;
    }

    public PortfolioReading Read() => PortfolioFolder.Read(Path, TestContext.Current.CancellationToken);

    /// <summary>The one finding of a folder that has no other.</summary>
    public FolderFinding Finding()
    {
        PortfolioReading reading = Read();
        Assert.Null(reading.Portfolio);
        return Assert.Single(reading.Findings);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
