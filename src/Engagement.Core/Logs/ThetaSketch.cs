using System.Globalization;
using System.Text;

namespace Engagement.Core.Logs;

/// <summary>A small stand-in for a set of actors: the smallest hashes of its members. It unites with others without counting anybody twice, and estimates how many there are.</summary>
/// <remarks>
/// <para>
/// Formula: of the distinct hashes, uniform in (0, 1), the k smallest are retained; θ is the smallest that was left out, or 1 when none was. The estimate is retained / θ, with a relative standard error of about 1/√k
/// (1.6 % for k = 4,096). Up to k actors it is exact.
/// </para>
/// <para>
/// Two sketches of the same actors are equal to the bit, whatever the order, the number of times and the parts in which the actors came. Hashes are those of Apache DataSketches with seed 9001, so that sketches can be exchanged with
/// what uses it (Spark, Druid, BigQuery, PostgreSQL); those may retain up to twice k hashes, which is kept when they are read.
/// </para>
/// <para>Equality is by value; no order; no <c>+</c>. Exact sets are counted by <see cref="DistinctActors"/>; one sketch is filled step by step by <see cref="ThetaSketchBuilder"/>.</para>
/// <para>Source: Dasgupta, Lang, Rhodes and Thaler, A framework for estimating stream expression cardinalities, ICDT 2016.</para>
/// <example><c>monday.Union(tuesday).Estimate()</c></example>
/// </remarks>
public sealed record ThetaSketch
{
    /// <summary>How many hashes are retained unless told otherwise: 4,096, as in DataSketches.</summary>
    public const int DefaultNominalEntries = 4_096;

    private const int FewestNominalEntries = 16;
    private const int MostNominalEntries = 1 << 26;
    private const int RowsWorthAShare = 1 << 17;
    private const int RowsPerEntry = 4;

    private readonly ValueList<ulong> _hashes;
    private readonly ulong _theta;

    internal ThetaSketch(ulong[] hashes, ulong theta) => (_hashes, _theta) = (new ValueList<ulong>(hashes), theta);

    /// <summary>The sketch of nobody.</summary>
    public static ThetaSketch Empty { get; } = new([], SmallestHashes.Everything);

    /// <summary>θ: the share of all hashes that could have been retained, above 0, at most 1.</summary>
    public double Theta => _theta / (double)SmallestHashes.Everything;

    /// <summary>How many hashes are retained.</summary>
    public int RetainedEntries => _hashes.Count;

    /// <summary>Whether nothing was sampled (θ = 1): then the estimate is the number of distinct actors itself.</summary>
    public bool IsExact => _theta == SmallestHashes.Everything;

    /// <summary>Whether it stands for nobody, for certain.</summary>
    public bool IsEmpty => IsExact && _hashes.Count == 0;

    /// <summary>The sketch of a column of actors.</summary>
    /// <param name="actors">Their numbers, in any order, as often as they come; rows with <see cref="DistinctActors.MissingActor"/> are left out.</param>
    /// <param name="nominalEntries">k: how many hashes are retained at most, from 16 to 2²⁶; 4,096 by default.</param>
    /// <returns>The sketch of the actors that are known.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="nominalEntries"/> is out of its range.</exception>
    /// <example><code>ThetaSketch.Of([1, 2, 3, 1]).Estimate().Value; // 3</code></example>
    public static ThetaSketch Of(ReadOnlySpan<long> actors, int nominalEntries = DefaultNominalEntries)
    {
        CheckNominalEntries(nominalEntries);
        var hashes = new HashesPerCell(1, nominalEntries);
        hashes.Add(actors, [], 0, CancellationToken.None);
        return FromTable(hashes[0]);
    }

