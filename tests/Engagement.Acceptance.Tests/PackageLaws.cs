using System.Collections;
using System.Reflection;
using Engagement.Core;
using Engagement.Core.Logs;
using Engagement.Import;
using Engagement.Import.Columnar;
using Engagement.Reporting;
using Engagement.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Engagement.Acceptance.Tests;

/// <summary>What holds for the public types of every package but Core, which has laws of its own, and for the arrows between the packages.</summary>
[Trait("Runs", "Once")]
public sealed class PackageLaws
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Assembly[] Packages = [typeof(Importer).Assembly, typeof(LogFile).Assembly, typeof(EngagementStore).Assembly, typeof(Report).Assembly];
    private static readonly NullabilityInfoContext Nullability = new();
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    /// <summary>What each package may refer to besides the platform and Core's two.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["Engagement.Core"] = [],
        ["Engagement.Import"] = ["Engagement.Core", "CsvHelper", "DocumentFormat.OpenXml", "DocumentFormat.OpenXml.Framework"],
        ["Engagement.Import.Columnar"] = ["Engagement.Core", "Engagement.Import", "Apache.Arrow", "Apache.Arrow.Compression", "CsvHelper", "ParquetSharp"],
        ["Engagement.Storage"] = ["Engagement.Core", "DuckDB.NET.Data", "DuckDB.NET.Bindings", "Npgsql"],
        ["Engagement.Reporting"] = ["Engagement.Core", "CsvHelper", "ScottPlot", "SkiaSharp", "Spectre.Console", "Spectre.Console.Ansi"],
        ["engagement"] = ["Engagement.Core", "Engagement.Import", "Engagement.Import.Columnar", "Engagement.Storage", "Engagement.Reporting", "CsvHelper", "Spectre.Console"],
    };

    public static TheoryData<string> Names => [.. Arrows.Keys];

    public static TheoryData<Type> Types => [.. Packages.SelectMany(package => package.GetExportedTypes())];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_package_refers_only_to_what_lies_below_it(string name)
    {
        string[] others = [.. Assembly.Load(name).GetReferencedAssemblies().Select(reference => reference.Name!)
            .Where(reference => !reference.StartsWith("System.", StringComparison.Ordinal) && !reference.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) && reference is not "NodaTime" and not "FluentValidation")];
        Assert.Empty(others.Except(Arrows[name], StringComparer.Ordinal));
    }

    [Fact]
    public void Only_storage_knows_the_services_of_an_app() =>
        Assert.All(Arrows.Keys.Where(name => name != "Engagement.Storage"), name => Assert.DoesNotContain(Assembly.Load(name).GetReferencedAssemblies(), reference => reference.Name!.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)));

    [Fact]
    public void Each_package_has_one_public_namespace_of_its_own_name() =>
        Assert.All(Packages, package => Assert.Equal([package.GetName().Name!], package.GetExportedTypes().Select(type => type.Namespace!).Distinct(StringComparer.Ordinal), StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Types))]
    public void A_public_type_is_sealed_static_a_struct_an_enum_or_closed_to_others(Type type) =>
        Assert.True(type.IsSealed || (!type.IsInterface && type.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance).All(constructor => constructor.IsAssembly || constructor.IsPrivate || constructor.IsFamilyAndAssembly)), type.Name);

    [Theory]
    [MemberData(nameof(Types))]
    public void Nothing_can_be_set_after_it_was_made(Type type)
    {
        // An app's configuration fills the options of a store, as all options of .NET; they are read once, when it starts.
        if (type == typeof(EngagementOptions)) return;
        Assert.All(type.GetProperties(Declared).Where(property => property.SetMethod is not null), property =>
            Assert.Contains(typeof(System.Runtime.CompilerServices.IsExternalInit), property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers()));
        Assert.All(type.GetFields(Declared).Where(field => !type.IsEnum), field => Assert.True(field.IsLiteral, field.Name));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Lists_are_handed_out_read_only(Type type) => Assert.All(type.GetProperties(Declared).Where(property => property.PropertyType != typeof(string) && typeof(IEnumerable).IsAssignableFrom(property.PropertyType)), property =>
        Assert.Contains(property.PropertyType.GetGenericTypeDefinition(), new[] { typeof(IReadOnlyList<>), typeof(IReadOnlyDictionary<,>) }));

    [Theory]
    [MemberData(nameof(Types))]
    public void The_zero_of_an_enum_means_nothing(Type type)
    {
        if (type.IsEnum) Assert.Equal("Unspecified", Enum.GetName(type, Enum.ToObject(type, 0)));
    }

    [Fact]
    public void Nothing_static_changes_in_any_type()
    {
        string[] mutable = [.. Packages.SelectMany(package => package.GetTypes()).SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(field => !field.IsInitOnly && !field.IsLiteral && (!field.Name.StartsWith('<') || field.Name.EndsWith("k__BackingField", StringComparison.Ordinal)) && !IsMade(field.DeclaringType!)).Select(field => $"{field.DeclaringType!.Name}.{field.Name}")];
        Assert.Empty(mutable);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Null_is_refused_by_name_wherever_it_is_not_allowed(Type type)
    {
        // Exceptions take null for a message, as all exceptions of .NET.
        if (typeof(Exception).IsAssignableFrom(type)) return;
        foreach (MethodBase method in type.GetConstructors(Declared).Cast<MethodBase>().Concat(type.GetMethods(Declared)).Where(IsOurs))
        {
            ParameterInfo[] parameters = method.GetParameters();
            for (int index = 0; index < parameters.Length; index++)
            {
                if (parameters[index].ParameterType.IsValueType || Nullability.Create(parameters[index]).WriteState is not NullabilityState.NotNull) continue;
                object?[] arguments = [.. parameters.Select(parameter => Sample(parameter.ParameterType))];
                arguments[index] = null;
                object? receiver = method.IsStatic || method is ConstructorInfo ? null : await ReceiverAsync(type);
                Exception? thrown = await Record.ExceptionAsync(async () =>
                {
                    object? result = method is ConstructorInfo constructor ? constructor.Invoke(arguments) : method.Invoke(receiver, arguments);
                    if (result is IEnumerable<InteractionLog> logs) Assert.Empty(logs);
                    if (result is Task task) await task;
                });
                if (receiver is IAsyncDisposable disposable) await disposable.DisposeAsync();
                string expected = method.Name.StartsWith("set_", StringComparison.Ordinal) ? method.Name[4..] : parameters[index].Name!;
                Assert.True((thrown is TargetInvocationException ? thrown.InnerException : thrown) is ArgumentNullException { ParamName: { } name } && name == expected, $"{type.Name}.{method.Name}({parameters[index].Name}): {thrown?.ToString() ?? "took null"}");
            }
        }
    }

    private static bool IsMade(Type type) => type.Name.StartsWith('<') || type.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute), inherit: false) || (type.DeclaringType is { } outer && IsMade(outer));

    private static bool IsOurs(MethodBase method) =>
        method.Name is not "PrintMembers" and not "Equals" and not "op_Equality" and not "op_Inequality" and not "<Clone>$" && !method.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute), inherit: false);

    // A value that a parameter takes; what it does not matter, because another parameter is null.
    private static object? Sample(Type type) =>
        type == typeof(string) ? "duckdb:nowhere.duckdb"
        : type == typeof(Organisation) ? new Organisation("ihk", "IHK", Zone)
        : type == typeof(Portfolio) ? Portfolio.For(new Organisation("ihk", "IHK", Zone)).Build()
        : type == typeof(InteractionLog) ? new InteractionLogBuilder().Build()
        : type == typeof(LocalCalendar) ? LocalCalendar.Days(Zone, LocalPeriod.Month(2014, 11))
        : type == typeof(Stream) ? new MemoryStream()
        : type == typeof(IServiceCollection) ? new ServiceCollection()
        : type == typeof(Action<EngagementOptions>) ? (Action<EngagementOptions>)(_ => { })
        : type == typeof(IOptions<EngagementOptions>) ? Options.Create(new EngagementOptions())
        : type == typeof(IEnumerable<string>) ? new[] { "posts.csv" }
        : type == typeof(IEnumerable<Interaction>) ? Array.Empty<Interaction>()
        : type.IsEnum ? Enum.ToObject(type, 1)
        : type.IsValueType ? Activator.CreateInstance(type)
        : null;

    private static async Task<object?> ReceiverAsync(Type type) =>
        type == typeof(EngagementStore) ? await EngagementStore.CreateAsync("duckdb::memory:", new Organisation("ihk", "IHK", Zone), cancellationToken: TestContext.Current.CancellationToken)
        : type == typeof(ImportRequest) ? new ImportRequest(["posts.csv"], "ihk")
        : Activator.CreateInstance(type);
}
