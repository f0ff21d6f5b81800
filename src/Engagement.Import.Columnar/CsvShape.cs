using CsvHelper;

namespace Engagement.Import.Columnar;

/// <summary>Which columns of a CSV file are read as what, and how.</summary>
internal sealed class CsvShape
{
    private static readonly string[] TextColumns = ["channel", "kind", "role", "actor", "publication", "also_reply_to"];

    private readonly char _separator;

    public CsvShape(ReadOnlyMemory<byte> begin, char separator, LogFileOptions options)
    {
        (_separator, Options) = (separator, options);
        using CsvReader reader = Open(begin, hasHeader: true);
        reader.ReadHeader();
        Header = [.. reader.Headers];
        At = Place("at");
        ReplyTo = Place("reply_to");
        Texts = [.. TextColumns.Select(ours => (ours, Place(ours))).Where(column => column.Item2 >= 0)];
    }

    public LogFileOptions Options { get; }

    public string[] Header { get; }

    /// <summary>Where the time stands; negative where it does not.</summary>
    public int At { get; }

    /// <summary>Where the row that is replied to stands; negative where it does not or is not read.</summary>
    public int ReplyTo { get; }

    /// <summary>The columns of texts that are read, by our names.</summary>
    public (string Ours, int Place)[] Texts { get; }

    /// <summary>Whether the file has what a log must have.</summary>
    public bool IsLog => At >= 0 && Texts.Length >= 2 && Texts[0].Ours == "channel" && Texts[1].Ours == "kind";

    /// <summary>Reads whole rows. What breaks the rules of quotes is not mended: within sound rows, and nowhere else, a line break ends a row where an even number of quotes stands before it.</summary>
    public CsvReader Open(ReadOnlyMemory<byte> rows, bool hasHeader) => CsvReader.Create(rows, new CsvReaderOptions { Separator = _separator, HasHeader = hasHeader, MalformedData = CsvMalformedDataHandling.Throw });

    private int Place(string ours) => Options.Reads(ours) ? Array.IndexOf(Header, Options.NameOf(ours)) : -1;
}
