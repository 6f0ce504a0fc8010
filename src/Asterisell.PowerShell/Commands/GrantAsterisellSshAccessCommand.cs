using System.Management.Automation;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Instances.Access;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Fleet;

namespace Asterisell.PowerShell.Commands;

/// <summary>Lets keys log in to instances as root by SSH. A key that is there already, with options or without, is left as it is.</summary>
[Cmdlet(VerbsSecurity.Grant, Noun.SshAccess, DefaultParameterSetName = ParameterSet.Name, SupportsShouldProcess = true)]
[OutputType(typeof(SshAccessResult))]
public sealed class GrantAsterisellSshAccessCommand : KeyCmdlet
{
    private string[] texts = [];

    /// <inheritdoc/>
    protected override string Operation => "GrantSshAccess";

    /// <inheritdoc/>
    protected override string Activity => "Granting access";

    private protected override string Action => $"Let log in as root by SSH: {string.Join(", ", texts.Select(text => Parse(text).Fingerprint))}";

    private protected override void CheckParameters()
    {
        texts = [.. ReadKeys().Select(key => PublicKeyText.CheckStrength(key).ToString())];
        if (texts.Length == 0)
        {
            throw CommandErrors.KeyMissing(VerbsSecurity.Grant);
        }
    }

    /// <inheritdoc/>
    protected override async Task<IInstanceObject> ChangeAsync(IInstance instance, IOperationProgress progress, CancellationToken cancellation) =>
        await new SshKeys(instance).GrantAsync([.. texts.Select(Parse)], cancellation);

    private static PublicKey Parse(string text) => PublicKeyText.Parse(text, "-PublicKey")[0];
}
