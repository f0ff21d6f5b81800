using Engagement.Core;
using NodaTime;

namespace Engagement.Import;

/// <summary>A size of a universe that a row states.</summary>
internal sealed record UniverseDraft(string Id, string? Name, UnitOfCount Unit, Instant AsOf, Count Size);
