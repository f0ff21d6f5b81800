using System.Globalization;
using Engagement.Core;
using NodaTime;
using ScottPlot;
using ScottPlot.Plottables;

namespace Engagement.Reporting;

/// <summary>Draws the charts of a report in one language.</summary>
internal sealed class ReportCharts
{
    private const int Width = 760;
    private const int RowHeight = 34;
    private const int LongestName = 28;
    private const int Labels = 11;
    private const double DaysOfResponse = 7;

    private static readonly Color Ink = Colors.Black;
    private static readonly Color First = Color.FromHex(ChartSvg.First);
    private static readonly Color Second = Color.FromHex(ChartSvg.Second);
    private static readonly string[] Palette = ["#2a78c2", "#c8591a", "#2f8f4e", "#9a4fb8", "#b8860b", "#c23b5a", "#1d8f94", "#6b7a8f"];

    private readonly Report _report;
    private readonly Core.Language _language;
    private readonly NumberText _numbers;
    private readonly IReadOnlyList<Channel> _channels;

    private ReportCharts(Report report, Core.Language language) => (_report, _language, _numbers, _channels) = (report, language, new NumberText(language), report.Portfolio.Channels);

    /// <summary>The charts that the report has facts for, in its order.</summary>
    public static IReadOnlyList<ReportChart> Of(Report report, Core.Language language)
    {
        var charts = new ReportCharts(report, language);
        return [.. new[] { charts.Reach(), charts.Overlap(), charts.Ratios(), charts.Response(), charts.Effort(), charts.Audience(), charts.Hours() }.OfType<ReportChart>()];
    }

    private ReportChart? Reach()
    {
        ReportFigure[] figures = [.. _report.Sections.Where(section => section.Kind is SectionKind.PotentialReach).SelectMany(section => section.Figures).Where(figure => figure is { Value: not null, Channel: not null })];
        if (figures.Length == 0) return null;
        Plot plot = Rows([.. figures.Select(figure => Name(figure.Channel!))]);
        var points = new List<ChartPoint>();
        for (int index = 0; index < figures.Length; index++)
        {
            ReportFigure figure = figures[index];
            double value = figure.Value!.Value * figure.Scale;
            BarPlot bar = plot.Add.Bar(new Bar { Position = -index, Value = value, Orientation = Orientation.Horizontal, FillColor = First, LineColor = First, Size = 0.6 });
            bar.Horizontal = true;
            if (Open(figure) is { } open) Whisker(plot, -index, open);
            points.Add(new(value, -index, $"{Name(figure.Channel!)}: {Text(figure)}"));
        }

        plot.Axes.AutoScale();
        plot.Axes.SetLimitsX(0, plot.Axes.GetLimits().Right);
        string title = Say("Reach per 1,000 members", "Reichweite je 1.000 Mitglieder");
        plot.XLabel(title, Labels);
        return Chart(ChartKind.Reach, title, plot, Height(figures.Length), points);
    }

    /// <summary>The first definition that several channels have a value by.</summary>
    private ReportChart? Ratios()
    {
        if (_report.Ratios.OrderByDescending(result => result.Channels.Count(figure => figure.Value is not null)).FirstOrDefault(result => result.Channels.Any(figure => figure.Value is not null)) is not { } result) return null;
        RankedFigure[] ranked = [.. RankedFigure.Rank(result.Channels)];
        int scale = ranked[0].Figure.Scale;
        Plot plot = Rows([.. ranked.Select(row => Name(row.Figure.Channel))]);
        var points = new List<ChartPoint>();
        for (int index = 0; index < ranked.Length; index++)
        {
            Figure figure = ranked[index].Figure;
            double value = figure.Value!.Value * scale;
            if (figure.Interval is { } interval) Whisker(plot, -index, new Bounds(interval.Lower * scale, interval.Upper * scale));
            Mark(plot, value, -index, First, MarkerShape.FilledCircle);
            points.Add(new(value, -index, $"{Name(figure.Channel)}: {figure}"));
            if (ranked[index].Shrunk is not { } shrunk) continue;
            Mark(plot, shrunk.Mean * scale, -index + 0.28, Second, MarkerShape.OpenDiamond);
            points.Add(new(shrunk.Mean * scale, -index + 0.28, $"{Name(figure.Channel)}: {Say("shrunk towards the others", "zu den anderen hin geschrumpft")} {_numbers.Scaled(shrunk.Mean * scale)}"));
        }

        plot.Axes.AutoScale();
        string unit = scale == 100 ? Say("per 100", "je 100") : scale == 1_000 ? Say("per 1,000", "je 1.000") : Say("ratio", "Quotient");
        string shrunken = ranked.Any(row => row.Shrunk is not null) ? Say("; diamonds: shrunk towards the others", "; Rauten: zu den anderen hin geschrumpft") : "";
        plot.XLabel($"{result.Definition.Id}, {unit}", Labels);
        return Chart(ChartKind.Ratios, Say($"Engagement ratio with 95 % intervals ({result.Definition.Id}){shrunken}", $"Engagement-Quote mit 95-%-Intervallen ({result.Definition.Id}){shrunken}"), plot, Height(ranked.Length), points);
    }