    /// <summary>The sketches of many cells (channels, or channels by period) at once, over a given number of threads.</summary>
    /// <param name="actors">The actor of each row; rows with <see cref="DistinctActors.MissingActor"/> are left out and counted.</param>
    /// <param name="cells">The cell of each row, from 0 to <paramref name="cellCount"/> − 1.</param>
    /// <param name="cellCount">How many cells there are; at least 1.</param>
    /// <param name="rowsWithoutActor">How many rows had no actor: if any, every estimate is one of the actors that are known.</param>
    /// <param name="nominalEntries">k: how many hashes each sketch retains at most, from 16 to 2²⁶; 4,096 by default. A thread holds up to 32 · k bytes for each cell that is full.</param>
    /// <param name="degree">How many threads may work; 1 by default. The result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the work; nothing of it remains.</param>
    /// <returns>One sketch per cell.</returns>
    /// <exception cref="ArgumentException">The columns differ in length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A cell, the number of cells, the number of hashes or the degree is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    /// <example><code>IReadOnlyList&lt;ThetaSketch&gt; perChannel = ThetaSketch.PerCell(actors, channels, 50, out long unknown);</code></example>
    public static IReadOnlyList<ThetaSketch> PerCell(
        ReadOnlyMemory<long> actors,
        ReadOnlyMemory<int> cells,
        int cellCount,
        out long rowsWithoutActor,
        int nominalEntries = DefaultNominalEntries,
        int degree = 1,
        CancellationToken cancellationToken = default)
    {
        Guard.SameLength(actors.Length, nameof(actors), cells.Length, nameof(cells));
        DistinctActors.CheckCellCount(cellCount);
        CheckNominalEntries(nominalEntries);
        DistinctActors.CheckDegree(degree);
        cancellationToken.ThrowIfCancellationRequested();

        var parts = new HashesPerCell[SharesOf(actors.Length, cellCount, nominalEntries, degree)];
        Workers.Run(
            parts.Length,
            parts.Length,
            (_, share) =>
            {
                parts[share] = new HashesPerCell(cellCount, nominalEntries);
                (int start, int length) = Workers.Share(actors.Length, share, parts.Length);
                parts[share].Add(actors.Span.Slice(start, length), cells.Span.Slice(start, length), start, cancellationToken);
            },
            cancellationToken);

        rowsWithoutActor = parts.Sum(part => part.RowsWithoutActor);
        return Unite(parts, cellCount, nominalEntries);
    }

    /// <summary>The sketches of a log: of each channel in each period.</summary>
    /// <remarks>
    /// Actors that the log names (<see cref="InteractionLog.Actors"/>) are hashed by their text, as <see cref="ThetaSketchBuilder.Add(string)"/> does, so that the sketches of any logs unite; numbers that stand for themselves by their number.
    /// Coarser periods are unions: a month of its days, all channels of each.
    /// </remarks>
    /// <param name="log">The interactions.</param>
    /// <param name="calendar">The periods.</param>
    /// <param name="rowsWithoutActor">How many of the rows that count had no actor: if any, every estimate is one of the actors that are known.</param>
    /// <param name="options">What counts, as in a roll-up by channel, on how many threads, and who is told of the progress.</param>
    /// <param name="nominalEntries">k: how many hashes each sketch retains at most, from 16 to 2²⁶; 4,096 by default. A thread holds up to 32 · k bytes for each cell that is full.</param>
    /// <param name="cancellationToken">Stops the work; nothing of it remains.</param>
    /// <returns>One sketch per cell: period by period, and in each the channels in the order of <see cref="InteractionLog.Channels"/>. A channel that does not count has the sketch of nobody.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="log"/> or <paramref name="calendar"/> is null.</exception>
    /// <exception cref="ArgumentException">A row lies outside the calendar, and <see cref="RollUpOptions.LeavesOutOtherTimes"/> is not set, the options are by publication, or channels times periods exceed 2³¹ − 1.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="nominalEntries"/> is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    /// <example><code>IReadOnlyList&lt;ThetaSketch&gt; days = ThetaSketch.PerChannelAndPeriod(log, LocalCalendar.Days(zone, LocalPeriod.Year(2014)), out long unknown);</code></example>
    public static IReadOnlyList<ThetaSketch> PerChannelAndPeriod(
        InteractionLog log,
        LocalCalendar calendar,
        out long rowsWithoutActor,
        RollUpOptions? options = null,
        int nominalEntries = DefaultNominalEntries,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(calendar);
        CheckNominalEntries(nominalEntries);
        options ??= RollUpOptions.Default;
        int cellCount = ActorsOfLog.CellsOf(log, calendar, options, cancellationToken);
        ulong[]? hashOfActor = log.Actors.Count == 0 ? null : [.. log.Actors.Select(actor => MurmurHash3.OfBytes(Encoding.UTF8.GetBytes(actor.Value)))];
        HashesPerCell[] parts = [.. Enumerable.Range(0, SharesOf(log.Count, cellCount, nominalEntries, options.DegreeOfParallelism)).Select(_ => new HashesPerCell(cellCount, nominalEntries, hashOfActor))];
        ActorsOfLog.ForEachBlock(log, calendar, options, (actors, cells) => Workers.Run(
            parts.Length,
            parts.Length,
            (_, share) =>
            {
                (int start, int length) = Workers.Share(actors.Length, share, parts.Length);
                parts[share].Add(actors.Span.Slice(start, length), cells.Span.Slice(start, length), start, cancellationToken);
            },
            cancellationToken));

        rowsWithoutActor = parts.Sum(part => part.RowsWithoutActor);
        return Unite(parts, cellCount, nominalEntries);
    }

