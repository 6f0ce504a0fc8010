using System.Management.Automation;

namespace Asterisell.PowerShell.Module;

/// <summary>What happens when the module comes and goes. Coming never fails and asks nothing of the machine.</summary>
public sealed class ModuleLifetime : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnImport() => EngineLoadContext.Register();

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => ModuleSession.CloseCurrent();
}
