using NodaTime;

namespace Engagement.Core;

/// <summary>The snapshots of one channel in order of time, and the four ways to ask them for a base.</summary>
/// <remarks>
/// <para>Immutable; equality is by value; no order. Of several snapshots as of the same moment the last one given counts, and validation reports them. Nothing is interpolated, and nothing before the first snapshot is guessed.</para>
/// <example><c>new AudienceHistory(snapshots).AsOf(publication.PublishedAt)?.Size</c></example>
/// </remarks>
public sealed record AudienceHistory
{
    private readonly ValueList<AudienceSnapshot> _snapshots;

    /// <summary>A history from snapshots in any order.</summary>
    /// <param name="snapshots">The snapshots, all of one channel.</param>
    /// <exception cref="ArgumentNullException"><paramref name="snapshots"/> is null.</exception>
    /// <exception cref="ArgumentException">The snapshots are of more than one channel.</exception>
    public AudienceHistory(IEnumerable<AudienceSnapshot> snapshots)
    {
        ArgumentNullException.ThrowIfNull(snapshots);
        _snapshots = new(snapshots.Select(snapshot => snapshot ?? throw new ArgumentException("snapshots must not hold null: leave out what is not known.", nameof(snapshots))).OrderBy(snapshot => snapshot.AsOf));
        ChannelId[] channels = [.. _snapshots.Select(snapshot => snapshot.Channel).Distinct()];
        if (channels.Length > 1) throw new ArgumentException($"snapshots ({string.Join(", ", channels)}) must be of one channel: make a history for each.", nameof(snapshots));
    }

    /// <summary>The snapshots in order of time.</summary>
    public IReadOnlyList<AudienceSnapshot> Snapshots => _snapshots;

    /// <summary>The newest snapshot that is not after a moment.</summary>
    /// <param name="moment">The moment, for example of a publication.</param>
    /// <returns>The snapshot; null when the first one is later.</returns>
    public AudienceSnapshot? AsOf(Instant moment)
    {
        // Binary search: the snapshots are in order of time.
        int low = 0;
        int high = _snapshots.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_snapshots[middle].AsOf <= moment) low = middle + 1;
            else high = middle;
        }

        return low == 0 ? null : _snapshots[low - 1];
    }

    /// <summary>The newest snapshot before the end of a period, however old.</summary>
    /// <param name="period">The period.</param>
    /// <param name="zone">The zone whose days the period counts.</param>
    /// <returns>The snapshot; null when there is none before the end.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="zone"/> is null.</exception>
    public AudienceSnapshot? Latest(LocalPeriod period, DateTimeZone zone) =>
        period.IntervalsIn(zone) is [.., var last] ? AsOf(last.End - Duration.Epsilon) : null;

    /// <summary>The newest snapshot within a period, and no older one: what was known of that month itself.</summary>
    /// <param name="period">The period.</param>
    /// <param name="zone">The zone whose days the period counts.</param>
    /// <returns>The snapshot; null when none lies in the period.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="zone"/> is null.</exception>
    public AudienceSnapshot? Within(LocalPeriod period, DateTimeZone zone) => Latest(period, zone) is { } newest && period.Contains(newest.AsOf, zone) ? newest : null;

    /// <summary>Growth factor from one period to another: F₁/F₀, the newest snapshots within each; 1.02 is 2 % more, 0.98 is 2 % less.</summary>
    /// <param name="before">The earlier period.</param>
    /// <param name="after">The later period.</param>
    /// <param name="zone">The zone whose days the periods count.</param>
    /// <returns>The ratio of the stated sizes; undefined when a period has no snapshot of its own (an older one would pass for no growth), a size is not known or known in part only, or F₀ is 0.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="zone"/> is null.</exception>
    public Ratio GrowthFactor(LocalPeriod before, LocalPeriod after, DateTimeZone zone)
    {
        Count start = Within(before, zone)?.Size ?? Count.Missing;
        Count end = Within(after, zone)?.Size ?? Count.Missing;
        if (start.Upper is null) return Ratio.OfUndefined(UndefinedReason.MissingDenominator, end.Value ?? 0, start.Value ?? 0);
        return end.Upper is null ? Ratio.OfUndefined(UndefinedReason.MissingNumerator, end.Value ?? 0, start.Value!.Value) : Ratio.Of(end.Value!.Value, start.Value!.Value);
    }

    /// <summary>The mean of the audience at the start and at the end of a period: (F₀ + F₁)/2.</summary>
    /// <param name="period">The period.</param>
    /// <param name="zone">The zone whose days the period counts.</param>
    /// <returns>The mean; missing when either end is not known, that is, when no snapshot is as old as the period's start.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="zone"/> is null.</exception>
    public Quantity StartEndMean(LocalPeriod period, DateTimeZone zone)
    {
        if (period.IntervalsIn(zone) is not [var first, ..]) return default;
        Quantity start = Quantity.From(AsOf(first.Start)?.Size ?? Count.Missing);
        Quantity end = Quantity.From(Latest(period, zone)?.Size ?? Count.Missing);
        return start.HasValue && end.HasValue ? Quantity.Sum(start, end).Times(0.5) : default;
    }

    /// <summary>The mean over the days of a period of the newest audience known on each day.</summary>
    /// <param name="period">The period.</param>
    /// <param name="zone">The zone whose days the period counts.</param>
    /// <returns>ΣF_d/n over the n days on which an audience is known; missing when there is no such day.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="zone"/> is null.</exception>
    public Quantity DailyMean(LocalPeriod period, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return MeanOf(Days(period, zone));
    }

    /// <summary>The mean over the days on which an audience is known; missing when there is no such day.</summary>
    internal static Quantity MeanOf(IEnumerable<(LocalDate Date, Count Audience)> days)
    {
        Quantity sum = Quantity.From(Count.NotApplicable);
        long known = 0;
        foreach (Quantity audience in days.Select(day => Quantity.From(day.Audience)).Where(audience => audience.HasValue))
        {
            sum = Quantity.Sum(sum, audience);
            known++;
        }

        return Quantity.Quotient(sum, Quantity.Exact(known));
    }

    /// <summary>Each day that exists in the zone with the newest audience known before its end.</summary>
    internal IEnumerable<(LocalDate Date, Count Audience)> Days(LocalPeriod period, DateTimeZone zone)
    {
        int next = 0;
        Count audience = Count.Missing;
        foreach (LocalDate day in period.DaysIn(zone))
        {
            if (next < _snapshots.Count)
            {
                Instant end = LocalPeriod.Day(day).IntervalsIn(zone)[^1].End;
                for (; next < _snapshots.Count && _snapshots[next].AsOf < end; next++) audience = _snapshots[next].Size;
            }

            yield return (day, audience);
        }
    }
}
