using System.Reflection;

namespace Engagement.Core.Tests.Organisations;

public class IdentifierTests
{
    private static readonly Type[] Ids = [typeof(OrganisationId), typeof(UniverseId), typeof(ChannelId), typeof(PublicationId), typeof(InteractionId), typeof(ActorId)];

    public static TheoryData<Type> Types => [.. Ids];

    public static TheoryData<string, string> BrokenTexts => new()
    {
        { "", "value (\"\") must have 1 to 512 characters, not 0: pass the identifier alone." },
        { " a", "value (\" a\") must not start or end with space: pass the identifier alone." },
        { "a\u00A0", "value (\"a\u00A0\") must not start or end with space: pass the identifier alone." },
        { "a\u3000", "value (\"a\u3000\") must not start or end with space: pass the identifier alone." },
        { "a\nb", "value (\"a\uFFFDb\") must not hold a control character: pass the identifier alone." },
        { "a\0b", "value (\"a\uFFFDb\") must not hold a control character: pass the identifier alone." },
        { "a\u0085b", "value (\"a\uFFFDb\") must not hold a control character: pass the identifier alone." },
        { new string('a', 513), $"value (\"{new string('a', 60)}… (513 characters)\") must have 1 to 512 characters, not 513: pass the identifier alone." },
    };

    [Theory]
    [MemberData(nameof(BrokenTexts))]
    public void Text_that_is_no_identifier_is_refused_with_value_rule_and_cure(string text, string message) => Assert.All(Ids, type =>
    {
        TargetInvocationException exception = Assert.Throws<TargetInvocationException>(() => New(type, text));
        ArgumentException inner = Assert.IsType<ArgumentException>(exception.InnerException);
        Assert.Equal("value", inner.ParamName);
        Assert.StartsWith(message, inner.Message, StringComparison.Ordinal);
    });

    [Theory]
    [InlineData("a")]
    [InlineData("9223372036854775808")]
    [InlineData("a b")]
    [InlineData("ä€😀")]
    [InlineData("=1+1")]
    public void Any_other_text_is_kept_as_it_is(string text) => Assert.All(Ids, type =>
    {
        Assert.Equal(text, New(type, text).ToString());
        Assert.Equal(text, type.GetProperty("Value")!.GetValue(New(type, text)));
        Assert.Equal(512, New(type, new string('a', 512)).ToString()!.Length);
    });

    [Theory]
    [MemberData(nameof(Types))]
    public void The_default_identifier_is_none(Type type)
    {
        object none = Activator.CreateInstance(type)!;
        Assert.Equal("", none.ToString());
        Assert.Equal(true, type.GetProperty("IsNone")!.GetValue(none));
        Assert.Equal(false, type.GetProperty("IsNone")!.GetValue(New(type, "a")));
        Assert.NotEqual(none, New(type, "a"));
        Assert.True(Compare(type, none, New(type, "a")) < 0);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Equality_and_order_are_ordinal(Type type)
    {
        Assert.Equal(New(type, "a"), New(type, "a"));
        Assert.Equal(New(type, "a").GetHashCode(), New(type, "a").GetHashCode());
        Assert.NotEqual(New(type, "a"), New(type, "A"));

        // Composed and decomposed ä are two texts, and so are ß and ss, whatever a culture says.
        Assert.NotEqual(New(type, "\u00E4"), New(type, "a\u0308"));
        Assert.NotEqual(New(type, "ß"), New(type, "ss"));
        Assert.True(Compare(type, New(type, "B"), New(type, "a")) < 0);
        Assert.True(Compare(type, New(type, "z"), New(type, "ä")) < 0);
        Assert.True(Compare(type, New(type, "a"), New(type, "ab")) < 0);
        Assert.Equal(0, Compare(type, New(type, "a"), New(type, "a")));
        Assert.True(Operator(type, "op_LessThan", "a", "b") && !Operator(type, "op_LessThan", "a", "a") && !Operator(type, "op_LessThan", "b", "a"));
        Assert.True(Operator(type, "op_GreaterThan", "b", "a") && !Operator(type, "op_GreaterThan", "a", "a") && !Operator(type, "op_GreaterThan", "a", "b"));
        Assert.True(Operator(type, "op_LessThanOrEqual", "a", "b") && Operator(type, "op_LessThanOrEqual", "a", "a") && !Operator(type, "op_LessThanOrEqual", "b", "a"));
        Assert.True(Operator(type, "op_GreaterThanOrEqual", "b", "a") && Operator(type, "op_GreaterThanOrEqual", "a", "a") && !Operator(type, "op_GreaterThanOrEqual", "a", "b"));
    }

    [Fact]
    public void Order_is_the_same_in_every_culture() => Cultures.AssertInvariant(() =>
        string.Join(' ', new[] { "i", "I", "ı", "İ", "a", "Z", "ä", "ö", "z", "co-op", "coop" }.Select(text => new ChannelId(text)).Order().Select(id => id.Value)));

    [Theory]
    [MemberData(nameof(Types))]
    public void Identifiers_of_two_kinds_cannot_be_mixed_up(Type type)
    {
        Assert.DoesNotContain(type.GetMethods(), method => method.Name is "op_Implicit" or "op_Explicit");
        Assert.All(Ids.Where(other => other != type), other => Assert.False(New(type, "a").Equals(New(other, "a"))));
        Assert.False(New(type, "a").Equals("a"));
    }

    [Fact]
    public void No_public_type_converts_itself_silently() =>
        Assert.DoesNotContain(typeof(ChannelId).Assembly.GetExportedTypes().SelectMany(type => type.GetMethods()), method => method.Name is "op_Implicit" or "op_Explicit");

    [Fact]
    public void The_id_of_every_fact_is_checked_at_its_own_door()
    {
        string text = "id (\" x\") must not start or end with space: pass the identifier alone.";
        Assert.All(
            new Action[]
            {
                () => _ = new Organisation(" x", "x", Ihk.Berlin),
                () => _ = new Universe(" x", UnitOfCount.Person),
                () => _ = new Channel(" x", "x", Platform.Xing, ChannelForm.Group),
                () => _ = new Publication(" x", Ihk.Xing.Id, Ihk.Noon),
                () => _ = new Interaction(" x", Ihk.Xing.Id, InteractionKind.Like, Ihk.Noon, ActorRole.Member),
            },
            door => Assert.StartsWith(text, Assert.Throws<ArgumentException>("id", door).Message, StringComparison.Ordinal));
        Assert.Throws<ArgumentException>("name", () => new Platform(" x"));
        Assert.Throws<ArgumentException>("name", () => new DefinitionId("", 1));
    }

    private static object New(Type type, string text) => Activator.CreateInstance(type, text)!;

    private static int Compare(Type type, object left, object right) => (int)type.GetMethod("CompareTo", [type])!.Invoke(left, [right])!;

    private static bool Operator(Type type, string name, string left, string right) => (bool)type.GetMethod(name)!.Invoke(null, [New(type, left), New(type, right)])!;
}
