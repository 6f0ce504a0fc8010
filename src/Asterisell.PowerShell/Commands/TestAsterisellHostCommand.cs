using System.Management.Automation;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Hosts;
using Asterisell.PowerShell.Hosts;

namespace Asterisell.PowerShell.Commands;

/// <summary>Checks whether Docker hosts are fit for their instances: engine, storage, huge pages, disk, memory, clock, ports.</summary>
[Cmdlet(VerbsDiagnostic.Test, Noun.Host)]
[OutputType(typeof(HostCheck), typeof(bool))]
public sealed class TestAsterisellHostCommand : HostCmdlet
{
    /// <summary>True or false instead of checks: whether the host is fit. Warnings do not count; a host that does not answer is not.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override async Task ProcessHostAsync(
        AsterisellHost host, IReadOnlyList<AsterisellInstance> instances, IDockerConnector connector)
    {
        IReadOnlyList<HostCheck> checks = await new HostTester(connector).TestAsync(host, instances, Stop);
        if (Quiet)
        {
            WriteObject(checks.All(check => check.Result != CheckResult.Failed));
        }
        else
        {
            WriteObject(checks, enumerateCollection: true);
        }
    }
}
