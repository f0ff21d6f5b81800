using NodaTime;

namespace Engagement.Core;

/// <summary>One presence of an organisation: a XING group, a Twitter account, a magazine, a newsletter.</summary>
/// <remarks>
/// <para>Immutable; equality is by value; no order. A date of another calendar is taken as the same day in the ISO calendar.</para>
/// <example><c>new Channel("xing-tio", "Technologie und Innovation in Ostwestfalen", Platform.Xing, ChannelForm.Group)</c></example>
/// </remarks>
public sealed record Channel
{
    /// <summary>A channel.</summary>
    /// <param name="id">Its identifier.</param>
    /// <param name="name">Its name, for display.</param>
    /// <param name="platform">The system that it lives on.</param>
    /// <param name="form">Its form.</param>
    /// <exception cref="ArgumentException">The id or the name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The platform or the form is unspecified.</exception>
    public Channel(string id, string name, Platform platform, ChannelForm form)
    {
        Id = new ChannelId(Guard.Identifier(id));
        Name = Guard.NotBlank(name);
        Platform = platform.Key.Length > 0 ? platform : throw Guard.OutOfRange(nameof(platform), platform, "must be a platform", "pass a well-known one or new Platform(\"name\")");
        Form = Guard.Known(form);
    }

    /// <summary>The identifier.</summary>
    public ChannelId Id { get; }

    /// <summary>The name, for display.</summary>
    public string Name { get; }

    /// <summary>The system that the channel lives on.</summary>
    public Platform Platform { get; }

    /// <summary>The form.</summary>
    public ChannelForm Form { get; }

    /// <summary>What the channel is for; nothing stated by default.</summary>
    public ChannelPurposes Purposes { get; init; }

    /// <summary>The channel's own target group; none by default, which means the members.</summary>
    public UniverseId TargetUniverse { get; init; }

    /// <summary>The sub-brand in whose name the channel speaks; null when it speaks for the whole organisation.</summary>
    /// <exception cref="ArgumentException">The name is blank.</exception>
    public string? SubBrand { get; init => field = value is null ? null : Guard.NotBlank(value, nameof(SubBrand)); }

    /// <summary>The first day of the channel's life; null when not known.</summary>
    public LocalDate? Opened { get; init => field = value?.WithCalendar(CalendarSystem.Iso); }

    /// <summary>The last day of the channel's life, included; null while it lives.</summary>
    public LocalDate? Closed { get; init => field = value?.WithCalendar(CalendarSystem.Iso); }

    /// <summary>Whether the channel lives on a day.</summary>
    /// <param name="date">The local day.</param>
    /// <returns>False before <see cref="Opened"/> and after <see cref="Closed"/>.</returns>
    public bool LivesOn(LocalDate date)
    {
        LocalDate day = date.WithCalendar(CalendarSystem.Iso);
        return !(day < Opened) && !(day > Closed);
    }

    /// <summary>Whether the channel lives on any day of a period.</summary>
    internal bool LivesIn(LocalPeriod period) => !(period.To <= Opened) && !(period.From > Closed);

    /// <summary>Name, platform and form.</summary>
    /// <returns>For example <c>Technologie und Innovation in Ostwestfalen (XING, Group)</c>.</returns>
    public override string ToString() => $"{Name} ({Platform}, {Form})";
}
