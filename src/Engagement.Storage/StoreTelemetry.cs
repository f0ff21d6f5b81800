using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Engagement.Storage;

/// <summary>The names by which OpenTelemetry listens to stores; without a listener they cost nothing.</summary>
internal static class StoreTelemetry
{
    public const string Name = "Engagement.Storage";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    public static readonly Counter<long> Events = Meter.CreateCounter<long>("engagement.store.events", "{event}", "Events of acknowledged batches.");
    public static readonly Counter<long> Batches = Meter.CreateCounter<long>("engagement.store.batches", "{batch}", "Batches that were sent, acknowledged for the first time or known already.");
    public static readonly Counter<long> Failures = Meter.CreateCounter<long>("engagement.store.failures", "{failure}", "Calls that failed.");
}
