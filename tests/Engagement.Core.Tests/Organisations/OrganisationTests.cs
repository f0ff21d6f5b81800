using NodaTime;

namespace Engagement.Core.Tests.Organisations;

public class OrganisationTests
{
    [Fact]
    public void An_organisation_has_a_name_a_zone_and_perhaps_an_umbrella()
    {
        Assert.True(Ihk.Chamber.Umbrella.IsNone);
        Assert.Equal("IHK Ostwestfalen zu Bielefeld (ihk)", Ihk.Chamber.ToString());
        Assert.Equal(Ihk.Chamber, new Organisation("ihk", "IHK Ostwestfalen zu Bielefeld", Ihk.Berlin));
        Assert.NotEqual(Ihk.Chamber, new Organisation("ihk", "IHK Ostwestfalen zu Bielefeld", Ihk.Berlin, new OrganisationId("dihk")));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\t")]
    public void A_blank_name_is_refused(string name)
    {
        Assert.Throws<ArgumentException>(nameof(name), () => new Organisation("ihk", name, Ihk.Berlin));
        Assert.Throws<ArgumentException>(nameof(name), () => new Channel("xing", name, Platform.Xing, ChannelForm.Group));
    }

    [Fact]
    public void A_day_begins_when_the_clock_of_the_zone_says_so()
    {
        Assert.Equal(Instant.FromUtc(2014, 11, 19, 23, 0), Ihk.Chamber.StartOf(new LocalDate(2014, 11, 20)));
        Assert.Equal(Instant.FromUtc(2014, 7, 31, 22, 0), Ihk.Chamber.StartOf(new LocalDate(2014, 8, 1)));

        // In 2018 Brazil's clocks went from 00:00 to 01:00 on 4 November: the day began at 01:00, 03:00 UTC (zdump America/Sao_Paulo).
        Assert.Equal(Instant.FromUtc(2018, 11, 4, 3, 0), new Organisation("sp", "Câmara", DateTimeZoneProviders.Tzdb["America/Sao_Paulo"]).StartOf(new LocalDate(2018, 11, 4)));
    }

    [Fact]
    public void A_day_that_the_zone_skipped_has_no_start() =>
        Assert.Throws<SkippedTimeException>(() => new Organisation("apia", "Samoa", DateTimeZoneProviders.Tzdb["Pacific/Apia"]).StartOf(new LocalDate(2011, 12, 30)));

    [Fact]
    public void A_conversion_names_two_units_a_factor_and_its_source()
    {
        var conversion = new UnitConversion(UnitOfCount.Person, UnitOfCount.Company, 3.2, "CRM of 2014-11");
        Assert.Equal("3.2 Person per Company (CRM of 2014-11)", conversion.ToString());
        Cultures.AssertInvariant(conversion.ToString);
        Assert.Throws<ArgumentOutOfRangeException>("from", () => new UnitConversion(default, UnitOfCount.Company, 1, "x"));
        Assert.Throws<ArgumentOutOfRangeException>("to", () => new UnitConversion(UnitOfCount.Person, default, 1, "x"));
        Assert.StartsWith("to (Person) must be another unit than from: equal units need no conversion.", Assert.Throws<ArgumentException>("to", () => new UnitConversion(UnitOfCount.Person, UnitOfCount.Person, 1, "x")).Message, StringComparison.Ordinal);
        Assert.StartsWith("factor (0) must lie between 0.000001 and 1000000: pass how many of the first unit make one of the second.", Assert.Throws<ArgumentOutOfRangeException>("factor", () => new UnitConversion(UnitOfCount.Person, UnitOfCount.Company, 0, "x")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("factor", () => new UnitConversion(UnitOfCount.Person, UnitOfCount.Company, double.NaN, "x"));
        Assert.Throws<ArgumentOutOfRangeException>("factor", () => new UnitConversion(UnitOfCount.Person, UnitOfCount.Company, -1, "x"));
        Assert.Throws<ArgumentException>("source", () => new UnitConversion(UnitOfCount.Person, UnitOfCount.Company, 1, " "));
    }
}
