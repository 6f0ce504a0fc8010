using System.Management.Automation;
using Asterisell.Engine.Backup;
using Asterisell.Engine.Backup.Targets;
using Asterisell.Engine.Backup.Watch;
using Asterisell.Engine.Inventory;
using Asterisell.PowerShell.Backups;
using Asterisell.PowerShell.Completion;
using Asterisell.PowerShell.Pipeline;
using Asterisell.PowerShell.Selection;

namespace Asterisell.PowerShell.Commands;

/// <summary>
/// Lists the backups in the targets of the inventory, or in a folder, oldest first; with <c>-Stale</c>, what is missing there. It asks no
/// instance and no Docker host: it works with everything down, and lists instances that are gone.
/// </summary>
[Cmdlet(VerbsCommon.Get, Noun.Backup, DefaultParameterSetName = ParameterSet.Name)]
[OutputType(typeof(AsterisellBackup), typeof(StaleBackup))]
public sealed class GetAsterisellBackupCommand : BackupPlaceCmdlet
{
    private readonly List<AsterisellInstance> watched = [];

    /// <summary>Instances by name; wildcards, and <c>host/name</c>. Without it, all that have backups; with <c>-Stale</c>, all of the inventory.</summary>
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

    /// <summary>
    /// In place of backups, what is wrong with them: an object for each instance of the inventory without one, or whose newest one is older
    /// than this (<c>26h</c>, <c>2d</c>, or a TimeSpan), damaged, never proven, or much smaller than those before it. No object: all is well.
    /// </summary>
    [Parameter]
    [Duration]
    public TimeSpan? Stale { get; set; }

    /// <summary>With <c>-Stale</c>: also whose newest proven backup is older than this. Without it, one proven backup of any age is enough.</summary>
    [Parameter]
    [Duration]
    public TimeSpan? ProvenWithin { get; set; }

    /// <inheritdoc/>
    protected override Task BeginAsync() => (Latest && Stale is not null) || (ProvenWithin is not null && Stale is null)
        ? throw CommandErrors.BackupParametersContradict(Latest)
        : Task.CompletedTask;

    /// <inheritdoc/>
    protected override async Task ProcessAsync()
    {
        if (Stale is not null)
        {
            watched.AddRange(Watched());
            return;
        }

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

    /// <inheritdoc/>
    protected override async Task EndAsync()
    {
        if (Stale is not { } age)
        {
            return;
        }

        var watch = new StaleWatch(new StaleLimits(age, ProvenWithin), TimeProvider.System);
        bool isNamed = Destination is not null || Target is not null;
        AsterisellInstance[] instances = [.. watched.DistinctBy(instance => instance.ToString())];
        foreach (AsterisellInstance instance in instances.Where(instance => !isNamed && instance.Targets.Count == 0))
        {
            WriteObject(watch.WithoutPlace(instance));
        }

        IReadOnlyList<IBackupTarget> places = isNamed
            ? Places()
            : [.. instances.SelectMany(instance => instance.Targets).DistinctBy(target => target.Name).Select(Place)];
        foreach (IBackupTarget place in places)
        {
            AsterisellInstance[] expected = isNamed ? instances : [.. instances.Where(instance => instance.Targets.Any(target => target.Name == place.Definition?.Name))];
            await WriteEachAsync(watch.LookAsync(place, expected, Stop));
        }

        if (ParameterSetName == ParameterSet.Name && Name is ["*"] && HostName.Length == 0)
        {
            WriteObject(await watch.LookForRepositoryAsync(isNamed ? places : [.. Inventory.Targets.Select(Place)], Inventory, Stop), enumerateCollection: true);
        }
    }

    /// <summary>Inactive instances are left out unless they are named exactly: nobody waits for new backups of them.</summary>
    private IEnumerable<AsterisellInstance> Watched()
    {
        if (ParameterSetName == ParameterSet.InputObject)
        {
            return InputObject.Where(instance => instance.Active && (HostName.Length == 0 || HostName.Any(host => Wildcard.IsMatch(host, instance.HostName))));
        }

        return Name.SelectMany(name =>
        {
            InstanceSelection selection = InstanceSelector.Select(Inventory, new InstanceQuery { Names = [name], HostNames = HostName });
            foreach (AsterisellException error in selection.Errors)
            {
                WriteFailure(error);
            }

            return selection.Instances.Where(instance => instance.Active || !Wildcard.HasWildcard(name));
        });
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
