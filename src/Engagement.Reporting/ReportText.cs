using System.Globalization;
using Engagement.Core;
using NodaTime;
using NodaTime.Text;

namespace Engagement.Reporting;

/// <summary>The report for readers: headings, tables and caveats in one language.</summary>
internal sealed partial class ReportText
{
    private static readonly LocalDatePattern GermanDate = LocalDatePattern.CreateWithInvariantCulture("dd'.'MM'.'uuuu");

    private const string Undefined = "–";

    private readonly Report _report;
    private readonly Language _language;
    private readonly NumberText _numbers;
    private readonly bool _isNarrow;
    private readonly string _soft;
    private readonly OrderedDictionary<string, Caveat> _caveats = new(StringComparer.Ordinal);

    private ReportText(Report report, Language language, bool isNarrow) => (_report, _language, _numbers, _isNarrow, _soft) = (report, language, new NumberText(language), isNarrow, isNarrow ? "\n" : " ");

    /// <summary>The blocks of the report from top to bottom.</summary>
    /// <param name="report">The report.</param>
    /// <param name="language">English or German.</param>
    /// <param name="isNarrow">Whether the cells of tables are to take more lines and less width.</param>
    /// <returns>The blocks; what comes from data is in one line and without control characters.</returns>
    public static IReadOnlyList<Block> Of(Report report, Language language, bool isNarrow = false) => [.. new ReportText(report, language, isNarrow).Blocks()];

    private static string Unit(UnitOfCount unit, bool isGerman) => unit switch
    {
        UnitOfCount.Person => isGerman ? "Personen" : "persons",
        UnitOfCount.Company => isGerman ? "Unternehmen" : "companies",
        UnitOfCount.Household => isGerman ? "Haushalte" : "households",
        UnitOfCount.Account => isGerman ? "Konten" : "accounts",
        UnitOfCount.Copy => isGerman ? "Exemplare" : "copies",
        _ => isGerman ? "Geräte" : "devices",
    };

    private IEnumerable<Block> Blocks()
    {
        yield return Heading(1, _report.Scope switch
        {
            ReportScope.Reach => Say("Reach report", "Reichweiten-Bericht"),
            ReportScope.Dialogue => Say("Dialogue report", "Dialog-Bericht"),
            _ => Say("Engagement report", "Engagement-Bericht"),
        });
        yield return new Block.Lines { Items = [.. Head()] };
        yield return Heading(2, Say("In short", "Kurz gesagt"));
        yield return new Block.Lines { Items = [.. _report.Findings.Select(finding => finding.Text(_language))], IsSummary = true };
        IEnumerable<Block> chapters = _report.Scope switch
        {
            ReportScope.Reach => ReachBlocks(),
            ReportScope.Dialogue => DialogueBlocks(),
            _ => ReachBlocks().Concat(RatioBlocks()).Concat(DialogueBlocks()).Concat(EffortBlocks()),
        };
        foreach (Block block in chapters) yield return block;
        yield return Heading(2, Say("Caveats", "Vorbehalte"));
        yield return new Block.Lines { Items = [.. _caveats.Keys], AreNumbered = true };
    }

    private IEnumerable<Block> ReachBlocks()
    {
        yield return Heading(2, Say("Reach per member", "Reichweite je Mitglied"));
        foreach (ReportSection section in _report.Sections.Where(section => section.Kind is not SectionKind.EngagementRatio))
        {
            yield return Heading(3, Title(section));
            yield return FigureTable(section);
            yield return Explanations(section.Figures);
            if (section.Kind is SectionKind.PotentialReach) yield return new Block.Picture { Kind = ChartKind.Reach };
            if (section.Kind is SectionKind.PotentialReach && _report.Reach.Net is { } net)
            {
                yield return Heading(3, Say("Gross and net reach of all channels", "Brutto- und Nettoreichweite aller Kanäle"));
                yield return NetTable(net);
                yield return new Block.Lines { Items = [.. NetLines(net)] };
                yield return Explained(Say("Gross and net reach", "Brutto- und Nettoreichweite"), net.Explain);
            }
        }

        foreach (Block block in NetBlocks()) yield return block;
        yield return new Block.Picture { Kind = ChartKind.Overlap };
        yield return new Block.Picture { Kind = ChartKind.Audience };
    }

