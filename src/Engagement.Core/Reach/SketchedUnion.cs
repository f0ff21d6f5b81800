using Engagement.Core.Logs;

namespace Engagement.Core;

/// <summary>The sketches of several channels together: union, overlaps, and what each channel adds, as estimates with their intervals.</summary>
internal sealed class SketchedUnion
{
    private readonly (ChannelId Channel, ThetaSketch Sketch)[] _parts;
    private readonly double _confidence;
    private readonly int _nominalEntries;

    public SketchedUnion((ChannelId Channel, ThetaSketch Sketch)[] parts, double confidence, int nominalEntries)
    {
        (_parts, _confidence, _nominalEntries) = (parts, confidence, nominalEntries);
        Union = United(parts.Select(part => part.Sketch));
        Net = Union.Estimate(confidence);
        Sizes = [.. parts.Select(part => (part.Channel, CountOf(part.Sketch.Estimate(confidence))))];
    }

    /// <summary>The sketch of all.</summary>
    public ThetaSketch Union { get; }

    /// <summary>How many all are.</summary>
    public DistinctEstimate Net { get; }

    /// <summary>How many each channel reaches: exactly, or rounded to what its interval leaves open.</summary>
    public IReadOnlyList<(ChannelId Channel, Count Size)> Sizes { get; }

    /// <summary>How many each two channels share, row by row.</summary>
    public IEnumerable<Bounds?> Shared() => from first in _parts from second in _parts select (Bounds?)BoundsOf(first.Sketch.Intersect(second.Sketch));

    /// <summary>What each channel contributes; ranks end where the intervals overlap.</summary>
    public IEnumerable<ChannelNetReach> Channels()
    {
        var places = new Dictionary<int, (int Rank, Bounds Added)>();
        var rest = Enumerable.Range(0, _parts.Length).ToList();
        ThetaSketch taken = ThetaSketch.Empty;
        while (rest.Count > 0)
        {
            (int Channel, double Value, Bounds Added)[] candidates = [.. rest.Select(channel => (channel, _parts[channel].Sketch.Except(taken))).Select(left => (left.channel, left.Item2.Estimate(_confidence).Value, BoundsOf(left.Item2)))];

            // Of equal ones the first, as of identities.
            (int next, _, Bounds added) = candidates.OrderByDescending(candidate => candidate.Value).ThenBy(candidate => candidate.Channel).First();
            if (candidates.Any(candidate => candidate.Channel != next && candidate.Added.Upper > added.Lower)) break;
            places.Add(next, (places.Count + 1, added));
            rest.Remove(next);
            taken = taken.Union(_parts[next].Sketch, _nominalEntries);
        }

        for (int channel = 0; channel < _parts.Length; channel++)
        {
            Bounds exclusive = BoundsOf(_parts[channel].Sketch.Except(United(_parts.Where((_, other) => other != channel).Select(part => part.Sketch))));
            yield return places.TryGetValue(channel, out (int Rank, Bounds Added) place)
                ? new ChannelNetReach(_parts[channel].Channel, Sizes[channel].Size, exclusive, place.Rank, place.Added)
                : new ChannelNetReach(_parts[channel].Channel, Sizes[channel].Size, exclusive, null, null);
        }
    }

    private ThetaSketch United(IEnumerable<ThetaSketch> sketches) => ThetaSketch.UnionOf(sketches, _nominalEntries);

    private Bounds BoundsOf(ThetaSketch sketch)
    {
        IntervalEstimate interval = sketch.Estimate(_confidence).Interval;
        return new Bounds(interval.Lower, interval.Upper);
    }

    // Whole persons: the interval widens to them.
    private static Count CountOf(DistinctEstimate estimate) => estimate.IsExact ? Count.Observed((long)estimate.Value)
        : Count.Rounded((long)Math.Round(estimate.Value), (long)Math.Floor(estimate.Interval.Lower), (long)Math.Ceiling(estimate.Interval.Upper));
}
