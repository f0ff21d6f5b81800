using System.Globalization;
using Engagement.Core;

namespace Engagement.Reporting;

/// <summary>The parts of the report on several channels together, and on effort and benefit.</summary>
internal sealed partial class ReportText
{
    private static readonly int[] Frequencies = [1, 2, 3, 5, 10];

    private IEnumerable<Block> NetBlocks()
    {
        foreach (NetSection section in _report.Nets)
        {
            NetReachResult result = section.Result;
            yield return Heading(3, NetTitle(result));
            yield return new Block.Lines { Items = [.. NetSummary(result)] };
            yield return ContributionTable(result.Channels);
            if (result.IsWithin) yield return Explained(NetTitle(result), result.Net!.Explain);
            if (_report.IsReachOnly)
            {
                yield return Heading(3, Say("Overlaps: in the audiences of both", "Überschneidungen: im Publikum beider"));
                yield return Matrix(result.Channels, (row, column) => result.Shared(row, column));
            }
        }

        if (_report.Active is not { Net: { } persons and > 0, Gross: { } gross, Contacts: { } contacts } active) yield break;
        yield return Heading(3, Say("Active persons, counted from the actors of interactions", "Aktive Personen, gezählt nach den Urhebern der Interaktionen"));
        string often = string.Join(", ", Frequencies.Select(k => $"{k}+: {_numbers.Whole(active.EffectiveReach(k)!.Value)}"));
        string marks = string.Join(' ', Marks(active.Caveats));
        yield return new Block.Lines
        {
            Items =
            [
                .. marks.Length > 0 ? [$"{Say("Notes", "Hinweise")}: {marks}"] : Array.Empty<string>(),
                $"{Say("Net", "Netto")}: {_numbers.Whole(persons)}. {Say("Gross", "Brutto")}: {_numbers.Whole(gross)}. {Say("Interactions", "Interaktionen")}: {_numbers.Whole(contacts)}, {_numbers.Scaled(active.AverageFrequency.Value ?? 0)} {Say("each", "je Person")}.",
                $"{Say("Persons with at least so many interactions", "Personen mit mindestens so vielen Interaktionen")}: {often}.",
            ],
        };
        yield return ContributionTable(active.Channels);
        yield return Explained(Say("Active persons", "Aktive Personen"), active.Explain);
        if (_report.IsReachOnly && active.Channels.Count > 1) yield return Matrix(active.Channels, (row, column) => active.Shared(row, column) is { } shared ? new Bounds(shared, shared) : null);
    }

    private string NetTitle(NetReachResult result) => !result.IsWithin ? Say("What each channel adds: whole audiences", "Was jeder Kanal beiträgt: ganzes Publikum")
        : result.Universe!.Id.Value == "members" ? Say("Net reach among the members", "Nettoreichweite unter den Mitgliedern")
        : $"{Say("Net reach in the target", "Nettoreichweite in der Zielgruppe")} {Printable.Line(result.Universe.Name)}";

    private IEnumerable<string> NetSummary(NetReachResult result)
    {
        NetReachPerMember net = result.Net!;
        string marks = string.Join(' ', Marks(result.Caveats));
        if (marks.Length > 0) yield return $"{Say("Notes", "Hinweise")}: {marks}";

        // The net reach of whole audiences has its own table above.
        if (!result.IsWithin) yield break;
        string model = net.Reach.Independence is { } independence ? $" / {_numbers.Whole(independence)} {Say("(independence)", "(Unabhängigkeit)")}" : "";
        string upper = net.Reach.Upper is { } bound ? _numbers.Whole(bound) : Say("open above", "nach oben offen");
        yield return $"{Say("Gross", "Brutto")}: {_numbers.Whole(net.Reach.Gross)}. {Say("Net", "Netto")}: {_numbers.Whole(net.Reach.Lower)}{model} / {upper}.";
        if (net.Lower.Percent is { } least && net.Upper.Percent is { } most) yield return $"{Say("Net", "Netto")}: {Range(least, most)} {Say("per 100", "je 100")} {(result.Universe!.Id.Value != "members" ? Say("of the target", "der Zielgruppe") : Say("members", "Mitglieder"))}.";
        if (net.Reach.Estimate(ReachModel.Agostini).Value is { } agostini) yield return $"{Say("By Agostini", "Nach Agostini")}: {_numbers.Whole(agostini)}.";
    }

    private Block.Table ContributionTable(IReadOnlyList<ChannelNetReach> rows) => new()
    {
        Header = [Say("Channel", "Kanal"), Say("reach", "Reichweite"), Say("exclusive", "exklusiv"), Say("place", "Platz"), Say("adds", "bringt hinzu")],
        Rows =
        [
            .. rows.OrderBy(row => row.Rank ?? int.MaxValue).Select(row => new[]
            {
                NameOf(row.Channel), Part(ReportPart.From(Quantity.From(row.Reach)), _soft), Ends(row.Exclusive),
                row.Rank?.ToString(CultureInfo.InvariantCulture) ?? (row.Reach.HasValue ? Say("open", "offen") : Undefined), Ends(row.Added),
            }),
        ],
        Numbers = new HashSet<int> { 1, 2, 3, 4 },
    };

