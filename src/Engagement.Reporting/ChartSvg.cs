using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ScottPlot;

namespace Engagement.Reporting;

/// <summary>A drawn chart as SVG that takes the colours of the page, has names for those who do not see it, and says its values when pointed at.</summary>
internal static partial class ChartSvg
{
    /// <summary>Of what counts.</summary>
    public const string First = "#2a78c2";

    /// <summary>Of what stands beside it.</summary>
    public const string Second = "#c8591a";

    private const double PointRadius = 7;

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>One plot at a time: the drawing library numbers its clips and caches its fonts for all together.</summary>
    public static readonly Lock Drawing = new();

    public static XElement Of(Plot plot, ChartKind kind, string title, string description, int width, int height, IReadOnlyList<ChartPoint> points)
    {
        XElement svg;
        XElement[] marks;
        lock (Drawing)
        {
            svg = XElement.Parse(plot.GetSvgXml(width, height));
            marks = [.. points.Select(point => Mark(plot.GetPixel(new Coordinates(point.X, point.Y)), point))];
        }

        string id = $"chart-{(int)kind}";
        NumberClips(svg, id);
        foreach (XElement element in svg.Descendants())
        {
            if (element.Name == Svg + "text") Loosen(element);
            element.SetAttributeValue("stroke-miterlimit", null);
            Round(element);
            Recolour(element);
        }

        Join(svg);

        // The first rectangle is the paper, which the page has already.
        svg.Elements(Svg + "rect").First().Remove();
        svg.SetAttributeValue("width", null);
        svg.SetAttributeValue("height", null);
        svg.SetAttributeValue("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {width} {height}"));
        svg.SetAttributeValue("role", "img");
        svg.SetAttributeValue("aria-labelledby", $"{id}-title {id}-description");
        svg.AddFirst(new XElement(Svg + "title", new XAttribute("id", $"{id}-title"), title), new XElement(Svg + "desc", new XAttribute("id", $"{id}-description"), description));
        svg.Add(new XElement(Svg + "g", new XAttribute("fill", "transparent"), marks));
        return svg;
    }

    /// <summary>The same chart as an image, in twice the pixels. One plot at a time too: it draws with what all share, and the scale is the plot's own.</summary>
    public static byte[] Png(Plot plot, int width, int height)
    {
        lock (Drawing)
        {
            plot.ScaleFactor = 2;
            return plot.GetImage(width * 2, height * 2).GetImageBytes(ImageFormat.Png);
        }
    }

    private static XElement Mark(Pixel pixel, ChartPoint point) => new(
        Svg + "circle",
        new XAttribute("cx", Number(pixel.X)),
        new XAttribute("cy", Number(pixel.Y)),
        new XAttribute("r", Number(PointRadius)),
        point.Month is null ? null : new XAttribute("data-month", point.Month),
        new XElement(Svg + "title", point.Text));

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>Clips are numbered for the whole process; within the chart they are numbered from 1, so that the same report gives the same bytes.</summary>
    private static void NumberClips(XElement svg, string prefix)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var firsts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (XElement element in svg.Descendants().Where(element => element.Attribute("id") is not null).ToArray())
        {
            // Every mark is clipped by a rectangle of its own, and all are the same one.
            string content = string.Concat(element.Nodes());
            bool isKnown = firsts.TryGetValue(content, out string? name);
            if (!isKnown) firsts.Add(content, name = string.Create(CultureInfo.InvariantCulture, $"{prefix}-{firsts.Count + 1}"));
            names.Add(element.Attribute("id")!.Value, name!);
            element.SetAttributeValue("id", name);
            if (isKnown) element.Remove();
        }

        foreach (XAttribute attribute in svg.Descendants().Attributes())
        {
            if (Reference().Match(attribute.Value) is { Success: true } match && names.TryGetValue(match.Groups["id"].Value, out string? clip)) attribute.Value = $"url(#{clip})";
            else if (attribute.Name.LocalName == "href" && attribute.Value.StartsWith('#') && names.TryGetValue(attribute.Value[1..], out string? target)) attribute.Value = $"#{target}";
        }
    }

    /// <summary>Less than a tenth of a pixel is nobody's to see.</summary>
    private static void Round(XElement element)
    {
        foreach (XAttribute attribute in element.Attributes().Where(attribute => attribute.Name.LocalName is "d" or "x" or "y" or "width" or "height" or "points"))
        {
            attribute.Value = Long().Replace(attribute.Value, match => double.Parse(match.Value, CultureInfo.InvariantCulture).ToString("0.#", CultureInfo.InvariantCulture));
        }
    }

    private static void Recolour(XElement element)
    {
        foreach (string name in new[] { "fill", "stroke" })
        {
            if (element.Attribute(name) is { Value: "black" or "#000000" or "#010101" } attribute) attribute.Value = "currentColor";
        }
    }

    /// <summary>Marks that are clipped alike go into one group.</summary>
    private static void Join(XElement svg)
    {
        foreach (XElement group in svg.Elements(Svg + "g").ToArray())
        {
            if (group.ElementsBeforeSelf().LastOrDefault() is not { } before || before.Name != group.Name || before.Attributes().Select(one => one.ToString()).SequenceEqual(group.Attributes().Select(one => one.ToString()), StringComparer.Ordinal) is false) continue;
            before.Add(group.Elements());
            group.Remove();
        }
    }

    /// <summary>A place for each letter makes a page heavy; the length of the whole says the same, in whatever font a reader has.</summary>
    private static void Loosen(XElement text)
    {
        text.SetAttributeValue("font-family", "system-ui, sans-serif");
        if (text.Attribute("fill") is null) text.SetAttributeValue("fill", "currentColor");
        text.Value = text.Value.Trim();
        double[] places = Places(text, "x");
        text.SetAttributeValue("y", Number(Places(text, "y")[0]));
        text.SetAttributeValue("x", Number(places[0]));
        if (places.Length < 2) return;
        double step = (places[^1] - places[0]) / (places.Length - 1);
        text.SetAttributeValue("textLength", Number(places[^1] - places[0] + step));
        text.SetAttributeValue("lengthAdjust", "spacingAndGlyphs");
    }

    private static double[] Places(XElement text, string name) =>
        [.. text.Attribute(name)!.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(place => double.Parse(place, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"^url\(#(?<id>[^)]+)\)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference();

    [GeneratedRegex(@"[0-9]+\.[0-9]{2,}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Long();
}