    private ReportChart? Response()
    {
        // Where replies do not name what they reply to, the curve would draw what may have been answered as waiting.
        if (_report.Dialogue?.Rows[^1] is not { Response: { Answerable: > 0 } response, ResponseRate.Numerator.State: CountState.Observed }) return null;
        var plot = new Plot();
        var times = new List<double> { 0 };
        var shares = new List<double> { 0 };
        var lower = new List<double> { 0 };
        var upper = new List<double> { 0 };
        var points = new List<ChartPoint>();

        // A step half an hour, two pixels, as far as somebody was still being waited for.
        for (double hours = 0.5; hours <= DaysOfResponse * 24; hours += 0.5)
        {
            var time = Duration.FromHours(hours);
            if (response.ShareWithin(time) is not { } share) break;
            times.Add(hours);
            shares.Add(share * 100);
            IntervalEstimate? interval = response.IntervalOfShareWithin(time);
            lower.Add((interval?.Lower ?? share) * 100);
            upper.Add((interval?.Upper ?? share) * 100);
            if (hours % 12 == 0 || hours is 1 or 4) points.Add(new(hours, share * 100, $"{_numbers.Part(hours)} h: {_numbers.Scaled(share * 100)} %"));
        }

        if (times.Count == 1) return null;
        FillY band = plot.Add.FillY([.. times], [.. lower], [.. upper]);
        (band.FillColor, band.LineWidth) = (First.WithAlpha(0.25), 0);
        Scatter line = plot.Add.ScatterLine(times.ToArray(), shares.ToArray(), First);
        (line.ConnectStyle, line.LineWidth) = (ConnectStyle.StepHorizontal, 2);
        plot.Axes.SetLimits(0, times[^1], 0, 100);
        plot.Axes.Bottom.SetTicks([.. Enumerable.Range(0, 8).Select(day => day * 24.0)], [.. Enumerable.Range(0, 8).Select(day => (day * 24).ToString(CultureInfo.InvariantCulture))]);
        plot.XLabel(Say("hours since the question", "Stunden seit der Frage"), Labels);
        plot.YLabel(Say("% answered", "% beantwortet"), Labels);
        return Chart(ChartKind.Response, Say("Questions answered within a time, with 95 % limits; unanswered ones count", "Binnen einer Zeit beantwortete Fragen mit 95-%-Grenzen; unbeantwortete zählen mit"), plot, 320, points);
    }

