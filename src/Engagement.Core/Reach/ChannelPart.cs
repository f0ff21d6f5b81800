namespace Engagement.Core;

/// <summary>The audience of a channel, or the part of it that belongs to a universe, with its unit, and whether it is known to hold others than members of the universe.</summary>
internal readonly record struct ChannelPart(ChannelId Channel, Count Size, UnitOfCount Unit, bool HasOthers = false)
{
    /// <summary>A whole audience.</summary>
    public static ChannelPart Of(AudienceSnapshot audience) => new(audience.Channel, audience.Size, audience.Unit, audience.Members.Upper < audience.Size.Lower);
}
