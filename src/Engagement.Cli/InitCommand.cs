using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Engagement.Import;
using Engagement.Reporting;
using NodaTime;
using NodaTime.Text;

namespace Engagement.Cli;

/// <summary><c>engagement init</c>: makes a portfolio folder from a template. On a terminal it asks for what no option says.</summary>
internal static class InitCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create(TextWriter error, CancellationToken cancellationToken)
    {
        Argument<string> folder = CommandLine.Folder("The folder to make. One that holds files is left as it is.");
        var id = new Option<string?>("--id") { Description = "Identifier of the organisation. Default: the folder's name.", HelpName = "ID" };
        var name = new Option<string?>("--name") { Description = "Name of the organisation. Default: its identifier.", HelpName = "NAME" };
        var zone = new Option<DateTimeZone?>("--zone") { Description = "Time zone of the organisation, as Europe/Berlin. Without a terminal it must be given.", HelpName = "ZONE", CustomParser = CommandLine.ReadZone };
        var members = new Option<string?>("--members") { Description = "How many members there are, as 12000 or ~110000[110000..114999]. Default: not known.", HelpName = "COUNT" };
        var unit = new Option<string?>("--unit") { Description = "What a member is: person, company or household. Default: person.", HelpName = "UNIT" };
        Option<LocalDate?> asOf = CommandLine.Date("--as-of", "The day on which there were so many members; only with --members.");
        var channels = new Option<string[]>("--channel") { Description = "A channel as ID:PLATFORM:FORM or ID:PLATFORM:FORM:NAME, for example page:facebook:page; once for each.", HelpName = "CHANNEL" };
        var command = new Command("init", """
            Make a portfolio folder from a template, and ask on a terminal for what the options leave open. What is there already is never replaced.

            Example: engagement init ihk
            Example: engagement init ihk --name "IHK Ostwestfalen" --zone Europe/Berlin --members 110000 --unit company --as-of 2014-11-20 --channel page:facebook:page --channel group:xing:group
            """)
        {
            folder, id, name, zone, members, unit, asOf, channels,
        };
        command.SetAction(parsed =>
        {
            // Whoever gives the zone gives all that he wants to; else a terminal is asked.
            TextReader? asked = parsed.GetValue(zone) is null && !Console.IsInputRedirected ? Console.In : null;
            var answers = new InitAnswers(parsed.GetRequiredValue(folder), parsed.GetValue(id), parsed.GetValue(name), parsed.GetValue(zone), parsed.GetValue(members), parsed.GetValue(unit), parsed.GetValue(asOf), parsed.GetValue(channels) ?? []);
            return Run(answers, asked, parsed.InvocationConfiguration.Output, error, cancellationToken);
        });
        return command;
    }

    /// <summary>Asks through <paramref name="asked"/>, if there is somebody to ask, and makes the folder whole or not at all.</summary>
    internal static int Run(InitAnswers answers, TextReader? asked, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        string folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(answers.Folder));
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())) return Fault($"FOLDER (\"{Printable.Excerpt(answers.Folder)}\") must not hold anything yet: nothing is ever replaced, so pass another name.", Program.BadData);
        if (asked is not null) answers = Ask(answers, folder, asked, error);
        if (answers.Zone is null) return Fault("--zone must name the organisation's time zone where nobody can be asked: pass --zone Europe/Berlin, for example.", Program.BadUsage);
        if (answers.AsOf is not null && answers.Members is null) return Fault("--as-of must come with --members: it is the day on which there were so many.", Program.BadUsage);
        if (answers.Channels.Count == 0) return Fault("--channel must be given at least once where nobody can be asked: pass --channel page:facebook:page, for example.", Program.BadUsage);
        if (answers.Members is not null && answers.AsOf is null) return Fault("--members must come with --as-of: a number of members holds as of a day.", Program.BadUsage);
        string[][] channels = [.. answers.Channels.Select(channel => channel.Split(':', 4))];
        if (Array.Find(channels, parts => parts.Length < 3) is { } wrong) return Fault($"--channel (\"{Printable.Excerpt(string.Join(':', wrong))}\") must be ID:PLATFORM:FORM: write page:facebook:page, for example.", Program.BadUsage);

        string beside = $"{folder}.{Path.GetRandomFileName()}.part";
        try
        {
            Directory.CreateDirectory(beside);
            Write(beside, answers, folder, channels);
            PortfolioReading reading = PortfolioFolder.Read(beside, cancellationToken);
            FindingOutput.Write(reading, error);
            if (reading.Portfolio is null) return Program.BadUsage;
            cancellationToken.ThrowIfCancellationRequested();
            Put(beside, folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Fault($"FOLDER (\"{Printable.Excerpt(answers.Folder)}\") must be a folder that can be made: {Printable.Excerpt(exception.Message.Replace(beside, folder, StringComparison.Ordinal))}", Program.BadData);
        }
        finally
        {
            if (Directory.Exists(beside)) Directory.Delete(beside, recursive: true);
        }

        output.WriteLine($"{Printable.Excerpt(answers.Folder)} is ready: fill in its CSV files (README.txt says how), then run engagement report {Printable.Excerpt(answers.Folder)}");
        return Program.Success;

        int Fault(string message, int code)
        {
            error.WriteLine($"error: {message}");
            return code;
        }
    }

    /// <summary>Puts the finished files in their place. A folder that is there stays the same one: somebody may stand in it, or a link lead to it.</summary>
    private static void Put(string beside, string folder)
    {
        if (!Directory.Exists(folder))
        {
            Directory.Move(beside, folder);
            return;
        }

        var put = new List<string>();
        try
        {
            foreach (string file in Directory.GetFiles(beside))
            {
                string target = Path.Combine(folder, Path.GetFileName(file));
                File.Move(file, target);
                put.Add(target);
            }
        }
        catch
        {
            put.ForEach(File.Delete);
            throw;
        }
    }

    private static InitAnswers Ask(InitAnswers given, string folder, TextReader asked, TextWriter error)
    {
        string id = given.Id ?? Answer("Identifier of the organisation", Path.GetFileName(folder));
        string name = given.Name ?? Answer("Its name", id);
        DateTimeZone? zone = given.Zone;
        while (zone is null)
        {
            string text = Answer("Its time zone", "Europe/Berlin");
            zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(text);
            if (zone is null) error.WriteLine($"\"{Printable.Excerpt(text)}\" is no IANA time zone{(NearName.Question(text, DateTimeZoneProviders.Tzdb.Ids) is { } question ? $": {question}" : ".")}");
        }

        string? members = given.Members ?? (Answer("How many members it has (empty where not known)", "") is { Length: > 0 } count ? count : null);
        string? unit = members is null ? given.Unit : given.Unit ?? Answer("What a member is: person, company or household", "person");
        LocalDate? asOf = given.AsOf;
        while (members is not null && asOf is null)
        {
            string text = Answer("On which day there were so many, as 2014-11-20", "");
            if (text.Length == 0 && asked.Peek() < 0) break;
            asOf = LocalDatePattern.Iso.Parse(text).TryGetValue(default, out LocalDate day) ? day : null;
        }

        List<string> channels = [.. given.Channels];
        while (given.Channels.Count == 0)
        {
            string channel = Answer($"A channel as ID:PLATFORM:FORM, for example page:facebook:page{(channels.Count > 0 ? " (empty to end)" : "")}", "");
            if (channel.Split(':').Length >= 3) channels.Add(channel);
            else if (channel.Length > 0) error.WriteLine($"\"{Printable.Excerpt(channel)}\" must be ID:PLATFORM:FORM.");
            else if (channels.Count > 0 || asked.Peek() < 0) break;
        }

        return new InitAnswers(given.Folder, id, name, zone, members, unit, asOf, channels);

        // An end of input is an empty answer.
        string Answer(string question, string otherwise)
        {
            error.WriteLine(otherwise.Length > 0 ? $"{question} [{otherwise}]:" : $"{question}:");
            return asked.ReadLine()?.Trim() is { Length: > 0 } text ? text : otherwise;
        }
    }

    private static void Write(string folder, InitAnswers answers, string target, string[][] channels)
    {
        string id = answers.Id ?? Path.GetFileName(target);
        object[] sizes = answers.Members is { } count ? [new { asOf = LocalDatePattern.Iso.Format(answers.AsOf!.Value), size = long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out long size) ? (object)size : count }] : [];
        var organisation = new { id, name = answers.Name ?? id, timeZone = answers.Zone!.Id, universes = new object[] { new { id = "members", name = "Members", unit = answers.Unit ?? "person", sizes } } };
        Save("organisation.json", JsonSerializer.Serialize(organisation, Indented) + "\n");
        Save("channels.csv", "id,name,platform,form,purposes,target_universe,sub_brand,opened,closed\n" + string.Concat(channels.Select(parts => $"{Field(parts[0])},{Field(parts.Length > 3 ? parts[3] : parts[0])},{Field(parts[1])},{Field(parts[2])},,,,,\n")));
        Save("audiences.csv", "channel,as_of,size,unit,members,in_target,source\n");
        Save("publications.csv", "id,channel,published_at,impressions,reach,views,likes,comments,shares\n");
        Save("efforts.csv", "channel,from,to,hours,amount,currency\n");
        Save("README.txt", """
            A portfolio folder of the engagement tool. One row is one fact; leave a cell empty where a number is not known: missing is not 0.

            organisation.json   the organisation, and how many members there are
            channels.csv        a channel: id, name, platform (facebook, xing, newsletter, ...) and form (page, group, account, mailing-list, ...)
            audiences.csv       who can be reached through a channel on a day: page,2024-11-01,324,person,,,
            publications.csv    a post, an issue, a mailing with the counts that its platform states: post-1,page,2024-11-03T09:00,,400,,10,2,1
            efforts.csv         what a channel cost in a period: page,2024-11-01,2024-12-01,20.5,1200.50,EUR

            engagement validate .   says what is wrong
            engagement report .     makes the report
            engagement import EXPORT --into .   takes what platforms hand out

            """.ReplaceLineEndings("\n"));

        void Save(string file, string text) => File.WriteAllText(Path.Combine(folder, file), text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    /// <summary>A cell of CSV; a text that a spreadsheet would run bears an apostrophe, which reading takes away.</summary>
    private static string Field(string text)
    {
        string harmless = FormulaGuard.Neutral(text);
        return harmless.AsSpan().ContainsAny(",\"\r\n") ? $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : harmless;
    }
}
