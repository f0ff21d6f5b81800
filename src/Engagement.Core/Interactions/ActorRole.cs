namespace Engagement.Core;

/// <summary>Who an actor is to the organisation.</summary>
/// <remarks>Order and numbers carry no meaning. <c>default</c> is <see cref="Unspecified"/>, which is refused; say <see cref="Unknown"/> where the role is not known.</remarks>
public enum ActorRole
{
    /// <summary>No role: the value of <c>default</c>, refused by every fact.</summary>
    Unspecified = 0,

    /// <summary>The role is not known.</summary>
    Unknown,

    /// <summary>The organisation itself; its own replies are not engagement.</summary>
    Organisation,

    /// <summary>A member of staff, in person.</summary>
    Staff,

    /// <summary>A member.</summary>
    Member,

    /// <summary>Somebody who is not a member.</summary>
    NonMember,

    /// <summary>A program; left out by default.</summary>
    Bot,
}
