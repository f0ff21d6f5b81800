using System.Text.Json;

namespace Engagement.Acceptance.Tests;

/// <summary><c>engagement dialogue</c>, and the sections on dialogue of <c>engagement report</c>.</summary>
public sealed class DialogueSpecs
{
    private static readonly string Demo = Path.Combine(AppContext.BaseDirectory, "samples", "demo-association");

    // docs/dialogue.md: 20 questions, of which 5 are answered after 0.17, 0.75, 0.88, 2 and 20 hours.
    private static readonly (double Hours, string Role)[] Answers = [(0.17, "staff"), (0.75, "organisation"), (0.88, "staff"), (2, "staff"), (20, "organisation")];

    [Theory]
    [InlineData("en", "DIALOGUE REPORT", "Does anybody talk with anybody?", "not", "reciprocal")]
    [InlineData("de", "DIALOG-BERICHT", "Spricht jemand mit jemandem?", "nicht", "wechselseitig")]
    public void The_dialogue_of_the_demo_stands_in_both_languages(string language, params string[] texts)
    {
        string report = Tool.Run("dialogue", Demo, "--language", language, "--from", "2024-01-01", "--to", "2025-01-01").Succeeded();
        Assert.All(texts, text => Assert.Contains(text, report, StringComparison.Ordinal));
        Assert.DoesNotContain("ENGAGEMENT RATIO", report, StringComparison.Ordinal);
    }

