using System.Reflection;

namespace Asterisell.Tests.Unit.Contract;

/// <summary>What the metadata of a cmdlet class says.</summary>
public sealed class CmdletFacts
{
    private CmdletFacts(Type type, CustomAttributeData cmdlet)
    {
        Type = type;
        Verb = (string)cmdlet.ConstructorArguments[0].Value!;
        Noun = (string)cmdlet.ConstructorArguments[1].Value!;
        SupportsShouldProcess = Named<bool>(cmdlet, "SupportsShouldProcess");
        ConfirmImpact = Named<int?>(cmdlet, "ConfirmImpact") ?? 2;
        OutputTypes =
        [
            .. Attributes(type, "OutputTypeAttribute")
                .SelectMany(output => output.ConstructorArguments)
                .SelectMany(Flatten)
                .Select(argument => argument.Value)
                .OfType<Type>(),
        ];
        Parameters = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(ParameterFacts.Of).OfType<ParameterFacts>()];
    }

    public Type Type { get; }

    public string Verb { get; }

    public string Noun { get; }

    public string Name => $"{Verb}-{Noun}";

    public bool SupportsShouldProcess { get; }

    /// <summary>0 none, 1 low, 2 medium (PowerShell's default), 3 high.</summary>
    public int ConfirmImpact { get; }

    public IReadOnlyList<Type> OutputTypes { get; }

    public IReadOnlyList<ParameterFacts> Parameters { get; }

    /// <summary>Names of the parameter sets; one nameless where there are none.</summary>
    public IReadOnlyList<string> ParameterSets
    {
        get
        {
            string[] named = [.. Parameters.SelectMany(parameter => parameter.Sets.Keys).Where(set => set != ParameterFacts.AllSets).Distinct()];
            return named.Length == 0 ? [ParameterFacts.AllSets] : named;
        }
    }

    public override string ToString() => Name;

    /// <summary>Cmdlets of an assembly.</summary>
    public static IReadOnlyList<CmdletFacts> In(Assembly assembly) =>
    [
        .. assembly.GetTypes()
            .SelectMany(type => Attributes(type, "CmdletAttribute").Select(attribute => new CmdletFacts(type, attribute)))
            .OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal),
    ];

    internal static IEnumerable<CustomAttributeData> Attributes(MemberInfo member, string name) =>
        member.GetCustomAttributesData().Where(attribute => attribute.AttributeType.Name == name);

    internal static T? Named<T>(CustomAttributeData attribute, string name) =>
        attribute.NamedArguments.Where(argument => argument.MemberName == name).Select(argument => (T?)argument.TypedValue.Value).FirstOrDefault();

    private static IEnumerable<CustomAttributeTypedArgument> Flatten(CustomAttributeTypedArgument argument) =>
        argument.Value is IEnumerable<CustomAttributeTypedArgument> list ? list : [argument];
}
