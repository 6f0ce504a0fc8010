using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Targets;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Retention;

/// <summary>Removes what was decided from one place, and says of each how it went.</summary>
internal sealed class RetentionRemoval(IBackupTarget place, string target, IOperationProgress? progress)
{
    private readonly Dictionary<string, RetentionDecision> _gone = new(StringComparer.Ordinal);

    /// <summary>Removes; the key of the answer is the path that was decided about.</summary>
    /// <exception cref="AsterisellException"><c>BackupAlreadyRunning</c>, and what the place says; then nothing was removed.</exception>
    public async Task<IReadOnlyDictionary<string, RetentionDecision>> RemoveAsync(RetentionDecision[] going, CancellationToken cancellation)
    {
        if (place.Folder is { } folder)
        {
            await Task.Run(() => RemoveFromFolder(Path.Combine(folder, going[0].HostName, going[0].Name), going, cancellation), cancellation).ConfigureAwait(false);
            return _gone;
        }

        AsterisellBackup[] backups = [.. going.Select(decision => new AsterisellBackup
        {
            Name = decision.Name,
            HostName = decision.HostName,
            SnapshotId = decision.SnapshotId,
            Target = decision.Target,
            Path = decision.Path,
            State = decision.State,
            CreatedAt = decision.CreatedAt,
        })];
        await place.RemoveAsync(backups, progress, cancellation).ConfigureAwait(false);
        foreach (RetentionDecision decision in going)
        {
            _gone[decision.Path] = decision with { Outcome = RetentionOutcome.Removed };
        }

        return _gone;
    }

    /// <summary>All get their hidden names under one lock, which takes a moment; then a backup may begin while the files go.</summary>
    private void RemoveFromFolder(string folder, RetentionDecision[] going, CancellationToken cancellation)
    {
        List<(RetentionDecision Decision, string? Hidden)> hidden = [];
        using (SnapshotLock.Take(folder, target, DateTimeOffset.UtcNow))
        {
            foreach (RetentionDecision decision in going)
            {
                cancellation.ThrowIfCancellationRequested();
                hidden.Add((decision, TryHide(decision)));
            }
        }

        foreach ((RetentionDecision decision, string? path) in hidden.Where(one => !_gone.ContainsKey(one.Decision.Path)))
        {
            progress?.Report($"removing {decision.SnapshotId}");
            _gone[decision.Path] = Delete(decision, path, cancellation);
        }
    }

    private string? TryHide(RetentionDecision decision)
    {
        try
        {
            return SnapshotRemoval.Hide(decision.Path);
        }
        catch (AsterisellException busy) when (busy.ErrorId == nameof(BackupErrors.BackupInUse))
        {
            _gone[decision.Path] = decision with { Outcome = RetentionOutcome.Kept, Reasons = ["in use by a restore, a test or an export"] };
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _gone[decision.Path] = Failed(decision, failure, "it is as it was");
            return null;
        }
    }

    private static RetentionDecision Delete(RetentionDecision decision, string? hidden, CancellationToken cancellation)
    {
        try
        {
            long freed = hidden is null ? 0 : SnapshotRemoval.Delete(hidden, cancellation);
            return decision with { Outcome = RetentionOutcome.Removed, FreedBytes = freed };
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Failed(decision, failure, "it is hidden, and the next run goes on");
        }
    }

    private static RetentionDecision Failed(RetentionDecision decision, Exception failure, string state) =>
        decision with { Outcome = RetentionOutcome.Failed, Reasons = [$"{failure.Message.TrimEnd('.')}; {state}"] };
}
