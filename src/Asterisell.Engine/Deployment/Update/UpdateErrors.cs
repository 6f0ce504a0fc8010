using System.Globalization;

namespace Asterisell.Engine.Deployment.Update;

/// <summary>Why an instance is not updated.</summary>
internal static class UpdateErrors
{
    public static AsterisellException ResumeOrRollback() => new(
        nameof(ResumeOrRollback), ErrorKind.InvalidInput, "", "An update either goes on or is undone: -Resume and -Rollback exclude each other.", "Choose one of them.");

    public static AsterisellException UpdateUnfinished(AsterisellInstance instance, UpdateJournal journal) => new(
        nameof(UpdateUnfinished), ErrorKind.InvalidState, instance.ToString(),
        string.Create(CultureInfo.InvariantCulture, $"an update that {journal.Operator} began {journal.StartedAt:u} did not end; it came to {journal.Phase}. Nothing was changed."),
        $"Go on with it: Update-AsterisellInstance {instance} -Resume; or put everything back: Update-AsterisellInstance {instance} -Rollback");

    public static AsterisellException UpdateMarkerLost(AsterisellInstance instance, UpdateJournal journal) => new(
        nameof(UpdateMarkerLost), ErrorKind.DataMismatch, instance.ToString(),
        string.Create(
            CultureInfo.InvariantCulture,
            $"this machine knows of an update that began {journal.StartedAt:u} and came to {journal.Phase}, but the instance does not: its /var is another one, or the update was ended from another machine. Nothing was changed."),
        $"Look at the instance: Get-AsterisellStatus {instance}; the backup from before is {journal.BackupPath ?? "not made yet"}. A new update begins anew.");

    public static AsterisellException UpdateJournalInvalid(AsterisellInstance instance, string path, Exception inner) => new(
        nameof(UpdateJournalInvalid), ErrorKind.DataMismatch, instance.ToString(), $"an update did not end here, and its notes '{path}' cannot be read: {inner.Message.TrimEnd('.')}.",
        "Look into the folder of that file before anything else is done: it holds the files from before.", inner);

    public static AsterisellException UpdateCannotGoOn(AsterisellInstance instance) => new(
        nameof(UpdateCannotGoOn), ErrorKind.InvalidState, instance.ToString(), "its last update was being undone, so it cannot go on.",
        $"End the undoing: Update-AsterisellInstance {instance} -Rollback");

    public static AsterisellException UpdateFinal(AsterisellInstance instance) => new(
        nameof(UpdateFinal), ErrorKind.InvalidState, instance.ToString(),
        "the update is final, customers have worked with it; only what it kept is left to be removed.", $"End it: Update-AsterisellInstance {instance} -Resume");

    public static AsterisellException UpdateBackupElsewhere(AsterisellInstance instance, UpdateJournal journal) => new(
        nameof(UpdateBackupElsewhere), ErrorKind.NotFound, instance.ToString(),
        $"the data from before are in the backup '{journal.BackupPath}', which was made by {journal.Operator} and is not on this machine. Nothing was put back.",
        "Run the same command where that folder is.");

    public static AsterisellException SafetyPathMissing(AsterisellInstance instance) => new(
        nameof(SafetyPathMissing), ErrorKind.InvalidInput, instance.ToString(),
        "it is not said where the backup before the update goes. Nothing was changed.", "Use -SafetyPath, or give the instance a backup target in the inventory.");

    public static AsterisellException UpdateDiskTooSmall(AsterisellInstance instance, long freeBytes, long neededBytes) => new(
        nameof(UpdateDiskTooSmall), ErrorKind.ResourceExhausted, instance.ToString(),
        $"/var/lib in the container has {Megabytes(freeBytes)} MB free; the new files and a copy of the present ones need about {Megabytes(neededBytes)} MB. Nothing was changed.",
        $"See what fills it: Get-AsterisellStatus {instance} | Format-List Disk*");

    public static AsterisellException UpdatePathBlocked(AsterisellInstance instance, IReadOnlyList<string> paths) => new(
        nameof(UpdatePathBlocked), ErrorKind.Conflict, instance.ToString(),
        $"the checkout has files where the instance has something else, which no update removes by itself: {Some(paths)}. Nothing was changed.",
        $"Move them away: Enter-AsterisellInstance {instance}");

