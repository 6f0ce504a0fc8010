namespace Asterisell.Engine.Deployment.Images;

/// <summary>How an image is built.</summary>
/// <param name="ModuleFolder">Folder with the module's own Dockerfile and what belongs to it.</param>
public sealed record ImageBuildOptions(string ModuleFolder)
{
    /// <summary>Network of the building steps: <c>default</c>, <c>host</c> or <c>none</c>.</summary>
    public string Network { get; init; } = "default";

    /// <summary>Build although nothing changed, and do every step anew.</summary>
    public bool NoCache { get; init; }
}
