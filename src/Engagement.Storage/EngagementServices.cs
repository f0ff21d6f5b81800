using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Engagement.Storage;

/// <summary>Registers a store in an app's services.</summary>
public static class EngagementServices
{
    /// <summary>Registers an <see cref="EngagementStoreProvider"/> and a health check named <c>engagement-store</c>; the options are checked when the app starts.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The same services.</returns>
    /// <remarks>Nothing is connected to before the store is asked for. For traces and metrics listen to <see cref="EngagementStore.TelemetryName"/>.</remarks>
    /// <exception cref="ArgumentNullException">A parameter is null.</exception>
    /// <example><c>builder.Services.AddEngagement(options =&gt; options.Connection = "duckdb:engagement.duckdb");</c></example>
    public static IServiceCollection AddEngagement(this IServiceCollection services, Action<EngagementOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<EngagementOptions>().Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EngagementOptions>, EngagementOptionsValidator>());
        services.TryAddSingleton<EngagementStoreProvider>();
        services.AddHealthChecks().AddCheck<StoreHealthCheck>("engagement-store");
        return services;
    }
}