    public static AsterisellException RateEngineBuildFailed(AsterisellInstance instance, string command, int exitCode, string why) => new(
        nameof(RateEngineBuildFailed), ErrorKind.CommandFailed, instance.ToString(),
        $"the rate engine does not compile: {command} ended with exit code {exitCode.ToString(CultureInfo.InvariantCulture)} ({why.TrimEnd('.')}).",
        "Correct its sources; or give a program that was compiled elsewhere: rateEngine.program in the inventory.");

    public static AsterisellException RateEngineUnusable(AsterisellInstance instance, string path, string why) => new(
        nameof(RateEngineUnusable), ErrorKind.CommandFailed, instance.ToString(),
        $"the rate engine '{path}' does not run in the instance: {why.TrimEnd('.')}.", "Compile it for the instance's image.");

    public static AsterisellException RateEngineNotFound(AsterisellInstance instance, string path, string why) => new(
        nameof(RateEngineNotFound), ErrorKind.NotFound, instance.ToString(),
        $"there is no rate engine at '{path}': {why.TrimEnd('.')}.", "See rateEngine in the inventory.");

    public static AsterisellException WebServerRefusedConfiguration(AsterisellInstance instance, string why) => new(
        nameof(WebServerRefusedConfiguration), ErrorKind.CommandFailed, instance.ToString(), $"nginx refuses the new configuration: {why.TrimEnd('.')}.", "Correct the inventory.");

    public static AsterisellException DatabaseRefusedConfiguration(AsterisellInstance instance, string why) => new(
        nameof(DatabaseRefusedConfiguration), ErrorKind.CommandFailed, instance.ToString(), $"MariaDB refuses the new configuration: {why.TrimEnd('.')}.", "Correct the inventory.");

    public static AsterisellException ActivationIncomplete(AsterisellInstance instance, int exitCode, IReadOnlyList<string> differing) => new(
        nameof(ActivationIncomplete), ErrorKind.CommandFailed, instance.ToString(),
        $"silently-activate ended with exit code {exitCode.ToString(CultureInfo.InvariantCulture)}, but the customers' application is not the new one: {Some(differing)}.",
        $"See why: Invoke-AsterisellCommand {instance} php, asterisell.php, silently-activate");

    public static AsterisellException WebLockLost(AsterisellInstance instance, string command) => new(
        nameof(WebLockLost), ErrorKind.InvalidState, instance.ToString(), $"the lock of the customers' web does not stay after {command}.", "Look for what removes it.");

    public static AsterisellException CustomerCredentialsMissing(AsterisellInstance instance, string path) => new(
        nameof(CustomerCredentialsMissing), ErrorKind.InvalidState, instance.ToString(),
        $"the customers' application has no credentials for the database: '{path}' is missing, and its configuration is not part of this update.", "Use -Scope Application, Configuration.");

    public static AsterisellException UpgradeJobsNeedApplication(AsterisellInstance instance, IReadOnlyList<string> jobs) => new(
        nameof(UpgradeJobsNeedApplication), ErrorKind.InvalidState, instance.ToString(),
        $"upgrade jobs would be pending after a change of the configuration alone, and while one is pending no job pass works: {Some(jobs)}. Nothing was changed.",
        "Use -Scope Application, Configuration, which applies them.");

    public static AsterisellException UpgradeCommandFailed(AsterisellInstance instance, string command, int exitCode, string why) => new(
        nameof(UpgradeCommandFailed), ErrorKind.CommandFailed, instance.ToString(),
        $"{command} ended with exit code {exitCode.ToString(CultureInfo.InvariantCulture)}: {why.TrimEnd('.')}.");

    public static AsterisellException UpgradeJobFailed(AsterisellInstance instance, IReadOnlyList<string> failures) => new(
        nameof(UpgradeJobFailed), ErrorKind.CommandFailed, instance.ToString(),
        $"upgrade jobs failed, though the application records them as applied and says success: {Some(failures)}.", "Correct the jobs in the checkout.");

    public static AsterisellException UpgradeJobPending(AsterisellInstance instance, IReadOnlyList<string> jobs) => new(
        nameof(UpgradeJobPending), ErrorKind.CommandFailed, instance.ToString(),
        $"upgrade jobs were not applied, though the application says success: {Some(jobs)}. While one is pending, no job pass works.", "Correct the jobs in the checkout.");

    public static AsterisellException NewCriticalProblem(AsterisellInstance instance, string after, IReadOnlyList<string> problems) => new(
        nameof(NewCriticalProblem), ErrorKind.CommandFailed, instance.ToString(), $"the instance reports problems after {after} that it did not have before: {Some(problems)}.");

