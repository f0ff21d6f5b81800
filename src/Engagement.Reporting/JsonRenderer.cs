using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Engagement.Core;
using NodaTime.Text;

namespace Engagement.Reporting;

/// <summary>The report as one JSON document: keys and numbers do not depend on the language, only the texts of caveats do.</summary>
internal static class JsonRenderer
{
    private const string Schema = "engagement-report/2";

    // Letters of European languages as they are; everything else, marks of direction and control characters among it, by its code.
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.BasicLatin, UnicodeRanges.Latin1Supplement, UnicodeRanges.LatinExtendedA),
    };

    public static string Render(Report report, Language language) => Document(Schema, language, json => Write(json, report, language));

    /// <summary>A JSON document with its schema and language first.</summary>
    public static string Document(string schema, Language language, Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("schema", schema);
            json.WriteString("language", language is Language.German ? "de" : "en");
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length) + "\n";
    }

    private static void Write(Utf8JsonWriter json, Report report, Language language)
    {
        Organisation organisation = report.Portfolio.Organisation;
        json.WriteStartObject("organisation");
        json.WriteString("id", organisation.Id.Value);
        json.WriteString("name", organisation.Name);
        json.WriteString("timeZone", organisation.TimeZone.Id);
        json.WriteEndObject();
        WritePeriod(json, report.Period);
        WriteMembers(json, report);
        json.WriteStartArray("channels");
        foreach (ChannelReach row in report.Reach.Channels) WriteChannel(json, row);
        json.WriteEndArray();
        json.WriteStartArray("findings");
        foreach (ReportFinding finding in report.Findings)
        {
            json.WriteStartObject();
            json.WriteString("question", finding.Question);
            json.WriteString("text", finding.Text(language));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (report.Dialogue is { } dialogue)
        {
            json.WriteStartArray("dialogue");
            foreach ((DialogueResult row, ChannelActivity activity) in dialogue.Rows.Zip(dialogue.Activity)) WriteDialogue(json, row, activity);
            json.WriteEndArray();
        }

        json.WriteStartArray("figures");
        foreach (ReportFigure figure in report.Figures) WriteFigure(json, figure, language);
        json.WriteEndArray();
    }

    public static void WritePeriod(Utf8JsonWriter json, LocalPeriod period)
    {
        json.WriteStartObject("period");
        json.WriteString("from", LocalDatePattern.Iso.Format(period.From));
        json.WriteString("to", LocalDatePattern.Iso.Format(period.To));
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, Report report)
    {
        if (report.Reach.Universe is not { } universe)
        {
            json.WriteNull("members");
            return;
        }

        json.WriteStartObject("members");
        json.WriteString("universe", universe.Id.Value);
        json.WriteString("name", universe.Name);
        json.WriteString("unit", universe.Unit.ToString());
        json.WriteString("asOf", universe.Latest(report.Period, report.Portfolio.Organisation.TimeZone) is { } size ? InstantPattern.ExtendedIso.Format(size.AsOf) : null);
        WriteCount(json, "size", report.Reach.Members);
        json.WriteEndObject();
    }

    private static void WriteChannel(Utf8JsonWriter json, ChannelReach row)
    {
        json.WriteStartObject();
        json.WriteString("id", row.Channel.Id.Value);
        json.WriteString("name", row.Channel.Name);
        json.WriteString("platform", row.Channel.Platform.Key);
        json.WriteString("form", row.Channel.Form.ToString());
        json.WriteString("subBrand", row.Channel.SubBrand);
        if (row.Audience is { } audience)
        {
            json.WriteStartObject("audience");
            json.WriteString("asOf", InstantPattern.ExtendedIso.Format(audience.AsOf));
            json.WriteString("unit", audience.Unit.ToString());
            WriteCount(json, "size", audience.Size);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("audience");
        }

        json.WriteEndObject();
    }

    private static void WriteDialogue(Utf8JsonWriter json, DialogueResult row, ChannelActivity activity)
    {
        json.WriteStartObject();
        json.WriteString("channel", row.Channel?.Id.Value);
        json.WriteString("level", ReportText.LevelOf(row)?.ToString());
        json.WriteString("example", row.Example.IsNone ? null : row.Example.Value);
        json.WriteString("observedUntil", InstantPattern.ExtendedIso.Format(row.ObservedUntil));
        WriteCount(json, "published", row.Published);
        WriteCount(json, "feedback", row.Feedback);
        WriteCount(json, "outsideMessages", row.OutsideMessages);
        WriteCount(json, "conversations", row.Conversations);
        WriteCount(json, "answeredConversations", row.AnsweredConversations);
        WriteCount(json, "roundTrips", row.RoundTrips);
        json.WriteStartObject("begunBy");
        foreach (ActorRole role in Enum.GetValues<ActorRole>().Where(role => role is not ActorRole.Unspecified and not ActorRole.Bot)) WriteCount(json, role.ToString(), row.BegunBy(role));
        json.WriteEndObject();
        json.WriteStartObject("response");
        json.WriteString("businessHours", row.Response.Hours?.ToString());

        // Where no interaction is listed nobody knows who asked, and where replies do not name what they reply to, what was answered is not known.
        bool isListed = row.ResponseRate.Denominator.HasValue;
        bool isKnown = isListed && (row.Response.Answerable == 0 || row.ResponseRate.Numerator.State is CountState.Observed);
        WriteNumber(json, "answerable", isListed ? row.Response.Answerable : null);
        WriteNumber(json, "answered", isKnown ? row.Response.Answered : null);
        WriteNumber(json, "unanswered", isKnown ? row.Response.Unanswered : null);
        WriteNumber(json, "medianHours", isKnown ? row.Response.MedianHours.Value : null);
        WriteNumber(json, "medianHoursLower", isKnown ? row.Response.MedianHours.Lower : null);
        WriteNumber(json, "medianHoursUpper", isKnown ? row.Response.MedianHours.Upper : null);
        WriteNumber(json, "answeredOnlyMedianHours", isKnown ? row.Response.AnsweredOnlyMedianHours : null);
        json.WriteEndObject();
        json.WriteStartArray("carriers");
        foreach ((ActorId actor, ActorRole role, int messages) in row.Carriers)
        {
            json.WriteStartObject();
            json.WriteString("actor", actor.IsNone ? null : actor.Value);
            json.WriteString("role", role.ToString());
            json.WriteNumber("replies", messages);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WritePart(json, "creators", ReportPart.From(activity.Creators.Numerator));
        WritePart(json, "contributors", ReportPart.From(activity.Contributors.Numerator));
        WritePart(json, "absenceFactor", ReportPart.From(activity.AbsenceFactor.Numerator));
        WriteNumber(json, "gini", activity.Gini.Value);
        json.WriteEndObject();
    }

    public static void WriteFigure(Utf8JsonWriter json, ReportFigure figure, Language language)
    {
        json.WriteStartObject();
        json.WriteStartObject("definition");
        json.WriteString("id", figure.Definition.Name);
        json.WriteNumber("version", figure.Definition.Version);
        json.WriteEndObject();
        json.WriteString("estimate", figure.Estimate);
        json.WriteString("channel", figure.Channel?.Id.Value);
        if (figure.Other is not null) json.WriteString("otherChannel", figure.Other);
        if (figure.Within is not null) json.WriteString("within", figure.Within);
        if (figure.Benefit is not null) json.WriteString("benefit", figure.Benefit);
        if (figure.Measure is not null) json.WriteString("effortMeasure", figure.Measure);
        WritePeriod(json, figure.Period);
        json.WriteNumber("scale", figure.Scale);
        WriteNumber(json, "value", figure.Value);
        json.WriteString("reason", figure.Reason?.ToString());
        WritePart(json, "numerator", figure.Numerator);
        WritePart(json, "denominator", figure.Denominator);
        if (figure.Rounding is { } rounding)
        {
            json.WriteStartObject("rounding");
            json.WriteNumber("lower", rounding.Lower);
            json.WriteNumber("upper", rounding.Upper);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("rounding");
        }

        if (figure.Interval is { } interval)
        {
            json.WriteStartObject("interval");
            json.WriteNumber("lower", interval.Lower);
            json.WriteNumber("upper", interval.Upper);
            json.WriteNumber("confidence", interval.Confidence);
            json.WriteString("method", interval.Method.ToString());
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("interval");
        }

        json.WriteStartArray("caveats");
        foreach (Caveat caveat in figure.Caveats)
        {
            json.WriteStartObject();
            json.WriteString("code", caveat.Code);
            json.WriteString("text", Printable.Excerpt(caveat.Text(language)));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePart(Utf8JsonWriter json, string name, ReportPart part)
    {
        json.WriteStartObject(name);
        json.WriteString("state", part.State);
        WriteNumber(json, "value", part.Value);
        WriteNumber(json, "lower", part.Lower);
        WriteNumber(json, "upper", part.Upper);
        json.WriteEndObject();
    }

    private static void WriteCount(Utf8JsonWriter json, string name, Count count) => WritePart(json, name, ReportPart.From(Quantity.From(count)));

    public static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }
}