    private IEnumerable<Block> RatioBlocks()
    {
        yield return Heading(2, Say("Engagement ratio", "Engagement-Quote"));
        ReportSection[] ratios = [.. _report.Sections.Where(section => section.Kind is SectionKind.EngagementRatio)];
        if (ratios.All(section => section.Figures.All(figure => figure.Value is null)))
        {
            yield return new Block.Lines { Items = [Say("No channel has an engagement ratio by any definition; what is missing is not 0. By the first definition:", "Kein Kanal hat nach irgendeiner Definition eine Engagement-Quote; was fehlt, ist nicht 0. Nach der ersten Definition:")] };
        }

        yield return new Block.Picture { Kind = ChartKind.Ratios };
        yield return new Block.Picture { Kind = ChartKind.Hours };
        foreach (ReportSection section in ratios)
        {
            yield return Heading(3, Title(section));
            yield return FigureTable(section);
            yield return Explanations(section.Figures);
        }
    }

    private string Say(string english, string german) => _language is Language.German ? german : english;

    private string Date(LocalDate date) => DateIn(date, _language);

    public static string DateIn(LocalDate date, Language language) => language is Language.German ? GermanDate.Format(date) : LocalDatePattern.Iso.Format(date);

    private static Block.Heading Heading(int level, string text) => new() { Level = level, Text = text };

    private IEnumerable<string> Head()
    {
        Organisation organisation = _report.Portfolio.Organisation;
        LocalPeriod period = _report.Period;
        yield return $"Organisation: {Printable.Line(organisation.Name)} ({Printable.Line(organisation.Id.Value)})";
        yield return $"{Say("Period", "Zeitraum")}: {Date(period.From)} {Say("up to, not including,", "bis ausschließlich")} {Date(period.To)} ({organisation.TimeZone.Id})";
        if (_report.Reach.Universe is not { } universe)
        {
            yield return $"{Say("Members", "Mitglieder")}: {Say("no universe of members is named", "keine Grundgesamtheit der Mitglieder genannt")}";
            yield break;
        }

        string asOf = universe.Latest(period, organisation.TimeZone) is { } size ? $", {Say("as of", "Stand")} {Date(size.AsOf.InZone(organisation.TimeZone).Date)}" : "";
        yield return $"{Say("Members", "Mitglieder")}: {Printable.Line(universe.Name ?? universe.Id.Value)}, {Part(ReportPart.From(Quantity.From(_report.Reach.Members)), " ")} {Unit(universe.Unit, _language is Language.German)}{asOf}";
    }

    private string Title(ReportSection section)
    {
        string name = section.Kind switch
        {
            SectionKind.PotentialReach => Say("Potential reach per member", "Potenzielle Reichweite je Mitglied"),
            SectionKind.MeasuredReach => Say("Measured reach per member", "Gemessene Reichweite je Mitglied"),
            SectionKind.MemberCoverage => Say("Member coverage", "Mitgliederabdeckung"),
            SectionKind.OnTargetShare => Say("On-target share: members in the audience", "Die Richtigen: Mitglieder im Publikum"),
            SectionKind.AverageFrequency => Say("Average frequency", "Durchschnittskontakte"),
            SectionKind.GrossRatingPoints => Say("Gross rating points", "Bruttokontakte je 100 Mitglieder (GRP)"),
            SectionKind.Affinity => Say("Affinity to the channel's own target", "Affinität zur eigenen Zielgruppe"),
            SectionKind.TargetCoverage => Say("Coverage of the channel's own target", "Abdeckung der eigenen Zielgruppe"),
            _ => $"{Say("Interactions", "Interaktionen")} / {Base(section.Recipe!.Base)}",
        };
        return $"{name} ({section.Figures[0].Definition})";
    }

