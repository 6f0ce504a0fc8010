namespace Asterisell.Engine.Backup.Undo;

/// <summary>Failures of listing and restoring former states.</summary>
internal static class UndoErrors
{
    public static AsterisellException UndoTablesMissing(AsterisellInstance instance, IReadOnlyList<string> tables) => new(
        nameof(UndoTablesMissing), ErrorKind.InvalidState, instance.ToString(),
        $"its database lacks {string.Join(", ", tables)}, or their keys.",
        $"An installation or an update may have been interrupted; see: Get-AsterisellStatus {instance}");

    public static AsterisellException UndoPointNotFound(AsterisellInstance instance, UndoKind kind, long id) => new(
        nameof(UndoPointNotFound), ErrorKind.NotFound, instance.ToString(),
        kind == UndoKind.Rate ? $"there is no rate {id} with a previous version." : $"there is no undo point {id} of organizations.",
        $"List what there is: Get-AsterisellUndo {instance}");

    public static AsterisellException UndoPointDamaged(AsterisellInstance instance, UndoKind kind, long id, string why) => new(
        nameof(UndoPointDamaged), ErrorKind.DataMismatch, instance.ToString(),
        $"the {Words(kind)} {id} cannot be restored: {why}. Nothing was changed.",
        $"Choose another one: Get-AsterisellUndo {instance}; or restore the tables from a backup: Get-AsterisellBackup {instance}");

    public static AsterisellException UndoPointAmbiguous(string target) => new(
        nameof(UndoPointAmbiguous), ErrorKind.InvalidInput, target,
        "several undo points of organizations were named; each would undo the other.", "Name one with -Id.");

    public static AsterisellException UndoNotApplied(AsterisellInstance instance, string why, Exception inner) => new(
        nameof(UndoNotApplied), ErrorKind.CommandFailed, instance.ToString(),
        $"the database refused the former state, and nothing was changed: {why.TrimEnd('.')}.",
        $"See what the database says: Get-AsterisellStatus {instance}; then try again.", inner);

    public static AsterisellException UndoPutBack(AsterisellInstance instance, string differences, string saved) => new(
        nameof(UndoPutBack), ErrorKind.DataMismatch, instance.ToString(),
        $"after the restore the tables were not as the undo point has them ({differences}); the state before was put back.",
        $"Somebody may have changed organizations meanwhile. The state before is also in '{saved}'.");

    public static AsterisellException UndoNotPutBack(AsterisellInstance instance, string why, string saved, Exception inner) => new(
        nameof(UndoNotPutBack), ErrorKind.DataMismatch, instance.ToString(),
        $"after the restore the tables were not as the undo point has them, and the state before could not be put back: {why.TrimEnd('.')}.",
        $"The state before is in '{saved}' and in the newest undo point: restore that with Restore-AsterisellUndo {instance}.", inner);

    public static AsterisellException RateChangedMeanwhile(AsterisellInstance instance, long id) => new(
        nameof(RateChangedMeanwhile), ErrorKind.Conflict, instance.ToString(),
        $"the rate {id} was changed by somebody else at this moment. Nothing was changed here.",
        $"Look at it: Get-AsterisellUndo {instance} -Kind Rate -Diff; then try again.");

    public static AsterisellException RerateNotScheduled(AsterisellInstance instance, string what, string why) => new(
        nameof(RerateNotScheduled), ErrorKind.CommandFailed, instance.ToString(),
        $"{what}, but rating the calls again could not be scheduled: {why.TrimEnd('.')}.",
        $"Schedule it: Invoke-AsterisellCommand {instance} php asterisell.php debug rerate");

    public static AsterisellException UndoFileNotWritten(string path, string why, Exception inner) => new(
        nameof(UndoFileNotWritten), ErrorKind.PermissionDenied, path, $"it could not be written: {why.TrimEnd('.')}.",
        "Choose another folder with -Destination.", inner);

    private static string Words(UndoKind kind) => kind == UndoKind.Rate ? "previous version of the rate" : "undo point";
}
