using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Engagement.Import;

/// <summary>A read-only map that is equal to another with equal entries.</summary>
internal sealed class ValueMap<T>(IEnumerable<KeyValuePair<string, T>> entries) : IReadOnlyDictionary<string, T>, IEquatable<ValueMap<T>>
{
    private readonly SortedDictionary<string, T> _entries = new(new Dictionary<string, T>(entries, StringComparer.Ordinal), StringComparer.Ordinal);

    public int Count => _entries.Count;

    public IEnumerable<string> Keys => _entries.Keys;

    public IEnumerable<T> Values => _entries.Values;

    public T this[string key] => _entries[key];

    public bool ContainsKey(string key) => _entries.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => _entries.TryGetValue(key, out value);

    public bool Equals(ValueMap<T>? other) => other is not null && _entries.SequenceEqual(other._entries);

    public override bool Equals(object? obj) => Equals(obj as ValueMap<T>);

    public override int GetHashCode() => HashCode.Combine(Count, _entries.Count > 0 ? _entries.First().Key : null);

    public IEnumerator<KeyValuePair<string, T>> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