    private string Base(EngagementBase @base) => @base switch
    {
        EngagementBase.PotentialReach => Say("audience", "Publikum"),
        EngagementBase.MeasuredReach => Say("persons reached", "erreichte Personen"),
        EngagementBase.Impressions => Say("impressions", "Kontakte"),
        EngagementBase.Views => Say("views", "Aufrufe"),
        EngagementBase.Members => Say("members", "Mitglieder"),
        EngagementBase.Publications => Say("publications", "Veröffentlichungen"),
        _ => Say("active persons", "aktive Personen"),
    };

    private (string Numerator, string Denominator) PartNames(ReportSection section) => section.Kind switch
    {
        SectionKind.PotentialReach => (Say("audience", "Publikum"), Say("members", "Mitglieder")),
        SectionKind.MeasuredReach => (Say("persons reached", "erreichte Personen"), Say("members", "Mitglieder")),
        SectionKind.MemberCoverage => (Say("members in it", "Mitglieder darin"), Say("members", "Mitglieder")),
        SectionKind.OnTargetShare => (Say("members in it", "Mitglieder darin"), Say("audience", "Publikum")),
        SectionKind.AverageFrequency => (Say("contacts", "Kontakte"), Say("persons reached", "erreichte Personen")),
        SectionKind.GrossRatingPoints => (Say("contacts", "Kontakte"), Say("members", "Mitglieder")),
        SectionKind.Affinity => (Say("coverage of target", "Abdeckung der Zielgruppe"), Say("of members", "der Mitglieder")),
        SectionKind.TargetCoverage => (Say("target members", "Zielmitglieder"), Say("target", "Zielgruppe")),
        _ => section.Recipe!.Aggregation switch
        {
            Aggregation.MeanOfDays => (Say("sum over days", "Tagessumme"), Say("days", "Tage")),
            Aggregation.MeanOfPublications => (Say("sum of ratios", "Quotensumme"), Say("publications", "Veröffentlichungen")),
            Aggregation.MedianOfPublications => (Say("median", "Median"), "1"),
            _ => (Say("interactions", "Interaktionen"), Base(section.Recipe.Base)),
        },
    };

    private Block.Table FigureTable(ReportSection section)
    {
        (string numerator, string denominator) = PartNames(section);
        string scale = section.Figures[0].Scale switch
        {
            1 => Say("ratio", "Quotient"),
            100 => Say("per 100", "je 100"),
            _ => Say("per 1,000", "je 1.000"),
        };
        string[] places = _isNarrow ? [Say("Channel", "Kanal")] : [Say("Channel", "Kanal"), Say("Platform", "Plattform")];
        return new Block.Table
        {
            Header = [.. places, $"{numerator}\n/ {denominator}", scale, Say("rounding", "Rundung"), Say($"95 %{_soft}interval", "95-%-Intervall"), Say("Notes", "Hinweise")],
            Rows = [.. section.Figures.Select(figure => FigureRow(section.Kind, figure))],
            Numbers = Enumerable.Range(places.Length, 4).ToHashSet(),
        };
    }

