namespace Asterisell.Engine.Docker;

/// <summary>Names and ids that may stand in a request's path.</summary>
internal static class ContainerName
{
    /// <summary>The name itself, or an error where it could lead the request elsewhere (<c>..</c>, <c>a/b</c>) or cannot exist.</summary>
    internal static string Check(AsterisellHost host, string name)
    {
        bool possible = name.Length is > 0 and <= 255
            && char.IsAsciiLetterOrDigit(name[0])
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');
        return possible ? name : throw DockerErrors.InvalidContainerName(host, name);
    }
}
