using Engagement.Core;
using Microsoft.Extensions.Options;

namespace Engagement.Storage;

/// <summary>Opens the app's store when it is first asked for, and closes it with the app.</summary>
/// <remarks>Safe to share between threads: all get the same store. An attempt that fails is made anew by the next who asks, so that an app that starts before its database comes up by itself.</remarks>
public sealed class EngagementStoreProvider : IAsyncDisposable, IDisposable
{
    private readonly EngagementOptions _options;
    private readonly SemaphoreSlim _opening = new(1, 1);
    private EngagementStore? _store;

    /// <summary>A provider; made by the app's services.</summary>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    public EngagementStoreProvider(IOptions<EngagementOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Value;
    }

    /// <summary>The store.</summary>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <returns>The open store; it must not be disposed of by the caller.</returns>
    /// <exception cref="StoreException">It cannot be opened.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async ValueTask<EngagementStore> GetAsync(CancellationToken cancellationToken = default)
    {
        if (_store is not null) return _store;
        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _store ??= _options.Organisation is { } organisation
                ? await EngagementStore.CreateAsync(_options.Connection, organisation, cancellationToken: cancellationToken).ConfigureAwait(false)
                : await EngagementStore.OpenAsync(_options.Connection, _options.OrganisationId is { } id ? new OrganisationId(id) : default, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _opening.Dispose();
        if (_store is not null) await _store.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
