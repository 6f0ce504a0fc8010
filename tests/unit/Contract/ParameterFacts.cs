using System.Reflection;

namespace Asterisell.Tests.Unit.Contract;

/// <summary>What the metadata of a parameter says.</summary>
public sealed class ParameterFacts
{
    public const string AllSets = "__AllParameterSets";

    private ParameterFacts(PropertyInfo property, IEnumerable<CustomAttributeData> attributes)
    {
        Property = property;
        foreach (CustomAttributeData attribute in attributes)
        {
            Sets[CmdletFacts.Named<string>(attribute, "ParameterSetName") ?? AllSets] =
                CmdletFacts.Named<bool>(attribute, "ValueFromPipeline");
        }
    }

    public PropertyInfo Property { get; }

    public string Name => Property.Name;

    /// <summary>Sets it belongs to, and whether it takes pipeline objects there.</summary>
    public Dictionary<string, bool> Sets { get; } = [];

    /// <summary>Its type; of an array the element, of a nullable the value.</summary>
    public string TypeName
    {
        get
        {
            Type type = Property.PropertyType;
            type = type.IsArray ? type.GetElementType()! : type;
            return type.IsGenericType ? type.GetGenericArguments()[0].FullName! : type.FullName!;
        }
    }

    public bool TakesPipelineIn(string set) =>
        (Sets.TryGetValue(set, out bool here) && here) || (Sets.TryGetValue(AllSets, out bool everywhere) && everywhere);

    /// <summary>The parameter that a property is; null when it is none.</summary>
    public static ParameterFacts? Of(PropertyInfo property)
    {
        CustomAttributeData[] attributes = [.. CmdletFacts.Attributes(property, "ParameterAttribute")];
        return attributes.Length == 0 ? null : new ParameterFacts(property, attributes);
    }
}