    public static AsterisellException HealthGateFailed(AsterisellInstance instance, IReadOnlyList<string> missing) => new(
        nameof(HealthGateFailed), ErrorKind.InvalidState, instance.ToString(), $"after the update the instance is less healthy than before: {Some(missing)}.");

    public static AsterisellException JobPassFailed(AsterisellInstance instance, string why, Exception inner) => new(
        nameof(JobPassFailed), ErrorKind.CommandFailed, instance.ToString(), $"jobs fail that did not fail before: {why.TrimEnd('.')}.", null, inner);

    public static AsterisellException CallsDiffer(AsterisellInstance instance, string differences) => new(
        nameof(CallsDiffer), ErrorKind.DataMismatch, instance.ToString(), $"calls are not rated as before: {differences}.");

    public static AsterisellException ServiceNotReloaded(AsterisellInstance instance, string service, string why) => new(
        nameof(ServiceNotReloaded), ErrorKind.CommandFailed, instance.ToString(), $"{service} did not take the new configuration: {why.TrimEnd('.')}.");

    public static AsterisellException UpdateTimedOut(AsterisellInstance instance, TimeSpan limit, UpdatePhase phase) => new(
        nameof(UpdateTimedOut), ErrorKind.Timeout, instance.ToString(),
        $"it did not end within {limit.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s; it had come to {phase}.", "Give it more time with -TimeoutSec.");

    /// <summary>The failure that led to it keeps its id; a failure that is not ours gets this one.</summary>
    public static AsterisellException UpdateRolledBack(AsterisellInstance instance, UpdatePhase phase, Exception failure) => new(
        failure is AsterisellException known ? known.ErrorId : nameof(UpdateRolledBack), KindOf(failure), instance.ToString(),
        $"the update failed in {phase} and was undone, everything is as before: {Text(failure)}.", (failure as AsterisellException)?.Remedy, failure);

    public static AsterisellException UpdateLeftOpen(AsterisellInstance instance, UpdatePhase phase, Exception failure) => new(
        failure is AsterisellException known ? known.ErrorId : nameof(UpdateLeftOpen), KindOf(failure), instance.ToString(),
        $"the update failed in {phase} and the instance is left as it is{(phase >= UpdatePhase.Lock ? ": customers are kept out, jobs wait" : phase >= UpdatePhase.Drain ? ": jobs wait" : "")}. {Text(failure)}.",
        $"When it is mended: Update-AsterisellInstance {instance} -Resume; or put everything back: Update-AsterisellInstance {instance} -Rollback", failure);

    public static AsterisellException UpdateNotRolledBack(AsterisellInstance instance, UpdatePhase phase, Exception failure, Exception undo) => new(
        nameof(UpdateNotRolledBack), ErrorKind.InvalidState, instance.ToString(),
        $"the update failed in {phase} ({Text(failure)}), and it could not be undone at once ({Text(undo)}). Files and data from before are kept; jobs and customers' web stay locked.",
        $"When its container and database run again: Update-AsterisellInstance {instance} -Rollback", failure);

    public static AsterisellException UpdateNotFinished(AsterisellInstance instance, bool jobsWait, Exception failure) => new(
        nameof(UpdateNotFinished), KindOf(failure), instance.ToString(),
        $"the update is done and customers are in, but it was not ended: {Text(failure)}.{(jobsWait ? " Jobs may still be locked." : "")}",
        $"End it: Update-AsterisellInstance {instance} -Resume", failure);

    public static AsterisellException RolledBackIll(AsterisellInstance instance, IReadOnlyList<string> missing) => new(
        nameof(RolledBackIll), ErrorKind.InvalidState, instance.ToString(), $"everything was put back, but the instance is less healthy than before: {Some(missing)}.");

    /// <summary>The failure in words that fit into a sentence.</summary>
    public static string Text(Exception failure) =>
        (failure is AsterisellException known ? known.Reason : failure is OperationCanceledException ? "it was cancelled" : failure.Message).TrimEnd('.');

    private static ErrorKind KindOf(Exception failure) => failure is AsterisellException known ? known.Kind : ErrorKind.CommandFailed;

    private static string Megabytes(long bytes) => (bytes / (1024 * 1024)).ToString(CultureInfo.InvariantCulture);

    private static string Some(IReadOnlyList<string> all) =>
        string.Join("; ", all.Take(4)) + (all.Count > 4 ? string.Create(CultureInfo.InvariantCulture, $"; and {all.Count - 4} more") : "");
}