    /// <summary>By the benefit that comes first and has shares.</summary>
    private ReportChart? Effort()
    {
        if (_report.Effort?.Rows.GroupBy(row => (row.Benefit.Id, row.Measure)).Select(table => table.Where(row => row is { EffortShare.Value: not null, BenefitShare.Value: not null }).ToArray()).FirstOrDefault(rows => rows.Length > 0) is not { } rows) return null;
        var plot = new Plot();
        var points = new List<ChartPoint>();
        double most = 100 * rows.Max(row => Math.Max(row.EffortShare.Value!.Value, row.BenefitShare.Value!.Value)) * 1.1;
        LinePlot diagonal = plot.Add.Line(0, 0, most, most);
        (diagonal.LineColor, diagonal.LineWidth) = (Ink.WithAlpha(0.5), 1);
        for (int index = 0; index < rows.Length; index++)
        {
            (double effort, double benefit) = (rows[index].EffortShare.Value!.Value * 100, rows[index].BenefitShare.Value!.Value * 100);
            Mark(plot, effort, benefit, First, MarkerShape.FilledCircle);
            Text label = plot.Add.Text((index + 1).ToString(CultureInfo.InvariantCulture), effort, benefit);
            (label.LabelFontColor, label.LabelFontSize, label.OffsetX, label.OffsetY) = (Ink, Labels, 6, -6);
            points.Add(new(effort, benefit, $"{index + 1} {Name(rows[index].Channel)}: {_numbers.Scaled(effort)} % {Say("of effort", "des Aufwands")}, {_numbers.Scaled(benefit)} % {Say("of", "von:")} {Say(rows[index].Benefit.English, rows[index].Benefit.German)}"));
        }

        plot.Axes.SetLimits(0, most, 0, most);
        plot.XLabel(Say($"% of effort ({rows[0].Measure})", $"% des Aufwands ({rows[0].Measure})"), Labels);
        plot.YLabel($"% {Printable.Line(Say(rows[0].Benefit.English, rows[0].Benefit.German))}", Labels);
        return Chart(ChartKind.Effort, Say("Share of effort against share of benefit; on the line they are in proportion", "Anteil am Aufwand gegen Anteil an der Wirkung; auf der Linie stehen sie im Verhältnis"), plot, 420, points);
    }

    private ReportChart? Audience()
    {
        DateTimeZone zone = _report.Portfolio.Organisation.TimeZone;
        var plot = new Plot();
        var points = new List<ChartPoint>();
        double? left = null;
        double right = 0;
        double top = 0;
        int drawn = 0;
        foreach (Channel channel in _channels)
        {
            AudienceSnapshot[] snapshots = [.. _report.Portfolio.AudienceOf(channel.Id).Snapshots.Where(snapshot => _report.Period.Contains(snapshot.AsOf, zone))];
            if (!snapshots.Any(snapshot => snapshot.Size.HasValue)) continue;
            Color color = Color.FromHex(Palette[drawn++ % Palette.Length]);

            // A snapshot without a size breaks the line: what is not known is not drawn through.
            foreach (AudienceSnapshot[] run in Runs(snapshots))
            {
                double[] xs = [.. run.Select(snapshot => snapshot.AsOf.InZone(zone).Date.AtMidnight().ToDateTimeUnspecified().ToOADate())];
                double[] ys = [.. run.Select(snapshot => (double)snapshot.Size.Value!.Value)];
                Scatter line = plot.Add.Scatter(xs, ys, color);
                (line.LineWidth, line.MarkerSize) = (1.5f, run.Length > 1 ? 0 : 6);
                (left, right, top) = (Math.Min(left ?? xs[0], xs[0]), Math.Max(right, xs[^1]), Math.Max(top, ys.Max()));
                points.AddRange(run.Select((snapshot, index) =>
                {
                    LocalDate day = snapshot.AsOf.InZone(zone).Date;
                    return new ChartPoint(xs[index], ys[index], $"{Name(channel)}, {Date(day)}: {_numbers.Whole(ys[index])}") { Month = MonthFact.Iso(day.ToYearMonth()) };
                }));
            }
        }

        if (left is not { } start) return null;
        double margin = Math.Max(1, (right - start) * 0.03);
        plot.Axes.SetLimits(start - margin, right + margin, 0, top * 1.08);
        plot.Axes.Bottom.TickGenerator = Days(start, right);
        plot.YLabel(Say("audience", "Publikum"), Labels);
        return Chart(ChartKind.Audience, Say("Audience over time; gaps are left open", "Publikum im Zeitverlauf; Lücken bleiben offen"), plot, 340, Thinned(points));
    }

