using System.Management.Automation;
using Asterisell.Engine.Backup;
using Asterisell.Engine.Backup.Restore.Drill;
using Asterisell.Engine.Backup.Targets;
using Asterisell.Engine.Deployment.Scratch;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Backups;
using Asterisell.PowerShell.Completion;
using Asterisell.PowerShell.Module;
using Asterisell.PowerShell.Selection;

namespace Asterisell.PowerShell.Commands;

/// <summary>
/// Tests backups, in folders and in targets of the inventory, from their files alone or by restoring them, and says of each whether it can be
/// trusted and what was found.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, Noun.Backup, DefaultParameterSetName = ParameterSet.InputObject)]
[OutputType(typeof(BackupVerdict), typeof(bool))]
public sealed class TestAsterisellBackupCommand : InventoryCmdlet
{
    private const string PathSet = nameof(Path);

    private readonly List<AsterisellBackup> waiting = [];
    private OpenPlaces? open;

    /// <summary>Backups as <c>Backup-AsterisellData</c> and <c>Get-AsterisellBackup</c> give them; one that failed fails here too.</summary>
    [Parameter(ParameterSetName = ParameterSet.InputObject, ValueFromPipeline = true)]
    [ValidateNotNull]
    public AsterisellBackup[] InputObject { get; set; } = [];

    /// <summary>Folders of snapshots, <c>…/HOST/INSTANCE/SNAPSHOT</c>; wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true)]
    [Names]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>
    /// How deep: <c>Manifest</c> looks whether every file is there with its size; <c>Content</c> reads every byte, counts the rows of every
    /// table again and looks for the dump's last line; <c>Restore</c> also restores it into a throw-away container of the instance's image, without
    /// network, compares the rows there, and asks both web applications.
    /// </summary>
    [Parameter]
    public BackupTestLevel Level { get; set; } = BackupTestLevel.Content;

    /// <summary>
    /// For <c>-Level Restore</c>: only so many of the backups given, or such a share of them (<c>10%</c>). Instances that were never restored in a
    /// test come first, then those whose last one is longest ago, so that over the days each has its turn.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public BatchSize? Sample { get; set; }

    /// <summary>For <c>-Level Restore</c>: Docker host of the inventory for the throw-away container. Without it, the instance's own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(HostNameCompleter))]
    public string? DrillHost { get; set; }

    /// <summary>For <c>-Level Restore</c>: image for the throw-away container. Without it, the one that the backup was made on.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ImageName { get; set; }

    /// <summary>True or false instead of verdicts: whether the backup can be trusted. What is no backup, or not there, cannot.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override Task BeginAsync()
    {
        NamedBackups.Require(this, nameof(InputObject), ParameterSet.InputObject);
        string? alone = Level == BackupTestLevel.Restore ? null
            : new[] { nameof(Sample), nameof(DrillHost), nameof(ImageName) }.FirstOrDefault(MyInvocation.BoundParameters.ContainsKey);
        return alone is null ? Task.CompletedTask : throw DrillChoice.NotADrill($"-{alone}");
    }

    /// <inheritdoc/>
    protected override async Task EndAsync()
    {
        foreach (AsterisellBackup backup in Sample is { } size ? DrillChoice.Sample(waiting, size, one => TargetDrill.FindLast(Open.Of(one), one)) : [])
        {
            await TryDrillAsync(backup);
        }
    }

    /// <inheritdoc/>
    protected override async Task ProcessAsync()
    {
        foreach (AsterisellBackup backup in InputObject)
        {
            await TestAsync(backup);
        }

        foreach (string path in Path)
        {
            await TestAsync(path);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        open?.Dispose();
    }

    private OpenPlaces Open => open ??= new OpenPlaces(() => Inventory, () => Secrets);

    private async Task TestAsync(string path)
    {
        try
        {
            foreach (string folder in ExpandPath(path))
            {
                await TestAsync(await BackupCatalog.DescribeAsync(folder, Stop));
            }
        }
        catch (Exception none) when (Quiet && none is ItemNotFoundException or AsterisellException { ErrorId: "BackupFolderInvalid" })
        {
            WriteObject(false);
        }
    }

    private async Task TestAsync(AsterisellBackup backup)
    {
        if (Sample is not null)
        {
            waiting.Add(backup);
            return;
        }

        if (Level == BackupTestLevel.Restore)
        {
            await TryDrillAsync(backup);
            return;
        }

        BackupVerdict verdict = await new TargetVerifier(TimeProvider.System).TestAsync(Open.Of(backup), backup, Level, new View(this, backup), Stop);
        Write(verdict);
    }

    /// <summary>A drill that could not be done says nothing of the backup; the others go on.</summary>
    private async Task TryDrillAsync(AsterisellBackup backup)
    {
        try
        {
            DrillOptions options = DrillChoice.Options(Inventory, backup, DrillHost, ImageName);
            var drill = new TargetDrill(new RestoreDrill(new ScratchInstances(ModuleSession.Current.Docker), TimeProvider.System));
            Write(await drill.TestAsync(Open.Of(backup), backup, options, new View(this, backup), Stop));
        }
        catch (AsterisellException failure) when (!Stop.IsCancellationRequested)
        {
            WriteFailure(failure, backup);
        }
    }

    private void Write(BackupVerdict verdict)
    {
        WriteProgress(new ProgressRecord(1, View.Activity, "done") { RecordType = ProgressRecordType.Completed });
        WriteObject(Quiet ? verdict.Passed : verdict);
    }

    /// <summary>Shows progress a few times a second, however often it is reported.</summary>
    private sealed class View(TestAsterisellBackupCommand cmdlet, AsterisellBackup backup) : IOperationProgress
    {
        public const string Activity = "Testing backups";

        private long _shown = Environment.TickCount64;

        public void Report(string value) => Report(value, -1);

        public void Report(string step, int percent)
        {
            if (Environment.TickCount64 - _shown > 300)
            {
                _shown = Environment.TickCount64;
                cmdlet.WriteProgress(new ProgressRecord(1, Activity, $"{backup}: {step}") { PercentComplete = Math.Min(percent, 100) });
            }
        }
    }
}
