using System.Globalization;
using NodaTime;

namespace Engagement.Core.Tests.Ratios;

/// <summary>500 real posts (UCI "Facebook metrics", Moro, Rita, Vala 2016), through columns and through objects.</summary>
public class FacebookPostsTests
{
    private static readonly Channel Page = new("page", "Cosmetics brand", Platform.Facebook, ChannelForm.Page);
    private static readonly LocalPeriod Year = LocalPeriod.Year(2014);

    [Fact]
    public void Comments_likes_and_shares_add_up_to_the_total_in_every_row_and_blanks_stay_missing()
    {
        Row[] rows = Read();
        Assert.Equal(500, rows.Length);
        int blanks = 0;
        foreach (Row row in rows)
        {
            Count sum = row.Comments + row.Likes + row.Shares;
            Assert.Equal(row.Total, sum.Value);
            if (new[] { row.Comments, row.Likes, row.Shares }.All(count => count.HasValue)) continue;
            blanks++;
            Assert.Equal(CountState.Partial, sum.State);
            Assert.NotEqual(Count.Observed(row.Total), sum);
        }

        Assert.Equal(4, blanks); // four rows have an empty like or share
    }

    [Theory]
    [InlineData(EngagementBase.MeasuredReach)]
    [InlineData(EngagementBase.Impressions)]
    [InlineData(EngagementBase.PotentialReach)]
    public void Columns_and_objects_give_the_same_figures(EngagementBase @base)
    {
        Row[] rows = Read();
        Portfolio portfolio = PortfolioOf(rows);
        long[] likes = [.. rows.Select(row => Cell(row.Likes))];
        long[] comments = [.. rows.Select(row => Cell(row.Comments))];
        long[] shares = [.. rows.Select(row => Cell(row.Shares))];
        long[] bases = [.. rows.Select(row => @base is EngagementBase.MeasuredReach ? row.Reach : @base is EngagementBase.Impressions ? row.Impressions : row.Followers)];
        foreach (Aggregation aggregation in (Aggregation[])[Aggregation.Pooled, Aggregation.MeanOfPublications, Aggregation.MedianOfPublications])
        {
            var calculator = new EngagementRatioCalculator(new EngagementRatioDefinition("tried", @base, aggregation: aggregation));
            Figure figure = calculator.Calculate(portfolio, Year).Channels[0];
            Assert.Equal(figure.Ratio, calculator.Calculate(likes, comments, shares, bases));
            Assert.Equal(figure.Value, calculator.Calculate([.. rows.Select(row => row.Total)], bases).Value);

            // The independent source: the sums of the file itself, in plain arithmetic.
            double[] ratios = [.. rows.Zip(bases, (row, basis) => (double)row.Total / basis).Order()];
            double expected = aggregation switch
            {
                Aggregation.Pooled => (double)rows.Sum(row => row.Total) / bases.Sum(),
                Aggregation.MeanOfPublications => ratios.Average(),
                _ => (ratios[249] + ratios[250]) / 2,
            };
            Assert.Equal(expected, figure.Value!.Value, 14);
            Assert.True(figure.Has(CaveatCodes.AtLeast));
            Assert.InRange(figure.Value.Value, figure.Interval!.Value.Lower, figure.Interval.Value.Upper);
        }
    }

    [Fact]
    public void Pooled_and_mean_are_different_figures()
    {
        Portfolio portfolio = PortfolioOf(Read());
        double pooled = new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach).Calculate(portfolio, Year).Total.Value!.Value;
        double mean = new EngagementRatioCalculator(EngagementRatioDefinitions.ByReach.With("mean", aggregation: Aggregation.MeanOfPublications)).Calculate(portfolio, Year).Total.Value!.Value;
        Assert.True(mean > 1.5 * pooled, FormattableString.Invariant($"pooled {pooled}, mean {mean}"));
    }

    [Fact]
    public void Four_posts_with_reach_above_impressions_give_a_warning_and_still_a_figure()
    {
        Portfolio portfolio = PortfolioOf(Read());
        var failures = new PortfolioValidator().Validate(portfolio).Errors;
        Assert.Equal(4, failures.Count(failure => failure.ErrorCode == "ENG0405"));
        Assert.All(failures.Where(failure => failure.ErrorCode == "ENG0405"), failure => Assert.Equal(FluentValidation.Severity.Warning, failure.Severity));
        Assert.DoesNotContain(failures, failure => failure.Severity is FluentValidation.Severity.Error);
        Figure figure = new EngagementRatioCalculator(EngagementRatioDefinitions.ByImpressions).Calculate(portfolio, Year).Channels[0];
        Assert.NotNull(figure.Value);
        Assert.Contains("4 publications", figure.Caveats.Single(caveat => caveat.Code == CaveatCodes.ReachAboveImpressions).English, StringComparison.Ordinal);
    }

    private static long Cell(Count count) => count.Value ?? Count.MissingInColumn;

    private static Portfolio PortfolioOf(Row[] rows)
    {
        PortfolioBuilder builder = Portfolio.For(new Organisation("brand", "Cosmetics brand", DateTimeZone.Utc)).Add(Page);
        for (int index = 0; index < rows.Length; index++)
        {
            Row row = rows[index];

            // The file has month, weekday and hour without a date; each post gets a moment of its own, and the page's likes as of it.
            Instant at = Instant.FromUtc(2014, 1, 1, 0, 0) + Duration.FromMinutes(10 * index);
            builder.Add(new AudienceSnapshot(Page.Id, at, Count.Observed(row.Followers), UnitOfCount.Account));
            builder.Add(new Publication(index.ToString(CultureInfo.InvariantCulture), Page.Id, at)
            {
                Exposures = new Exposures(Count.Observed(row.Impressions), new MeasuredReach(Count.Observed(row.Reach))),
                Interactions = InteractionTally.Empty.With(InteractionKind.Like, row.Likes).With(InteractionKind.Comment, row.Comments).With(InteractionKind.Share, row.Shares),
            });
        }

        return builder.Build();
    }

    private static Row[] Read()
    {
        string? path = SharedData.Folder is { } folder ? Path.Combine(folder, "data", "uci_facebook", "dataset_Facebook.csv") : null;
        Assert.SkipUnless(File.Exists(path), "The UCI Facebook posts are not there: put the folder shared beside the repository to run this test.");
        string[][] lines = [.. File.ReadLines(path!).Where(line => line.Length > 0).Select(line => line.Split(';'))];
        string[] header = lines[0];
        return [.. lines.Skip(1).Select(cells =>
        {
            string Cell(string column) => cells[Array.IndexOf(header, column)];
            long Whole(string column) => long.Parse(Cell(column), CultureInfo.InvariantCulture);
            Count Known(string column) => Count.TryParse(Cell(column), out Count count) ? count : throw new FormatException(Cell(column));
            return new Row(Whole("Page total likes"), Whole("Lifetime Post Total Reach"), Whole("Lifetime Post Total Impressions"), Known("comment"), Known("like"), Known("share"), Whole("Total Interactions"));
        })];
    }

    private sealed record Row(long Followers, long Reach, long Impressions, Count Comments, Count Likes, Count Shares, long Total);
}
