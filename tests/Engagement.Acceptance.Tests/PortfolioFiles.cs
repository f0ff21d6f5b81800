using System.Text;

namespace Engagement.Acceptance.Tests;

/// <summary>A small sound portfolio in a folder of its own, for tests to spoil; deleted at the end.</summary>
internal sealed class PortfolioFiles : IDisposable
{
    public PortfolioFiles()
    {
        Folder = Directory.CreateTempSubdirectory("engagement-").FullName;
        Write("organisation.json", """
            {
              "id": "ihk", "name": "IHK", "timeZone": "Europe/Berlin",
              "universes": [{ "id": "members", "unit": "person", "sizes": [{ "asOf": "2014-01-01", "size": 1000 }] }]
            }
            """);
        Write("channels.csv", "id,name,platform,form\npage,Page,facebook,page\ngroup,Group,xing,group\n");
        Write("audiences.csv", "channel,as_of,size,unit,members\npage,2014-11-01,800,person,200\ngroup,2014-11-01,100,person,\n");
        Write("publications.csv", "id,channel,published_at,reach,likes\np-1,page,2014-11-03T09:00,400,10\ng-1,group,2014-11-04T09:00,,\n");
    }

    public string Folder { get; }

    public void Write(string file, string text) => File.WriteAllText(Path.Combine(Folder, file), text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

    public void Write(string file, byte[] bytes) => File.WriteAllBytes(Path.Combine(Folder, file), bytes);

    public void Delete(string file) => File.Delete(Path.Combine(Folder, file));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