    [Fact]
    public void The_whole_report_has_the_sections_on_dialogue_too()
    {
        string report = Tool.Run("report", Demo, "--from", "2024-01-01", "--to", "2024-02-01", "--format", "markdown").Succeeded();
        Assert.Contains("## Dialogue", report, StringComparison.Ordinal);
        Assert.DoesNotContain("## Dialogue", Tool.Run("report", Tool.Sample, "--format", "markdown").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "No single interaction is listed: whether anybody talks with anybody is not known.")]
    [InlineData("de", "Keine einzelne Interaktion ist verzeichnet: Ob jemand mit jemandem spricht, ist nicht bekannt.")]
    public void Where_nothing_is_listed_nobody_knows_whether_anybody_said_anything(string language, string text) =>
        Assert.Contains(text, string.Join(' ', Tool.Run("dialogue", Tool.Sample, "--language", language).Succeeded().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);

    [Fact]
    public void Where_nothing_is_listed_no_count_is_0()
    {
        using JsonDocument json = JsonDocument.Parse(Tool.Run("dialogue", Tool.Sample, "--format", "json").Succeeded());
        JsonElement[] rows = [.. json.RootElement.GetProperty("dialogue").EnumerateArray()];
        Assert.Equal(9, rows.Length);
        Assert.All(rows, row =>
        {
            Assert.Equal(JsonValueKind.Null, row.GetProperty("level").ValueKind);
            string[] counts = ["published", "feedback", "outsideMessages", "conversations", "answeredConversations", "roundTrips"];
            Assert.All(counts.Select(row.GetProperty).Concat(row.GetProperty("begunBy").EnumerateObject().Select(role => role.Value)), count => Assert.Equal(("Missing", null), (count.GetProperty("state").GetString(), count.Number("value"))));
            Assert.All(new[] { "answerable", "answered", "unanswered" }, name => Assert.Equal(JsonValueKind.Null, row.GetProperty("response").GetProperty(name).ValueKind));
        });
        string text = Tool.Run("dialogue", Tool.Sample, "--format", "markdown").Succeeded();
        Assert.Contains("| Twitter account | missing | missing | missing | missing | missing | missing |", text, StringComparison.Ordinal);
        Assert.DoesNotContain("silent", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40, 40 * 39 * 2)]
    [InlineData(41, 0)]
    public void Pairs_of_many_channels_are_left_out_of_a_report(int channels, int figures)
    {
        string folder = Directory.CreateTempSubdirectory("channels-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "organisation.json"), """{ "id": "ihk", "name": "IHK", "timeZone": "Europe/Berlin" }""");
            File.WriteAllLines(Path.Combine(folder, "channels.csv"), ["id,name,platform,form", .. Enumerable.Range(0, channels).Select(number => $"c{number},Channel {number},facebook,page")]);
            File.WriteAllLines(Path.Combine(folder, "audiences.csv"), ["channel,as_of,size,unit", .. Enumerable.Range(0, channels).Select(number => $"c{number},2014-11-01T00:00:00Z,{100 + number},person")]);
            using JsonDocument json = JsonDocument.Parse(Tool.Run("reach", folder, "--format", "json").Succeeded());
            Assert.Equal(figures, JsonFigures.All(json).Count(figure => JsonFigures.Id(figure) == "shared-reach"));
            Assert.Equal(2 * channels, JsonFigures.All(json).Count(figure => JsonFigures.Id(figure) == "exclusive-reach"));
            Assert.Equal(figures == 0, Tool.Run("reach", folder).Succeeded().Contains("Pairs of 41 channels are not listed", StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Five_of_twenty_answered_is_told_alike_in_all_formats()
    {
        string folder = Folder();
        try
        {
            string[] period = ["--from", "2014-11-01", "--to", "2014-12-01"];
            using JsonDocument json = JsonDocument.Parse(Tool.Run(["dialogue", folder, "--format", "json", .. period]).Succeeded());
            JsonElement row = json.RootElement.GetProperty("dialogue").EnumerateArray().First();
            JsonElement response = row.GetProperty("response");
            Assert.Equal((20, 5, 15), (response.GetProperty("answerable").GetInt32(), response.GetProperty("answered").GetInt32(), response.GetProperty("unanswered").GetInt32()));
            Assert.Equal(JsonValueKind.Null, response.GetProperty("medianHours").ValueKind);
            Assert.Equal(0.88, response.GetProperty("answeredOnlyMedianHours").GetDouble(), 1e-9);
            Assert.Equal("Answered", row.GetProperty("level").GetString());
            Assert.Equal("q0", row.GetProperty("example").GetString());
            JsonElement rate = JsonFigures.Of(json, "response-rate", "page");
            Assert.Equal((5.0, 20.0, 0.25), (rate.GetProperty("numerator").Number("value")!.Value, rate.GetProperty("denominator").Number("value")!.Value, rate.Number("value")!.Value));

            var csv = Csv.Rows(Tool.Run(["dialogue", folder, "--format", "csv", .. period]).Succeeded());
            Assert.Equal("", csv.Single(line => line["definition"] == "median-response-hours" && line["channel"] == "page")["value"]);
            Assert.Equal("0.25", csv.Single(line => line["definition"] == "response-rate" && line["channel"] == "page")["value"]);
            Assert.Equal(0.15, double.Parse(csv.Single(line => line["definition"] == "share-answered-within" && line["estimate"] == "1h" && line["channel"] == "page")["value"], System.Globalization.CultureInfo.InvariantCulture), 1e-12);

            string text = Tool.Run(["dialogue", folder, "--language", "de", .. period]).Succeeded();
            Assert.Contains("25,00", text, StringComparison.Ordinal);
            Assert.Contains("0,88", text, StringComparison.Ordinal);
            Assert.Contains("nicht", text, StringComparison.Ordinal);
            string markdown = Tool.Run(["dialogue", folder, "--format", "markdown", .. period]).Succeeded();
            Assert.Contains("0.88", markdown, StringComparison.Ordinal);

            // Where there is room, no word is divided and no range broken.
            Assert.Contains("| published | feedback | conversations | answered |", markdown, StringComparison.Ordinal);
            Assert.Contains(" | 11.19–46.87 | ", markdown, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Waiting_counts_in_business_hours_and_within_the_times_asked_for()
    {
        string folder = Folder(
            "q1,page,question,2014-11-21T15:00:00Z,member,,,",
            "a1,page,reply,2014-11-24T08:00:00Z,staff,,,q1",
            "q2,page,question,2014-11-24T08:00:00Z,member,,,",
            "a2,page,reply,2014-12-01T09:00:00Z,staff,,,q2");
        try
        {
            string[] args = ["dialogue", folder, "--from", "2014-11-01", "--to", "2014-12-01", "--hours", "Mon-Thu 8-17, Fri 08:00-15:00, Sat 10-10:30", "--holidays", "2014-11-26"];
            using JsonDocument json = JsonDocument.Parse(Tool.Run([.. args, "--format", "json", "--deadline", "2d,119m,1h"]).Succeeded());
            JsonElement row = json.RootElement.GetProperty("dialogue").EnumerateArray().First();
            JsonElement response = row.GetProperty("response");
            Assert.Equal((2, 1), (response.GetProperty("answerable").GetInt32(), response.GetProperty("answered").GetInt32()));

            // Asked on Friday at 16:00, after closing, and answered on Monday at 9:00: only Saturday's half hour and Monday's first hour run.
            // The other waits from then to the end of the month: 8 on Monday, 9 on Tuesday, a holiday, 9 on Thursday, 7 on Friday and Saturday's half hour are 33.5; the curve is flat at 1/2 between the two.
            Assert.Equal(1.5, response.GetProperty("answeredOnlyMedianHours").GetDouble(), 1e-12);
            Assert.Equal((1.5 + 33.5) / 2, response.GetProperty("medianHours").GetDouble(), 1e-12);
            Assert.Equal("Monday 08:00–17:00, Tuesday 08:00–17:00, Wednesday 08:00–17:00, Thursday 08:00–17:00, Friday 08:00–15:00, Saturday 10:00–10:30, 1 holiday", response.GetProperty("businessHours").GetString());
            Assert.Equal("2014-11-30T23:00:00Z", row.GetProperty("observedUntil").GetString());
            Assert.Equal(["1h", "119m", "2d"], JsonFigures.All(json).Where(figure => JsonFigures.Id(figure) == "share-answered-within" && figure.GetProperty("channel").GetString() == "page").Select(figure => figure.GetProperty("estimate").GetString()), StringComparer.Ordinal);
            Assert.Equal([0, 0.5, null], JsonFigures.All(json).Where(figure => JsonFigures.Id(figure) == "share-answered-within" && figure.GetProperty("channel").GetString() == "page").Select(figure => figure.Number("value")));

            string german = Tool.Run([.. args, "--language", "de", "--deadline", "119m,3d"]).Succeeded();
            Assert.Contains("119 min %", german, StringComparison.Ordinal);
            Assert.Contains("3 T. %", german, StringComparison.Ordinal);
            Assert.Contains("ENG1211: Antwortzeiten zählen nur die Arbeitszeit: Montag 08:00–17:00", german, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Where_replies_do_not_name_what_they_reply_to_the_report_says_so_and_no_0()
    {
        string folder = Folder(
            "q1,page,question,2014-11-21T15:00:00Z,member,,,",
            "a1,page,reply,2014-11-24T08:00:00Z,staff,,,",
            "q2,page,question,2014-12-21T15:00:00Z,member,,,");
        try
        {
            string[] period = ["--from", "2014-11-01", "--to", "2015-01-01"];
            string text = Tool.Run(["dialogue", folder, .. period]).Succeeded();
            Assert.Contains("How many of 2 messages from outside were answered is not known", text, StringComparison.Ordinal);
            Assert.Contains("ENG1501", text, StringComparison.Ordinal);
            Assert.DoesNotContain("0 of 2", text, StringComparison.Ordinal);
            Assert.DoesNotContain("reached", text, StringComparison.Ordinal);
            string german = Tool.Run(["dialogue", folder, "--language", "de", .. period]).Succeeded();
            Assert.Contains("Wie viele von 2 Nachrichten von außen beantwortet wurden, ist nicht bekannt", german, StringComparison.Ordinal);
            using JsonDocument json = JsonDocument.Parse(Tool.Run(["dialogue", folder, "--format", "json", .. period]).Succeeded());
            JsonElement response = json.RootElement.GetProperty("dialogue").EnumerateArray().First().GetProperty("response");
            Assert.Equal((2, JsonValueKind.Null, JsonValueKind.Null), (response.GetProperty("answerable").GetInt32(), response.GetProperty("answered").ValueKind, response.GetProperty("unanswered").ValueKind));
            Assert.Null(JsonFigures.Of(json, "response-rate", "page").Number("value"));

            // No curve is drawn. A month counts the member's question and what the staff said: all but the organisation and bots, as every selection does by default.
            string page = Tool.Run(["report", folder, "--format", "html", .. period]).Succeeded();
            Assert.DoesNotContain("Questions answered within a time", page, StringComparison.Ordinal);
            Assert.Contains("<td>2014-11</td><td class=\"num\">missing</td><td class=\"num\">missing</td><td class=\"num\" data-value=\"2\">2</td>", page, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("2014-12-01", 1, 41)]
    [InlineData("2014-12-02", 2, 41)]
    [InlineData("2014-11-24T10:00:00+01", 1, 1)]
    [InlineData("2014-11-23", 0, 1)]
    public void Answers_count_as_long_as_they_are_observed(string until, int answered, int leastHours)
    {
        string folder = Folder(
            "q1,page,question,2014-11-21T15:00:00Z,member,,,",
            "a1,page,reply,2014-11-24T08:00:00Z,staff,,,q1",
            "q2,page,question,2014-11-21T15:00:00Z,member,,,",
            "a2,page,reply,2014-12-01T09:00:00Z,staff,,,q2");
        try
        {
            foreach (string command in new[] { "dialogue", "report" })
            {
                using JsonDocument json = JsonDocument.Parse(Tool.Run(command, folder, "--from", "2014-11-01", "--to", "2014-12-01", "--observed-until", until, "--format", "json").Succeeded());
                JsonElement response = json.RootElement.GetProperty("dialogue").EnumerateArray().First().GetProperty("response");
                Assert.Equal((2, answered), (response.GetProperty("answerable").GetInt32(), response.GetProperty("answered").GetInt32()));
                Assert.True(answered == 0 || response.GetProperty("answeredOnlyMedianHours").GetDouble() > leastHours);
            }

            string text = Tool.Run("dialogue", folder, "--from", "2014-11-01", "--to", "2014-12-01", "--observed-until", "2014-11-24T10:00:00+01").Succeeded();
            Assert.Contains("end of observation (2014-11-24 10:00:00)", text, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("--hours", "Mo", "--hours (\"Mo\") must be weekdays with their hours, separated by commas: write \"Mon-Thu 08:00-17:00")]
    [InlineData("--hours", "Mon 8-25", "--hours (\"Mon 8-25\") must be weekdays with their hours")]
    [InlineData("--hours", "Fri-Mon 8-17", "must name the earlier weekday first")]
    [InlineData("--hours", "Mon 17-8", "must open before it closes, within the day")]
    [InlineData("--hours", "Mon 8-8", "must open before it closes, within the day")]
    [InlineData("--hours", "Mon-Fri 8-17, Fri 8-15", "must not give hours to Friday twice")]
    [InlineData("--hours", "", "must be weekdays with their hours")]
    [InlineData("--holidays", "2014-12-25", "--holidays must come with --hours")]
    [InlineData("--deadline", "24", "--deadline (\"24\") must be whole minutes (m), hours (h) or days (d) from 1 to 100000, separated by commas: write 30m,4h,2d")]
    [InlineData("--deadline", "0h", "--deadline (\"0h\") must be whole minutes")]
    [InlineData("--deadline", "-1h", "-1h")]
    [InlineData("--deadline", "1.5h", "--deadline (\"1.5h\") must be whole minutes")]
    [InlineData("--deadline", "24h,1d", "--deadline (\"24h,1d\") must not give the same time twice")]
    [InlineData("--deadline", "1h,2h,3h,4h,5h,6h", "must not give more than 5 times")]
    [InlineData("--observed-until", "soon", "--observed-until (\"soon\") must be a day of the calendar, or a moment with its offset from UTC")]
    [InlineData("--observed-until", "2014-11-24T10:00:00", "write it as 2025-01-15 or 2025-01-15T12:00:00+01")]
    [InlineData("--observed-until", "2014-10-31", "--observed-until (2014-10-31) must not lie before the period begins (2014-11-01): pass the day")]
    public void Hours_times_and_moments_that_cannot_be_are_bad_usage(string option, string value, string message)
    {
        Tool.Run("dialogue", Tool.Sample, "--from", "2014-11-01", option, value).FailedWith(2, message);
        Tool.Run("report", Tool.Sample, "--from", "2014-11-01", option, value).FailedWith(2, message);
        Tool.Run("reach", Tool.Sample, option, value).FailedWith(2, option);
    }

    [Theory]
    [InlineData("25.12.2014")]
    [InlineData("2014-12-25;2014-12-26")]
    [InlineData("2014-02-30")]
    [InlineData("")]
    public void Holidays_that_are_no_days_are_bad_usage(string value) =>
        Tool.Run("dialogue", Tool.Sample, "--hours", "Mon-Fri 8-17", "--holidays", value).FailedWith(2, $"--holidays (\"{value}\") must be days of the calendar, separated by commas: write 2024-12-25,2024-12-26");

    [Fact]
    public void The_examples_of_the_help_work()
    {
        string[] examples = [.. Tool.Run("dialogue", "--help").Succeeded().Split('\n').Where(line => line.Contains("Example: engagement ", StringComparison.Ordinal)).Select(line => line.Split("engagement ", 2)[1].Trim())];
        Assert.Equal(2, examples.Length);
        foreach (string example in examples)
        {
            // Quotes keep the words between them together, as a shell does.
            string[] args = [.. example.Split('"').SelectMany((part, index) => index % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(word => word.StartsWith("samples/", StringComparison.Ordinal) ? Demo : word)];
            Tool.Run(args).Succeeded();
        }
    }

    [Trait("Runs", "Once")]
    [Fact]
    public void Every_definition_that_an_output_names_can_be_looked_up()
    {
        string[] known = [.. Engagement.Core.Definitions.All.Select(definition => definition.Id.ToString())];
        string folder = Folder();
        try
        {
            foreach (string command in new[] { "report", "reach", "dialogue" })
            {
                foreach (string place in new[] { Demo, Tool.Sample, folder })
                {
                    string[] args = [command, place, .. place == Demo ? ["--from", "2024-01-01", "--to", "2024-02-01"] : Array.Empty<string>()];
                    using JsonDocument json = JsonDocument.Parse(Tool.Run([.. args, "--format", "json"]).Succeeded());
                    string[] named = [.. JsonFigures.All(json).Select(figure => $"{JsonFigures.Id(figure)} v{figure.GetProperty("definition").GetProperty("version").GetInt32()}")];
                    Assert.NotEmpty(named);
                    Assert.Empty(named.Except(known, StringComparer.Ordinal));
                    Assert.Equal(named, Csv.Rows(Tool.Run([.. args, "--format", "csv"]).Succeeded()).Select(row => $"{row["definition"]} v{row["version"]}"), StringComparer.Ordinal);
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Effort_stands_beside_the_conversations_that_outsiders_take_part_in()
    {
        string folder = Folder();
        try
        {
            // 20 questions of outsiders; what the organisation says and nobody answers is no benefit of its own effort.
            File.AppendAllText(Path.Combine(folder, "interactions.csv"), "own,page,post,2014-11-12T08:00:00Z,organisation,,,\n");
            File.WriteAllText(Path.Combine(folder, "efforts.csv"), "channel,from,to,hours,amount,currency\npage,2014-11-01,2014-12-01,10,,\n");
            string[] period = ["--from", "2014-11-01", "--to", "2014-12-01"];
            using JsonDocument json = JsonDocument.Parse(Tool.Run(["report", folder, "--format", "json", .. period]).Succeeded());
            JsonElement each = Assert.Single(JsonFigures.All(json), figure => JsonFigures.Id(figure) == "hours-per-benefit" && figure.GetProperty("benefit").GetString() == "conversations");
            Assert.Equal((10.0, 20.0, 0.5), (each.GetProperty("numerator").Number("value")!.Value, each.GetProperty("denominator").Number("value")!.Value, each.Number("value")!.Value));
            Assert.Contains("Gespräche / Stunden", Tool.Run(["report", folder, "--language", "de", .. period]).Succeeded(), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_folder_without_interactions_has_no_dialogue_and_no_zero_instead()
    {
        using JsonDocument json = JsonDocument.Parse(Tool.Run("dialogue", Tool.Sample, "--format", "json").Output);
        JsonElement[] rates = [.. JsonFigures.All(json).Where(figure => JsonFigures.Id(figure) == "response-rate")];
        Assert.NotEmpty(rates);
        Assert.All(rates, rate => Assert.Equal(JsonValueKind.Null, rate.GetProperty("value").ValueKind));
    }

    /// <summary>A folder with these interactions; the worked example of docs/dialogue.md without any.</summary>
    private static string Folder(params string[] interactions)
    {
        string folder = Directory.CreateTempSubdirectory("dialogue-").FullName;
        File.WriteAllText(Path.Combine(folder, "organisation.json"), """{ "id": "ihk", "name": "IHK", "timeZone": "Europe/Berlin" }""");
        File.WriteAllText(Path.Combine(folder, "channels.csv"), "id,name,platform,form\npage,Page,facebook,page\n");
        var asked = new DateTime(2014, 11, 10, 8, 0, 0, DateTimeKind.Utc);
        IEnumerable<string> questions = Enumerable.Range(0, 20).Select(index => $"q{index},page,question,{asked.AddMinutes(index):yyyy-MM-ddTHH:mm:ssZ},member,,,");
        IEnumerable<string> answers = Answers.Select((answer, index) => $"a{index},page,reply,{asked.AddMinutes(index).AddHours(answer.Hours):yyyy-MM-ddTHH:mm:ssZ},{answer.Role},,,q{index}");
        File.WriteAllText(Path.Combine(folder, "interactions.csv"), string.Join('\n', new[] { "id,channel,kind,at,role,actor,publication,reply_to" }.Concat(interactions.Length > 0 ? interactions : questions.Concat(answers))) + "\n");
        return folder;
    }
}
