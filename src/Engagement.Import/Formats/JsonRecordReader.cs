using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Engagement.Import;

/// <summary>Reads JSON as a stream: the elements of a top-level array, the lines of JSON Lines, and of a top-level object the elements of its long arrays (<c>orderedItems</c>, <c>items</c>, <c>data</c>), then the rest of it.</summary>
/// <remarks>The reader only finds where values end; each value is then parsed strictly on its own: no comment, no trailing comma, no property twice, no more levels than the limit.</remarks>
internal sealed class JsonRecordReader : IRecordReader
{
    private const int FirstBuffer = 1 << 16;
    private const string HalfCharacter = "correct the \\u escape that is half of a character";

    private static readonly string[] Streamed = ["orderedItems", "items", "data", "statuses", "elements"];

    private readonly Stream _stream;
    private readonly bool _areLines;
    private readonly ImportLimits _limits;
    private readonly IEnumerator<JsonRecord> _records;
    private readonly JsonDocumentOptions _strict;
    private byte[] _buffer = new byte[FirstBuffer];
    private int _start;
    private int _end;
    private long _line = 1;
    private bool _isAtEnd;

    public JsonRecordReader(Stream utf8, bool areLines, ImportLimits limits)
    {
        (_stream, _areLines, _limits) = (utf8, areLines, limits);
        _strict = new JsonDocumentOptions { MaxDepth = limits.JsonDepth, AllowDuplicateProperties = false };
        _records = Records().GetEnumerator();
    }

    public SourceRecord? Read()
    {
        try
        {
            return _records.MoveNext() ? _records.Current : null;
        }
        catch (DecoderFallbackException exception)
        {
            throw new ImportException(new Fault(ImportCodes.NotText, "must be text in the file's encoding", "save it as UTF-8, or state its encoding"), _line, inner: exception);
        }
    }

    public void Dispose()
    {
        _records.Dispose();
        _stream.Dispose();
    }

    private IEnumerable<JsonRecord> Records()
    {
        if (Fill(3) && _buffer.AsSpan(_start, 3).SequenceEqual((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) _start += 3;
        if (_areLines)
        {
            while (NextLine(out byte[] line, out long number))
            {
                if (!line.AsSpan().Trim(" \t\r"u8).IsEmpty) yield return Parsed(line, number);
            }

            yield break;
        }

        bool isScript = SkipAssignment();
        while (Peek() is { } first)
        {
            if (isScript && first == (byte)';')
            {
                Take((byte)';');
                continue;
            }

            IEnumerable<JsonRecord> values = first switch
            {
                (byte)'[' => Elements(),
                (byte)'{' => Members(),
                _ => throw Damaged("must be an object or an array"),
            };
            foreach (JsonRecord record in values) yield return record;
        }
    }

    private bool SkipAssignment()
    {
        Peek();
        Fill(JsonFormat.LongestAssignment);
        ReadOnlySpan<byte> text = _buffer.AsSpan(_start, _end - _start);
        int before = text.Length - JsonFormat.AfterAssignment(text).Length;
        Advance(before);
        return before > 0;
    }

    /// <summary>The elements of an array that begins here.</summary>
    private IEnumerable<JsonRecord> Elements()
    {
        Take((byte)'[');
        if (Peek() == (byte)']')
        {
            Take((byte)']');
            yield break;
        }

        while (true)
        {
            Peek();
            long line = _line;
            yield return Parsed(Value(), line);
            if (Peek() == (byte)']') break;
            Take((byte)',');
        }

        Take((byte)']');
    }

    /// <summary>The elements of the streamed arrays of an object that begins here, and last the object without them.</summary>
    private IEnumerable<JsonRecord> Members()
    {
        long line = _line;
        var rest = new List<byte>(256) { (byte)'{' };
        Take((byte)'{');
        while (Peek() != (byte)'}')
        {
            if (rest.Count > 1) Take((byte)',');
            if (Peek() != (byte)'"') throw Damaged("must have a name in quotes here");
            byte[] name = Value();
            Peek();
            Take((byte)':');
            bool isStreamed = Peek() == (byte)'[' && Streamed.Any(streamed => name.AsSpan()[1..^1].SequenceEqual(Encoding.UTF8.GetBytes(streamed)));
            if (rest.Count > 1) rest.Add((byte)',');
            rest.AddRange(name);
            rest.Add((byte)':');
            if (isStreamed)
            {
                rest.AddRange("[]"u8);
                foreach (JsonRecord element in Elements()) yield return element;
            }
            else
            {
                rest.AddRange(Value());
            }

            if (rest.Count > _limits.RowBytes) throw TooLarge();
        }

        Take((byte)'}');
        rest.Add((byte)'}');
        JsonRecord root = Parsed([.. rest], line);

        // What is wrong with a document as a whole refuses it; within an array only the element.
        if (root.Fault is { } fault) throw new ImportException(fault, line);
        yield return root;
    }

    private JsonRecord Parsed(byte[] json, long line)
    {
        if (!Utf8.IsValid(json)) return new JsonRecord(default, line, json, new Fault(ImportCodes.NotText, "must be UTF-8", "save the file as UTF-8"));
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, _strict);
            string? text = LoneSurrogate(document.RootElement);
            return text is null ? new JsonRecord(document.RootElement.Clone(), line, json) : new JsonRecord(default, line, json, NotStrict(text));
        }
        catch (InvalidOperationException)
        {
            // The look for a property given twice fails on half of a surrogate pair in a name.
            return new JsonRecord(default, line, json, NotStrict(HalfCharacter));
        }
        catch (JsonException exception)
        {
            return new JsonRecord(default, line, json, NotStrict(string.Create(CultureInfo.InvariantCulture, $"look at line {line + (exception.LineNumber ?? 0)}, byte {1 + (exception.BytePositionInLine ?? 0)}")));
        }
    }

