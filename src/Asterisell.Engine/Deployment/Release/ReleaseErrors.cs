using Asterisell.Engine.Instances.Application;

namespace Asterisell.Engine.Deployment.Release;

/// <summary>Why a checkout is no release.</summary>
internal static class ReleaseErrors
{
    public static AsterisellException SourceNotFound(AsterisellInstance instance, string? folder) => new(
        nameof(SourceNotFound), ErrorKind.NotFound, instance.ToString(),
        folder is null ? "it is not said where the application is taken from." : $"there is no {ApplicationTree.Program} in '{folder}', so it is no checkout of the application.",
        "Give the folder of the management checkout: -Source /path, or application.source in the inventory.");

    public static AsterisellException SourceNotReadable(string path, Exception failure) => new(
        nameof(SourceNotReadable), ErrorKind.PermissionDenied, path, $"the checkout cannot be read: {failure.Message}",
        "Correct its owner or rights, or run the command as a user who may read it.", failure);

    public static AsterisellException SourceNameUnusable(string folder, string name) => new(
        nameof(SourceNameUnusable), ErrorKind.InvalidInput, folder,
        $"the checkout has a file whose name is no UTF-8 ('{name}'); it cannot be brought into an instance under the same name.", "Rename the file, or remove it.");

    public static AsterisellException SourceChanged(string path) => new(
        nameof(SourceChanged), ErrorKind.Conflict, path, "the checkout changed while it was read.", "Let whoever changes it finish, then run the same command again.");
}
