using System.Globalization;
using Engagement.Core;
using NodaTime;
using NodaTime.Text;

namespace Engagement.Import;

/// <summary>Makes measurements of a record: the figures of a source that are no facts of a portfolio.</summary>
internal sealed class MeasurementMapper
{
    private const int MostUnknown = 100;
    private const int LongestName = 100;

    private readonly TableMapping _table;
    private readonly FieldReader _fields;
    private readonly TemplateReader _templates;
    private readonly LocalDate? _asOf;
    private readonly SortedDictionary<string, long> _unknown = new(StringComparer.Ordinal);

    public MeasurementMapper(TableMapping table, FieldReader fields, TemplateReader templates, LocalDate? asOf) => (_table, _fields, _templates, _asOf) = (table, fields, templates, asOf);

    /// <summary>How many values there were of each metric that the mapping does not know.</summary>
    public IReadOnlyDictionary<string, long> Unknown => _unknown;

    /// <summary>Cells with a number below 0: the source takes back what it counted before.</summary>
    public long Corrections { get; private set; }

    /// <summary>Every metric of the row that has a number.</summary>
    public void Map(FactMapping fact, string channel)
    {
        MappedRow row = _templates.Row;
        (string from, string to) = PeriodOf(fact);
        if (row.Fault is not null) return;
        string publication = _templates.Fill(fact.Publication ?? "");
        if (_templates.IsRoundedId(publication, fact.Publication)) return;
        string segment = _templates.Fill(fact.Segment ?? "");
        string source = fact.Source is not null && _templates.Fill(fact.Source) is { Length: > 0 } provenance ? $"{_templates.Source}: {provenance}" : _templates.Source;
        foreach ((string field, string metric, string adds) in MetricsOf(fact))
        {
            string text = _templates.Cell(field);
            if (SourceCounts.Read(text, _fields.WritingOf(field), out decimal value, out CountState state, out _) is { } fault)
            {
                row.Refuse(fault, _fields.HeaderOf(field), text);
                return;
            }

            if (state is not (CountState.Observed or CountState.Rounded)) continue;
            if (state is CountState.Observed && (CountColumn.Find(metric) is not null ? SourceCounts.NotWhole(text, _fields.WritingOf(field), value) : MaybeThousands(field, text, value)) is { } part)
            {
                row.Refuse(part, _fields.HeaderOf(field), text);
                return;
            }

            bool isStock = adds == "stock";
            bool isCorrection = value < 0 && !isStock && !fact.Net.Contains(field, StringComparer.Ordinal);
            if (isCorrection) Corrections++;
            string nature = isStock ? "stock" : fact.Per == "life" ? "total" : "flow";
            row.Measurements.Add(new Measurement(
                channel, publication, metric, KindOf(metric), from, to, fact.Per, nature, adds == "unique" ? "unique" : "additive", segment,
                (state is CountState.Rounded ? "~" : "") + value.ToString(CultureInfo.InvariantCulture), isCorrection ? "correction" : "", source));
        }
    }

    /// <summary>Keeps what a source takes back of the counts of a publication or an audience.</summary>
    public void AddCorrection(string channel, string publication, string metric, decimal correction)
    {
        Corrections++;
        _templates.Row.Measurements.Add(new Measurement(channel, publication, metric, KindOf(metric), "", "", "life", "total", "additive", "", correction.ToString(CultureInfo.InvariantCulture), "correction", _templates.Source));
    }

    /// <summary>Keeps a stock without a day, which is no snapshot: the day can be given later.</summary>
    public void AddUndated(string channel, string metric, string segment, string value) =>
        _templates.Row.Measurements.Add(new Measurement(channel, "", metric, "", "", "", "moment", "stock", "additive", segment, value, "", _templates.Source));

    private static string KindOf(string metric) => CountColumn.Find(metric)?.Kind is { } known ? Words<InteractionKind>.Of(known) : "";

    /// <summary>The metrics of the row: the field, our name and how it adds up.</summary>
    private IEnumerable<(string Field, string Metric, string Adds)> MetricsOf(FactMapping fact)
    {
        foreach (string field in fact.Metrics.Where(_fields.Has)) yield return (field, field, fact.Stock.Contains(field, StringComparer.Ordinal) ? "stock" : fact.Unique.Contains(field, StringComparer.Ordinal) ? "unique" : "additive");
        if (fact.Metric is null || _templates.Fill(fact.Metric) is not { Length: > 0 } name) yield break;
        if (!fact.Known.TryGetValue(name, out string? meaning) || !_fields.Has(fact.Value!))
        {
            if (name.Length > LongestName) name = name[..LongestName];
            if (_unknown.Count >= MostUnknown && !_unknown.ContainsKey(name)) name = "further names";
            _unknown[name] = 1 + _unknown.GetValueOrDefault(name);
            yield break;
        }

        string[] words = meaning.Split(' ');
        if (words[0].Length > 0) yield return (fact.Value!, words[0], words.Length > 1 ? words[1] : "additive");
    }

    /// <summary>The days that measurements cover, the last one not included, or a moment.</summary>
    private (string From, string To) PeriodOf(FactMapping fact)
    {
        if (fact.At is null) return (_asOf is { } day ? LocalDatePattern.Iso.Format(day) : "", "");
        string text = _templates.Fill(fact.At);
        if (text.Length == 0) return ("", "");
        if (fact.Per is "life" or "moment") return (_templates.Moment(fact.At, isRequired: true) is { } moment ? InstantPattern.ExtendedIso.Format(moment) : "", "");

        // A day is a day on the source's own calendar; it becomes no instant, so it needs no zone.
        if (Day(text, fact.At) is not { } from) return ("", "");
        LocalDate last = from;
        if (fact.Until is not null && _templates.Fill(fact.Until) is { Length: > 0 } until)
        {
            if (Day(until, fact.Until) is not { } end) return ("", "");
            last = end;
        }

        (LocalDate first, LocalDate next) = fact.Per switch
        {
            "day ended" => (from.PlusDays(-1), from),
            "week ended" => (from.PlusDays(-7), from),
            "28 days ended" => (from.PlusDays(-28), from),
            "interval" => (from, last),
            "week" => (from.PlusDays(-6), from.PlusDays(1)),
            "28 days" => (from.PlusDays(-27), from.PlusDays(1)),
            "month" => (new LocalDate(from.Year, from.Month, 1), new LocalDate(from.Year, from.Month, 1).PlusMonths(1)),
            _ => (from, last.PlusDays(1)),
        };
        return (LocalDatePattern.Iso.Format(first), LocalDatePattern.Iso.Format(next));
    }

    /// <summary>What is open about the number of a metric of things, which a platform does not count in thousandths.</summary>
    private Fault? MaybeThousands(string field, string text, decimal value) =>
        _table.Shape != "rows" || _table.Numbers.Fractions.Contains(field, StringComparer.Ordinal) || _table.Numbers.Plain.Contains(field, StringComparer.Ordinal) ? null : SourceCounts.MaybeThousands(text, _fields.WritingOf(field), value);

    private LocalDate? Day(string text, string template)
    {
        Fault? fault = SourceTimes.Read(text, _table.Times, DateTimeZone.Utc, out _, out LocalDate day);
        if (fault is null) return day;
        _templates.Row.Refuse(fault, _templates.Column(template), text);
        return null;
    }
}
