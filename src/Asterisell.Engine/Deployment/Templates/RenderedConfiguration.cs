namespace Asterisell.Engine.Deployment.Templates;

/// <summary>Everything that an instance's settings put into its container.</summary>
/// <param name="Files">Files, in the order in which they are best written; every path once.</param>
/// <param name="Folders">Folders to make before.</param>
/// <param name="Warnings">What an operator should know of the settings, in sentences that hold no secret.</param>
internal sealed record RenderedConfiguration(
    IReadOnlyList<RenderedFile> Files, IReadOnlyList<RenderedFolder> Folders, IReadOnlyList<string> Warnings)
{
    /// <summary>Paths below the application's folder that are the configuration's, whatever a release has there.</summary>
    public IReadOnlySet<string> ApplicationPaths(AsterisellInstance instance)
    {
        string folder = instance.AdminDirectory + "/";
        return Files.Where(file => file.Path.StartsWith(folder, StringComparison.Ordinal)).Select(file => file.Path[folder.Length..]).ToHashSet(StringComparer.Ordinal);
    }
}
