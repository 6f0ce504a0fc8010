using System.Text;

namespace Asterisell.Engine.Deployment.Images;

/// <summary>Gathers what an image is built from.</summary>
internal static class ContextReader
{
    /// <summary>File with the packages that the inventory asks for.</summary>
    public const string Packages = "packages.inventory";

    /// <summary>Folders of the module's context whose files are programs.</summary>
    private static readonly string[] Programs = ["build/", "rootfs/usr/lib/asterisell/"];

    /// <summary>The module's own files with the inventory's packages, or the folder of the operator's own Dockerfile.</summary>
    /// <returns>Path of the Dockerfile in the context.</returns>
    /// <exception cref="AsterisellException"><see cref="ImageErrors.DockerfileNotReadable"/>.</exception>
    public static async Task<string> ReadAsync(BuildContext context, ImagePlan plan, string moduleFolder, CancellationToken cancellation)
    {
        string dockerfile = plan.Image.Dockerfile ?? Path.Combine(moduleFolder, "Dockerfile");
        bool own = plan.Image.Dockerfile is not null;
        try
        {
            if (!File.Exists(dockerfile))
            {
                throw ImageErrors.DockerfileNotReadable(plan.Host, dockerfile, "there is no such file.");
            }

            await AddFolderAsync(context, Path.GetDirectoryName(dockerfile)!, "", own, cancellation).ConfigureAwait(false);
            if (!own)
            {
                string packages = string.Concat(plan.Image.PhpPackages.Concat(plan.Image.ExtraPackages).Distinct().Select(package => package + "\n"));
                using var content = new MemoryStream(Encoding.UTF8.GetBytes(packages));
                await context.AddFileAsync(Packages, ContextModes.Text, content, cancellation).ConfigureAwait(false);
            }

            return Path.GetFileName(dockerfile);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw ImageErrors.DockerfileNotReadable(plan.Host, dockerfile, failure.Message, failure);
        }
    }

    private static async Task AddFolderAsync(BuildContext context, string folder, string prefix, bool own, CancellationToken cancellation)
    {
        foreach (FileSystemInfo entry in new DirectoryInfo(folder).GetFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            string name = prefix + entry.Name;
            if (entry.LinkTarget is { } target)
            {
                await context.AddLinkAsync(name, target, cancellation).ConfigureAwait(false);
            }
            else if (entry is DirectoryInfo)
            {
                await context.AddFolderAsync(name + "/", cancellation).ConfigureAwait(false);
                await AddFolderAsync(context, entry.FullName, name + "/", own, cancellation).ConfigureAwait(false);
            }
            else
            {
                UnixFileMode mode = IsProgram(name, entry, own) ? ContextModes.Program : ContextModes.Text;
                FileStream content = File.OpenRead(entry.FullName);
                await using (content.ConfigureAwait(false))
                {
                    await context.AddFileAsync(name, mode, content, cancellation).ConfigureAwait(false);
                }
            }
        }
    }

    private static bool IsProgram(string name, FileSystemInfo file, bool own) =>
        own
            ? !OperatingSystem.IsWindows() && (file.UnixFileMode & UnixFileMode.UserExecute) != 0
            : Programs.Any(folder => name.StartsWith(folder, StringComparison.Ordinal));
}
