using NodaTime;

namespace Engagement.Core.Tests.Organisations;

public class UniverseTests
{
    private static readonly Universe Members = new("members", UnitOfCount.Company);

    [Fact]
    public void A_conversion_takes_its_factor_from_one_in_a_million_to_a_million()
    {
        Assert.Equal(1e-6, new UnitConversion(UnitOfCount.Person, UnitOfCount.Company, 1e-6, "made up").Factor);
        Assert.Equal(1e6, new UnitConversion(UnitOfCount.Person, UnitOfCount.Company, 1e6, "made up").Factor);
        Assert.Equal("factor", Assert.Throws<ArgumentOutOfRangeException>(() => new UnitConversion(UnitOfCount.Person, UnitOfCount.Company, 1.000001e6, "made up")).ParamName);
        Assert.Equal("factor", Assert.Throws<ArgumentOutOfRangeException>(() => new UnitConversion(UnitOfCount.Person, UnitOfCount.Company, 0.99e-6, "made up")).ParamName);
        Assert.Equal("timeZone", Assert.Throws<ArgumentNullException>(() => new Organisation("ihk", "IHK", null!)).ParamName);
    }

    [Fact]
    public void A_universe_begins_without_any_size()
    {
        Assert.Empty(Members.Sizes);
        Assert.Null(Members.AsOf(Ihk.Noon));
        Assert.Null(Members.Latest(Ihk.November, Ihk.Berlin));
        Assert.Equal("members", Members.Name);
        Assert.Equal("members (Company)", Members.ToString());
        Assert.Equal("Mitglieder", new Universe("members", UnitOfCount.Company, "Mitglieder").Name);
    }

    [Fact]
    public void With_gives_a_new_universe_and_leaves_the_old_one_as_it_was()
    {
        Universe grown = Members.With(Ihk.Noon, Count.Observed(1));
        Assert.Empty(Members.Sizes);
        Assert.Single(grown.Sizes);
        Assert.NotEqual(Members, grown);
        Assert.Equal(grown, Members.With(Ihk.Noon, Count.Observed(1)));
        Assert.Equal(grown.GetHashCode(), Members.With(Ihk.Noon, Count.Observed(1)).GetHashCode());
    }

    [Fact]
    public void Sizes_stand_in_order_of_time_however_they_were_given()
    {
        Universe universe = Members.With(Ihk.At(20), Count.Observed(3)).With(Ihk.At(1), Count.Observed(1)).With(Ihk.At(10), Count.Observed(2));
        Assert.Equal([Count.Observed(1), Count.Observed(2), Count.Observed(3)], universe.Sizes.Select(size => size.Size));
        Assert.Null(universe.AsOf(Ihk.At(1) - Duration.Epsilon));
        Assert.Equal(Count.Observed(1), universe.AsOf(Ihk.At(1))!.Value.Size);
        Assert.Equal(Count.Observed(1), universe.AsOf(Ihk.At(10) - Duration.Epsilon)!.Value.Size);
        Assert.Equal(Count.Observed(2), universe.AsOf(Ihk.At(10))!.Value.Size);
        Assert.Equal(Count.Observed(3), universe.AsOf(Instant.MaxValue)!.Value.Size);
    }

    [Fact]
    public void Of_two_sizes_at_one_moment_the_last_one_given_counts() =>
        Assert.Equal(Count.Observed(2), Members.With(Ihk.Noon, Count.Observed(1)).With(Ihk.Noon, Count.Observed(2)).AsOf(Ihk.Noon)!.Value.Size);

    [Fact]
    public void The_latest_size_of_a_period_is_the_one_before_its_last_midnight_however_old()
    {
        // November ends in Berlin on 2014-11-30T23:00:00Z.
        Instant end = Instant.FromUtc(2014, 11, 30, 23, 0);
        Universe universe = Members.With(Instant.FromUtc(1990, 1, 1, 0, 0), Count.Observed(1)).With(end, Count.Observed(2));
        Assert.Equal(Count.Observed(1), universe.Latest(Ihk.November, Ihk.Berlin)!.Value.Size);
        Assert.Equal(Count.Observed(2), Members.With(end - Duration.Epsilon, Count.Observed(2)).Latest(Ihk.November, Ihk.Berlin)!.Value.Size);
        Assert.Equal(Count.Observed(2), universe.Latest(LocalPeriod.Month(2014, 12), Ihk.Berlin)!.Value.Size);
        Assert.Equal(Count.Observed(2), universe.Latest(Ihk.November, DateTimeZone.Utc)!.Value.Size);
    }

    [Fact]
    public void A_universe_refuses_what_it_cannot_mean()
    {
        Assert.StartsWith(
            "unit (Unspecified) must be a known UnitOfCount: pass one of Person, Company, Household, Account, Copy, Device.",
            Assert.Throws<ArgumentOutOfRangeException>("unit", () => new Universe("members", default)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("unit", () => new Universe("members", (UnitOfCount)77));
        Assert.Throws<ArgumentException>("name", () => new Universe("members", UnitOfCount.Person, " "));
        Assert.Throws<ArgumentException>("name", () => new Universe("members", UnitOfCount.Person, ""));
        Assert.Throws<ArgumentNullException>("zone", () => Members.Latest(Ihk.November, null!));
    }

    [Fact]
    public void The_default_size_is_missing_at_the_epoch() => Assert.Equal("missing as of 1970-01-01T00:00:00Z", default(UniverseSize).ToString());

    [Fact]
    public void Text_is_the_same_in_every_culture() => Cultures.AssertInvariant(() => $"{new UniverseSize(Ihk.Noon, Count.Rounded(110_000))} {Ihk.Audience(Ihk.Xing, Count.Observed(9_000))} {Ihk.Chamber} {Ihk.November}");
}
