using Apache.Arrow;
using Apache.Arrow.Types;

namespace Engagement.Import.Columnar;

/// <summary>A column of texts of which there are few: the index of a word in each row, and the words.</summary>
internal static class WordColumn
{
    public static readonly DictionaryType Type = new(Int32Type.Default, StringType.Default, false);

    public static DictionaryArray Of(BatchNumbers<int> indexes, int count, StringArray words) => Of(new Int32Array(indexes.Buffer(count), ArrowBuffer.Empty, count, 0, 0), words);

    public static DictionaryArray Of(Int32Array indexes, StringArray words) => new(Type, indexes, words);
}
