using Asterisell.Engine.Backup.Targets;
using Asterisell.Engine.Inventory;

namespace Asterisell.Engine.Backup.Transfer;

/// <summary>What a transfer needs to know before it begins.</summary>
public static class TransferChoice
{
    /// <summary>The one instance that is copied from.</summary>
    /// <param name="inventory">Inventory.</param>
    /// <param name="name"><c>name</c> or <c>host/name</c>.</param>
    /// <exception cref="AsterisellException">There is none, or more than one.</exception>
    public static AsterisellInstance SourceOf(AsterisellInventory inventory, string name)
    {
        InstanceSelection selection = InstanceSelector.Select(inventory, new InstanceQuery { Names = [name], HostNames = [], Tags = [] });
        return selection.Errors is [var error, ..] ? throw error
            : selection.Instances is [var only] ? only
            : throw TransferErrors.CopySourceAmbiguous(name, selection.Instances.Count);
    }

    /// <summary>Folder for the backup of the present data: the one that was said, else where the instance's next backup would be made.</summary>
    /// <exception cref="AsterisellException"><c>SafetyPathMissing</c>.</exception>
    public static string SafetyOf(AsterisellInstance instance, string? path)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return path ?? (instance.Targets.Count > 0 ? TargetBackup.HomeOf(instance.Targets) : throw TransferErrors.SafetyPathMissing(instance.ToString()));
    }

    /// <summary>Refuses one file for several exports.</summary>
    /// <exception cref="AsterisellException"><c>ExportNeedsFolder</c>.</exception>
    public static void RequireFolder(string path, int count)
    {
        if (count > 1 && !Directory.Exists(path))
        {
            throw TransferErrors.ExportNeedsFolder(path, count);
        }
    }
}
