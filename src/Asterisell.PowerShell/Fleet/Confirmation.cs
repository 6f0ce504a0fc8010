using System.Management.Automation;

namespace Asterisell.PowerShell.Fleet;

/// <summary>What <c>-Force</c> leaves out: the question alone. <c>-WhatIf</c> is obeyed, and so is a <c>-Confirm</c> beside it.</summary>
internal static class Confirmation
{
    /// <summary>True where <c>ShouldProcess</c> has to be asked.</summary>
    internal static bool IsWanted(PSCmdlet cmdlet, bool force) =>
        !force || cmdlet.MyInvocation.BoundParameters.ContainsKey("Confirm") || IsWhatIf(cmdlet);

    /// <summary>True while nothing is to be changed.</summary>
    internal static bool IsWhatIf(PSCmdlet cmdlet) => LanguagePrimitives.IsTrue(
        cmdlet.MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? given) ? given : cmdlet.GetVariableValue("WhatIfPreference"));
}
