using System.Globalization;
using System.Security.Cryptography;
using Asterisell.Engine.Deployment.Drift;
using Asterisell.Engine.Deployment.Release;
using Asterisell.Engine.Deployment.Update.Phases;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Instances.Packages;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Update;

/// <summary>Looks at everything that can be wrong before anything is changed, and compares what runs with what is wanted.</summary>
internal sealed class Preflight(IInstance instance, InstanceComparer comparer, UpdateOptions options, TimeProvider clock)
{
    /// <summary>Kilobytes of both applications without their data, then those that are free. $1 admin, $2 user.</summary>
    private const string Space = """
        export LC_ALL=C
        du -skc --exclude=data_files --exclude=cache --exclude=log --exclude=uploads --exclude=generated_graphs -- "$1" "$2" 2>/dev/null | tail -n 1 | { read -r size _; printf '%s\n' "${size:-0}"; }
        df -Pk -- /var/lib | { read -r _; read -r _ _ _ free _; printf '%s\n' "$free"; }
        [ -x "$1/scripts/RateEngine" ] && sha256sum < "$1/scripts/RateEngine"
        exit 0
        """;

    private AsterisellInstance Definition => instance.Definition;

    private bool WithApplication => options.Scope.HasFlag(UpdateScope.Application);

    /// <summary>Compares. An update that goes on compares what is there by then, of which its later phases need no more than what is wanted.</summary>
    public async Task<InstanceComparison> CompareAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        ContainerDetail container = await instance.InspectAsync(cancellation).ConfigureAwait(false);
        if (!container.IsRunning || container.State == "paused")
        {
            throw InstanceErrors.InstanceNotRunning(Definition, container, clock.GetUtcNow());
        }

