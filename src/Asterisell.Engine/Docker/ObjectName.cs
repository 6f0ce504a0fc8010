namespace Asterisell.Engine.Docker;

/// <summary>Names of images, volumes and networks that may stand in a request's path.</summary>
internal static class ObjectName
{
    /// <summary>The name of an image (slashes, tag, digest) itself, or an error where it could lead the request elsewhere.</summary>
    internal static string CheckImage(AsterisellHost host, string name) =>
        Possible(name, "_.-/:@+") && !name.Split('/').Any(part => part is "" or "." or "..")
            ? name
            : throw DockerErrors.InvalidObjectName(host, "an image", name);

    /// <summary>The name of a volume or network itself, or an error.</summary>
    internal static string Check(AsterisellHost host, string sort, string name) =>
        Possible(name, "_.-") ? name : throw DockerErrors.InvalidObjectName(host, sort, name);

    private static bool Possible(string name, string also) =>
        name.Length is > 0 and <= 512 && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || also.Contains(c));
}