    /// <summary>A sketch from its serial form, the compact theta sketch of Apache DataSketches, versions 1 to 4.</summary>
    /// <remarks>All that is retained is kept, also more than 4,096 hashes. Memory is at most 64 times the bytes, and twice for an ordinary sketch of version 3.</remarks>
    /// <param name="bytes">The sketch, alone and whole.</param>
    /// <returns>The sketch; written again it has the same bytes, if they were ordered and of version 3 as <see cref="ToBytes"/> writes it.</returns>
    /// <exception cref="ThetaSketchFormatException">The bytes are no compact theta sketch, are damaged, or were made with a seed other than 9001.</exception>
    /// <example><code>ThetaSketch sketch = ThetaSketch.FromBytes(File.ReadAllBytes("xing.sk"));</code></example>
    public static ThetaSketch FromBytes(ReadOnlySpan<byte> bytes)
    {
        (ulong[] hashes, ulong theta) = ThetaSketchImage.Read(bytes);
        return new(hashes, theta);
    }

    /// <summary>The sketch of the actors of many sketches together.</summary>
    /// <param name="sketches">The sketches; of none the union is <see cref="Empty"/>.</param>
    /// <param name="nominalEntries">k of the result, from 16 to 2²⁶; 4,096 by default.</param>
    /// <returns>See <see cref="Union"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="sketches"/> is null, or holds null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="nominalEntries"/> is out of its range.</exception>
    public static ThetaSketch UnionOf(IEnumerable<ThetaSketch> sketches, int nominalEntries = DefaultNominalEntries)
    {
        ArgumentNullException.ThrowIfNull(sketches);
        CheckNominalEntries(nominalEntries);
        ThetaSketch union = Empty;
        foreach (ThetaSketch sketch in sketches) union = union.Union(sketch ?? throw new ArgumentNullException(nameof(sketches)), nominalEntries);
        return union;
    }

    /// <summary>The sketch of the actors of both: who is in both counts once.</summary>
    /// <remarks>Formula: θ = min(θ₁, θ₂); of the hashes of both below it, the k smallest, and θ falls to the next one. In any order and grouping the result is the same to the bit.</remarks>
    /// <param name="other">The other sketch.</param>
    /// <param name="nominalEntries">k of the result, from 16 to 2²⁶; 4,096 by default. Pass the k that the parts were made with, or fewer hashes are retained than could be.</param>
    /// <returns>The union.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="nominalEntries"/> is out of its range.</exception>
    public ThetaSketch Union(ThetaSketch other, int nominalEntries = DefaultNominalEntries)
    {
        ArgumentNullException.ThrowIfNull(other);
        CheckNominalEntries(nominalEntries);
        ulong theta = Math.Min(_theta, other._theta);
        ReadOnlySpan<ulong> left = Below(theta);
        ReadOnlySpan<ulong> right = other.Below(theta);
        ulong[] hashes = new ulong[Math.Min((long)left.Length + right.Length, nominalEntries)];
        int count = 0;
        while (!left.IsEmpty || !right.IsEmpty)
        {
            ulong next = right.IsEmpty || (!left.IsEmpty && left[0] <= right[0]) ? left[0] : right[0];
            if (count == nominalEntries)
            {
                theta = next;
                break;
            }

            hashes[count++] = next;
            if (!left.IsEmpty && left[0] == next) left = left[1..];
            if (!right.IsEmpty && right[0] == next) right = right[1..];
        }

        return new(hashes[..count], theta);
    }

