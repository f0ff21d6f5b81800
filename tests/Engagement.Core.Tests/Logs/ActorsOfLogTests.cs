using CsCheck;
using Engagement.Core.Logs;

namespace Engagement.Core.Tests.Logs;

public class ActorsOfLogTests
{
    private static readonly LocalCalendar Weeks = LocalCalendar.Of(Ihk.Berlin, LocalPeriod.Between(new(2014, 10, 20), new(2014, 11, 9)), CalendarUnit.IsoWeek);

    [Fact]
    public void Actors_per_channel_and_week_are_what_sets_count() => Gen.Select(LogRows.Any(300), Gen.Int[1, 40], Gen.Int[0, int.MaxValue], Gen.Int[1, 3]).Sample(
        (rows, people, seed, degree) =>
        {
            var random = new Random(seed);
            int[] actors = [.. rows.Times.Select(_ => random.Next(-1, people))];
            var options = new RollUpOptions { DegreeOfParallelism = degree, Channels = [.. LogRows.FourChannels.Where((_, index) => (seed >> index & 1) == 0).DefaultIfEmpty(LogRows.FourChannels[0])] };
            DistinctActors actual = DistinctActors.PerChannelAndPeriod(rows.Log().WithActors(actors), Weeks, options);
            int[] counted = [.. Enumerable.Range(0, actors.Length).Where(row => rows.Roles[row] is not 2 and not 6 && options.Channels!.Contains(rows.Channels[rows.ChannelIndexes[row]]))];
            Assert.Equal(Expected(counted), actual.Union);
            for (int cell = 0; cell < actual.Cells.Count; cell++)
            {
                (int week, int channel) = (cell / rows.Channels.Length, cell % rows.Channels.Length);
                Assert.Equal(Expected([.. counted.Where(row => rows.ChannelIndexes[row] == channel && Weeks.IndexOf(rows.Times[row]) == week)]), actual.Cells[cell]);
            }

            Count Expected(int[] selected)
            {
                long known = selected.Where(row => actors[row] >= 0).Select(row => actors[row]).Distinct().LongCount();
                return selected.Any(row => actors[row] < 0) ? Count.Partial(Math.Max(1, known)) : Count.Observed(known);
            }
        },
        iter: LawCases.Count / 20);

    [Fact]
    public void What_cannot_be_counted_is_refused()
    {
        InteractionLog log = LogRows.Make(10, 0, 3, 3, 1).Log();
        Assert.Contains("options are by publication, and actors are counted by channel", Assert.Throws<ArgumentException>(() => DistinctActors.PerChannelAndPeriod(log, Weeks, new() { ByPublication = true })).Message, StringComparison.Ordinal);
        Assert.Contains("in row 0 must lie in the calendar", Assert.Throws<ArgumentException>(() => DistinctActors.PerChannelAndPeriod(log, LocalCalendar.Days(Ihk.Berlin, LocalPeriod.Year(2000)))).Message, StringComparison.Ordinal);

        // A log without a column of actors: they could be anybody.
        Assert.Equal(CountState.Partial, DistinctActors.PerChannelAndPeriod(log, Weeks).Union.State);
    }
}
