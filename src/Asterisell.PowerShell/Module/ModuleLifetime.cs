using System.Management.Automation;
using Asterisell.PowerShell.Completion;

namespace Asterisell.PowerShell.Module;

/// <summary>What happens when the module comes and goes. Coming never fails and asks nothing of the machine.</summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnImport()
    {
        EngineLoadContext.Register();
        WarmUp.Begin();
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => ModuleSession.CloseCurrent();
}
