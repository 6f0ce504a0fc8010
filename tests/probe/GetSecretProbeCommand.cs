using System.Management.Automation;
using System.Security.Cryptography;
using System.Text;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Fleet;

namespace Asterisell.Tests.Probe;

/// <summary>Needs the database password of each instance, as real cmdlets do, and tells its hash.</summary>
[Cmdlet(VerbsCommon.Get, "SecretProbe", DefaultParameterSetName = "Name")]
[OutputType(typeof(string))]
public sealed class GetSecretProbeCommand : InstanceCmdlet
{
    private protected override IEnumerable<SecretReference> SecretsOf(AsterisellInstance instance) =>
        new[] { instance.Settings.Database.Password }.OfType<SecretReference>();

    protected override async Task ProcessInstanceAsync(IInstance instance, IOperationProgress progress, CancellationToken cancellation)
    {
        SecretReference reference = instance.Definition.Settings.Database.Password!;
        // Off the pipeline thread, where most of a real operation runs.
        await Task.Delay(20, cancellation).ConfigureAwait(false);
        WriteVerbose($"looking up {reference}");
        Secret secret = await Secrets.ResolveAsync(reference, cancellation).ConfigureAwait(false);
        WriteDebug($"found {secret}");
        WriteObject($"{instance.Definition} {Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret.Reveal())))}");
    }
}
