using System.Xml.Linq;

namespace Asterisell.Tests.Unit.Contract;

/// <summary>What the views of output types keep to. Each rule gives a sentence for each breach.</summary>
internal static class ViewRules
{
    public static IEnumerable<string> EveryTypeHasATableAndAList(XDocument views, IEnumerable<Type> types) =>
        from type in types
        let controls = views.Descendants("View")
            .Where(view => view.Descendants("TypeName").Any(name => name.Value == type.FullName))
            .SelectMany(view => view.Elements().Select(element => element.Name.LocalName))
            .ToHashSet()
        where !controls.Contains("ListControl") || !(controls.Contains("TableControl") || controls.Contains("CustomControl"))
        select $"{type.FullName} has no table (or view of its own kind) and list in module/Asterisell.Format.ps1xml";

    public static IEnumerable<string> WhatIsShownIsThere(XDocument views, IEnumerable<Type> types)
    {
        Dictionary<string, Type> known = types.ToDictionary(type => type.FullName!);
        return from view in views.Descendants("View")
               from name in view.Descendants("TypeName")
               where known.ContainsKey(name.Value)
               from property in view.Descendants("PropertyName")
               where known[name.Value].GetProperty(property.Value) is null
               select $"the view {view.Element("Name")?.Value} shows {property.Value}, which {name.Value} does not have";
    }
}
