using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Asterisell.Tests.Unit.Inventory.Generated;

/// <summary>The XML documentation of properties and types, as text with `code`.</summary>
internal static partial class XmlDocs
{
    private static readonly Dictionary<string, XElement> Members = Load();

    public static string Summary(MemberInfo member) => Text(member, "summary") ?? throw new InvalidOperationException($"{Id(member)} is not documented.");

    public static string? Remarks(MemberInfo member) => Text(member, "remarks");

    private static string? Text(MemberInfo member, string element) =>
        Members.GetValueOrDefault(Id(member))?.Element(element) is { } found ? Blanks().Replace(Flatten(found), " ").Trim() : null;

    private static string Id(MemberInfo member) =>
        member is Type type ? $"T:{type.FullName}" : $"P:{member.DeclaringType!.FullName}.{member.Name}";

    private static string Flatten(XElement element)
    {
        StringBuilder text = new();
        foreach (XNode node in element.Nodes())
        {
            text.Append(node switch
            {
                XText plain => plain.Value,
                XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
                XElement other => throw new InvalidOperationException($"<{other.Name}> has no meaning in the documentation of a setting."),
                _ => string.Empty,
            });
        }

        return text.ToString();
    }

    private static Dictionary<string, XElement> Load() => new[] { "Asterisell.Model.xml", "Asterisell.Engine.xml" }
        .SelectMany(file => XDocument.Load(Path.Combine(AppContext.BaseDirectory, file)).Descendants("member"))
        .ToDictionary(member => member.Attribute("name")!.Value);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
