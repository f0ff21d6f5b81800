using System.Xml.Linq;

namespace Engagement.Reporting;

/// <summary>A chart of the report.</summary>
/// <remarks>
/// <para>Immutable. The same report gives the same bytes on one machine; where its fonts differ, letters are set a little otherwise.</para>
/// <example><c>File.WriteAllText("reach.svg", report.Charts(Language.English)[0].Svg)</c></example>
/// </remarks>
public sealed class ReportChart
{
    private readonly Func<byte[]> _png;

    internal ReportChart(ChartKind kind, string title, string description, XElement svg, Func<byte[]> png) => (Kind, Title, Description, Element, _png) = (kind, title, description, svg, png);

    /// <summary>The name in short: <c>reach</c>, <c>ratios</c>, <c>response</c>, <c>effort</c>, <c>audience</c>, <c>hours</c> or <c>overlap</c>.</summary>
    public string Id => Kind.ToString().ToLowerInvariant();

    /// <summary>The title in the language of the chart.</summary>
    public string Title { get; }

    /// <summary>What it shows, in words, for those who do not see it.</summary>
    public string Description { get; }

    /// <summary>The chart as an SVG document. Lines and letters take the colour of the text around them.</summary>
    public string Svg => Element.ToString(SaveOptions.DisableFormatting);

    internal ChartKind Kind { get; }

    internal XElement Element { get; }

    /// <summary>The chart as a PNG image, in twice the pixels.</summary>
    /// <returns>The bytes of the file.</returns>
    public byte[] ToPng() => _png();

    /// <summary>The name and the title.</summary>
    /// <returns>For example <c>reach: Reach per 1,000 members</c>.</returns>
    public override string ToString() => $"{Id}: {Title}";
}
