using System.Text;
using System.Text.RegularExpressions;
using Asterisell.Engine.Deployment.Containers;
using Asterisell.Engine.Deployment.Database;
using Asterisell.Engine.Deployment.Templates;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Install;

/// <summary>Lets the application make its database (<c>php asterisell.php install</c>), and looks itself whether it did.</summary>
/// <remarks>
/// The application puts passwords into command lines as they are: every process of the container sees them, and one with a quote or a dollar
/// breaks the command. So it works with passwords of this step alone, of letters and digits; the real ones are set afterwards. They stand in
/// <c>databases.yml</c> until then, where a second run finds them. The command drops the database first: it is never run where somebody's
/// data are.
/// </remarks>
internal sealed partial class DatabaseStep(InstallWorld world) : IDeploymentWork
{
    private static readonly TimeSpan OtherLimit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(30);

    public string Name => "Database";

    public async Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        progress.Report("waiting for MariaDB");
        RootAccess root = await OpenRootAsync(world, cancellation).ConfigureAwait(false);
        await WaitForOthersAsync(progress, cancellation).ConfigureAwait(false);
        IReadOnlyCollection<string> schema = await ReadSchemaAsync(cancellation).ConfigureAwait(false);
        DatabaseContent before = await DatabaseContent.ReadAsync(world.Definition, root, cancellation).ConfigureAwait(false);
        if (before.HasData || before.FindMissing(world.Definition, schema).Count == 0)
        {
            return false;
        }

        Secret temporary = NativePassword.Random();
        await WriteTemporaryAsync(temporary, cancellation).ConfigureAwait(false);
        await new DatabaseAccounts(world.Definition, root).SecureRootAsync(temporary, cancellation).ConfigureAwait(false);
        progress.Report("installing the application");
        ApplicationRun run = await world.Instance.Application
            .RunAsync(["install"], ["y", "y", "root", temporary.Reveal(), ""], InstallLimit, cancellation).ConfigureAwait(false);
        root = await OpenRootAsync(world, cancellation).ConfigureAwait(false);
        DatabaseContent after = await DatabaseContent.ReadAsync(world.Definition, root, cancellation).ConfigureAwait(false);
        IReadOnlyList<string> missing = after.FindMissing(world.Definition, schema);
        return missing.Count == 0 ? true : throw InstallErrors.InstallNotComplete(world.Definition, run.Outcome.ExitCode, missing);
    }

    /// <summary>MariaDB as root, whatever an earlier run or the image made of its password.</summary>
    internal static async Task<RootAccess> OpenRootAsync(InstallWorld world, CancellationToken cancellation)
    {
        string? stored = await world.ReadStoredPasswordAsync(cancellation).ConfigureAwait(false);
        string[] passwords = [.. new[] { stored, world.Material.DatabasePassword?.Reveal(), "", "root" }.OfType<string>()];
        return await RootAccess.OpenAsync(world.Instance, passwords, world.Options.HealthLimit, cancellation).ConfigureAwait(false);
    }

    /// <summary>A killed run's command goes on in the container, and two at a time would each drop what the other makes.</summary>
    private async Task WaitForOthersAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        long start = Environment.TickCount64;
        while (await world.Instance.Application.DescribeActivityAsync(cancellation).ConfigureAwait(false) is { } running)
        {
            if (Environment.TickCount64 - start > OtherLimit.TotalMilliseconds)
            {
                throw InstallErrors.OtherCommandRuns(world.Definition, running);
            }

            progress.Report($"waiting for {running}");
            await Task.Delay(TimeSpan.FromSeconds(1), cancellation).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyCollection<string>> ReadSchemaAsync(CancellationToken cancellation)
    {
        StoredFile? file = await world.Files.ReadAsync(world.Definition.AdminDirectory + "/data/sql/lib.model.schema.sql", cancellation).ConfigureAwait(false);
        return file is null ? [] : [.. CreateTable().Matches(Encoding.UTF8.GetString(file.Content.Span)).Select(match => match.Groups[1].Value).Distinct()];
    }

    private Task WriteTemporaryAsync(Secret password, CancellationToken cancellation)
    {
        ConfigurationMaterial material = world.Material with { DatabasePassword = password, CustomerPassword = NativePassword.Random() };
        return world.Files.WriteAsync(
            [
                .. ApplicationFiles.Of(world.Definition, material).Where(InstallSteps.IsCredentials)
                    .Select(file => new NewEntry(file.Path, file.Content, file.Owner, file.Group, file.Mode)),
            ],
            cancellation);
    }

    [GeneratedRegex("CREATE\\s+TABLE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?`?([A-Za-z0-9_]+)`?", RegexOptions.IgnoreCase)]
    private static partial Regex CreateTable();
}
