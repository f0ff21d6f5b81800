using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Engagement.Storage;

/// <summary>Healthy when the store answers a small question.</summary>
internal sealed class StoreHealthCheck(EngagementStoreProvider provider) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            EngagementStore store = await provider.GetAsync(cancellationToken).ConfigureAwait(false);
            long batches = await store.CountBatchesAsync(cancellationToken).ConfigureAwait(false);
            return HealthCheckResult.Healthy(FormattableString.Invariant($"{batches} batches"));
        }
        catch (StoreException exception)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, exception.Message, exception);
        }
    }
}
