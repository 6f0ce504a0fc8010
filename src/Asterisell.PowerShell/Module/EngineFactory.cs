using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;
using Asterisell.PowerShell.Selection;

namespace Asterisell.PowerShell.Module;

/// <summary>The one place where the cmdlets choose implementations of Engine's interfaces.</summary>
internal static class EngineFactory
{
    internal static IDockerConnector CreateConnector() => throw new NotImplementedException();

    internal static IInstanceOpener CreateOpener(IDockerConnector docker) => throw new NotImplementedException();

    internal static Task<InventoryContent> ReadInventoryAsync(string? path, string currentFolder, CancellationToken cancellation) =>
        throw new NotImplementedException();
}
