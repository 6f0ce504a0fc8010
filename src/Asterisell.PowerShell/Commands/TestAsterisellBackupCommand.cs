using System.Management.Automation;
using Asterisell.Engine.Backup;
using Asterisell.Engine.Backup.Targets;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Backups;
using Asterisell.PowerShell.Selection;

namespace Asterisell.PowerShell.Commands;

/// <summary>
/// Tests backups from their files alone, in folders and in targets of the inventory, and says of each whether it can be trusted and what was
/// found.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, Noun.Backup, DefaultParameterSetName = ParameterSet.InputObject)]
[OutputType(typeof(BackupVerdict), typeof(bool))]
public sealed class TestAsterisellBackupCommand : InventoryCmdlet
{
    private const string PathSet = nameof(Path);

    private OpenPlaces? open;

    /// <summary>Backups as <c>Backup-AsterisellData</c> and <c>Get-AsterisellBackup</c> give them; one that failed fails here too.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ParameterSet.InputObject, ValueFromPipeline = true)]
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
    /// table again and looks for the dump's last line.
    /// </summary>
    [Parameter]
    public BackupTestLevel Level { get; set; } = BackupTestLevel.Content;

    /// <summary>True or false instead of verdicts: whether the backup can be trusted. What is no backup, or not there, cannot.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

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
        BackupVerdict verdict = await new TargetVerifier(TimeProvider.System).TestAsync(Open.Of(backup), backup, Level, new View(this, backup), Stop);
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
