using System.Management.Automation;

namespace Asterisell.PowerShell.Selection;

/// <summary>One name as the operator gave it: <c>billing</c>, <c>bill*</c>, <c>milan/billing</c>, <c>milan/*</c>.</summary>
internal sealed class InstanceQuery
{
    private readonly WildcardPattern name;
    private readonly WildcardPattern? host;

    internal InstanceQuery(string text)
    {
        Text = text;
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        name = Pattern(text[(slash + 1)..]);
        host = slash < 0 ? null : Pattern(text[..slash]);
    }

    internal string Text { get; }

    /// <summary>False when it names one thing, which then must exist.</summary>
    internal bool HasWildcard => WildcardPattern.ContainsWildcardCharacters(Text);

    internal bool Matches(AsterisellInstance instance) => name.IsMatch(instance.Name) && host?.IsMatch(instance.HostName) != false;

    internal static WildcardPattern Pattern(string text) => WildcardPattern.Get(text, WildcardOptions.IgnoreCase);
}
