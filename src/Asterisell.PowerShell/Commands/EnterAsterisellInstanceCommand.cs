using System.ComponentModel;
using System.Diagnostics;
using System.Management.Automation;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;
using Asterisell.PowerShell.Module;
using Asterisell.PowerShell.Selection;

namespace Asterisell.PowerShell.Commands;

/// <summary>Opens a terminal in an instance, in its admin directory; the exit code is in <c>$LASTEXITCODE</c> afterwards.</summary>
[Cmdlet(VerbsCommon.Enter, Noun.Instance, DefaultParameterSetName = ParameterSet.Name)]
[OutputType(typeof(void))]
public sealed class EnterAsterisellInstanceCommand : SelectionCmdlet
{
    /// <summary>Program and arguments to run in the terminal instead of a login shell.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Command { get; set; }

    /// <summary>User in the container.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string User { get; set; } = "root";

    /// <summary>Open the admin web page in the operator's browser first.</summary>
    [Parameter]
    public SwitchParameter Browser { get; set; }

    private protected override async Task ProcessSelectionAsync(IReadOnlyList<AsterisellInstance> instances)
    {
        if (instances.Count == 0)
        {
            return;
        }

        if (instances.Count > 1)
        {
            throw TerminalErrors.OneInstanceOnly([.. instances.Select(instance => instance.ToString())]);
        }

        if (!OperatorTerminal.IsPresent)
        {
            throw TerminalErrors.NoTerminal("input or output is redirected");
        }

        IInstance live = await ModuleSession.Current.Instances.OpenAsync(instances[0], Stop);
        if (Browser)
        {
            OpenBrowser(live.Definition, await live.InspectAsync(Stop));
        }

        int exitCode = await TerminalSession.RunAsync(
            live, Command ?? [], User, Environment.GetEnvironmentVariable("TERM"), OperatorTerminal.Take, OperatorTerminal.Size, Stop);
        SessionState.PSVariable.Set(new PSVariable("global:LASTEXITCODE", exitCode));
    }

    private void OpenBrowser(AsterisellInstance instance, ContainerDetail container)
    {
        if (AdminAddress.Of(instance, container) is not Uri address)
        {
            WriteWarning($"{instance} publishes no web port; there is no page to open.");
            return;
        }

        WriteVerbose($"Opening {address}");
        try
        {
            using Process? browser = Process.Start(new ProcessStartInfo(address.AbsoluteUri) { UseShellExecute = true });
        }
        catch (Win32Exception)
        {
            WriteWarning($"No browser was found on this machine. The admin page is {address}");
        }
    }
}
