using NodaTime;

namespace Engagement.Core;

/// <summary>Interactions of one kind on one local day: a single one, or a cell of a roll-up with its count.</summary>
internal readonly record struct EngagementEvent(ChannelId Channel, PublicationId Publication, LocalDate Date, InteractionKind Kind, ActorId Actor, long Count);
