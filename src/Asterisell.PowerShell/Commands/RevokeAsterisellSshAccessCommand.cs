using System.Management.Automation;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Instances.Access;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Fleet;

namespace Asterisell.PowerShell.Commands;

/// <summary>Takes the access by SSH away from keys, wherever they stand and whatever their comment says.</summary>
[Cmdlet(VerbsSecurity.Revoke, Noun.SshAccess, DefaultParameterSetName = ParameterSet.Name, SupportsShouldProcess = true)]
[OutputType(typeof(SshAccessResult))]
public sealed class RevokeAsterisellSshAccessCommand : KeyCmdlet
{
    private string[] unwanted = [];

    /// <summary>Fingerprints of the keys, as <c>Get-AsterisellSshAccess</c> shows them: <c>SHA256:…</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Fingerprint { get; set; }

    /// <inheritdoc/>
    protected override string Operation => "RevokeSshAccess";

    /// <inheritdoc/>
    protected override string Activity => "Revoking access";

    private protected override string Action => $"No longer let log in by SSH: {string.Join(", ", unwanted)}";

    private protected override void CheckParameters()
    {
        string[] given = [.. (Fingerprint ?? []).Select(PublicKeyText.CheckFingerprint), .. ReadKeys().Select(key => key.Fingerprint)];
        unwanted = given.Length > 0 ? given : throw CommandErrors.KeyMissing(VerbsSecurity.Revoke);
    }

    /// <inheritdoc/>
    protected override async Task<IInstanceObject> ChangeAsync(IInstance instance, IOperationProgress progress, CancellationToken cancellation) =>
        await new SshKeys(instance).RevokeAsync(unwanted, cancellation);
}
