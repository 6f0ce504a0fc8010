using System.Management.Automation;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Instances.Access;
using Asterisell.Engine.Operations;
using Asterisell.PowerShell.Fleet;

namespace Asterisell.PowerShell.Commands;

/// <summary>Lists the keys that may log in to instances as root by SSH, and warns of instances that present the same host key.</summary>
[Cmdlet(VerbsCommon.Get, Noun.SshAccess, DefaultParameterSetName = ParameterSet.Name)]
[OutputType(typeof(SshAccess))]
public sealed class GetAsterisellSshAccessCommand : InstanceCmdlet
{
    private readonly List<SshAccess> found = [];
    private HostKeyComparison? comparison;

    /// <summary>Only keys with these fingerprints (<c>SHA256:…</c>).</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Fingerprint { get; set; }

    /// <inheritdoc/>
    protected override string Activity => "Reading keys";

    private protected override void CheckParameters() => Array.ForEach(Fingerprint ?? [], text => PublicKeyText.CheckFingerprint(text));

    /// <inheritdoc/>
    protected override async Task ProcessInstanceAsync(IInstance instance, IOperationProgress progress, CancellationToken cancellation)
    {
        (IReadOnlyList<SshAccess> keys, IReadOnlyList<string> hostKeys) = await new SshKeys(instance).ListAsync(cancellation);
        found.AddRange(keys.Where(key => Fingerprint is null || Fingerprint.Contains(key.Fingerprint)));
        (comparison ??= new HostKeyComparison()).Add(instance.Definition, hostKeys);
    }

    private protected override void AfterLast()
    {
        if (comparison is not { } all)
        {
            return;
        }

        foreach ((string fingerprint, IReadOnlyList<string> instances) in all.Shared)
        {
            WriteWarning($"{string.Join(", ", instances)} have the same host key {fingerprint}: whoever breaks into one can pose as the others. Give each its own: rm /etc/ssh/ssh_host_*; ssh-keygen -A");
        }

        foreach (SshAccess key in found)
        {
            WriteObject(key with { HostKeySharedWith = all.SharersOf($"{key.HostName}/{key.Name}") });
        }
    }
}
