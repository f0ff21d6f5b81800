using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Engagement.Core;

namespace Engagement.Import;

/// <summary>Where each fact of a portfolio was read: turns <c>Interactions[17].ReplyTo</c> into file, line and column.</summary>
internal sealed partial class FactPlaces
{
    private readonly List<(Universe Universe, JsonNode Node, JsonNode[] Sizes)> _universes;

    private readonly Dictionary<string, List<long>> _lines = new(StringComparer.Ordinal)
    {
        [nameof(Portfolio.Channels)] = [],
        [nameof(Portfolio.Audiences)] = [],
        [nameof(Portfolio.Overlaps)] = [],
        [nameof(Portfolio.Publications)] = [],
        [nameof(Portfolio.Interactions)] = [],
        [nameof(Portfolio.Efforts)] = [],
    };

    public FactPlaces(List<(Universe Universe, JsonNode Node, JsonNode[] Sizes)> universes) => _universes = universes;

    /// <summary>Notes the line of the next fact of a list of the portfolio.</summary>
    public void Add(string list, long line) => _lines[list].Add(line);

    /// <summary>The place of a property by its path in the portfolio.</summary>
    public Place Of(string property)
    {
        Match path = PropertyPath().Match(property);
        string list = path.Groups["list"].Value;
        string rest = path.Groups["rest"].Value;
        int index = path.Groups["index"].Success ? int.Parse(path.Groups["index"].ValueSpan, CultureInfo.InvariantCulture) : -1;
        if (!_lines.TryGetValue(list, out List<long>? lines)) return list == nameof(Portfolio.Universes) && index >= 0 ? OfUniverse(index, rest) : new Place(OrganisationFile.Name);
        string file = FileOf(list);
        return index < 0 ? new Place(file) : new Place(file, lines[index], rest.Length == 0 ? null : Column(rest));
    }

    /// <summary>A rule in which <c>Channels[3]</c>, a position in the portfolio, is replaced by the line in the file.</summary>
    public string InWords(string rule) => Position().Replace(rule, match =>
    {
        Place place = Of(match.Value);
        return string.Create(CultureInfo.InvariantCulture, $"{place.File} line {place.Line}");
    });

    private static string FileOf(string list) => list.ToLowerInvariant() + ".csv";

    private static string Column(string property) => property switch
    {
        "Period" => "from",
        "StaffTime" => "hours",
        "Cost" => "amount",
        _ when property.StartsWith("Interactions.", StringComparison.Ordinal) && Enum.TryParse(property["Interactions.".Length..], out InteractionKind kind) => CountColumn.For(kind).Name,
        _ => Snake(property[(property.LastIndexOf('.') + 1)..]),
    };

    private static string Snake(string name)
    {
        var column = new StringBuilder();
        foreach (char letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && column.Length > 0) column.Append('_');
            column.Append(char.ToLowerInvariant(letter));
        }

        return column.ToString();
    }

    private Place OfUniverse(int index, string rest)
    {
        (_, JsonNode node, JsonNode[] sizes) = _universes[index];
        Match size = SizePath().Match(rest);
        if (size.Success) node = sizes[int.Parse(size.Groups["index"].ValueSpan, CultureInfo.InvariantCulture)];
        string property = size.Success ? size.Groups["rest"].Value : rest;
        if (property.Length == 0) return new Place(OrganisationFile.Name, node.Line, node.Path);
        string name = char.ToLowerInvariant(property[0]) + property[1..];
        return node.Properties.TryGetValue(name, out JsonNode? value) ? new Place(OrganisationFile.Name, value.Line, value.Path) : new Place(OrganisationFile.Name, node.Line, node.PathOf(name));
    }

    [GeneratedRegex(@"\A(?<list>[A-Za-z]+)(\[(?<index>[0-9]+)\])?([.](?<rest>.+))?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex PropertyPath();

    [GeneratedRegex(@"\ASizes\[(?<index>[0-9]+)\]([.](?<rest>.+))?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex SizePath();

    [GeneratedRegex(@"\b(Universes|Channels|Audiences|Overlaps|Publications|Interactions|Efforts)\[[0-9]{1,9}\]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Position();
}
