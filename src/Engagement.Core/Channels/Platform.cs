namespace Engagement.Core;

/// <summary>The system that a channel lives on: an open value with well-known members, because platforms die and change their names.</summary>
/// <remarks>
/// <para>Equality is by key (lower case, ordinal); former and later names of one platform are one key, so Twitter equals X. No order. The form of a presence is <see cref="ChannelForm"/>.</para>
/// <para><c>default</c> is the unspecified platform, with an empty key, which <see cref="Channel"/> refuses.</para>
/// <example><c>new Platform("X") == Platform.Twitter</c></example>
/// </remarks>
public readonly record struct Platform
{
    private static readonly Dictionary<string, string> DisplayNames = new(StringComparer.Ordinal)
    {
        ["xing"] = "XING",
        ["twitter"] = "Twitter/X",
        ["google-plus"] = "Google+",
        ["facebook"] = "Facebook",
        ["studivz"] = "StudiVZ",
        ["myspace"] = "MySpace",
        ["blog"] = "Blog",
        ["magazine"] = "Magazine",
        ["promotional-material"] = "Promotional material",
        ["post"] = "Post",
        ["newsletter"] = "E-mail newsletter",
        ["intranet"] = "Intranet",
        ["event"] = "Event",
        ["linkedin"] = "LinkedIn",
        ["instagram"] = "Instagram",
        ["youtube"] = "YouTube",
        ["mastodon"] = "Mastodon",
    };

    private static readonly Dictionary<string, string> OtherNames = new(StringComparer.Ordinal)
    {
        ["x"] = "twitter",
        ["twitter/x"] = "twitter",
        ["google+"] = "google-plus",
        ["googleplus"] = "google-plus",
        ["google plus"] = "google-plus",
        ["studi-vz"] = "studivz",
        ["promotional material"] = "promotional-material",
        ["e-mail newsletter"] = "newsletter",
        ["print"] = "magazine",
        ["mail"] = "post",
    };

    private readonly string? _key;

    /// <summary>A platform by its name, well known or not.</summary>
    /// <param name="name">The name; case does not matter, and other names of a well-known platform are understood.</param>
    /// <exception cref="ArgumentException">The name is empty, too long, starts or ends with space, or holds a control character.</exception>
    public Platform(string name)
    {
        string key = Guard.Identifier(name).ToLowerInvariant();
        _key = OtherNames.GetValueOrDefault(key, key);
    }

    /// <summary>XING (groups until 2023).</summary>
    public static Platform Xing => new("xing");

    /// <summary>Twitter, called X since 2023.</summary>
    public static Platform Twitter => new("twitter");

    /// <summary>Google+ (until 2019).</summary>
    public static Platform GooglePlus => new("google-plus");

    /// <summary>Facebook.</summary>
    public static Platform Facebook => new("facebook");

    /// <summary>StudiVZ (until 2022).</summary>
    public static Platform StudiVz => new("studivz");

    /// <summary>MySpace.</summary>
    public static Platform MySpace => new("myspace");

    /// <summary>A blog of one's own.</summary>
    public static Platform Blog => new("blog");

    /// <summary>A printed magazine.</summary>
    public static Platform Magazine => new("magazine");

    /// <summary>Promotional material: flyers, brochures, posters.</summary>
    public static Platform PromotionalMaterial => new("promotional-material");

    /// <summary>Letters and invitations by post.</summary>
    public static Platform Post => new("post");

    /// <summary>An e-mail newsletter.</summary>
    public static Platform Newsletter => new("newsletter");

    /// <summary>The intranet and other employee channels.</summary>
    public static Platform Intranet => new("intranet");

    /// <summary>An event.</summary>
    public static Platform Event => new("event");

    /// <summary>LinkedIn.</summary>
    public static Platform LinkedIn => new("linkedin");

    /// <summary>Instagram.</summary>
    public static Platform Instagram => new("instagram");

    /// <summary>YouTube.</summary>
    public static Platform YouTube => new("youtube");

    /// <summary>Mastodon and what speaks with it.</summary>
    public static Platform Mastodon => new("mastodon");

    /// <summary>The key: lower case, one per platform, empty for <c>default</c>.</summary>
    public string Key => _key ?? "";

    /// <summary>Whether the library knows the platform by name.</summary>
    public bool IsWellKnown => DisplayNames.ContainsKey(Key);

    /// <summary>The name for display.</summary>
    /// <returns>For example <c>Google+</c>; the key of a platform that is not well known.</returns>
    public override string ToString() => DisplayNames.GetValueOrDefault(Key, Key);
}
