using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Engagement.Acceptance.Tests;

/// <summary>The sample app that keeps a store and serves the report, started as a program.</summary>
[Trait("Runs", "Once")]
public sealed class EmbeddingSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("embedding-").FullName;
    private readonly HttpClient _client = new();
    private Process? _app;

    public void Dispose()
    {
        if (_app is not null)
        {
            _app.Kill(entireProcessTree: true);
            _app.WaitForExit();
            _app.Dispose();
        }

        _client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void The_sample_has_less_than_80_lines() => Assert.InRange(File.ReadAllLines(Path.Combine(Tool.Root, "samples", "embedding", "Program.cs")).Length, 1, 79);

    [Fact]
    public async Task Good_events_are_taken_once_and_bad_or_oversized_ones_not_at_all()
    {
        await StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await _client.GetAsync("health", Cancelled)).StatusCode);
        string comment = """{"id":"e-1","channel":"page","kind":"Question","at":"2024-03-01T10:15:00Z","role":"Member","actor":"<script>alert(1)</script>"}""";
        string reply = """{"id":"e-2","channel":"page","kind":"Like","at":"2024-03-02T10:15:00Z"}""";
        Assert.Equal((HttpStatusCode.OK, 0), (await PostAsync("[]") is HttpStatusCode.BadRequest ? HttpStatusCode.OK : HttpStatusCode.Conflict, await CountAsync()));
        Assert.Equal(HttpStatusCode.OK, await PostAsync($"[{comment}]"));
        Assert.Equal(1, await CountAsync());
        Assert.Equal(HttpStatusCode.OK, await PostAsync($"[{comment}]"));
        Assert.Equal(HttpStatusCode.OK, await PostAsync($"[{reply},{comment}]"));
        Assert.Equal(2, await CountAsync());

        foreach (string wrong in new[] { "", "{", "null", "[null]", comment, $"[{reply},{reply}]", "[{}]", $"[{comment.Replace("\"page\"", "\"other\"", StringComparison.Ordinal)}]", $"[{comment.Replace("Question", "1", StringComparison.Ordinal)}]", $"[{comment.Replace("Question", "Like,Share", StringComparison.Ordinal)}]", $"[{comment.Replace("10:15:00Z", "25:15:00Z", StringComparison.Ordinal)}]", $"[{reply.Replace("e-2", "", StringComparison.Ordinal)}]", $"[{comment.Replace("e-1", "e-9", StringComparison.Ordinal)},{{}}]" })
        {
            Assert.Equal((HttpStatusCode.BadRequest, wrong), (await PostAsync(wrong), wrong));
        }

        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync($"[{string.Join(',', Enumerable.Range(0, 1_001).Select(index => reply.Replace("e-2", $"m-{index}", StringComparison.Ordinal)))}]"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync($"[{comment}{new string(' ', 300_000)}]"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await PostAsync($"[{reply}]", "text/plain"));
        Assert.Equal(2, await CountAsync());

        string page = await _client.GetStringAsync(new Uri("?language=de", UriKind.Relative), Cancelled);
        Assert.StartsWith("<!doctype html>", page, StringComparison.Ordinal);
        Assert.Contains("Demo Association", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private async Task<HttpStatusCode> PostAsync(string body, string type = "application/json")
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        using HttpResponseMessage response = await _client.PostAsync(new Uri("events", UriKind.Relative), content, Cancelled);
        if (response.StatusCode is HttpStatusCode.BadRequest) Assert.NotEqual(0, (await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("errors").GetArrayLength());
        return response.StatusCode;
    }

    /// <summary>How many interactions the report knows: outsiders' questions and likes, by the figures.</summary>
    private async Task<int> CountAsync()
    {
        using JsonDocument json = JsonDocument.Parse(await _client.GetStringAsync(new Uri("report.json", UriKind.Relative), Cancelled));
        return json.RootElement.TryGetProperty("dialogue", out JsonElement dialogue) ? (int)dialogue[0].GetProperty("feedback").GetProperty("value").GetDouble() : 0;
    }

    private async Task StartAsync()
    {
        string built = Path.GetRelativePath(Path.Combine(Tool.Root, "tests", "Engagement.Acceptance.Tests"), AppContext.BaseDirectory);
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(Tool.Root, "samples", "embedding", built, "Engagement.Samples.Embedding.dll"), "--urls", "http://127.0.0.1:0", "--Store", $"duckdb:{Path.Combine(_folder, "demo.duckdb")}"]) { UseShellExecute = false, RedirectStandardOutput = true, WorkingDirectory = _folder };
        _app = Process.Start(start)!;
        while (await _app.StandardOutput.ReadLineAsync(Cancelled) is { } line)
        {
            int at = line.IndexOf("http://127.0.0.1:", StringComparison.Ordinal);
            if (at < 0) continue;
            _client.BaseAddress = new Uri(line[at..].Trim());
            _ = _app.StandardOutput.ReadToEndAsync(Cancelled);
            return;
        }

        Assert.Fail("The app ended before it listened.");
    }
}
