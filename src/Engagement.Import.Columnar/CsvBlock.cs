using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using CsvHelper;
using Engagement.Core;
using Engagement.Core.Logs;

namespace Engagement.Import.Columnar;

/// <summary>Whole rows of a CSV file, and the columns that they are parsed into.</summary>
internal sealed class CsvBlock
{
    public const int UsualBytes = 1 << 20;

    /// <summary>An identifier is no longer in any encoding.</summary>
    private const int MostFieldBytes = 4 * Guard.LongestId;

    private const int LeastRowBytes = 32;
    private const int LeastRoom = 16;

    private static readonly Fault NoTime = new(ImportCodes.NotATime, "must be a time by ISO 8601 in the years 0001 to 9998", "write it as 2014-11-20T09:00:00Z");
    private static readonly Fault OtherZone = new(ImportCodes.NotATime, "must bear an offset if the row before it does, and none if that does not", "write all times alike");
    private static readonly Fault NoRow = new(ImportCodes.OutOfRange, LogColumns.RowRule, "leave it empty, or leave the column out");
    private static readonly Fault TooLong = new(ImportCodes.LimitExceeded, FormattableString.Invariant($"must have at most {Guard.LongestId} characters"), "shorten it; an opening quote without its closing one also makes long texts");
    private static readonly Fault NotUtf8 = new(ImportCodes.NotText, "must be UTF-8 without NUL", "save the file as UTF-8");
    private static readonly Fault Broken = new(ImportCodes.BrokenRow, "must have quotes around the whole field, and close each", "put the field in quotes and double each quote in it");

    private long[] _times = [];
    private long[] _replies = [];
    private Utf8Words[] _words = [];
    private int[][] _indexes = [];
    private Utf8Times.Minute _minute;

    /// <summary>The bytes, of which <see cref="Length"/> count.</summary>
    public byte[] Bytes { get; set; } = [];

    public int Length { get; set; }

    /// <summary>Whether the header stands in it.</summary>
    public bool IsFirst { get; set; }

    /// <summary>Whether its last row goes on beyond what a row may have.</summary>
    public bool IsCut { get; set; }

    /// <summary>How many sound rows it has; there may be another one that is not.</summary>
    public int Rows { get; private set; }

    /// <summary>Whether the times of its rows bear no offset.</summary>
    public bool IsLocal { get; private set; }

    public ReadOnlySpan<long> Times => _times.AsSpan(0, Rows);

    /// <summary>The row that each row replies to; −1 where to none, −2 where to one that is not in the file.</summary>
    public ReadOnlySpan<long> Replies => _replies.AsSpan(0, Rows);

    /// <summary>What is wrong with the row after the sound ones; null when nothing is.</summary>
    public ImportException? Failure { get; private set; }

    /// <summary>The words of a column of texts.</summary>
    public Utf8Words Words(int column) => _words[column];

    /// <summary>Which of the words each row has.</summary>
    public ReadOnlySpan<int> Indexes(int column) => _indexes[column].AsSpan(0, Rows);

    // Optimised from the first row on: a large file would be read for seconds before that, at twice to three times the price.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Parse(CsvShape shape)
    {
        (Rows, Failure) = (0, null);
        if (_words.Length == 0) (_words, _indexes) = ([.. shape.Texts.Select(_ => new Utf8Words())], [.. shape.Texts.Select(_ => (int[])[])]);
        foreach (Utf8Words words in _words) words.Clear();
        try
        {
            bool mayBeTooLong = IsCut || Length > shape.Options.Limits.RowBytes;
            using CsvReader reader = shape.Open(Bytes.AsMemory(0, Length), IsFirst);
            while (reader.Read())
            {
                if (mayBeTooLong && (reader.RawRecord.Length > shape.Options.Limits.RowBytes || (IsCut && reader.ByteOffset + reader.RawRecord.Length >= Length))) throw new ImportException(RowTooLong(shape));
                if (Rows == _times.Length) Grow(shape);
                Take(reader, shape);
                Rows++;
            }

            if (IsCut) throw new ImportException(RowTooLong(shape));
        }
        catch (ImportException exception)
        {
            Failure = exception;
        }
        catch (CsvFormatException exception)
        {
            Failure = new ImportException(IsCut ? RowTooLong(shape) : Broken, inner: exception);
        }
    }

    private static Fault RowTooLong(CsvShape shape) => new(ImportCodes.LimitExceeded, FormattableString.Invariant($"must be a row of at most {shape.Options.Limits.RowBytes} bytes"), "look for an opening quote without its closing one, or raise the limit");

    private void Grow(CsvShape shape)
    {
        int rows = Math.Max(Math.Max(LeastRoom, 2 * _times.Length), Length / LeastRowBytes);
        Array.Resize(ref _times, rows);
        if (shape.ReplyTo >= 0) Array.Resize(ref _replies, rows);
        for (int column = 0; column < _indexes.Length; column++) Array.Resize(ref _indexes[column], rows);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Take(CsvReader reader, CsvShape shape)
    {
        if (reader.FieldCount != shape.Header.Length) throw new ImportException(new Fault(ImportCodes.FieldCount, FormattableString.Invariant($"must have {shape.Header.Length} fields like the header, not {reader.FieldCount}"), "look for a separator or a quote in a text, and put the text in quotes"));
        ReadOnlySpan<byte> at = reader.GetSpan(shape.At);
        if (!Utf8Times.TryRead(at, ref _minute, out _times[Rows], out bool isLocal))
        {
            throw at.IsEmpty ? new ImportException(new Fault(ImportCodes.ValueMissing, "must not be empty", "correct it at its source"), column: shape.Options.NameOf("at")) : new ImportException(NoTime, column: shape.Options.NameOf("at"), value: Excerpt(at));
        }

        if (Rows == 0) IsLocal = isLocal;
        else if (isLocal != IsLocal) throw new ImportException(OtherZone, column: shape.Options.NameOf("at"));
        for (int column = 0; column < shape.Texts.Length; column++)
        {
            ReadOnlySpan<byte> text = reader.GetSpan(shape.Texts[column].Place);
            if (text.Length > MostFieldBytes && shape.Texts[column].Ours != "also_reply_to") throw new ImportException(TooLong, column: shape.Options.NameOf(shape.Texts[column].Ours), value: Excerpt(text));
            _indexes[column][Rows] = _words[column].IndexOf(text, out bool isNew);
            if (isNew && (!Utf8.IsValid(text) || text.Contains((byte)0))) throw new ImportException(NotUtf8, column: shape.Options.NameOf(shape.Texts[column].Ours));
        }

        if (shape.ReplyTo < 0) return;
        long row = InteractionLog.None;
        if (reader.GetSpan(shape.ReplyTo) is { IsEmpty: false } reply && (!Utf8Parser.TryParse(reply, out row, out int used) || used != reply.Length || row is < 0 and not InteractionLog.UnknownReply)) throw new ImportException(NoRow, column: shape.Options.NameOf("reply_to"), value: Excerpt(reply));
        _replies[Rows] = row;
    }

    private static string Excerpt(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text[..Math.Min(text.Length, MostFieldBytes)]);
}
