namespace Engagement.Reporting;

/// <summary>A piece of a report for readers, before it becomes a table on a screen or Markdown.</summary>
internal abstract class Block
{
    /// <summary>A heading.</summary>
    internal sealed class Heading : Block
    {
        public required string Text { get; init; }

        /// <summary>1 for the report, 2 for a chapter, 3 for a section.</summary>
        public required int Level { get; init; }
    }

    /// <summary>Lines of text, or a list of them.</summary>
    internal sealed class Lines : Block
    {
        public required IReadOnlyList<string> Items { get; init; }

        /// <summary>Whether rows refer to the items by their numbers, from 1.</summary>
        public bool AreNumbered { get; init; }

        /// <summary>Whether they are the findings that stand above all.</summary>
        public bool IsSummary { get; init; }
    }

    /// <summary>A chart, for the faces that can show one.</summary>
    internal sealed class Picture : Block
    {
        public required ChartKind Kind { get; init; }
    }

    /// <summary>How the figures above came about, for the faces that can fold it away. Written when one asks: the others would pay for pages that they do not show.</summary>
    internal sealed class Explanations(Func<IEnumerable<(string Name, string Text)>> itemsOf) : Block
    {
        /// <summary>A figure in short, and its explanation in several lines.</summary>
        public IReadOnlyList<(string Name, string Text)> Items => field ??= [.. itemsOf()];
    }

    /// <summary>A table. A cell may hold line breaks.</summary>
    internal sealed class Table : Block
    {
        public required IReadOnlyList<string> Header { get; init; }

        public required IReadOnlyList<IReadOnlyList<string>> Rows { get; init; }

        /// <summary>The columns of numbers, which must never be broken elsewhere.</summary>
        public required IReadOnlySet<int> Numbers { get; init; }
    }
}
