namespace Asterisell.Engine.Backup.Transfer;

/// <summary>Failures of copies, exports and imports.</summary>
internal static class TransferErrors
{
    public static AsterisellException CopyOntoItself(string target) => new(
        nameof(CopyOntoItself), ErrorKind.InvalidInput, target, "source and destination are the same instance. Nothing was changed.",
        "Give another instance of the inventory as the destination; Install-AsterisellInstance makes a new one.");

    public static AsterisellException CopySourceNewer(string target, string source, string newer, string older) => new(
        nameof(CopySourceNewer), ErrorKind.InvalidState, target,
        $"{source} runs {newer} and this instance runs {older}, whose code does not know the newer tables. Nothing was changed.",
        "Update this instance first.");
}
