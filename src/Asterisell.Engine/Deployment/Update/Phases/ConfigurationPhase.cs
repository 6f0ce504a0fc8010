using Asterisell.Engine.Deployment.Configuration;
using Asterisell.Engine.Deployment.Containers;
using Asterisell.Engine.Deployment.Install;
using Asterisell.Engine.Deployment.Templates;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Update.Phases;

/// <summary>
/// Writes the configuration files that differ, each at once, and has nginx and MariaDB test theirs before any of them reads it.
/// </summary>
internal sealed class ConfigurationPhase(UpdateWorld world) : IUpdateWork
{
    /// <summary>MariaDB reads its options and ends; an option that it does not know is an error.</summary>
    private const string DatabaseTest = """
        for program in mariadbd mysqld /usr/sbin/mariadbd /usr/sbin/mysqld /usr/libexec/mysqld; do
          command -v "$program" >/dev/null || continue
          "$program" --user=mysql --help --verbose 2>&1 >/dev/null
          exit
        done
        echo 'there is no MariaDB server' >&2
        exit 1
        """;

    public UpdatePhase Phase => UpdatePhase.Configuration;

    public async Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        IReadOnlyList<FileDifference> differing = world.Wanted.Differing;
        if (world.Wanted.Found.ConfigurationFiles.Any(one => InstallSteps.IsCredentials(one.File)))
        {
            world.Note("Files with the credentials of the database differ from what the inventory makes; they were left (Set-AsterisellDatabasePassword changes them).");
        }

        if (differing.Count == 0)
        {
            await TestAsync(cancellation).ConfigureAwait(false);
            return false;
        }

        progress.Report("writing the configuration");
        string[] paths = [.. differing.Select(one => one.File.Path)];
        await world.RunAsync("keeping the present configuration", UpdateScripts.KeepFiles, [world.Store.Folder], paths, cancellation).ConfigureAwait(false);

        // Written down before it is done: an update that goes on no longer finds these files differing, but their services have yet to read them.
        await world.SaveAsync(
            journal => Services(differing).Aggregate(
                journal with { ConfigurationFiles = [.. journal.ConfigurationFiles.Union(paths)] }, (known, service) => known.WithService(service)),
            cancellation).ConfigureAwait(false);
        await MakeFoldersAsync(differing, cancellation).ConfigureAwait(false);
        foreach (RenderedFile file in differing.Select(one => one.File))
        {
            await world.Instance.Files.WriteAsync(
                file.Path, file.Content, new FileOwnership(file.Owner, file.Group, (int)file.Mode), cancellation).ConfigureAwait(false);
        }

        await TestAsync(cancellation).ConfigureAwait(false);
        return true;
    }

    private static IEnumerable<string> Services(IReadOnlyList<FileDifference> written)
    {
        if (written.Any(one => one.File.Effect == DriftEffect.DatabaseRestart))
        {
            yield return "mysql";
        }

        if (written.Any(one => one.File.Effect == DriftEffect.PhpRestart))
        {
            yield return "php";
        }

        if (written.Any(one => one.File.Effect == DriftEffect.WebReload))
        {
            yield return "nginx";
        }
    }

    private async Task MakeFoldersAsync(IReadOnlyList<FileDifference> differing, CancellationToken cancellation)
    {
        List<NewEntry> missing = [];
        foreach (RenderedFolder folder in world.Wanted.Found.Configuration.Folders)
        {
            if (!await world.Files.ExistsAsync(folder.Path, cancellation).ConfigureAwait(false))
            {
                missing.Add(new NewEntry(folder.Path, null, folder.Owner, folder.Group, folder.Mode));
            }
        }

        HashSet<string> given = [.. missing.Select(entry => entry.Path)];
        foreach (string above in differing.Where(one => one.Stored is null).Select(one => one.File.Path[..one.File.Path.LastIndexOf('/')]).Distinct().Where(given.Add))
        {
            if (!await world.Files.ExistsAsync(above, cancellation).ConfigureAwait(false))
            {
                missing.Add(NewEntry.Folder(above));
            }
        }

        if (missing.Count > 0)
        {
            await world.Files.WriteAsync(missing, cancellation).ConfigureAwait(false);
        }
    }

    private async Task TestAsync(CancellationToken cancellation)
    {
        if (world.Journal.Services.Contains("nginx"))
        {
            CommandOutcome test = await world.Instance.Exec.RunAsync(new InstanceCommand("nginx", "-t", "-q"), cancellation).ConfigureAwait(false);
            if (test.ExitCode != 0)
            {
                throw UpdateErrors.WebServerRefusedConfiguration(world.Definition, InstanceErrors.OneLine(test.ErrorText));
            }
        }

        if (world.Journal.Services.Contains("mysql"))
        {
            CommandOutcome test = await world.Instance.Exec.RunAsync(Bash.Command(DatabaseTest), cancellation).ConfigureAwait(false);
            if (test.ExitCode != 0)
            {
                throw UpdateErrors.DatabaseRefusedConfiguration(world.Definition, InstanceErrors.OneLine(test.OutputText + test.ErrorText));
            }
        }
    }
}
