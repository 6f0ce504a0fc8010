using System.Management.Automation;
using Asterisell.Engine.Backup;
using Asterisell.Engine.Backup.Targets;
using Asterisell.Engine.Inventory;
using Asterisell.PowerShell.Backups;
using Asterisell.PowerShell.Completion;
using Asterisell.PowerShell.Selection;

namespace Asterisell.PowerShell.Commands;

/// <summary>
/// Lists the backups in the targets of the inventory, or in a folder, oldest first. It asks no instance and no Docker host: it works with
/// everything down, and lists instances that are gone.
/// </summary>
[Cmdlet(VerbsCommon.Get, Noun.Backup, DefaultParameterSetName = ParameterSet.Name)]
[OutputType(typeof(AsterisellBackup))]
public sealed class GetAsterisellBackupCommand : BackupPlaceCmdlet
{
    /// <summary>Instances by name; wildcards, and <c>host/name</c>. Without it, all that have backups.</summary>
    [Parameter(Position = 0, ParameterSetName = ParameterSet.Name, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Names]
    [Alias("InstanceName")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(InstanceNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Instances as <c>Get-AsterisellInstance</c> gives them; one without any backup is an error.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSet.InputObject, ValueFromPipeline = true)]
    [ValidateNotNull]
    public AsterisellInstance[] InputObject { get; set; } = [];

    /// <summary>Only backups of instances on these hosts; wildcards.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public string[] HostName { get; set; } = [];

    /// <summary>Only the newest complete backup of each instance.</summary>
    [Parameter]
    public SwitchParameter Latest { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync()
    {
        string[] names = ParameterSetName == ParameterSet.InputObject
            ? [.. InputObject.Select(instance => WildcardPattern.Escape(instance.ToString()))]
            : Name;
        IReadOnlyList<IBackupTarget> places = Places();
        foreach (string name in names)
        {
            bool found = false;
            foreach (IBackupTarget place in places)
            {
                found |= await TryWriteAsync(place, name);
            }

            if (!found && !Wildcard.HasWildcard(name))
            {
                string where = string.Join("', '", places.Select(place => place.Definition?.Name ?? place.Folder));
                WriteFailure(BackupCatalog.NoBackup(WildcardPattern.Unescape(name), where), WildcardPattern.Unescape(name));
            }
        }
    }

    /// <summary>A target that cannot be asked is an error; the others are listed.</summary>
    /// <returns>False where the place was asked and has nothing.</returns>
    private async Task<bool> TryWriteAsync(IBackupTarget place, string name)
    {
        try
        {
            return await WriteAsync(place.ListAsync(BackupCatalog.Wanted([name], HostName), Stop));
        }
        catch (AsterisellException failure) when (place.Definition is not null && !Stop.IsCancellationRequested)
        {
            WriteFailure(failure, place.Definition);
            return true;
        }
    }

    private async Task<bool> WriteAsync(IAsyncEnumerable<AsterisellBackup> backups)
    {
        bool found = false;
        AsterisellBackup? newest = null;
        await foreach (AsterisellBackup backup in backups)
        {
            found = true;
            if (!Latest)
            {
                WriteObject(backup);
            }
            else if (backup.State == BackupState.Complete)
            {
                // They come by instance and time, so the last one of an instance is its newest.
                WriteWhenOther(newest, backup);
                newest = backup;
            }
        }

        WriteWhenOther(newest, null);
        return found;
    }

    private void WriteWhenOther(AsterisellBackup? newest, AsterisellBackup? next)
    {
        if (newest is not null && (next is null || (next.HostName, next.Name) != (newest.HostName, newest.Name)))
        {
            WriteObject(newest);
        }
    }
}
