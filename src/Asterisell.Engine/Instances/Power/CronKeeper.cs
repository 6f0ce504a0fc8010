namespace Asterisell.Engine.Instances.Power;

/// <summary>Puts cron back to what it was before jobs were drained, once.</summary>
internal sealed class CronKeeper(IInstance instance, ApplicationLocks? before)
{
    private bool _done = before is null or { CronLocked: true };

    /// <summary>The flag file that somebody has to remove; null when there is nothing to put back.</summary>
    /// <remarks>Path: the original's, read in its code; its existence is all that counts.</remarks>
    public string? FlagToRemove => _done
        ? null
        : $"{instance.Definition.AdminDirectory}/data_files/messages/params/REMOVE_ME_FOR_ENABLING_ASTERISELL_CRON_JOB_PROCESSOR";

    /// <summary>Puts it back unless that was done.</summary>
    public async Task RestoreAsync(CancellationToken cancellation)
    {
        if (_done)
        {
            return;
        }

        await instance.Application.RestoreCronAsync(before!, cancellation).ConfigureAwait(false);
        _done = true;
    }

    /// <summary>The container itself has put it back at its end.</summary>
    public void Forget() => _done = true;
}
