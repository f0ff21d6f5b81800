using System.Globalization;
using Engagement.Core;
using Engagement.Reporting;
using Engagement.Samples.Embedding;
using Engagement.Storage;
using Microsoft.AspNetCore.Http.Features;
using NodaTime;
using NodaTime.Text;

const int MostEvents = 1_000;
const long MostBytes = 256 * 1024;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
var demo = new Organisation("demo", "Demo Association", DateTimeZoneProviders.Tzdb["Europe/Berlin"]);
var page = new Channel("page", "Demo page", Platform.Facebook, ChannelForm.Page);
builder.Services.AddEngagement(options => (options.Connection, options.Organisation) = (builder.Configuration["Store"] ?? "duckdb:engagement.duckdb", demo));
WebApplication app = builder.Build();
app.MapHealthChecks("/health");

// The channels that the app has; what is known of them besides goes into the store in the same way.
await (await app.Services.GetRequiredService<EngagementStoreProvider>().GetAsync()).UpsertAsync(Portfolio.For(demo).Add(page).Build());

app.MapPost("/events", async (HttpContext context, EngagementStoreProvider stores, CancellationToken cancelled) =>
{
    if (context.Request.ContentLength > MostBytes) return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
    if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = MostBytes;
    if (!context.Request.HasJsonContentType()) return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
    Event?[]? events;
    try
    {
        events = await context.Request.ReadFromJsonAsync<Event?[]>(cancelled);
    }
    catch (Exception exception) when (exception is System.Text.Json.JsonException or BadHttpRequestException)
    {
        return exception is BadHttpRequestException { StatusCode: var status } ? Results.StatusCode(status) : Bad("the body must be an array of events in JSON");
    }

    if (events is not { Length: > 0 and <= MostEvents }) return Bad($"there must be 1 to {MostEvents} events");
    var faults = new List<string>();
    Interaction[] taken = [.. events.Select((one, index) => Read(one, index, faults)).OfType<Interaction>()];
    if (faults.Count > 0) return Results.BadRequest(new { errors = faults });
    if (taken.DistinctBy(one => one.Id).Count() < taken.Length) return Bad("an id stands there twice");

    // The store takes each id once, so events that are sent again, together or among others, change nothing.
    await (await stores.GetAsync(cancelled)).AppendInteractionsAsync(Guid.NewGuid().ToString(), taken, cancelled);
    return Results.Ok(new { received = taken.Length });
});
app.MapGet("/", async (string? language, EngagementStoreProvider stores, CancellationToken cancelled) => Results.Content((await ReportAsync(stores, cancelled)).ToHtml(language == "de" ? Language.German : Language.English), "text/html; charset=utf-8"));
app.MapGet("/report.json", async (string? language, EngagementStoreProvider stores, CancellationToken cancelled) => Results.Content((await ReportAsync(stores, cancelled)).ToJson(language == "de" ? Language.German : Language.English), "application/json; charset=utf-8"));
await app.RunAsync();

static IResult Bad(string fault) => Results.BadRequest(new { errors = new[] { fault } });

Interaction? Read(Event? one, int index, List<string> faults)
{
    try
    {
        if (one?.Channel != page.Id.Value) throw new ArgumentException($"channel must be {page.Id.Value}");
        InteractionKind kind = Word<InteractionKind>("kind", one.Kind);
        ActorRole role = Word<ActorRole>("role", one.Role ?? nameof(ActorRole.Unknown));
        if (!InstantPattern.ExtendedIso.Parse(one.At ?? "").TryGetValue(default, out Instant at)) throw new ArgumentException("at must be a moment as 2024-03-01T10:15:00Z");
        return new Interaction(one.Id!, page.Id, kind, at, role) { Actor = one.Actor is null ? default : new ActorId(one.Actor) };
    }
    catch (ArgumentException exception)
    {
        faults.Add(string.Create(CultureInfo.InvariantCulture, $"[{index}] {exception.Message}"));
        return null;
    }
}

static T Word<T>(string field, string? text)
    where T : struct, Enum => Enum.GetNames<T>().Skip(1).Contains(text, StringComparer.Ordinal) ? Enum.Parse<T>(text!) : throw new ArgumentException($"{field} must be one of {string.Join(", ", Enum.GetNames<T>().Skip(1))}");

static async Task<Report> ReportAsync(EngagementStoreProvider stores, CancellationToken cancelled)
{
    Portfolio portfolio = await (await stores.GetAsync(cancelled)).ReadPortfolioAsync(cancellationToken: cancelled);
    LocalDate[] days = [.. portfolio.Interactions.Select(one => one.At.InZone(portfolio.Organisation.TimeZone).Date)];
    return Report.Of(portfolio, days.Length == 0 ? LocalPeriod.Year(2024) : LocalPeriod.Between(days.Min(), days.Max().PlusDays(1)), cancellationToken: cancelled);
}
