namespace Engagement.Core;

/// <summary>What becomes of a reply link.</summary>
internal enum ThreadLink
{
    None = 0,
    Followed,
    Unknown,
    Later,
    AcrossChannels,
}