    private ReportChart? Hours()
    {
        DateTimeZone zone = _report.Portfolio.Organisation.TimeZone;
        double[,] counts = new double[7, 24];
        int seen = 0;
        foreach (Interaction interaction in _report.Portfolio.Interactions)
        {
            if (interaction.Role is ActorRole.Organisation or ActorRole.Staff or ActorRole.Bot) continue;
            LocalDateTime local = interaction.At.InZone(zone).LocalDateTime;
            if (!_report.Period.Contains(local.Date)) continue;
            counts[(int)local.DayOfWeek - 1, local.Hour]++;
            seen++;
        }

        if (seen == 0) return null;
        var plot = new Plot();
        string[] days = _language is Core.Language.German ? ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"] : ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        List<ChartPoint> points = Tiles(plot, counts, (day, hour) => string.Create(CultureInfo.InvariantCulture, $"{days[day]} {hour:00}–{hour + 1:00} h: {counts[day, hour]:0}"));
        plot.Axes.Left.SetTicks([.. Enumerable.Range(0, 7).Select(day => (double)-day)], days);
        plot.Axes.Bottom.SetTicks([.. Enumerable.Range(0, 8).Select(hour => hour * 3.0)], [.. Enumerable.Range(0, 8).Select(hour => (hour * 3).ToString(CultureInfo.InvariantCulture))]);
        plot.XLabel(Say($"hour of the day ({zone.Id})", $"Stunde des Tages ({zone.Id})"), Labels);
        return Chart(ChartKind.Hours, Say("Interactions of outsiders and members by weekday and hour: the darker, the more", "Interaktionen von Außenstehenden und Mitgliedern nach Wochentag und Stunde: je dunkler, desto mehr"), plot, 260, points);
    }

    private ReportChart? Overlap()
    {
        if (_report.Nets is not [{ Result: var net }, ..]) return null;
        ChannelNetReach[] rows = [.. net.Channels];
        if (rows.Length > NetSection.MostPaired) return null;
        double[,] shares = new double[rows.Length, rows.Length];
        string[,] words = new string[rows.Length, rows.Length];
        bool isKnown = false;
        for (int row = 0; row < rows.Length; row++)
        {
            for (int column = 0; column < rows.Length; column++)
            {
                Bounds? shared = row == column ? null : net.Shared(rows[row].Channel, rows[column].Channel);
                isKnown |= shared is { } known && known.Lower == known.Upper;

                // The middle of what it can be; the words say both ends.
                shares[row, column] = shared is { } bounds && rows[row].Reach.Value is > 0 and long reach ? (bounds.Lower + bounds.Upper) / 2 / reach : 0;
                words[row, column] = shared is { } ends ? $"{Name(rows[row].Channel)} + {Name(rows[column].Channel)}: {_numbers.Whole(ends.Lower)}–{_numbers.Whole(ends.Upper)}" : $"{Name(rows[row].Channel)}: {rows[row].Reach}";
            }
        }

        if (!isKnown) return null;
        var plot = new Plot();
        List<ChartPoint> points = Tiles(plot, shares, (row, column) => words[row, column]);
        plot.Axes.Left.SetTicks([.. Enumerable.Range(0, rows.Length).Select(row => (double)-row)], [.. rows.Select((row, index) => $"{Name(row.Channel)} {index + 1}")]);
        plot.Axes.Bottom.SetTicks([.. Enumerable.Range(0, rows.Length).Select(row => (double)row)], [.. Enumerable.Range(1, rows.Length).Select(number => number.ToString(CultureInfo.InvariantCulture))]);
        return Chart(ChartKind.Overlap, Say("Share of a row's audience that may be in the column's too: the middle of its bounds", "Anteil des Publikums der Zeile, der auch in dem der Spalte sein kann: Mitte der Schranken"), plot, Height(rows.Length), points);
    }

    private static List<ChartPoint> Tiles(Plot plot, double[,] values, Func<int, int, string> words)
    {
        double most = values.Cast<double>().Max();
        var points = new List<ChartPoint>();
        for (int row = 0; row < values.GetLength(0); row++)
        {
            for (int column = 0; column < values.GetLength(1); column++)
            {
                ScottPlot.Plottables.Rectangle tile = plot.Add.Rectangle(column - 0.48, column + 0.48, -row - 0.46, -row + 0.46);
                (tile.FillColor, tile.LineWidth) = (First.WithAlpha(most > 0 ? 0.06 + (0.94 * values[row, column] / most) : 0.06), 0);
                points.Add(new(column, -row, words(row, column)));
            }
        }

        plot.Axes.SetLimits(-0.6, values.GetLength(1) - 0.4, 0.4 - values.GetLength(0), 0.6);
        plot.HideGrid();
        return points;
    }

