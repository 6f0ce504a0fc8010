using System.Collections;
using System.Reflection;

namespace Asterisell.Engine.Repository.Reach;

/// <summary>Whether two readings of an instance say the same, defaults and templates applied.</summary>
internal static class SettingsComparison
{
    /// <summary>Instances, as <c>host/name</c>, that two inventories describe differently, or that only one of them has.</summary>
    public static IReadOnlyList<string> Differing(AsterisellInventory one, AsterisellInventory other)
    {
        Dictionary<string, AsterisellInstance> first = one.Instances.ToDictionary(instance => instance.ToString());
        Dictionary<string, AsterisellInstance> second = other.Instances.ToDictionary(instance => instance.ToString());
        return [.. first.Keys.Union(second.Keys).Where(name => !AreSame(first.GetValueOrDefault(name), second.GetValueOrDefault(name)))];
    }

    private static bool AreSame(object? one, object? other) => (one, other) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (string or Uri or SecretReference, _) => one.Equals(other),
        (IDictionary<string, string> or IReadOnlyDictionary<string, string>, _) => AreSame(Pairs(one), Pairs(other)),
        (IEnumerable first, IEnumerable second) => AreSameItems(first, second),
        _ when one.GetType().IsValueType => one.Equals(other),
        _ => one.GetType() == other.GetType() && PropertiesOf(one).All(property => AreSame(property.GetValue(one), property.GetValue(other))),
    };

    private static bool AreSameItems(IEnumerable one, IEnumerable other)
    {
        object?[] first = [.. one.Cast<object?>()], second = [.. other.Cast<object?>()];
        return first.Length == second.Length && first.Zip(second).All(pair => AreSame(pair.First, pair.Second));
    }

    private static List<string> Pairs(object dictionary) =>
        [.. ((IEnumerable<KeyValuePair<string, string>>)dictionary).Select(pair => $"{pair.Key}\0{pair.Value}").Order(StringComparer.Ordinal)];

    private static IEnumerable<PropertyInfo> PropertiesOf(object value) =>
        value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0);
}
