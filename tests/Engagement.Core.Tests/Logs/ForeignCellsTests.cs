using Engagement.Core.Logs;

namespace Engagement.Core.Tests.Logs;

/// <summary>Roll-ups of counts that were made elsewhere.</summary>
public sealed class ForeignCellsTests
{
    [Fact]
    public void Counts_made_elsewhere_give_the_roll_up_of_their_rows()
    {
        LogRows rows = LogRows.Make(5_000, order: 0, kinds: 22, roles: 6, seed: 5);
        InteractionLog log = rows.Log();
        LocalCalendar calendar = LocalCalendar.Days(Ihk.Berlin, LocalPeriod.Year(2014));
        foreach (RollUpOptions options in new[] { RollUpOptions.Default, new() { Kinds = [InteractionKind.Like], Roles = [ActorRole.Bot], Channels = [new("a"), new("none")] } })
        {
            // One cell a row, so that equal ones are added up; of what does not count too.
            IEnumerable<ForeignCell> cells = Enumerable.Range(0, 5_000).Select(row => new ForeignCell(calendar.IndexOf(rows.Times[row]), rows.ChannelIndexes[row], InteractionLog.None, rows.Kinds[row], rows.Roles[row], 1));
            Assert.Equal(log.RollUp(calendar, options), ForeignCells.RollUpOf(log.Dictionary, calendar, options, cells, 5_000));
        }
    }

    [Fact]
    public void Counts_by_publication_keep_the_rows_without_one_apart()
    {
        int[] publications = [0, 1, InteractionLog.None, 1, InteractionLog.None];
        InteractionLog log = InteractionLog.Of([new("b"), new("a")], new long[5], new[] { 0, 1, 1, 1, 0 }, new byte[] { 2, 2, 2, 2, 3 }).WithPublications(publications, [new("z"), new("y"), new("unused")]);
        LocalCalendar calendar = LocalCalendar.Days(Ihk.Berlin, LocalPeriod.Year(1970));
        var options = new RollUpOptions { ByPublication = true };
        ForeignCell[] cells = [new(0, 0, 0, 2, 1, 1), new(0, 1, 1, 2, 1, 2), new(0, 1, InteractionLog.None, 2, 1, 1), new(0, 0, InteractionLog.None, 3, 1, 1)];
        Assert.Equal(log.RollUp(calendar, options), ForeignCells.RollUpOf(log.Dictionary, calendar, options, cells, 5));
    }

    [Fact]
    public void A_sum_beyond_the_largest_count_names_its_cell()
    {
        var dictionary = InteractionLog.Of([new("a")], new long[1], new int[1], new byte[] { 2 }).Dictionary;
        LocalCalendar calendar = LocalCalendar.Days(Ihk.Berlin, LocalPeriod.Year(1970));
        ForeignCell[] cells = [new(0, 0, InteractionLog.None, 2, 1, long.MaxValue), new(0, 0, InteractionLog.None, 2, 1, 1)];
        Assert.Contains("a 1970-01-01", Assert.Throws<OverflowException>(() => ForeignCells.RollUpOf(dictionary, calendar, RollUpOptions.Default, cells, 2)).Message, StringComparison.Ordinal);
    }
}
