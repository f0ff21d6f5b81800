using System.Text.Json;
using Engagement.Core;
using Engagement.Reporting;

namespace Engagement.Cli;

/// <summary><c>engagement compare</c>: figures of one definition side by side, and which of them can be told apart.</summary>
internal static class CompareCommand
{
    public static readonly string[] Ways = ["channel", "platform", "period"];

    public static int Run(ReportRequest request, string name, string by, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        if (!DefinitionName.TryFind(name, error, out Definition? definition) || !FactPeriod.IsInOrder(request.From, request.To, error)) return Program.BadUsage;
        if (CompareFigures.Refusal(definition) is { } refusal) return Refused(refusal);
        if (PortfolioInput.Read(request.Folder, request.Store, error, cancellationToken) is not ({ } portfolio, _, var keptFrom)) return Program.BadData;
        (LocalPeriod period, int code) = FactPeriod.Asked(portfolio, request.From, request.To, error);
        if (code != Program.Success) return code;
        if (!ReachDefinitions.All.Contains(definition) && !FactPeriod.IsKept(portfolio, period, keptFrom, error)) return Program.BadData;

        IReadOnlyList<ComparedFigure> figures = CompareFigures.Of(definition, portfolio, period, by, cancellationToken);
        if (figures.Count == 0) return Refused($"{(by == "channel" ? "" : "compare by channel, or ")}take another definition");

        // Periods in their order, each with the one before; channels and platforms each with every other.
        IReadOnlyList<FigureComparison> comparisons = by == "period" ? FigureSeries.Of(figures.Select(row => row.Figure)).Compare() : FigureComparison.All(figures.Select(row => row.Figure));
        var text = new CompareText(definition, period, figures, comparisons, by == "period" ? [] : RankedFigure.Rank(figures.Select(row => row.Figure)), request.Language);
        output.Write(request.Format == "json"
            ? JsonRenderer.Document("engagement-comparison/2", request.Language, json => Write(json, text, portfolio, request.Language))
            : TableRenderer.Render(_ => text.Blocks(), request.Width));
        return Program.Success;

        int Refused(string cure)
        {
            error.WriteLine($"error: {definition.Id} has no figure by {by} that can be compared: {cure}.");
            return Program.BadUsage;
        }
    }

    private static void Write(Utf8JsonWriter json, CompareText text, Portfolio portfolio, Language language)
    {
        json.WriteStartObject("definition");
        json.WriteString("id", text.Definition.Id.Name);
        json.WriteNumber("version", text.Definition.Id.Version);
        if (text.HoursWithin is { } hours) json.WriteNumber("hoursWithin", hours);
        json.WriteEndObject();
        json.WriteStartArray("figures");
        foreach (ComparedFigure row in text.Figures)
        {
            json.WriteStartObject();
            json.WriteString("name", row.Name);
            RankedFigure? ranked = text.Ranked(row.Figure);
            JsonRenderer.WriteNumber(json, "place", ranked?.Place);
            JsonRenderer.WriteNumber(json, "shrunk", ranked?.Shrunk?.Mean);
            WriteCaveats(json, ranked?.Caveats ?? []);
            json.WritePropertyName("figure");
            JsonRenderer.WriteFigure(json, ReportFigure.Of(row.Figure, portfolio.Channels.FirstOrDefault(channel => channel.Id == row.Figure.Channel)), language);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("comparisons");
        foreach (FigureComparison comparison in text.Comparisons)
        {
            json.WriteStartObject();
            json.WriteString("first", text.NameOf(comparison.First));
            json.WriteString("second", text.NameOf(comparison.Second));
            JsonRenderer.WriteNumber(json, "difference", comparison.Difference);
            JsonRenderer.WriteNumber(json, "differenceLower", comparison.DifferenceInterval?.Lower);
            JsonRenderer.WriteNumber(json, "differenceUpper", comparison.DifferenceInterval?.Upper);
            json.WriteString("differenceMethod", comparison.DifferenceInterval?.Method.ToString());
            JsonRenderer.WriteNumber(json, "quotient", comparison.Quotient);
            JsonRenderer.WriteNumber(json, "quotientLower", comparison.QuotientInterval?.Lower);
            JsonRenderer.WriteNumber(json, "quotientUpper", comparison.QuotientInterval?.Upper);
            json.WriteString("quotientMethod", comparison.QuotientInterval?.Method.ToString());
            JsonRenderer.WriteNumber(json, "confidence", comparison.Confidence);
            JsonRenderer.WriteNumber(json, "p", comparison.PValue);
            JsonRenderer.WriteNumber(json, "adjustedP", comparison.AdjustedPValue);
            json.WriteString("adjustment", comparison.Adjustment);
            json.WriteNumber("comparisons", comparison.Comparisons);
            if (comparison.CanBeToldApart is { } verdict) json.WriteBoolean("canBeToldApart", verdict);
            else json.WriteNull("canBeToldApart");
            WriteCaveats(json, comparison.Caveats);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("growths");
        foreach (Growth growth in text.Growths)
        {
            json.WriteStartObject();
            JsonRenderer.WritePeriod(json, growth.Period);
            JsonRenderer.WriteNumber(json, "value", growth.Value);
            WriteCaveats(json, growth.Caveats);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCaveats(Utf8JsonWriter json, IEnumerable<Caveat> caveats)
    {
        json.WriteStartArray("caveats");
        foreach (Caveat caveat in caveats) json.WriteStringValue(caveat.Code);
        json.WriteEndArray();
    }
}
