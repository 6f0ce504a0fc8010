using System.Reflection;
using Asterisell.Engine.Instances;
using Asterisell.PowerShell.Pipeline;
using Asterisell.Tests.Unit.Inventory;

namespace Asterisell.Tests.Unit.Contract;

/// <summary>Every factory method of an error, called: its id, and how an operator reads it.</summary>
public sealed class ErrorTextTests
{
    private const string Given = "given";

    /// <summary>Names that keep their capital letter behind the target.</summary>
    private static readonly string[] ProperNames = ["Docker", "MariaDB", "OpenSSH", "PHP", "Asterisell"];

    /// <summary>Methods that choose between the others, or wrap what they are given.</summary>
    private static readonly string[] Choosing = ["From", "ForTarget"];

    public static TheoryData<string> Factories => [.. Methods().Select(method => $"{method.DeclaringType!.Name}.{method.Name}").Distinct()];

    [Theory]
    [MemberData(nameof(Factories))]
    public void Its_id_is_its_name_and_its_text_reads_on_behind_the_target(string name)
    {
        foreach (MethodInfo method in Methods().Where(method => $"{method.DeclaringType!.Name}.{method.Name}" == name))
        {
            var error = (AsterisellException)method.Invoke(null, [.. method.GetParameters().Select(parameter => Sample(parameter.ParameterType))])!;
            Assert.Equal(method.Name, error.ErrorId);
            string first = error.Reason.Split(' ', 2)[0];
            bool isFirstWord = error.Target.Length > 0 && !error.Reason.StartsWith(Given, StringComparison.Ordinal) && !ProperNames.Any(proper => first.StartsWith(proper, StringComparison.Ordinal));
            Assert.False(isFirstWord && char.IsUpper(error.Reason[0]), $"{name} begins with a capital behind its target: {error.Message}");
            Assert.False(error.Target.Length == 0 && char.IsLower(error.Reason[0]) && !error.Reason.StartsWith(Given, StringComparison.Ordinal), $"{name} begins a sentence without a capital: {error.Message}");
        }
    }

    private static IEnumerable<MethodInfo> Methods() =>
        from assembly in (Assembly[])[typeof(InstanceErrors).Assembly, typeof(PathErrors).Assembly]
        from type in assembly.GetTypes()
        where type.Name.EndsWith("Errors", StringComparison.Ordinal) && type.IsAbstract && type.IsSealed
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        where typeof(AsterisellException).IsAssignableFrom(method.ReturnType) && !method.IsPrivate && !method.IsGenericMethod
        where !Choosing.Contains(method.Name)
        select method;

    private static object? Sample(Type type) => type switch
    {
        _ when type == typeof(string) => Given,
        _ when type == typeof(AsterisellHost) => Host,
        _ when type == typeof(AsterisellInstance) => Inventories.Instance("active: true"),
        _ when type == typeof(Exception) || typeof(Exception).IsAssignableFrom(type) => type == typeof(AsterisellException)
            ? new AsterisellException("Cause", ErrorKind.NotFound, Given, Given) : Activator.CreateInstance(type.IsAbstract ? typeof(IOException) : type),
        _ when type == typeof(Uri) => new Uri("https://example.com/"),
        _ when Nullable.GetUnderlyingType(type) is not null => null,
        _ when type.IsArray => Filled(type.GetElementType()!),
        _ when type.IsGenericType && type.GetGenericArguments() is [Type item] && type.IsAssignableFrom(item.MakeArrayType()) => Filled(item),
        _ when type.IsValueType => Activator.CreateInstance(type),
        _ when Shortest(type) is ConstructorInfo make => make.Invoke([.. make.GetParameters().Select(parameter => Sample(parameter.ParameterType))]),
        _ => throw new NotSupportedException($"This test has no sample of {type}."),
    };

    private static ConstructorInfo? Shortest(Type type) => type.GetConstructors().OrderBy(make => make.GetParameters().Length).FirstOrDefault();

    private static Array Filled(Type item)
    {
        var array = Array.CreateInstance(item, 1);
        array.SetValue(Sample(item), 0);
        return array;
    }

    private static AsterisellHost Host => Inventories.Instance("active: true").Host;
}
