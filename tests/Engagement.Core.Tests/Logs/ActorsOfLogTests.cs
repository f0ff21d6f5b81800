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
    public void Sketches_per_channel_and_week_are_those_of_the_sets() => Gen.Select(LogRows.Any(300), Gen.Int[1, 60], Gen.Int[0, int.MaxValue], Gen.Int[1, 3], Gen.Bool).Sample(
        (rows, people, seed, degree, named) =>
        {
            var random = new Random(seed);
            int[] actors = [.. rows.Times.Select(_ => random.Next(-1, people))];
            ActorId[] names = [.. Enumerable.Range(0, people).Select(person => new ActorId($"ä{person}"))];
            InteractionLog log = rows.Log().WithActors(actors, named ? names : null);
            IReadOnlyList<ThetaSketch> actual = ThetaSketch.PerChannelAndPeriod(log, Weeks, out long unknown, new() { DegreeOfParallelism = degree }, nominalEntries: 16);
            Assert.Equal(Weeks.Periods.Count * rows.Channels.Length, actual.Count);
            int[] counted = [.. Enumerable.Range(0, actors.Length).Where(row => rows.Roles[row] is not 2 and not 6)];
            Assert.Equal(counted.Count(row => actors[row] < 0), unknown);
            for (int cell = 0; cell < actual.Count; cell++)
            {
                var expected = new ThetaSketchBuilder(16);
                foreach (int row in counted.Where(row => actors[row] >= 0 && rows.ChannelIndexes[row] == cell % rows.Channels.Length && Weeks.IndexOf(rows.Times[row]) == cell / rows.Channels.Length))
                {
                    if (named) expected.Add(names[actors[row]].Value);
                    else expected.Add(actors[row]);
                }

                Assert.Equal(expected.Build(), actual[cell]);
            }
        },
        iter: LawCases.Count / 20);

    /// <summary>The place of a name in a log's list says nothing about who it is in another log.</summary>
    [Fact]
    public void Sketches_of_logs_that_name_their_actors_in_another_order_unite()
    {
        ThetaSketch first = Of(["anna", "ben", "carl"]);
        ThetaSketch second = Of(["dora", "anna", "carl"]);
        Assert.Equal((4, 2), (first.Union(second).Estimate().Value, first.Intersect(second).Estimate().Value));

        static ThetaSketch Of(string[] names)
        {
            InteractionLog log = InteractionLog.From(names.Select((name, index) => new Interaction($"i{index}", Ihk.Xing.Id, InteractionKind.Like, Ihk.At(1), ActorRole.Member) { Actor = new ActorId(name) }));
            return Assert.Single(ThetaSketch.PerChannelAndPeriod(log, LocalCalendar.Days(Ihk.Berlin, LocalPeriod.Day(new(2014, 11, 1))), out _));
        }
    }

    [Fact]
    public void Progress_ends_with_all_rows_and_no_channel_has_no_cell()
    {
        var told = new List<long>();
        var options = new RollUpOptions { Progress = new Told(told.Add) };
        InteractionLog log = LogRows.Make(1_000, 0, 3, 3, 1).Log();
        DistinctActors.PerChannelAndPeriod(log, Weeks, options);
        Assert.Equal([1_000], told);
        ThetaSketch.PerChannelAndPeriod(log, Weeks, out _, options);
        Assert.Equal([1_000, 1_000], told);
        InteractionLog nowhere = InteractionLog.Of([], default, default, default);
        Assert.Empty(DistinctActors.PerChannelAndPeriod(nowhere, Weeks).Cells);
        Assert.Empty(ThetaSketch.PerChannelAndPeriod(nowhere, Weeks, out _));
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => ThetaSketch.PerChannelAndPeriod(log, Weeks, out _, cancellationToken: stop.Token));
        Assert.Throws<OperationCanceledException>(() => DistinctActors.PerChannelAndPeriod(log, Weeks, cancellationToken: stop.Token));
    }

    private sealed class Told(Action<long> act) : IProgress<long>
    {
        public void Report(long value) => act(value);
    }

    [Fact]
    public void What_cannot_be_counted_is_refused()
    {
        InteractionLog log = LogRows.Make(10, 0, 3, 3, 1).Log();
        Assert.Contains("options are by publication, and actors are counted by channel", Assert.Throws<ArgumentException>(() => DistinctActors.PerChannelAndPeriod(log, Weeks, new() { ByPublication = true })).Message, StringComparison.Ordinal);
        Assert.Contains("in row 0 must lie in the calendar", Assert.Throws<ArgumentException>(() => DistinctActors.PerChannelAndPeriod(log, LocalCalendar.Days(Ihk.Berlin, LocalPeriod.Year(2000)))).Message, StringComparison.Ordinal);
        Assert.Contains("in row 0 must lie in the calendar", Assert.Throws<ArgumentException>(() => ThetaSketch.PerChannelAndPeriod(log, LocalCalendar.Days(Ihk.Berlin, LocalPeriod.Year(2000)), out _)).Message, StringComparison.Ordinal);
        Assert.Contains("nominalEntries (15) must lie between 16", Assert.Throws<ArgumentOutOfRangeException>(() => ThetaSketch.PerChannelAndPeriod(log, Weeks, out _, nominalEntries: 15)).Message, StringComparison.Ordinal);

        // A log without a column of actors: they could be anybody.
        Assert.Equal(CountState.Partial, DistinctActors.PerChannelAndPeriod(log, Weeks).Union.State);
    }
}
