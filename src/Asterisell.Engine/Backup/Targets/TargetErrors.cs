namespace Asterisell.Engine.Backup.Targets;

/// <summary>Failures of backup targets.</summary>
internal static class TargetErrors
{
    public static AsterisellException NoTarget(string of) => new(
        nameof(NoTarget), ErrorKind.InvalidInput, of, "no backup target is named.",
        "Give a folder with -Destination, or add a target to the inventory: targets: { nas: { kind: directory, path: /srv/backup } }");

    public static AsterisellException DestinationAndTarget() => new(
        nameof(DestinationAndTarget), ErrorKind.InvalidInput, "", "A folder and a target are named together.", "Give either -Destination or -Target.");

    public static AsterisellException TargetNotFound(string name, IReadOnlyList<string> known) => new(
        nameof(TargetNotFound), ErrorKind.NotFound, name, "the inventory has no such backup target.",
        known.Count == 0 ? "It has none at all; give a folder with -Destination." : $"It has: {string.Join(", ", known)}");

    public static AsterisellException TargetHasSnapshot(string backup, string path) => new(
        nameof(TargetHasSnapshot), ErrorKind.Conflict, backup, $"the target has a snapshot of that time already: '{path}'.",
        "Run the backup again: a new one gets a time of its own.");

    public static AsterisellException TargetSourceChanged(string backup, string file) => new(
        nameof(TargetSourceChanged), ErrorKind.DataMismatch, backup, $"the local snapshot is not what it was when it was made: '{file}'.",
        "Nothing of it shows in the target. Check the disk of this machine, then run the backup again.");

    public static AsterisellException TargetKindUnknown(string target, string kind) => new(
        nameof(TargetKindUnknown), ErrorKind.InvalidInput, target, $"this module cannot keep backups in a target of the kind {kind} yet.",
        "Use a directory of this machine, or -Destination.");
}
