using System.Diagnostics;
using System.Diagnostics.Metrics;
using Engagement.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Engagement.Storage.Tests;

/// <summary>A store in an app's services: options, health, traces and metrics.</summary>
public sealed class ServicesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_store_is_opened_once_for_all_and_is_healthy()
    {
        await using var place = new DuckDbPlace();
        var organisation = new Organisation("ihk", "IHK", SeededLog.Zone("Europe/Berlin"));
        await using (ServiceProvider services = Services(options => (options.Connection, options.Organisation) = ($"duckdb:{place.File}", organisation)))
        {
            EngagementStore[] stores = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => services.GetRequiredService<EngagementStoreProvider>().GetAsync(Token).AsTask()));
            Assert.Single(stores.Distinct());
            await stores[0].AppendAsync("one", SeededLog.Around(organisation.TimeZone, new(2014, 10, 26), 100, seed: 61).Log, Token);
            HealthReport report = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token);
            Assert.Equal((HealthStatus.Healthy, "1 batches"), (report.Entries["engagement-store"].Status, report.Entries["engagement-store"].Description));
        }

        await using ServiceProvider again = Services(options => (options.Connection, options.OrganisationId) = ($"duckdb:{place.File}", "ihk"));
        Assert.Equal(organisation, (await again.GetRequiredService<EngagementStoreProvider>().GetAsync(Token)).Organisation);
    }

    [Fact]
    public async Task A_database_that_comes_up_late_is_unhealthy_until_then_and_tells_no_secret()
    {
        await using var place = new DuckDbPlace();
        await using ServiceProvider services = Services(options => options.Connection = $"duckdb:{place.File}");
        HealthCheckService health = services.GetRequiredService<HealthCheckService>();
        Assert.Equal(HealthStatus.Unhealthy, (await health.CheckHealthAsync(Token)).Status);
        await (await place.CreateAsync(new Organisation("ihk", "IHK", SeededLog.Zone("Europe/Berlin")))).DisposeAsync();
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync(Token)).Status);

        await using ServiceProvider lost = Services(options => options.Connection = "postgresql:Host=127.0.0.1;Port=1;Database=x;Username=u;Password=open-sesame;Timeout=2");
        HealthReportEntry entry = (await lost.GetRequiredService<HealthCheckService>().CheckHealthAsync(Token)).Entries["engagement-store"];
        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.DoesNotContain("open-sesame", entry.Description + entry.Exception, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_cannot_be_are_refused_all_at_once_when_the_app_starts()
    {
        using ServiceProvider services = Services(options => (options.Connection, options.OrganisationId) = ("mysql:Password=open-sesame", " ihk"));
        var error = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());
        Assert.Equal(["Connection must begin with its engine: write duckdb:FILE or postgresql:Host=…;Database=….", "OrganisationId (\" ihk\") must not start or end with space: write the identifier alone."], error.Failures, StringComparer.Ordinal);
        using ServiceProvider two = Services(options => (options.Organisation, options.OrganisationId) = (new Organisation("a", "A", SeededLog.Zone("Europe/Berlin")), "b"));
        Assert.Throws<OptionsValidationException>(() => two.GetRequiredService<IStartupValidator>().Validate());
    }

    [Fact]
    public async Task Traces_and_metrics_speak_of_batches_and_events()
    {
        var activities = new List<Activity>();
        using var traces = new ActivityListener { ShouldListenTo = source => source.Name == EngagementStore.TelemetryName, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData };
        traces.ActivityStopped = activity =>
        {
            lock (activities) activities.Add(activity);
        };
        ActivitySource.AddActivityListener(traces);
        long events = 0;
        using var metrics = new MeterListener();
        metrics.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == EngagementStore.TelemetryName) listener.EnableMeasurementEvents(instrument);
        };
        metrics.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            if (instrument.Name == "engagement.store.events") Interlocked.Add(ref events, value);
        });
        metrics.Start();
        await using var place = new DuckDbPlace();
        using (var parent = new Activity("test").Start())
        {
            await using EngagementStore store = await place.CreateAsync(new Organisation("ihk", "IHK", SeededLog.Zone("Europe/Berlin")));
            await store.AppendAsync("one", SeededLog.Around(store.Organisation.TimeZone, new(2014, 10, 26), 123, seed: 62).Log, Token);
            lock (activities)
            {
                Activity append = Assert.Single(activities, activity => activity.TraceId == parent.TraceId && activity.OperationName == "engagement.store.append");
                Assert.Equal("duckdb", append.GetTagItem("db.system.name"));
            }
        }

        // Other tests may append at the same time.
        Assert.True(Interlocked.Read(ref events) >= 123);
    }

    private static ServiceProvider Services(Action<EngagementOptions> configure) => new ServiceCollection().AddSingleton(typeof(ILogger<>), typeof(NullLogger<>)).AddEngagement(configure).BuildServiceProvider();
}
