using System.Management.Automation;
using System.Security;
using Asterisell.Engine.Backup.Transfer;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Backups;

namespace Asterisell.PowerShell.Commands;

/// <summary>
/// Imports a file of Export-AsterisellData into instances. Everything is unpacked and checked before anything is touched; what follows is undone where
/// it fails.
/// </summary>
[Cmdlet(VerbsData.Import, Noun.Data, DefaultParameterSetName = ParameterSet.Name, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CopyResult))]
public sealed class ImportAsterisellDataCommand : ReplaceDataCmdlet
{
    /// <summary>The file that <c>Export-AsterisellData</c> made, encrypted or not.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Passphrase of an encrypted file.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? Passphrase { get; set; }

    /// <inheritdoc/>
    protected override string Operation => "Import";

    /// <inheritdoc/>
    protected override string Activity => "Importing data";

    private protected override string Action => $"Replace its data by those of '{FullPath}'";

    private protected override string SourceLabel => FullPath;

    private string FullPath => GetUnresolvedProviderPathFromPSPath(Path);

    private protected override void CheckParameters()
    {
        base.CheckParameters();
        _ = FullPath;
    }

    private protected override IEnumerable<string> Describe(AsterisellInstance instance) => DataImport.Describe(instance, OptionsOf(instance));

    /// <inheritdoc/>
    protected override async Task<IInstanceObject> ChangeAsync(IInstance instance, IOperationProgress progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return await new DataImport(TimeProvider.System).ImportAsync(
            instance, FullPath, Masking.ToSecret(Passphrase), OptionsOf(instance.Definition), LogOf(instance.Definition), progress, cancellation);
    }
}
