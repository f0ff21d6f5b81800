namespace Engagement.Core.Logs;

/// <summary>What a roll-up counts: roll-ups of one recipe, and only they, add up.</summary>
/// <param name="Kinds">Bit k is set when kind k counts.</param>
/// <param name="Roles">Bit r is set when role r counts.</param>
/// <param name="Channels">The channels that count, in order; null for all.</param>
/// <param name="ByPublication">Whether counts are kept per publication.</param>
/// <param name="IsCut">Whether rows outside the calendar were left out: then a publication's life-time may be cut.</param>
internal sealed record RollUpRecipe(uint Kinds, uint Roles, ValueList<ChannelId>? Channels, bool ByPublication, bool IsCut)
{
    /// <summary>What differs from another recipe, in words; null when nothing does.</summary>
    public string? DifferenceTo(RollUpRecipe other) =>
        Kinds != other.Kinds ? "kinds"
        : Roles != other.Roles ? "roles"
        : !Equals(Channels, other.Channels) ? $"channels ({Chosen} and {other.Chosen})"
        : IsCut != other.IsCut ? "rows outside the calendar (left out and refused)"
        : ByPublication != other.ByPublication ? "series (by publication and by channel)"
        : null;

    private string Chosen => Channels is null ? "all" : FormattableString.Invariant($"{Channels.Count} chosen");
}
