using Asterisell.Engine.Deployment.Templates;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Update.Phases;

/// <summary>The customers' application: its folders closed for others, and its own credentials there, which the clone leaves out.</summary>
internal sealed class UserInstancePhase(UpdateWorld world) : IUpdateWork
{
    /// <summary>$1 folder, $2 group.</summary>
    private const string Close = """
        mkdir -p -- "$1/config" && chown "root:$2" -- "$1" "$1/config" && chmod 0750 -- "$1" "$1/config" && [ -s "$1/config/databases.yml" ] && echo whole
        exit 0
        """;

    public UpdatePhase Phase => UpdatePhase.UserInstance;

    public async Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        string folder = world.Definition.UserDirectory;
        string answer = await world.RunAsync(
            "closing the customers' application for others", Close, [folder, world.Definition.Settings.Web.UnixUser], null, cancellation).ConfigureAwait(false);
        if (answer.Trim() == "whole")
        {
            return false;
        }

        string path = $"{folder}/config/databases.yml";
        RenderedFile file = world.Wanted.Found.Configuration.Files.FirstOrDefault(one => one.Path == path) is { } wanted && world.Journal.Scope.HasFlag(UpdateScope.Configuration)
            ? wanted
            : throw UpdateErrors.CustomerCredentialsMissing(world.Definition, path);
        await world.Instance.Files.WriteAsync(path, file.Content, new FileOwnership(file.Owner, file.Group, (int)file.Mode), cancellation).ConfigureAwait(false);
        return true;
    }
}
