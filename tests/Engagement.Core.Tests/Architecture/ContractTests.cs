using System.Collections;
using System.Reflection;
using System.Xml.Linq;
using CsCheck;

namespace Engagement.Core.Tests.Architecture;

/// <summary>Laws over all types that <see cref="PublicTypeTests"/> does not look for: order, what is documented, what is shared, and what a culture could change.</summary>
public class ContractTests
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Assembly Core = typeof(Count).Assembly;
    private static readonly Type[] Public = Core.GetExportedTypes();

    public static TheoryData<Type> Ordered => [.. Public.Where(type => type.GetInterfaces().Contains(typeof(IComparable<>).MakeGenericType(type)))];

    public static TheoryData<Type> Sampled => [.. Samples.Types.Where(type => type.Assembly == Core)];

    public static TheoryData<Type> AllTypes => [.. Public];

    public static TheoryData<Type> Structs => [.. Public.Where(type => type.IsValueType && !type.IsEnum)];

    [Theory]
    [MemberData(nameof(Ordered))]
    public void An_order_is_total_and_agrees_with_equality_and_with_its_operators(Type type) =>
        Gen.Select(Gen.String.AlphaNumeric, Gen.String.AlphaNumeric, Gen.String.AlphaNumeric).Sample(
            texts =>
            {
                // Identifiers are the only types with an order; the empty text stands for the default.
                object[] values = [.. new[] { texts.Item1, texts.Item2, texts.Item3 }.Select(text => text.Length == 0 ? Activator.CreateInstance(type)! : Activator.CreateInstance(type, text)!)];
                foreach (object first in values)
                {
                    foreach (object second in values)
                    {
                        int order = Compare(type, first, second);
                        Assert.Equal(Math.Sign(string.CompareOrdinal(first.ToString(), second.ToString())), Math.Sign(order));
                        Assert.Equal(-Math.Sign(Compare(type, second, first)), Math.Sign(order));
                        Assert.Equal(first.Equals(second), order == 0);
                        Assert.Equal((order < 0, order <= 0, order > 0, order >= 0), (Is(type, "LessThan", first, second), Is(type, "LessThanOrEqual", first, second), Is(type, "GreaterThan", first, second), Is(type, "GreaterThanOrEqual", first, second)));
                        foreach (object third in values) Assert.False(order <= 0 && Compare(type, second, third) <= 0 && Compare(type, first, third) > 0);
                    }
                }
            },
            iter: 200);

    [Fact]
    public void Every_identifier_has_an_order() => Assert.Equal(Public.Where(type => type.Name.EndsWith("Id", StringComparison.Ordinal) && type != typeof(DefinitionId)), Ordered.Select(row => (Type)row.Data));

    [Theory]
    [MemberData(nameof(Structs))]
    public void A_struct_says_what_its_default_means(Type type)
    {
        XElement member = Documentation().Single(member => member.Attribute("name")!.Value == $"T:{type.FullName}");
        Assert.Contains("default", member.Value, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Nothing_static_changes_in_any_type()
    {
        // Public, internal or private: no global state. What the compiler keeps (names with <, but for the fields behind properties) it writes once.
        string[] mutable = [.. Core.GetTypes().SelectMany(type => type.GetFields(Everything)).Where(field => field.IsStatic && !field.IsInitOnly && !field.IsLiteral && (!field.Name.StartsWith('<') || field.Name.EndsWith("k__BackingField", StringComparison.Ordinal)) && !field.DeclaringType!.Name.StartsWith('<')).Select(field => $"{field.DeclaringType!.Name}.{field.Name}")];
        Assert.Empty(mutable);
    }

    [Theory]
    [MemberData(nameof(AllTypes))]
    public void What_a_property_hands_out_stays_as_it_is_whatever_it_is_cast_to(Type type) =>
        Assert.All(type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly).Where(property => property.GetIndexParameters().Length == 0 && (property.GetMethod!.IsStatic || Samples.Types.Contains(type))), property =>
        {
            // A list or an array behind IEnumerable is still one.
            object? value = property.GetValue(property.GetMethod!.IsStatic ? null : Samples.Of(type, 1));
            Assert.False(value is IList { IsReadOnly: false } or IDictionary { IsReadOnly: false }, property.Name);
        });

    [Theory]
    [MemberData(nameof(Sampled))]
    public void No_text_of_a_type_depends_on_the_culture(Type type)
    {
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.PropertyType == typeof(string) && property.GetIndexParameters().Length == 0))
        {
            Cultures.AssertInvariant(() => (string?)property.GetValue(Samples.Of(type)) ?? "null");
        }

        foreach (MethodInfo method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance).Where(method => method.ReturnType == typeof(string) && !method.IsSpecialName && method.GetParameters().All(parameter => parameter.ParameterType == typeof(Language))))
        {
            foreach (Language language in method.GetParameters().Length == 0 ? [default] : new[] { Language.English, Language.German })
            {
                object[] arguments = method.GetParameters().Length == 0 ? [] : [language];
                Cultures.AssertInvariant(() => (string?)method.Invoke(Samples.Of(type), arguments) ?? "null");
            }
        }
    }

    [Fact]
    public void What_is_read_is_read_alike_under_every_culture()
    {
        string[] texts = ["324", "~9000[8500..9499]", ">=500", "missing", "withheld", "n/a", "9.000", "9,000", "-1", "\u0669", "1e3"];
        Cultures.AssertInvariant(() => string.Join('|', texts.Select(text => Count.TryParse(text, out Count count) ? count.ToString() : "refused")));
        Assert.All(EngagementRatioDefinitions.All, definition => Cultures.AssertInvariant(() => EngagementRatioDefinition.FromJson(definition.ToJson()).ToString()));
    }

    private static int Compare(Type type, object first, object second) => (int)type.GetMethod("CompareTo", [type])!.Invoke(first, [second])!;

    private static bool Is(Type type, string name, object first, object second) => (bool)type.GetMethod($"op_{name}", [type, type])!.Invoke(null, [first, second])!;

    private static IEnumerable<XElement> Documentation() => XDocument.Load(Path.ChangeExtension(Core.Location, ".xml")).Descendants("member");
}
