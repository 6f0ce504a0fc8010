namespace Asterisell.Engine.Deployment.Templates;

/// <summary>A folder that the configuration stands on and that nothing else makes.</summary>
/// <param name="Path">Full path in the container. Folders above it are made too, as root's.</param>
/// <param name="Owner">Unix user.</param>
/// <param name="Group">Unix group.</param>
/// <param name="Mode">Mode.</param>
internal sealed record RenderedFolder(string Path, string Owner, string Group, UnixFileMode Mode);
