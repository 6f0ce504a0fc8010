using System.Runtime.CompilerServices;
using Asterisell.Engine.Backup.Targets.Preparation;
using Asterisell.Engine.Backup.Targets.Stores;

namespace Asterisell.Engine.Backup.Targets;

/// <summary>Proves a target: what it takes it gives back, byte by byte; and what keeps it safe is there.</summary>
/// <param name="targets">Opens it.</param>
/// <param name="clock">Time.</param>
public sealed class TargetTester(BackupTargets targets, TimeProvider clock)
{
    /// <summary>Checks a target. One that lets nobody in fails its check <c>Login</c>, and there are no others.</summary>
    public async IAsyncEnumerable<BackupTargetCheck> TestAsync(BackupTarget target, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(target);
        TargetChecks checks = new(target, clock);
        if (target is { Kind: BackupTargetKind.Directory, Path: { } path })
        {
            yield return await checks.TryAsync("RoundTrip", () => Task.FromResult(checks.FolderRoundTrip(path)), cancellation).ConfigureAwait(false);
            yield return checks.FolderSpace(path);
            yield break;
        }

        ITreeStore store = targets.OpenStore(target);
        await using ConfiguredAsyncDisposable disposal = store.ConfigureAwait(false);
        using TargetSsh? ssh = BackupTargets.OpenSsh(target);
        BackupTargetCheck login = await checks.TryAsync("Login", () => checks.LoginAsync(store, ssh, cancellation), cancellation).ConfigureAwait(false);
        yield return login;
        if (login.Result == CheckResult.Failed)
        {
            yield break;
        }

        if (ssh is not null)
        {
            yield return checks.HostKey();
            yield return checks.Key();
            yield return await checks.TryAsync("Restriction", () => checks.RestrictionAsync(ssh, cancellation), cancellation).ConfigureAwait(false);
        }

        if (target.Kind != BackupTargetKind.Directory)
        {
            yield return await checks.TryAsync("Tool", () => checks.ToolAsync(cancellation), cancellation).ConfigureAwait(false);
        }

        if (ssh is not null && target.Kind != BackupTargetKind.RdiffBackup)
        {
            SftpStore files = new(BackupTargets.OpenSsh(target)!);
            await using ConfiguredAsyncDisposable closing = files.ConfigureAwait(false);
            yield return await checks.TryAsync("Space", () => files.TryAsync(client => checks.SpaceAsync(client, files.Root, cancellation), cancellation), cancellation).ConfigureAwait(false);
            yield return await checks.TryAsync("Clock", () => files.TryAsync(client => checks.ClockAsync(client, files.Root, cancellation), cancellation), cancellation).ConfigureAwait(false);
        }

        yield return await checks.TryAsync("RoundTrip", () => checks.RoundTripAsync(store, cancellation), cancellation).ConfigureAwait(false);
    }
}
