using System.Management.Automation;
using Asterisell.Engine.Backup.Targets;
using Asterisell.PowerShell.Completion;
using Asterisell.PowerShell.Fleet;
using Asterisell.PowerShell.Hosts;
using Asterisell.PowerShell.Selection;

namespace Asterisell.PowerShell.Commands;

/// <summary>Prepares a backup target: the server's key pinned, a key pair for backups alone, account and folder on the server, repository.</summary>
[Cmdlet(VerbsData.Initialize, Noun.BackupTarget, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(BackupTargetSetup))]
public sealed class InitializeAsterisellBackupTargetCommand : InventoryCmdlet
{
    /// <summary>Targets by their names in the inventory; wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Names]
    [Alias("Target")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TargetNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>
    /// Login that is root on the server, <c>[user@]host[:port]</c> or an alias of ssh_config: it makes the account. Without it the result holds
    /// the commands for the server's administrator.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Administrator { get; set; }

    /// <summary>Fingerprint of the server's host key as its owner says it, <c>SHA256:…</c>. Without it the cmdlet shows what the server says, and asks.</summary>
    [Parameter]
    [ValidatePattern("^SHA256:[A-Za-z0-9+/]{43}$")]
    public string? HostKeyFingerprint { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync()
    {
        foreach (BackupTarget target in BackupTargets.Choose(Inventory, Name))
        {
            await InitializeAsync(target);
        }
    }

    private async Task InitializeAsync(BackupTarget target)
    {
        try
        {
            TargetPreparation preparation = new(new BackupTargets(Secrets, Inventory.Instances), target);
            if (!IsWanted(target, preparation))
            {
                return;
            }

            using StepProgress progress = new(1, $"Preparing {target}", WriteProgress);
            WriteObject(await preparation.PrepareAsync(Administrator, HostKeyFingerprint, fingerprint => Trusts(target, fingerprint), progress, Stop));
        }
        catch (AsterisellException failure) when (!Stop.IsCancellationRequested)
        {
            WriteFailure(failure, target);
        }
    }

    private bool IsWanted(BackupTarget target, TargetPreparation preparation)
    {
        IReadOnlyList<string> steps = preparation.Describe(Administrator);
        if (!Confirmation.IsWhatIf(this))
        {
            return ShouldProcess(target.ToString(), string.Join("; ", steps));
        }

        foreach (string step in steps)
        {
            ShouldProcess(target.ToString(), step);
        }

        return false;
    }

    private bool Trusts(BackupTarget target, string fingerprint) => ShouldContinue(
        $"The server of {target} ({target.Uri}) shows the host key {fingerprint}.{Environment.NewLine}"
        + "Compare it with what the server's owner says: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub. Is it the same?",
        "Trust this host key from now on?");
}