    private string[] FigureRow(SectionKind kind, ReportFigure figure)
    {
        string all = kind is SectionKind.PotentialReach ? Say("All channels, gross", "Alle Kanäle, brutto") : Say("All channels with a figure", "Alle Kanäle mit einer Zahl");
        string channel = figure.Channel is null ? all : Printable.Line(figure.Channel.Name);
        string platform = figure.Channel is null ? "" : Printable.Line(figure.Channel.Platform.ToString());
        string[] places = !_isNarrow ? [channel, platform] : platform.Length > 0 ? [$"{channel}\n({platform})"] : [channel];
        string[] notes = [.. figure.Reason is { } reason ? [$"{Say("undefined", "undefiniert")}: {Reason(reason)}"] : Array.Empty<string>(), .. Marks(figure.Caveats)];
        return
        [
            .. places,
            $"{Part(figure.Numerator, _soft)}\n/ {Part(figure.Denominator, _soft)}",
            figure.Value is { } value ? _numbers.Scaled(value * figure.Scale) : Undefined,
            figure.Rounding is { } bounds ? Cell(bounds.Lower * figure.Scale, bounds.Upper * figure.Scale) : "",
            figure.Interval is { } interval ? $"{Cell(interval.Lower * figure.Scale, interval.Upper * figure.Scale)}{_soft}{Method(interval.Method)}" : "",
            string.Join(' ', notes),
        ];
    }

    /// <summary>Of figures with a value; of the others the row says why there is none.</summary>
    private Block.Explanations Explanations(IEnumerable<ReportFigure> figures) => new(() =>
        figures.Where(figure => figure is { Explain: not null, Value: not null }).Select(figure => (
            $"{(figure.Channel is { } channel ? Printable.Line(channel.Name) : Say("All channels", "Alle Kanäle"))}: {_numbers.Scaled(figure.Value!.Value * figure.Scale)} ({figure.Definition})",
            Printed(figure.Explain!(_language)))));

    private Block.Explanations Explained(string name, Func<Language, string> explain) => new(() => [(name, Printed(explain(_language)))]);

    private static string Printed(string text) => string.Join('\n', text.Split('\n').Select(Printable.Line));

    private bool HasOverlaps => _report.Reach.Caveats.Any(caveat => caveat.Code is CaveatCodes.OverlapsKnown);

    private Block.Table NetTable(NetReachPerMember net)
    {
        ReportFigure gross = _report.Sections[0].Figures[^1];
        string units = string.Join(", ", _report.Reach.Channels.Where(row => row.Audience?.Size.HasValue is true).Select(row => Unit(row.Audience!.Unit, _language is Language.German)).Distinct(StringComparer.Ordinal));
        var rows = new List<string[]> { NetRow(net.IsOpen ? Say("gross, at least: each channel counted", "brutto, mindestens: je Kanal gezählt") : Say("gross: each channel counted", "brutto: je Kanal gezählt"), gross, net.Reach.Gross) };
        foreach (ReportFigure figure in _report.Net)
        {
            rows.Add(figure.Estimate switch
            {
                "lower" => NetRow(HasOverlaps ? Say("net, at least, with the known overlaps", "netto, mindestens, mit den bekannten Überschneidungen") : Say("net, at least: the largest channel", "netto, mindestens: der größte Kanal"), figure, net.Reach.Lower),
                "upper" => NetRow(HasOverlaps ? Say("net, at most: no other overlap", "netto, höchstens: keine weitere Überschneidung") : Say("net, at most: no overlap", "netto, höchstens: keine Überschneidung"), figure, figure.Numerator.Value!.Value),
                "agostini" => NetRow(Say("net, by Agostini", "netto, nach Agostini"), figure, figure.Numerator.Value!.Value),
                _ => NetRow(Say("net, if overlaps are by chance (independence)", "netto bei zufälliger Überschneidung (Unabhängigkeit)"), figure, figure.Numerator.Value!.Value),
            });
        }

        return new Block.Table
        {
            Header = [Say("Reach", "Reichweite"), _isNarrow ? units.Replace(", ", ",\n", StringComparison.Ordinal) : units, $"/ {Say("members", "Mitglieder")}", Say("per 100", "je 100"), Say("Notes", "Hinweise")],
            Rows = rows,
            Numbers = new HashSet<int> { 1, 2, 3 },
        };
    }

    private string[] NetRow(string label, ReportFigure figure, double reached) =>
    [
        label,
        _numbers.Whole(reached),
        $"/ {Part(figure.Denominator, _soft)}",
        figure.Value is { } value ? _numbers.Scaled(value * 100) : Undefined,
        string.Join(' ', Marks(figure.Caveats)),
    ];