        var comparing = new ComparisonOptions
        {
            Application = WithApplication, Configuration = true, Source = options.Source,
        };
        return await comparer.CompareAsync(instance, comparing, progress, cancellation).ConfigureAwait(false);
    }

    /// <summary>Everything, for an update that begins.</summary>
    public async Task<(UpdateWanted Wanted, UpdateJournal Journal)> RunAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        InstanceComparison found = await CompareAsync(progress, cancellation).ConfigureAwait(false);
        var wanted = new UpdateWanted(found) { WithConfiguration = options.Scope.HasFlag(UpdateScope.Configuration) };
        RequireFree(wanted);
        if (!WithApplication && wanted.Differing.Any(one => one.File.Effect == DriftEffect.Activation))
        {
            await RequireNoJobsAsync(found, cancellation).ConfigureAwait(false);
        }

        wanted = WithApplication ? wanted with { RateEngine = await FindEngineAsync(wanted, cancellation).ConfigureAwait(false) } : wanted;
        if (!wanted.IsNeeded)
        {
            return (wanted, Describe(wanted, new UpdateBaseline()));
        }

        progress.Report("testing the instance");
        return (wanted, Describe(wanted, await ReadBaselineAsync(found, cancellation).ConfigureAwait(false)));
    }

    private UpdateJournal Describe(UpdateWanted wanted, UpdateBaseline before) => new()
    {
        Id = ExecTag.Create(),
        Instance = Definition.ToString(),
        Operator = $"{Environment.UserName}@{Environment.MachineName}",
        StartedAt = clock.GetUtcNow(),
        Scope = options.Scope,
        Source = wanted.Tree?.Folder ?? "",
        SafetyDestination = options.SafetyDestination,
        FromVersion = wanted.Found.RunningVersion,
        ToVersion = wanted.Tree?.Version,
        WrittenFiles = wanted.Written.Count(IsFile),
        RemovedFiles = wanted.Removed.Count(IsFile),
        Notes = [.. wanted.Found.Configuration.Warnings, .. Notes(wanted)],
        Before = before,
    };

    /// <summary>A job of the new <c>app.yml</c> that nobody runs would keep every pass from working.</summary>
    private async Task RequireNoJobsAsync(InstanceComparison found, CancellationToken cancellation)
    {
        UpgradeJobList jobs = await UpgradeJobList.ReadAsync(instance, found.Manifest?.UpgradeJobs ?? [], cancellation).ConfigureAwait(false);
        if (jobs.Pending.Count > 0)
        {
            throw UpdateErrors.UpgradeJobsNeedApplication(Definition, jobs.Pending);
        }
    }

    private void RequireFree(UpdateWanted wanted)
    {
        string[] blocked = [.. wanted.Written.Where(one => one.IsBlocked).Select(one => one.Path)];
        if (blocked.Length > 0)
        {
            throw UpdateErrors.UpdatePathBlocked(Definition, blocked);
        }
    }

    private static IEnumerable<string> Notes(UpdateWanted wanted)
    {
        string[] edited = [.. wanted.Written.Concat(wanted.Removed).Where(one => one.IsEdited).Select(one => one.Path)];
        if (edited.Length > 0)
        {
            yield return $"Files that were edited in the instance are replaced by the checkout's: {string.Join(", ", edited)}.";
        }

        int own = wanted.Found.Application.Count(one => one.Change == DriftChange.OperatorFile);
        if (own > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{own} files that the checkout does not have were left: Compare-AsterisellInstance lists them.");
        }

        if (wanted.Found.Container.Count > 0)
        {
            yield return $"Settings that only a new container would change are left: {string.Join(", ", wanted.Found.Container.Select(one => one.Setting))}.";
        }
    }

    private static bool IsFile(TreeDifference one) => (one.Wanted?.Kind ?? one.Running!.Kind) != TreeEntryKind.Folder;

    /// <returns>Where a new rate engine comes from; null where the present one stays.</returns>
    private async Task<RateEngineOrigin?> FindEngineAsync(UpdateWanted wanted, CancellationToken cancellation)
    {
        string[] answer = (await UpdateScripts.RunAsync(
            instance, "looking at the disk", Space, [Definition.AdminDirectory, Definition.UserDirectory], null, cancellation).ConfigureAwait(false)).Split('\n');
        long needed = (Kilobytes(answer[0]) * 1024) + wanted.Written.Sum(one => one.Wanted!.SizeBytes);
        long free = answer.Length > 1 ? Kilobytes(answer[1]) * 1024 : long.MaxValue;
        if (free < needed)
        {
            throw UpdateErrors.UpdateDiskTooSmall(Definition, free, needed);
        }

        string present = answer.Length > 2 ? answer[2].Split(' ')[0] : "";
        if (Definition.Settings.RateEngine.Program is { } program)
        {
            return present == await HashAsync(program, cancellation).ConfigureAwait(false) ? null : RateEngineOrigin.File;
        }

        bool sourcesDiffer = wanted.Written.Any(one => one.Path.StartsWith(BuildPhase.Sources + "/", StringComparison.Ordinal));
        return Definition.Settings.RateEngine.Build.Count > 0 && (sourcesDiffer || present.Length == 0) ? RateEngineOrigin.Build : null;
    }

    private async Task<string> HashAsync(string path, CancellationToken cancellation)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return Convert.ToHexString(await SHA256.HashDataAsync(file, cancellation).ConfigureAwait(false)).ToLowerInvariant();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw UpdateErrors.RateEngineNotFound(Definition, path, failure.Message);
        }
    }

    private static long Kilobytes(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : 0;

    private async Task<UpdateBaseline> ReadBaselineAsync(InstanceComparison found, CancellationToken cancellation) => new()
    {
        Missing = await new InstanceHealth(instance).FindMissingAsync(cancellation).ConfigureAwait(false),
        Problems = WithApplication ? await UpdateProblems.ListKeysAsync(instance, cancellation).ConfigureAwait(false) : [],
        FailedUpgradeJobs = [.. (found.UpgradeJobs?.Failed ?? []).Select(job => job.Job)],
        FailedJobs = WithApplication ? await UpdateProblems.ListFailedJobsAsync(instance, cancellation).ConfigureAwait(false) : [],
    };
}
