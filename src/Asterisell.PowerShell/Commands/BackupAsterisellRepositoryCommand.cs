using System.Management.Automation;
using System.Net;
using System.Security;
using Asterisell.Engine.Backup;
using Asterisell.Engine.Backup.Repository;
using Asterisell.Engine.Backup.Targets;
using Asterisell.PowerShell.Completion;
using Asterisell.PowerShell.Fleet;
using Asterisell.PowerShell.Hosts;
using Asterisell.PowerShell.Selection;

namespace Asterisell.PowerShell.Commands;

/// <summary>
/// Backs up the management directory: the inventory's folder with everything in it, checkouts with uncommitted work, certificates. The snapshot
/// is read again and proven at once.
/// </summary>
[Cmdlet(VerbsData.Backup, Noun.Repository, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(AsterisellBackup))]
public sealed class BackupAsterisellRepositoryCommand : InventoryCmdlet
{
    /// <summary>Folder that the snapshot goes into, as <c>_repository/NAME/SNAPSHOT</c>, in place of the inventory's targets. It is made where it is missing.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>Targets of the inventory that the snapshot goes to; wildcards. Without it, all of them.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TargetNameCompleter))]
    public string[]? Target { get; set; }

    /// <summary>Takes the passwords that the inventory refers to as well, encrypted. Those that are asked for each time are in nobody's file and stay out.</summary>
    [Parameter]
    public SwitchParameter IncludeSecret { get; set; }

    /// <summary>Encrypts the passwords, at least 12 characters. Without it, you are asked.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? Passphrase { get; set; }

    /// <summary>Skips the questions, never the checks.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override async Task EndAsync()
    {
        if (Destination is not null && Target is not null)
        {
            throw BackupTargets.DestinationAndTarget();
        }

        if (Passphrase is not null && !IncludeSecret)
        {
            throw CommandErrors.PassphraseWithoutSecret();
        }

        string name = RepositoryLayout.NameOf(Inventory);
        IReadOnlyList<BackupTarget> targets = Destination is not null ? [] : Target is not null ? BackupTargets.Choose(Inventory, Target) : Inventory.Targets;
        string home = Destination is not null ? GetUnresolvedProviderPathFromPSPath(Destination)
            : targets.Count > 0 ? TargetBackup.HomeOf(targets)
            : throw BackupTargets.NoTarget(Inventory.Path);
        string where = Path.Combine(home, RepositoryLayout.HostName, name);
        if (Confirmation.IsWanted(this, Force) && !ShouldProcess(Path.GetDirectoryName(Inventory.Path)!, $"Back up to {where}{Others(targets, home)}"))
        {
            return;
        }

        var options = new RepositoryOptions { Name = name };
        if (IncludeSecret)
        {
            options = options with { Passphrase = await FindPassphraseAsync(), Secrets = await RepositorySecrets.CollectAsync(Inventory, Secrets, Stop) };
        }

        using var progress = new StepProgress(1, "Backing up the management directory", WriteProgress);
        var backup = new RepositoryBackup(TimeProvider.System);
        if (targets.Count == 0)
        {
            WriteObject(await backup.MakeAsync(Inventory, home, options, progress, Stop));
            return;
        }

        await new TargetBackup(TimeProvider.System, new BackupTargets(Secrets, [RepositoryLayout.InstanceOf(Inventory)])).MakeAsync(
            folder => backup.MakeAsync(Inventory, folder, options, progress, Stop), targets, WriteObject,
            (target, local, why) =>
            {
                WriteFailure(why, target);
                WriteObject(InstanceBackup.NotStored(local, target, why is AsterisellException told ? told.Reason : why.Message));
            },
            progress, Stop);
    }

    private static string Others(IReadOnlyList<BackupTarget> targets, string home)
    {
        string[] others = [.. targets.Where(target => target.Path != home).Select(target => target.Name)];
        return others.Length == 0 ? "" : $", and from there to {string.Join(", ", others)}";
    }

    private async Task<Secret> FindPassphraseAsync() => Passphrase is not null
        ? new Secret(new NetworkCredential("", Passphrase).Password)
        : await Secrets.ResolveAsync(SecretReference.FromPrompt("Passphrase for the passwords in the backup"), Stop);
}
