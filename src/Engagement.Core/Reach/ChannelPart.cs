namespace Engagement.Core;

/// <summary>The audience of a channel, or the part of it that belongs to a universe, with its unit.</summary>
internal readonly record struct ChannelPart(ChannelId Channel, Count Size, UnitOfCount Unit);
