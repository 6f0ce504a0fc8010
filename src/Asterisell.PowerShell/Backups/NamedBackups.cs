using System.Management.Automation;
using Asterisell.Engine.Backup;

namespace Asterisell.PowerShell.Backups;

/// <summary>
/// For cmdlets whose backups usually come from the pipeline. Were their parameter mandatory, PowerShell would ask for <c>Backup[0]:</c>, which
/// nobody can type.
/// </summary>
internal static class NamedBackups
{
    /// <summary>Refuses a call that says nothing of what it is for.</summary>
    /// <param name="cmdlet">The cmdlet, at its begin.</param>
    /// <param name="parameter">Parameter that takes the backups.</param>
    /// <param name="set">Its parameter set, the default.</param>
    /// <exception cref="AsterisellException"><c>BackupNotNamed</c>.</exception>
    public static void Require(PSCmdlet cmdlet, string parameter, string set)
    {
        if (cmdlet.ParameterSetName == set && !cmdlet.MyInvocation.ExpectingInput && !cmdlet.MyInvocation.BoundParameters.ContainsKey(parameter))
        {
            throw BackupCatalog.NotNamed(cmdlet.MyInvocation.MyCommand.Name);
        }
    }
}
