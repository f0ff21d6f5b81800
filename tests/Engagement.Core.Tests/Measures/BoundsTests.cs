using System.Reflection;

namespace Engagement.Core.Tests.Measures;

public class BoundsTests
{
    [Fact]
    public void Bounds_keep_their_ends_and_default_to_0()
    {
        Assert.Equal((0.0739, 0.0864), (new Bounds(0.0739, 0.0864).Lower, new Bounds(0.0739, 0.0864).Upper));
        Assert.Equal(new Bounds(0, 0), default);
        Assert.Equal("[0, 0]", default(Bounds).ToString());
        Assert.Equal("[0.0739, 0.0864]", new Bounds(0.0739, 0.0864).ToString());
        Assert.Equal(new Bounds(1, 1), new Bounds(1, 1));
    }

    [Fact]
    public void Reversed_or_infinite_ends_are_refused()
    {
        Assert.StartsWith("upper (1) must not lie below the lower end 2: pass the smaller end first.", Assert.Throws<ArgumentOutOfRangeException>("upper", () => new Bounds(2, 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("lower", () => new Bounds(double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>("lower", () => new Bounds(double.NegativeInfinity, 1));
        Assert.Throws<ArgumentOutOfRangeException>("upper", () => new Bounds(1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("upper", () => new Bounds(1, double.PositiveInfinity));
    }

    [Fact]
    public void Measured_reach_does_not_add_up()
    {
        MethodInfo[] methods = typeof(MeasuredReach).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance);
        Assert.DoesNotContain(methods, method => method.Name is "op_Addition" or "op_CheckedAddition" or "Add" or "Sum" or "op_Implicit" or "op_Explicit");
        Assert.DoesNotContain(typeof(MeasuredReach).GetInterfaces(), type => type.Name.StartsWith("IAdditionOperators", StringComparison.Ordinal));
        Assert.Equal(Count.Missing, default(MeasuredReach).Persons);
        Assert.Equal("2752", new MeasuredReach(Count.Observed(2_752)).ToString());
    }

    [Fact]
    public void Nothing_but_counts_and_tallies_has_a_plus() =>
        Assert.Equal([nameof(Count), nameof(InteractionTally)], typeof(Count).Assembly.GetExportedTypes().Where(type => type.GetMethod("op_Addition") is not null).Select(type => type.Name).Order(StringComparer.Ordinal), StringComparer.Ordinal);
}
