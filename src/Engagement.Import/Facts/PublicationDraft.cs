using Engagement.Core;
using NodaTime;

namespace Engagement.Import;

/// <summary>What a row says of a publication; without a time it adds to one that is known.</summary>
internal sealed record PublicationDraft(string Id, string Channel, Instant? PublishedAt, Instant? AsOf, IReadOnlyDictionary<string, Count> Counts);