    /// <summary>Channels against channels; columns by number, so that ten of them fit.</summary>
    private Block Matrix(IReadOnlyList<ChannelNetReach> rows, Func<ChannelId, ChannelId, Bounds?> shared) => rows.Count <= NetSection.MostPaired
        ? MatrixTable(rows, shared)
        : new Block.Lines { Items = [Say($"Pairs of {_numbers.Whole(rows.Count)} channels are not listed: of more than {NetSection.MostPaired} nobody reads them.", $"Paare von {_numbers.Whole(rows.Count)} Kanälen sind nicht aufgeführt: Von mehr als {NetSection.MostPaired} liest sie niemand.")] };

    private Block.Table MatrixTable(IReadOnlyList<ChannelNetReach> rows, Func<ChannelId, ChannelId, Bounds?> shared) => new()
    {
        Header = [Say("Channel", "Kanal"), .. rows.Select((_, index) => (index + 1).ToString(CultureInfo.InvariantCulture))],
        Rows = [.. rows.Select((row, index) => (string[])[$"{(index + 1).ToString(CultureInfo.InvariantCulture)} {NameOf(row.Channel)}", .. rows.Select(column => Ends(shared(row.Channel, column.Channel), "\n"))])],
        Numbers = Enumerable.Range(1, rows.Count).ToHashSet(),
    };

    private IEnumerable<Block> EffortBlocks()
    {
        if (_report.Effort is not { Rows.Count: > 0 } effort) yield break;
        yield return Heading(2, Say("Effort in proportion to benefit", "Aufwand und Wirkung"));
        string marks = string.Join(' ', Marks(effort.Caveats));
        if (marks.Length > 0) yield return new Block.Lines { Items = [$"{Say("Notes", "Hinweise")}: {marks}"] };
        yield return new Block.Picture { Kind = ChartKind.Effort };
        foreach (var table in effort.Rows.GroupBy(row => (row.Benefit, row.Measure)))
        {
            ChannelEffortBenefit[] rows = [.. table.Where(row => row.EffortShare.Numerator.HasValue || row.BenefitShare.Numerator.HasValue)];
            if (!rows.Any(row => row.EffortShare.Value is not null)) continue;
            (Benefit benefit, string measure) = table.Key;
            string name = Say(benefit.English, benefit.German);
            string unit = Words.OfMeasure(measure, _language);
            yield return Heading(3, $"{Printable.Line(name)} / {unit}");
            yield return new Block.Table
            {
                Header = [Say("Channel", "Kanal"), unit, Say("share\n%", "Anteil\n%"), Printable.Line(name), Say("share\n%", "Anteil\n%"), "Index", PerName(rows[0]), Say("break-\neven", "Break-\neven"), Say("Notes", "Hinweise")],
                Rows = [.. rows.Select(EffortRow)],
                Numbers = Enumerable.Range(1, 7).ToHashSet(),
            };
            yield return Explanations(rows.SelectMany(row => new[] { row.Proportionality, row.EffortPerBenefit, row.BreakEven }.Select(figure => ReportFigure.Of(figure, _report.ChannelOf(row.Channel)))));
        }
    }

    private string PerName(ChannelEffortBenefit row) => row.EffortPerBenefit.Scale == 1_000 ? Say("per\n1,000", "TKP") : Say("each", "je Stück");

    private string[] EffortRow(ChannelEffortBenefit row) =>
    [
        NameOf(row.Channel),
        Part(ReportPart.From(row.EffortShare.Numerator), "\n"),
        Number(row.EffortShare, 100),
        Part(ReportPart.From(row.BenefitShare.Numerator), "\n"),
        Number(row.BenefitShare, 100),
        Number(row.Proportionality, 1),
        Number(row.EffortPerBenefit, row.EffortPerBenefit.Scale),
        row.BreakEven.Value is { } even ? _numbers.Whole(even) : Undefined,
        string.Join(' ', [.. row.Proportionality.Ratio.Undefined is { } reason ? [Reason(reason)] : Array.Empty<string>(), .. Marks(new[] { row.BenefitShare, row.Proportionality, row.BreakEven }.SelectMany(figure => figure.Caveats).Where(caveat => caveat.Code is not CaveatCodes.NoInterval).Distinct())]),
    ];

    private string Number(Figure figure, int scale) => figure.Value is { } value ? _numbers.Scaled(value * scale) : Undefined;

    private string NameOf(ChannelId id) => Printable.Line(_report.ChannelOf(id).Name);

    private string Ends(Bounds? bounds, string soft = "") =>
        bounds is not { } ends ? Undefined : ends.Lower == ends.Upper ? _numbers.Whole(ends.Lower) : $"{_numbers.Whole(ends.Lower)}–{(_isNarrow ? "\n" : soft)}{_numbers.Whole(ends.Upper)}";
}
