namespace Asterisell.Engine.Inventory;

/// <summary><c>name</c> or <c>host/name</c> with wildcards.</summary>
/// <param name="Host">Pattern of the host; null for any host.</param>
/// <param name="Name">Pattern of the name.</param>
internal sealed record NamePattern(string? Host, string Name)
{
    /// <summary>True when it names one thing, or the same on several hosts.</summary>
    public bool IsExact => !Wildcard.HasWildcard(Name) && (Host is null || !Wildcard.HasWildcard(Host));

    /// <summary>Reads a pattern; any text is one.</summary>
    public static NamePattern Parse(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? new NamePattern(null, text) : new NamePattern(text[..slash], text[(slash + 1)..]);
    }

    /// <summary>True when an instance has such a name.</summary>
    public bool IsMatch(AsterisellInstance instance) =>
        Wildcard.IsMatch(Name, instance.Name) && (Host is null || Wildcard.IsMatch(Host, instance.HostName));
}
