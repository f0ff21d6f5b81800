using System.Globalization;

namespace Engagement.Core;

/// <summary>Which interactions count, and how much: a weight for each kind, and the roles whose interactions count.</summary>
/// <remarks>
/// <para>Immutable; equality is by value; no order.</para>
/// <para>Weights apply to whole counts after all adding up: <c>I = Σ weight(kind) · count(kind)</c>.</para>
/// <example><c>new InteractionSelection(InteractionKind.Like, InteractionKind.Comment, InteractionKind.Share)</c></example>
/// </remarks>
public sealed class InteractionSelection : IEquatable<InteractionSelection>
{
    // So that no weighted sum of counts exceeds the range of a double.
    internal const double LargestWeight = 1_000_000;

    private static readonly int KindCount = Enum.GetValues<InteractionKind>().Length;
    private static readonly int RoleCount = Enum.GetValues<ActorRole>().Length;
    private static readonly ActorRole[] StandardRoles = [ActorRole.Unknown, ActorRole.Staff, ActorRole.Member, ActorRole.NonMember];

    private readonly ValueList<double> _weights;
    private readonly ValueList<ActorRole> _roles;
    private readonly ValueList<InteractionKind> _kinds;
    private readonly bool[] _hasRole;

    /// <summary>The kinds given, each with weight 1, of all roles but Organisation and Bot.</summary>
    /// <param name="kinds">The kinds; at least one.</param>
    /// <exception cref="ArgumentNullException"><paramref name="kinds"/> is null.</exception>
    /// <exception cref="ArgumentException">No kind is given.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A kind is unspecified or unknown.</exception>
    public InteractionSelection(params InteractionKind[] kinds)
        : this(OneOfEach(kinds), new(StandardRoles))
    {
    }

    private InteractionSelection(ValueList<double> weights, ValueList<ActorRole> roles)
    {
        (_weights, _roles) = (weights, roles);

        // Asked once for every publication and every interaction of a portfolio, so worked out once.
        _hasRole = [.. Enumerable.Range(0, RoleCount).Select(role => roles.Contains((ActorRole)role))];
        _kinds = new(Enumerable.Range(1, KindCount - 1).Where(kind => weights[kind] > 0).Select(kind => (InteractionKind)kind));
        CommonWeight = _kinds.Select(kind => weights[(int)kind]).Distinct().ToArray() is [var weight] ? weight : null;
        TakesTallies = StandardRoles.All(roles.Contains) && !roles.Contains(ActorRole.Organisation) && !roles.Contains(ActorRole.Bot);
    }

    /// <summary>
    /// What the field calls interactions: reactions, conversation and redistribution (like, dislike, emoji, comment, reply, mention, question, direct message, share, repost, forward, quote).
    /// Clicks, saves, votes and attendance keep their own kinds and are not in it.
    /// </summary>
    public static InteractionSelection Standard { get; } = new(
        InteractionKind.Like,
        InteractionKind.Dislike,
        InteractionKind.Emoji,
        InteractionKind.Comment,
        InteractionKind.Reply,
        InteractionKind.Mention,
        InteractionKind.Question,
        InteractionKind.DirectMessage,
        InteractionKind.Share,
        InteractionKind.Repost,
        InteractionKind.Forward,
        InteractionKind.Quote);

    /// <summary>The kinds that count, in the order of <see cref="InteractionKind"/>.</summary>
    public IEnumerable<InteractionKind> Kinds => _kinds;

    /// <summary>The roles whose interactions count; all but Organisation and Bot by default.</summary>
    public IReadOnlyList<ActorRole> Roles => _roles;

    /// <summary>The one weight that all selected kinds have; null when they differ.</summary>
    internal double? CommonWeight { get; }

    /// <summary>Whether the roles are all but Organisation and Bot.</summary>
    internal bool HasStandardRoles => _roles.Count == StandardRoles.Length && TakesTallies;

    /// <summary>Whether counts without roles answer the selection: everybody but the organisation and bots counts.</summary>
    internal bool TakesTallies { get; }

    /// <summary>The weight of a kind; 0 when it does not count.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The weight.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The kind is unspecified or unknown.</exception>
    public double this[InteractionKind kind] => _weights[(int)Guard.Known(kind)];

    /// <summary>The same selection with another weight for a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="weight">The weight, 0 to 1,000,000; 0 takes the kind out.</param>
    /// <returns>A new selection.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The kind is unspecified, or the weight is NaN, negative or above 1,000,000.</exception>
    /// <exception cref="ArgumentException">No kind would be left.</exception>
    public InteractionSelection WithWeight(InteractionKind kind, double weight)
    {
        Guard.Known(kind);
        Guard.FiniteNotNegative(weight);
        if (weight > LargestWeight) throw Guard.OutOfRange(nameof(weight), weight, $"must not exceed {Guard.Text(LargestWeight)}", "weights are relative: scale them down");
        double[] weights = [.. _weights];
        weights[(int)kind] = weight;
        return weights.Any(one => one > 0) ? new(new(weights), _roles) : throw new ArgumentException($"weight (0) of {kind} must not take the last kind out: select another kind first.", nameof(weight));
    }

    /// <summary>The same selection for other roles.</summary>
    /// <param name="roles">The roles whose interactions count; at least one.</param>
    /// <returns>A new selection.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="roles"/> is null.</exception>
    /// <exception cref="ArgumentException">No role is given.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A role is unspecified or unknown.</exception>
    public InteractionSelection WithRoles(params ActorRole[] roles)
    {
        ArgumentNullException.ThrowIfNull(roles);
        if (roles.Length == 0) throw new ArgumentException("roles (0 values) must hold a role: name whose interactions count.", nameof(roles));
        return new(_weights, new(roles.Select(role => Guard.Known(role, nameof(roles))).Distinct().Order()));
    }

    /// <summary>Whether an interaction counts.</summary>
    internal bool Includes(Interaction interaction) => Includes(interaction.Kind, interaction.Role);

    /// <summary>Whether an interaction of a kind and a role counts.</summary>
    internal bool Includes(InteractionKind kind, ActorRole role) => _hasRole[(int)role] && _weights[(int)kind] > 0;

    /// <inheritdoc/>
    public bool Equals(InteractionSelection? other) => other is not null && _weights.Equals(other._weights) && _roles.Equals(other._roles);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as InteractionSelection);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_weights, _roles);

    /// <summary>Kinds with their weights, and roles, in the invariant culture.</summary>
    /// <returns>For example <c>Like + 2 Comment + 3 Share of Unknown, Staff, Member, NonMember</c>.</returns>
    public override string ToString() =>
        $"{string.Join(" + ", Kinds.Select(kind => this[kind] == 1 ? kind.ToString() : string.Create(CultureInfo.InvariantCulture, $"{this[kind]} {kind}")))} of {string.Join(", ", _roles)}";

    private static ValueList<double> OneOfEach(InteractionKind[] kinds)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        if (kinds.Length == 0) throw new ArgumentException("kinds (0 values) must hold a kind: name what counts as an interaction.", nameof(kinds));
        double[] weights = new double[KindCount];
        foreach (InteractionKind kind in kinds) weights[(int)Guard.Known(kind, nameof(kinds))] = 1;
        return new(weights);
    }
}
