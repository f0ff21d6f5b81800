namespace Engagement.Core;

/// <summary>What a channel is for; several purposes may be combined.</summary>
/// <remarks>Flags; order carries no meaning. <c>default</c> is <see cref="Unspecified"/>: nothing is stated, which is legal.</remarks>
[Flags]
public enum ChannelPurposes
{
    /// <summary>Nothing is stated.</summary>
    Unspecified = 0,

    /// <summary>Marketing. Who uses social media for marketing only is blind in one eye.</summary>
    Marketing = 1,

    /// <summary>Service: questions are answered.</summary>
    Service = 2,

    /// <summary>Recruiting.</summary>
    Recruiting = 4,

    /// <summary>Internal communication with staff.</summary>
    Internal = 8,

    /// <summary>Public relations.</summary>
    PublicRelations = 16,
}
