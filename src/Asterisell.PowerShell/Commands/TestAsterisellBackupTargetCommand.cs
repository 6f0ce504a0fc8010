using System.Management.Automation;
using Asterisell.Engine.Backup.Targets;
using Asterisell.PowerShell.Completion;
using Asterisell.PowerShell.Selection;

namespace Asterisell.PowerShell.Commands;

/// <summary>
/// Proves backup targets: login, host key, key, restriction, tool, space, clock, and a tiny backup that is fetched back, compared and removed.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, Noun.BackupTarget)]
[OutputType(typeof(BackupTargetCheck), typeof(bool))]
public sealed class TestAsterisellBackupTargetCommand : InventoryCmdlet
{
    /// <summary>Targets by their names in the inventory; wildcards. Without it, all of them.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Names]
    [Alias("Target")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TargetNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>True or false instead of checks: whether the target can be relied on. Warnings do not count.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync()
    {
        if (Inventory.Targets.Count == 0)
        {
            throw BackupTargets.NoTarget(Inventory.Path);
        }

        foreach (BackupTarget target in BackupTargets.Choose(Inventory, Name))
        {
            bool failed = false;
            await foreach (BackupTargetCheck check in
                new TargetTester(new BackupTargets(Secrets, Inventory.Instances), TimeProvider.System).TestAsync(target, Stop))
            {
                failed |= check.Result == CheckResult.Failed;
                if (!Quiet)
                {
                    WriteObject(check);
                }
            }

            if (Quiet)
            {
                WriteObject(!failed);
            }
        }
    }
}
