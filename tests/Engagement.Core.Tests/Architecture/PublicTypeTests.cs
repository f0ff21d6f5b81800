using System.Collections;
using System.Reflection;

namespace Engagement.Core.Tests.Architecture;

public class PublicTypeTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Type[] Public = typeof(Count).Assembly.GetExportedTypes();
    private static readonly NullabilityInfoContext Nullability = new();

    public static TheoryData<Type> Types => [.. Public];

    public static TheoryData<Type> Structs => [.. Public.Where(type => type.IsValueType && !type.IsEnum)];

    public static TheoryData<Type> Enums => [.. Public.Where(type => type.IsEnum)];

    public static TheoryData<Type> Equatables => [.. Public.Where(type => !type.IsEnum && typeof(IEquatable<>).MakeGenericType(type).IsAssignableFrom(type))];

    [Fact]
    public void There_are_at_most_131_public_types() => Assert.InRange(Public.Length, 1, 131);

    [Theory]
    [MemberData(nameof(Types))]
    public void A_public_type_is_sealed_static_a_struct_an_enum_or_closed_to_others(Type type) => Assert.True(type.IsSealed || IsClosed(type), type.Name);

    [Theory]
    [MemberData(nameof(Types))]
    public void Nothing_can_be_set_after_it_was_made(Type type)
    {
        // Whoever may call the setter; the fields behind properties bear names of the compiler's, and are fields too.
        Assert.All(type.GetProperties(Declared | BindingFlags.NonPublic).Where(property => property.SetMethod is not null), property =>
            Assert.Contains(typeof(System.Runtime.CompilerServices.IsExternalInit), property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers()));
        Assert.All(type.GetFields(Declared).Where(field => !type.IsEnum), field => Assert.True(field.IsLiteral, field.Name));
        Assert.All(type.GetFields(BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly), field => Assert.True(field.IsInitOnly || field.IsLiteral, field.Name));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Lists_are_handed_out_read_only(Type type) => Assert.All(type.GetProperties(Declared).Where(property => property.PropertyType != typeof(string) && typeof(IEnumerable).IsAssignableFrom(property.PropertyType)), property =>
        Assert.Contains(property.PropertyType.GetGenericTypeDefinition(), new[] { typeof(IReadOnlyList<>), typeof(IEnumerable<>) }));

    [Theory]
    [MemberData(nameof(Enums))]
    public void The_zero_of_an_enum_means_nothing(Type type) => Assert.Equal(type == typeof(CountState) ? nameof(CountState.Missing) : "Unspecified", Enum.GetName(type, Enum.ToObject(type, 0)));

    [Theory]
    [MemberData(nameof(Structs))]
    public void The_default_of_a_struct_is_legal(Type type)
    {
        object value = Activator.CreateInstance(type)!;
        Assert.NotNull(value.ToString());
        Assert.DoesNotContain("NaN", value.ToString(), StringComparison.Ordinal);
        Assert.All(type.GetProperties(Declared).Where(property => !property.GetMethod!.IsStatic), property => Assert.False(property.GetValue(value) is double number && !double.IsFinite(number), property.Name));
        Assert.Equal(value, Activator.CreateInstance(type));
        Assert.Equal(value.GetHashCode(), Activator.CreateInstance(type)!.GetHashCode());
        Cultures.AssertInvariant(() => value.ToString()!);
    }

    [Theory]
    [MemberData(nameof(Structs))]
    public void A_struct_compares_by_value_without_boxing(Type type) => Assert.True(typeof(IEquatable<>).MakeGenericType(type).IsAssignableFrom(type));

    [Fact]
    public void Every_type_that_compares_by_value_has_samples() => Assert.All(Equatables, row => Assert.Contains(row.Data, Samples.Types));

    [Theory]
    [MemberData(nameof(Equatables))]
    public void Equal_parts_make_equal_values_with_equal_hashes(Type type)
    {
        (object first, object same, object other) = (Samples.Of(type), Samples.Of(type, 2), Samples.Of(type, 1));
        Assert.True(type.IsValueType || !ReferenceEquals(first, same));
        Assert.True(first.Equals(same) && same.Equals(first) && first.Equals(first));
        Assert.Equal(first.GetHashCode(), same.GetHashCode());
        Assert.False(first.Equals(other) || other.Equals(first));
        Assert.False(first.Equals(null) || first.Equals(new object()));
        MethodInfo typed = type.GetMethod("Equals", [type])!;
        Assert.True((bool)typed.Invoke(first, [same])! && !(bool)typed.Invoke(first, [other])!);
        if (!type.IsValueType) Assert.False((bool)typed.Invoke(first, [null])!);
        if (type.GetMethod("op_Equality") is { } equality) Assert.True((bool)equality.Invoke(null, [first, same])! && !(bool)equality.Invoke(null, [first, other])!);
        if (type.GetMethod("op_Inequality") is { } inequality) Assert.True(!(bool)inequality.Invoke(null, [first, same])! && (bool)inequality.Invoke(null, [first, other])!);
        Cultures.AssertInvariant(() => Samples.Of(type, 1).ToString()!);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void No_property_of_a_sample_is_NaN_or_infinite(Type type)
    {
        if (!Samples.Types.Contains(type)) return;
        Assert.All(new[] { Samples.Of(type), Samples.Of(type, 1) }, sample =>
        {
            foreach (PropertyInfo property in type.GetProperties(Declared).Where(property => !property.GetMethod!.IsStatic && property.GetIndexParameters().Length == 0))
            {
                Assert.False(property.GetValue(sample) is double number && !double.IsFinite(number), property.Name);
            }
        });
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Null_is_refused_by_name_wherever_it_is_not_allowed(Type type)
    {
        foreach (MethodBase method in type.GetConstructors(Declared).Cast<MethodBase>().Concat(type.GetMethods(Declared)).Where(IsOurs))
        {
            ParameterInfo[] parameters = method.GetParameters();
            for (int index = 0; index < parameters.Length; index++)
            {
                if (parameters[index].ParameterType.IsValueType || Nullability.Create(parameters[index]).WriteState is not NullabilityState.NotNull) continue;
                object?[] arguments = [.. parameters.Select(parameter => Samples.Of(parameter.ParameterType, parameter.Position))];
                arguments[index] = null;
                object? receiver = method.IsStatic || method is ConstructorInfo ? null : Samples.Of(type);
                Exception thrown = Record.Exception(() => method is ConstructorInfo constructor ? constructor.Invoke(arguments) : method.Invoke(receiver, arguments))
                    ?? throw new InvalidOperationException($"{type.Name}.{method.Name} took null for {parameters[index].Name}.");

                // The parameter of an init is called value; its error names the property.
                string expected = method.Name.StartsWith("set_", StringComparison.Ordinal) ? method.Name[4..] : parameters[index].Name!;
                Assert.True(thrown.InnerException is ArgumentNullException { ParamName: { } name } && name == expected, $"{type.Name}.{method.Name}({parameters[index].Name}): {thrown.InnerException}");
            }
        }
    }

    // Nobody outside can override an internal abstract member, and so nobody can derive.
    private static bool IsClosed(Type type) => type.IsAbstract && type.GetMethods(BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly).Any(method => method.IsAbstract && method.IsAssembly);

    // Members that the compiler makes for a record, but for its setters, overrides that take an object, and spans (which cannot be boxed, and are never null) are left out.
    private static bool IsOurs(MethodBase method) =>
        method.Name is not "PrintMembers" and not "Equals" and not "op_Equality" and not "op_Inequality" and not "<Clone>$"
        && (method.Name.StartsWith("set_", StringComparison.Ordinal) || !method.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute), inherit: false))
        && method.GetParameters().All(parameter => !parameter.ParameterType.IsByRefLike && !parameter.ParameterType.IsByRef);
}
