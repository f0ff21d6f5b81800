using System.Globalization;

namespace Engagement.Core;

/// <summary>A net reach by a named model, judged by the bounds: its value, or the reason why it is refused.</summary>
/// <remarks>
/// <para>Equality is by value; no order. A value outside the bounds is refused by <see cref="UndefinedReason.OutsideBounds"/>, never moved into them: no system of audiences has such sizes and overlaps.
/// Only where an estimate brings an error of its own (a sketch) that reaches into the bounds is the value the nearest point within them.</para>
/// <para><c>default</c> is of no model and has no value.</para>
/// <example><c>NetReach.Of([9_000, 38], 110_000, [(0, 1, 38)]).Estimate(ReachModel.Agostini).Undefined</c> is <see cref="UndefinedReason.OutsideBounds"/>: 8,995.45 lies below 9,000.</example>
/// </remarks>
public readonly record struct ReachEstimate
{
    internal ReachEstimate(ReachModel model, double? stated, double? value, UndefinedReason? undefined, Bounds? error) => (Model, Stated, Value, Undefined, Error) = (model, stated, value, undefined, error);

    /// <summary>The model.</summary>
    public ReachModel Model { get; }

    /// <summary>What the model says, before it is judged; null when it says nothing.</summary>
    public double? Stated { get; }

    /// <summary>The net reach by the model; null when it is refused or says nothing.</summary>
    public double? Value { get; }

    /// <summary>Why there is no value; null when there is one.</summary>
    public UndefinedReason? Undefined { get; }

    /// <summary>The model's own error, as far as it lies within the bounds; null when it has none.</summary>
    public Bounds? Error { get; }

    /// <summary>The model with its value or the reason, in the invariant culture.</summary>
    /// <returns>For example <c>Independence: 9454</c> or <c>Agostini: refused, OutsideBounds (8995.45)</c>.</returns>
    public override string ToString() =>
        Value is { } value ? string.Create(CultureInfo.InvariantCulture, $"{Model}: {value:0.##}{(Error is { } error ? $" {error}" : "")}")
        : Stated is { } stated ? string.Create(CultureInfo.InvariantCulture, $"{Model}: refused, {Undefined} ({stated:0.##})")
        : $"{Model}: {Undefined?.ToString() ?? "nothing"}";
}
