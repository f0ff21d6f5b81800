using System.Globalization;
using CsCheck;
using Engagement.Core;
using NodaTime;

namespace Engagement.Import.Tests;

public class ReadingTests
{
    [Fact]
    public void The_sample_is_read_with_its_figures_and_nothing_made_up()
    {
        PortfolioReading reading = PortfolioFolder.Read(Path.Combine(AppContext.BaseDirectory, "samples", "ihk-ostwestfalen"), TestContext.Current.CancellationToken);

        Assert.Empty(reading.Findings);
        Portfolio portfolio = reading.Portfolio!;
        Assert.Equal("IHK Ostwestfalen zu Bielefeld (ihk-ostwestfalen): 8 channels, 8 audiences, 0 publications, 0 interactions, 0 efforts", portfolio.ToString());
        Assert.Equal(Count.Rounded(110_000, 110_000, 114_999), Assert.Single(portfolio.UniverseOf(new UniverseId("members"))!.Sizes).Size);
        Assert.Equal(
            "~9000[8500..9499] 133 38 324 missing missing missing missing", string.Join(' ', portfolio.Audiences.Select(snapshot => snapshot.Size)));
        Assert.All(portfolio.Audiences, snapshot => Assert.Equal(portfolio.Organisation.StartOf(new LocalDate(2014, 11, 20)), snapshot.AsOf));
        Assert.All(portfolio.Audiences, snapshot => Assert.NotNull(snapshot.Source));
    }

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("th-TH")]
    public void A_folder_reads_alike_in_every_culture(string culture)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        using TestFolder folder = Full();

        Portfolio portfolio = folder.Read().Portfolio!;

        Assert.Equal("xing 2014-11-01/2014-12-01: 20:30:00, 1200.50 EUR", Assert.Single(portfolio.Efforts).ToString());
        Assert.Equal("i-1: DirectMessage on xing at 2014-11-20T08:00:00Z by NonMember", portfolio.Interactions[0].ToString());
        Assert.Equal("impressions 5091, reach ~2700[2650..2749], views missing", Assert.Single(portfolio.Publications).Exposures.ToString());
        Assert.Equal("Like 79, Comment missing", portfolio.Publications[0].Interactions.ToString());
    }

    [Fact]
    public void A_byte_order_mark_and_crlf_and_another_order_of_columns_change_nothing()
    {
        using TestFolder plain = Full();
        using TestFolder other = Full().Write("efforts.csv", "\uFEFFcurrency,hours,to,from,channel,amount\r\nEUR,20.5,2014-12-01,2014-11-01,xing,1200.50\r\n\r\n");

        Assert.Equal(plain.Read().Portfolio, other.Read().Portfolio);
    }

    [Fact]
    public void A_column_that_is_absent_states_nothing_and_an_empty_cell_is_missing()
    {
        using TestFolder folder = new TestFolder().Write("publications.csv", "id,channel,published_at,likes\np,xing,2014-11-20,\n");

        InteractionTally tally = Assert.Single(folder.Read().Portfolio!.Publications).Interactions;

        Assert.Equal((Count.Missing, Count.NotApplicable), (tally[InteractionKind.Like], tally[InteractionKind.Share]));
    }

    [Fact]
    public void Every_kind_but_the_view_has_a_column()
    {
        const string Columns = "likes,dislikes,emojis,clicks,saves,votes,attendances,comments,replies,mentions,questions,direct_messages,shares,reposts,forwards,quotes,follows,unfollows,joins,leaves,posts";
        using TestFolder folder = new TestFolder().Write("publications.csv", $"id,channel,published_at,{Columns}\np,xing,2014-11-20,{string.Join(',', Enumerable.Range(2, 21))}\n");

        InteractionTally tally = Assert.Single(folder.Read().Portfolio!.Publications).Interactions;

        Assert.Equal(Enum.GetValues<InteractionKind>().Skip(2), tally.Kinds);
        Assert.All(tally.Kinds, kind => Assert.Equal(Count.Observed((int)kind), tally[kind]));
    }

    [Fact]
    public void A_million_bad_rows_are_all_counted_and_the_first_thousand_kept()
    {
        using TestFolder folder = new TestFolder().Write("interactions.csv", "id,channel,kind,at\n" + string.Concat(Enumerable.Repeat(",xing,like,2014-11-20\n", 1_000_000)));

        PortfolioReading reading = folder.Read();

        Assert.Equal((1_000_000L, 1_000), (reading.ErrorCount, reading.Findings.Count));
        Assert.Equal(1_001, reading.Findings[^1].Line);
    }

    [Fact]
    public void A_reading_can_be_cancelled_before_it_begins()
    {
        using var folder = new TestFolder();

        Assert.Throws<OperationCanceledException>(() => PortfolioFolder.Read(folder.Path, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void A_reading_can_be_cancelled_on_its_way()
    {
        using TestFolder folder = new TestFolder().Write("interactions.csv", "id,channel,kind,at\n" + string.Concat(Enumerable.Repeat(",xing,like,2014-11-20\n", 2_000_000)));
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        Assert.Throws<OperationCanceledException>(() => PortfolioFolder.Read(folder.Path, source.Token));
    }

    [Fact]
    public void A_null_folder_is_refused() => Assert.Throws<ArgumentNullException>("folder", () => PortfolioFolder.Read(null!, TestContext.Current.CancellationToken));

    [Fact]
    public void A_reading_says_what_came_of_it()
    {
        using TestFolder bad = new TestFolder().Delete("channels.csv");

        Assert.Equal("no portfolio: 1 errors, 0 warnings", bad.Read().ToString());
    }

    [Trait("Runs", "Once")]
    [Fact]
    public void Damaged_bytes_never_throw_and_give_either_a_portfolio_or_errors()
    {
        using TestFolder folder = Full();
        (string Name, byte[] Bytes)[] files = [.. Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal).Select(path => (Path.GetFileName(path), File.ReadAllBytes(path)))];
        byte[] telling = [.. "\",;\n\r\0-.:[]{}\\09eT~>"u8, 0xFF, 0xC3, 0xEF, 0xBB, 0xBF, 0x80];
        Gen<(int File, (double Position, int Action, byte Byte)[] Damage)> damages =
            Gen.Select(Gen.Int[0, files.Length - 1], Gen.Select(Gen.Double[0, 0.999_999], Gen.Int[0, 3], Gen.OneOf(Gen.Byte, Gen.Int[0, telling.Length - 1].Select(index => telling[index]))).Array[1, 4]);

        damages.Sample(
            damage =>
            {
                (string name, byte[] bytes) = files[damage.File];
                List<byte> damaged = [.. bytes];
                foreach ((double position, int action, byte value) in damage.Damage)
                {
                    int at = (int)(position * damaged.Count);
                    if (action == 0) damaged.Insert(at, value);
                    else if (damaged.Count == 0) continue;
                    else if (action == 1) damaged.RemoveAt(at);
                    else if (action == 2) damaged[at] = value;
                    else damaged.RemoveRange(at, damaged.Count - at);
                }

                PortfolioReading reading = folder.Write(name, [.. damaged]).Read();
                folder.Write(name, bytes);
                return reading.Portfolio is null == reading.ErrorCount > 0 && reading.Findings.Count == Math.Min(1_000, reading.ErrorCount + reading.WarningCount);
            },
            iter: 4_000, threads: 1);
    }

    private static TestFolder Full() => new TestFolder()
        .Write("organisation.json", """{ "id": "ihk", "name": "IHK", "timeZone": "Europe/Berlin", "umbrella": "dihk", "universes": [{ "id": "members", "unit": "company", "sizes": [{ "asOf": "2014-11-20", "size": "~110000[110000..114999]" }] }] }""")
        .Write("channels.csv", "id,name,platform,form,purposes,target_universe,sub_brand,opened,closed\nxing,\"XING \"\"group\"\"\nof two lines\",xing,group,marketing;service,members,,2010-01-01,2022-12-31\n")
        .Write("audiences.csv", "channel,as_of,size,unit,members,in_target,source\nxing,2014-11-20,~9000,person,>=500,withheld,\"stated, rounded\"\n")
        .Write("publications.csv", "id,channel,published_at,impressions,reach,views,likes,comments,shares\np-1,xing,2014-11-20T09:00:00+01:00,5091,~2700[2650..2749],,79,,n/a\n")
        .Write("interactions.csv", "id,channel,kind,at,role,actor,publication,reply_to\ni-1,xing,direct-message,2014-11-20T09:00,non_member,a,,\ni-2,xing,reply,2014-11-20T09:30:15,,,p-1,i-1\n")
        .Write("efforts.csv", "channel,from,to,hours,amount,currency\nxing,2014-11-01,2014-12-01,20.5,1200.50,EUR\n");
}
