using System.Globalization;
using System.Text;

namespace Engagement.Import;

/// <summary>A text with <c>{field}</c>s in it.</summary>
internal static class Template
{
    private const string First = "/first";
    private const string Last = "/last";
    private const string Digest = "/digest";
    private const string Time = "/time";
    private const string Owner = "/owner";

    /// <summary>The fields that a text names.</summary>
    public static IEnumerable<string> FieldsOf(string? text)
    {
        for (int open = text?.IndexOf('{', StringComparison.Ordinal) ?? -1; open >= 0; open = text!.IndexOf('{', open + 1))
        {
            int close = text!.IndexOf('}', open);
            if (close < 0) yield break;
            string name = text[(open + 1)..close];
            yield return Parted(name).Field;
        }
    }

    /// <summary>The text with the fields filled in; empty when all of its fields are blank, so that no id is made of nothing.</summary>
    /// <param name="text">The text.</param>
    /// <param name="valueOf">The value of a field.</param>
    /// <param name="timeOf">A time by ISO 8601, however its source writes it; null where no field is one.</param>
    public static string Fill(string text, Func<string, string> valueOf, Func<string, string>? timeOf = null)
    {
        if (!text.Contains('{', StringComparison.Ordinal)) return text;
        var filled = new StringBuilder(text.Length);
        bool isBlank = true;
        int from = 0;
        for (int open = text.IndexOf('{', StringComparison.Ordinal); open >= 0; open = text.IndexOf('{', from))
        {
            int close = text.IndexOf('}', open);
            if (close < 0) break;
            filled.Append(text, from, open - from);
            string name = text[(open + 1)..close];
            (string field, string part) = Parted(name);
            string value = valueOf(field);
            if (value.Length > 0 && part.Length > 0)
            {
                value = part switch
                {
                    Last => LastOf(value),
                    First => value.Split('/')[0],
                    Time => timeOf?.Invoke(value) ?? value,
                    Owner => value.Contains('_', StringComparison.Ordinal) ? value.Split('_')[0] : "*",
                    _ => DigestSet.Of(value).ToString("x16", CultureInfo.InvariantCulture),
                };
            }

            if (value.Length > 0) isBlank = false;
            filled.Append(value);
            from = close + 1;
        }

        return isBlank ? "" : filled.Append(text, from, text.Length - from).ToString().Trim();
    }

    private static (string Field, string Part) Parted(string name) =>
        Array.Find([First, Last, Digest, Time, Owner], part => name.EndsWith(part, StringComparison.Ordinal)) is { } found ? (name[..^found.Length], found) : (name, "");

    /// <summary>What follows the last slash of an address, without what is asked of it.</summary>
    private static string LastOf(string address)
    {
        int end = address.AsSpan().IndexOfAny('?', '#');
        string path = (end < 0 ? address : address[..end]).TrimEnd('/');
        return path[(path.LastIndexOf('/') + 1)..];
    }
}