    private IEnumerable<string> NetLines(NetReachPerMember net)
    {
        if (net.Reach.Upper is not { } atMost)
        {
            yield return $"{Say("Gross: at least", "Brutto: mindestens")} {_numbers.Whole(net.Reach.Gross)}. {Say("Net: at least", "Netto: mindestens")} {_numbers.Whole(net.Reach.Lower)}; {Say("open above, because an audience is known in part only", "nach oben offen, weil ein Publikum nur teilweise bekannt ist")}.";
            yield break;
        }

        string model = net.Reach.Independence is { } independence ? $" / {_numbers.Whole(independence)}" : "";
        yield return $"{Say("Gross", "Brutto")}: {_numbers.Whole(net.Reach.Gross)}. {Say("Net", "Netto")}: {_numbers.Whole(net.Reach.Lower)}{model} / {_numbers.Whole(atMost)}.";
        string members = Say("per 100 members", "je 100 Mitglieder");
        if (net.Lower.Percent is { } lower && net.Upper.Percent is { } upper) yield return $"{Say("Net", "Netto")}: {Range(lower, upper)} {members}.";
        if (net.Rounding is not { } rounding || _report.Net[0] is not { Numerator: { Lower: { } least, Upper: { } most }, Denominator: { Lower: { } fewest, Upper: { } widest } }) yield break;

        // Where the universe bounds the reach, the most is all of it, and then it is as large as that, not as small as it can be.
        double smallest = rounding.Upper == 1 ? Math.Max(fewest, most) : fewest;
        string parts = $"{_numbers.Whole(least)} / {_numbers.Whole(widest)} {Say("to", "bis")} {_numbers.Whole(most)} / {_numbers.Whole(smallest)}";
        yield return $"{Say("With roundings", "Mit Rundungen")}: {Range(rounding.Lower * 100, rounding.Upper * 100)} {members} ({parts}).";
    }

    private string Part(ReportPart part, string soft) => part.State switch
    {
        nameof(CountState.Rounded) => $"~{_numbers.Part(part.Value!.Value)}{soft}[{_numbers.Part(part.Lower!.Value)}–{_numbers.Part(part.Upper!.Value)}]",
        nameof(CountState.Partial) => $"≥{_numbers.Part(part.Value!.Value)}",
        nameof(CountState.Missing) => Say("missing", "unbekannt"),
        nameof(CountState.Withheld) => Say("withheld", "nicht genannt"),
        nameof(CountState.NotApplicable) => Say("not applicable", "entfällt"),
        _ => _numbers.Part(part.Value!.Value),
    };

    private string Range(double lower, double upper) => $"{_numbers.Scaled(lower)}–{_numbers.Scaled(upper)}";

    private string Cell(double lower, double upper) => $"{_numbers.Scaled(lower)}–{(_isNarrow ? "\n" : "")}{_numbers.Scaled(upper)}";

    private string Method(IntervalMethod method) => method switch
    {
        IntervalMethod.OrderStatistics => Say("order statistics", "Ordnungsstatistik"),
        IntervalMethod.PooledGarwood => Say("Garwood, pooled", "Garwood, zusammengefasst"),
        _ => method.ToString(),
    };

    private string Reason(UndefinedReason reason) => Words.Of(reason, _language);

    /// <summary>The numbers of the caveats in the list at the end; a caveat comes into it where it is first referred to.</summary>
    private IEnumerable<string> Marks(IEnumerable<Caveat> caveats)
    {
        foreach (Caveat caveat in caveats)
        {
            _caveats.TryAdd($"{caveat.Code}: {Printable.Excerpt(caveat.Text(_language))}", caveat, out int index);
            yield return string.Create(CultureInfo.InvariantCulture, $"[{index + 1}]");
        }
    }
}
