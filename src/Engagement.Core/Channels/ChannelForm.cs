namespace Engagement.Core;

/// <summary>The form of a channel: what kind of presence it is, whatever the platform.</summary>
/// <remarks>Order and numbers carry no meaning. <c>default</c> is <see cref="Unspecified"/>, which <see cref="Channel"/> refuses.</remarks>
public enum ChannelForm
{
    /// <summary>No form: the value of <c>default</c>, refused by <see cref="Channel"/>.</summary>
    Unspecified = 0,

    /// <summary>A group that one joins (XING, Facebook, StudiVZ).</summary>
    Group,

    /// <summary>A page that one follows (Facebook, Google+, LinkedIn).</summary>
    Page,

    /// <summary>An account that one follows (Twitter, Mastodon, Instagram).</summary>
    Account,

    /// <summary>A blog.</summary>
    Blog,

    /// <summary>A mailing list or e-mail newsletter.</summary>
    MailingList,

    /// <summary>A printed title that appears in issues.</summary>
    PrintTitle,

    /// <summary>A mailing by post: invitations, promotional material.</summary>
    Mailing,

    /// <summary>An event that one attends.</summary>
    Event,

    /// <summary>An intranet or other employee channel.</summary>
    Intranet,
}
