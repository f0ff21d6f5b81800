using System.Text;

namespace Engagement.Core.Logs;

/// <summary>Fills a <see cref="ThetaSketch"/> step by step. Not safe for use by several threads at once: give each thread a builder of its own and unite their sketches.</summary>
/// <remarks>
/// <para>Numbers, texts and bytes are hashed as Apache DataSketches hashes them (numbers as eight bytes, texts as UTF-8), so that the same actors give the same sketch there. The number 1 and the text "1" are two actors.</para>
/// <para>Memory: up to 32 · k bytes (16 · k where k is a power of two), whatever is added.</para>
/// <example><code>var builder = new ThetaSketchBuilder();
/// foreach (string address in addresses) builder.Add(address);
/// ThetaSketch sketch = builder.Build();</code></example>
/// </remarks>
public sealed class ThetaSketchBuilder
{
    private readonly SmallestHashes _hashes;

    /// <summary>A builder that holds nobody yet.</summary>
    /// <param name="nominalEntries">k: how many hashes the sketch retains at most, from 16 to 2²⁶; 4,096 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="nominalEntries"/> is out of its range.</exception>
    public ThetaSketchBuilder(int nominalEntries = ThetaSketch.DefaultNominalEntries)
    {
        ThetaSketch.CheckNominalEntries(nominalEntries);
        _hashes = new SmallestHashes(nominalEntries);
    }

    /// <summary>Adds an actor by number; every number is an actor here, also <see cref="DistinctActors.MissingActor"/>.</summary>
    /// <param name="actor">The number.</param>
    /// <returns>This builder.</returns>
    public ThetaSketchBuilder Add(long actor) => Add(unchecked((ulong)actor));

    /// <summary>Adds an actor by number without sign; the same actor as the signed number of the same bits.</summary>
    /// <param name="actor">The number.</param>
    /// <returns>This builder.</returns>
    public ThetaSketchBuilder Add(ulong actor) => AddHash(MurmurHash3.OfNumber(actor));

    /// <summary>Adds an actor by text, as its UTF-8 bytes; the empty text is nobody, as in DataSketches.</summary>
    /// <param name="actor">The text.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="actor"/> is null.</exception>
    public ThetaSketchBuilder Add(string actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return Add(Encoding.UTF8.GetBytes(actor));
    }

    /// <summary>Adds an actor by bytes; no bytes are nobody, as in DataSketches.</summary>
    /// <param name="actor">The bytes.</param>
    /// <returns>This builder.</returns>
    public ThetaSketchBuilder Add(ReadOnlySpan<byte> actor) => actor.IsEmpty ? this : AddHash(MurmurHash3.OfBytes(actor));

    /// <summary>The sketch of the actors so far; the builder goes on.</summary>
    /// <returns>The sketch.</returns>
    public ThetaSketch Build() => ThetaSketch.FromTable(_hashes);

    // DataSketches drops the lowest bit.
    private ThetaSketchBuilder AddHash(ulong hash)
    {
        _hashes.Add(hash >> 1);
        return this;
    }
}
