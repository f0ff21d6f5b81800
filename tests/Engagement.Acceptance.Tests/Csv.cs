namespace Engagement.Acceptance.Tests;

/// <summary>Reads CSV by RFC 4180 without the library that wrote it.</summary>
internal static class Csv
{
    public static List<Dictionary<string, string>> Rows(string text)
    {
        List<List<string>> records = Records(text);
        Assert.All(records, record => Assert.Equal(records[0].Count, record.Count));
        return [.. records.Skip(1).Select(record => records[0].Zip(record).ToDictionary(StringComparer.Ordinal))];
    }

    private static Dictionary<string, string> ToDictionary(this IEnumerable<(string First, string Second)> pairs, StringComparer comparer) => pairs.ToDictionary(pair => pair.First, pair => pair.Second, comparer);

    private static List<List<string>> Records(string text)
    {
        var records = new List<List<string>>();
        var record = new List<string>();
        var field = new System.Text.StringBuilder();
        bool isQuoted = false;
        for (int index = 0; index < text.Length; index++)
        {
            char letter = text[index];
            if (isQuoted && letter == '"' && index + 1 < text.Length && text[index + 1] == '"') field.Append(text[index++]);
            else if (letter == '"') isQuoted = !isQuoted;
            else if (isQuoted) field.Append(letter);
            else if (letter == ',') Next(record, field);
            else if (letter == '\n')
            {
                Assert.Equal('\r', text[index - 1]);
                Next(record, field);
                records.Add(record);
                record = [];
            }
            else if (letter != '\r') field.Append(letter);
        }

        Assert.Empty(record);
        return records;
    }

    private static void Next(List<string> record, System.Text.StringBuilder field)
    {
        record.Add(field.ToString());
        field.Clear();
    }
}