    /// <summary>A text with half of a surrogate pair cannot be read; found here, once, and not in the middle of a mapping.</summary>
    private static string? LoneSurrogate(JsonElement element)
    {
        try
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.String:
                    _ = element.GetString();
                    return null;
                case JsonValueKind.Array:
                    return element.EnumerateArray().Select(LoneSurrogate).FirstOrDefault(text => text is not null);
                case JsonValueKind.Object:
                    return element.EnumerateObject().Select(property => LoneSurrogate(property.Value)).FirstOrDefault(text => text is not null);
                default:
                    return null;
            }
        }
        catch (InvalidOperationException)
        {
            return HalfCharacter;
        }
    }

    private Fault NotStrict(string cure) => new(ImportCodes.Damaged, string.Create(CultureInfo.InvariantCulture, $"must be JSON without comments, trailing commas or a property twice, at most {_limits.JsonDepth} levels deep"), cure);

    /// <summary>The bytes of the value that begins here: to its closing bracket or quote, or to the end of a word.</summary>
    private byte[] Value()
    {
        if (Peek() is null) throw Damaged("must not end in the middle");
        int length = 0;
        int depth = 0;
        bool isText = false;
        while (true)
        {
            if (length >= _end - _start && !Fill(length + 1)) break;
            byte letter = _buffer[_start + length];
            if (isText)
            {
                if (letter == (byte)'\\') length++;
                else if (letter == (byte)'"') isText = false;
                length++;
                if (!isText && depth == 0) break;
                continue;
            }

            if (letter is (byte)']' or (byte)'}')
            {
                if (depth == 0) break;
                depth--;
                length++;
                if (depth == 0) break;
                continue;
            }

            if (depth == 0 && length > 0 && letter is (byte)',' or (byte)':' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') break;
            if (letter == (byte)'"')
            {
                if (depth == 0 && length > 0) break;
                isText = true;
            }

            if (letter is (byte)'[' or (byte)'{' && ++depth > _limits.JsonDepth) throw new ImportException(NotStrict("flatten it, or raise the limit"), _line);
            length++;
        }

        if (depth > 0 || isText) throw Damaged("must not end in the middle");
        if (length == 0) throw Damaged("must have a value here");
        length = Math.Min(length, _end - _start);
        if (length > _limits.RowBytes) throw TooLarge();
        byte[] value = _buffer.AsSpan(_start, length).ToArray();
        Advance(length);
        return value;
    }

    private bool NextLine(out byte[] line, out long number)
    {
        number = _line;
        int searched = 0;
        while (true)
        {
            int at = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (at >= 0)
            {
                if (searched + at > _limits.RowBytes) throw TooLarge();
                line = _buffer.AsSpan(_start, searched + at).ToArray();
                Advance(searched + at + 1);
                return true;
            }

            searched = _end - _start;
            if (Fill(searched + 1)) continue;
            if (searched > _limits.RowBytes) throw TooLarge();
            line = _buffer.AsSpan(_start, searched).ToArray();
            Advance(searched);
            return line.Length > 0;
        }
    }

    /// <summary>The next byte that is no space, without taking it; null at the end.</summary>
    private byte? Peek()
    {
        while (_start < _end || Fill(1))
        {
            byte letter = _buffer[_start];
            if (letter is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')) return letter;
            Advance(1);
        }

        return null;
    }

    private void Take(byte expected)
    {
        if (Peek() is not { } found) throw Damaged("must not end in the middle");
        if (found != expected) throw Damaged($"must have {(char)expected} here");
        Advance(1);
    }

    private void Advance(int count)
    {
        _line += _buffer.AsSpan(_start, count).Count((byte)'\n');
        _start += count;
    }

    /// <summary>Reads until so many bytes are there; false when the file ends before.</summary>
    private bool Fill(int count)
    {
        while (_end - _start < count && !_isAtEnd)
        {
            if (_end - _start > _limits.RowBytes) throw TooLarge();
            if (_end == _buffer.Length)
            {
                // The rest moves to the front; only a value longer than half of the buffer makes it grow.
                byte[] target = _end - _start > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
                _buffer.AsSpan(_start, _end - _start).CopyTo(target);
                (_end, _start, _buffer) = (_end - _start, 0, target);
            }

            int read = _stream.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0) _isAtEnd = true;
            _end += read;
        }

        return _end - _start >= count;
    }

    private ImportException Damaged(string rule) => new(new Fault(ImportCodes.Damaged, $"is not JSON: it {rule}", "export the file again, or correct it there"), _line);

    private ImportException TooLarge() =>
        new(new Fault(ImportCodes.LimitExceeded, string.Create(CultureInfo.InvariantCulture, $"must have values of at most {_limits.RowBytes} bytes"), "split it, or raise the limit"), _line);
}