    private static IEnumerable<AudienceSnapshot[]> Runs(AudienceSnapshot[] snapshots)
    {
        var run = new List<AudienceSnapshot>();
        foreach (AudienceSnapshot snapshot in snapshots)
        {
            if (snapshot.Size.HasValue)
            {
                run.Add(snapshot);
            }
            else if (run.Count > 0)
            {
                yield return [.. run];
                run.Clear();
            }
        }

        if (run.Count > 0) yield return [.. run];
    }

    /// <summary>At most so many points that a page stays light.</summary>
    private static List<ChartPoint> Thinned(List<ChartPoint> points)
    {
        int step = 1 + (points.Count / 150);
        return [.. points.Where((_, index) => index % step == 0)];
    }

    private ScottPlot.TickGenerators.NumericManual Days(double from, double to)
    {
        var ticks = new ScottPlot.TickGenerators.NumericManual();
        double step = Math.Max(1, Math.Ceiling((to - from) / 6));
        for (double day = from; day <= to; day += step) ticks.AddMajor(day, Date(LocalDate.FromDateTime(DateTime.FromOADate(day))));
        return ticks;
    }

    private static Plot Rows(string[] names)
    {
        var plot = new Plot();
        plot.Axes.Left.SetTicks([.. Enumerable.Range(0, names.Length).Select(index => (double)-index)], names);
        return plot;
    }

    private static void Whisker(Plot plot, double row, Bounds bounds)
    {
        LinePlot line = plot.Add.Line(bounds.Lower, row, bounds.Upper, row);
        (line.LineColor, line.LineWidth) = (Ink, 2);
        foreach (double end in new[] { bounds.Lower, bounds.Upper })
        {
            LinePlot cap = plot.Add.Line(end, row - 0.14, end, row + 0.14);
            (cap.LineColor, cap.LineWidth) = (Ink, 2);
        }
    }

    private static void Mark(Plot plot, double x, double y, Color color, MarkerShape shape)
    {
        Marker marker = plot.Add.Marker(x, y, shape, 9, color);
        marker.MarkerLineWidth = 2;
    }

    private static Bounds? Open(ReportFigure figure) =>
        figure.Interval is { } interval ? new Bounds(interval.Lower * figure.Scale, interval.Upper * figure.Scale)
        : figure.Rounding is { } rounding ? new Bounds(rounding.Lower * figure.Scale, rounding.Upper * figure.Scale)
        : null;

    private string Text(ReportFigure figure)
    {
        string open = Open(figure) is { } ends ? $" [{_numbers.Scaled(ends.Lower)}–{_numbers.Scaled(ends.Upper)}]" : "";
        return $"{_numbers.Scaled(figure.Value!.Value * figure.Scale)}{open}";
    }

    private static int Height(int rows) => 80 + (rows * RowHeight);

    private ReportChart Chart(ChartKind kind, string title, Plot plot, int height, List<ChartPoint> points)
    {
        // Numbers of the axes in the language of the report, not in the machine's.
        foreach (IAxis axis in new IAxis[] { plot.Axes.Left, plot.Axes.Bottom })
        {
            if (axis.TickGenerator is ScottPlot.TickGenerators.NumericAutomatic numeric) numeric.LabelFormatter = Tick;
        }

        plot.Axes.Left.TickLabelStyle.FontSize = plot.Axes.Bottom.TickLabelStyle.FontSize = Labels;
        string description = $"{title}. {string.Join("; ", points.Take(24).Select(point => point.Text))}{(points.Count > 24 ? " …" : "")}";
        return new ReportChart(kind, title, description, ChartSvg.Of(plot, kind, title, description, Width, height, points), () => ChartSvg.Png(plot, Width, height));
    }

    private string Tick(double value) => value < 0 ? $"−{_numbers.Part(-value)}" : _numbers.Part(value);

    private string Name(ChannelId id) => Name(_report.ChannelOf(id));

    private static string Name(Channel channel)
    {
        string name = Printable.Line(channel.Name);
        if (name.Length <= LongestName) return name;
        int cut = char.IsHighSurrogate(name[LongestName - 2]) ? LongestName - 2 : LongestName - 1;
        return $"{name[..cut]}…";
    }

    private string Date(LocalDate date) => ReportText.DateIn(date, _language);

    private string Say(string english, string german) => _language is Core.Language.German ? german : english;
}