    /// <summary>The sketch of the actors that are in both.</summary>
    /// <remarks>
    /// Formula: θ = min(θ₁, θ₂), and the hashes below it that both retain. The relative standard error is about √(|A ∪ B| / (k · |A ∩ B|)): a small overlap of large sets is known badly, as the interval says.
    /// </remarks>
    /// <param name="other">The other sketch.</param>
    /// <returns>The intersection.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public ThetaSketch Intersect(ThetaSketch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return IsEmpty || other.IsEmpty ? Empty : Select(other, kept: true);
    }

    /// <summary>The sketch of the actors that are in this one and not in the other.</summary>
    /// <remarks>Formula: θ = min(θ₁, θ₂), and the hashes below it that this one alone retains. The relative standard error is about √(|A ∪ B| / (k · |A ∖ B|)).</remarks>
    /// <param name="other">The sketch of those who do not count.</param>
    /// <returns>The difference.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="other"/> is null.</exception>
    public ThetaSketch Except(ThetaSketch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return IsEmpty || other.IsEmpty ? this : Select(other, kept: false);
    }

    /// <summary>How many distinct actors it stands for, with an interval.</summary>
    /// <remarks>
    /// Formula: retained / θ. The interval holds all numbers n under which neither "so few" nor "so many" of n hashes below θ has a probability under α/2, by the binomial distribution. One, two and three standard deviations of
    /// DataSketches are confidences of 0.6827, 0.9545 and 0.9973.
    /// </remarks>
    /// <param name="confidence">The confidence level, between 0 and 1, both excluded; 0.95 by default.</param>
    /// <returns>The estimate; the number itself when the sketch is exact.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The confidence is not between 0 and 1.</exception>
    public DistinctEstimate Estimate(double confidence = 0.95)
    {
        Guard.Confidence(confidence);
        return new(RetainedEntries / Theta, ThetaInterval.Of(RetainedEntries, Theta, confidence));
    }

    /// <summary>The serial form: a compact, ordered theta sketch of Apache DataSketches, version 3, seed 9001.</summary>
    /// <returns>8, 16, 16 + 8 · retained or 24 + 8 · retained bytes: nobody, one actor, exact, sampled.</returns>
    /// <example><code>File.WriteAllBytes("xing.sk", sketch.ToBytes());</code></example>
    public byte[] ToBytes() => ThetaSketchImage.Write(_hashes.Span, _theta);

    /// <summary>The estimate with its interval, in the invariant culture.</summary>
    /// <returns>For example <c>500123.4 [485100, 515600] ThetaBinomial 95 %</c>, or <c>1000 exact</c>.</returns>
    public override string ToString() => Estimate().ToString();

    internal static ThetaSketch FromTable(SmallestHashes? table)
    {
        if (table is null) return Empty;
        (ulong[] hashes, ulong theta) = table.Sorted();
        return new(hashes, theta);
    }

    internal static void CheckNominalEntries(int nominalEntries)
    {
        if (nominalEntries is < FewestNominalEntries or > MostNominalEntries)
        {
            throw Guard.OutOfRange(nameof(nominalEntries), nominalEntries, string.Create(CultureInfo.InvariantCulture, $"must lie between {FewestNominalEntries} and {MostNominalEntries}"), "pass 4096 unless you need a smaller error or smaller sketches");
        }
    }

    /// <summary>How many shares of the rows pay: each has tables of its own to fill, which is what costs, and which are united in the end.</summary>
    private static int SharesOf(long rows, int cellCount, int nominalEntries, int degree) => (int)Math.Clamp(rows / (RowsWorthAShare + (RowsPerEntry * (long)cellCount * nominalEntries)), 1, degree);

    /// <summary>The sketch of each cell over the rows of all workers.</summary>
    private static ValueList<ThetaSketch> Unite(HashesPerCell[] parts, int cellCount, int nominalEntries)
    {
        var sketches = new ThetaSketch[cellCount];
        for (int cell = 0; cell < cellCount; cell++)
        {
            sketches[cell] = FromTable(parts[0][cell]);
            foreach (HashesPerCell part in parts.AsSpan(1)) sketches[cell] = sketches[cell].Union(FromTable(part[cell]), nominalEntries);
        }

        return new ValueList<ThetaSketch>(sketches);
    }

    private ReadOnlySpan<ulong> Below(ulong theta)
    {
        int end = _hashes.Span.BinarySearch(theta);
        return _hashes.Span[..(end < 0 ? ~end : end)];
    }

    private ThetaSketch Select(ThetaSketch other, bool kept)
    {
        ulong theta = Math.Min(_theta, other._theta);
        ReadOnlySpan<ulong> right = other.Below(theta);
        List<ulong> hashes = [];
        foreach (ulong hash in Below(theta))
        {
            while (!right.IsEmpty && right[0] < hash) right = right[1..];
            if ((!right.IsEmpty && right[0] == hash) == kept) hashes.Add(hash);
        }

        return new([.. hashes], theta);
    }
}
