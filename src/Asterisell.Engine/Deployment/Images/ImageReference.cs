namespace Asterisell.Engine.Deployment.Images;

/// <summary>The parts of an image's name.</summary>
internal static class ImageReference
{
    /// <summary>Repository, and tag or digest; <c>latest</c> where neither is given.</summary>
    public static (string Repository, string Tag) Split(string name)
    {
        int digest = name.IndexOf('@', StringComparison.Ordinal);
        if (digest >= 0)
        {
            string rest = name[..digest];
            return (WithoutTag(rest), name[(digest + 1)..]);
        }

        string repository = WithoutTag(name);
        return (repository, repository.Length == name.Length ? "latest" : name[(repository.Length + 1)..]);
    }

    private static string WithoutTag(string name) => name.LastIndexOf(':') is var colon && colon > name.LastIndexOf('/') ? name[..colon] : name;
}
