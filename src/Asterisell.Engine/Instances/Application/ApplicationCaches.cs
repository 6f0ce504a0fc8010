namespace Asterisell.Engine.Instances;

/// <summary>Caches of both applications. A stale one hides changed settings and rows, or ends in "Class … not found".</summary>
internal static class ApplicationCaches
{
    private const string Script = """
        for folder in "$1/cache" "$2/cache"; do
          [ -d "$folder" ] && [ ! -L "$folder" ] && { find "$folder" -mindepth 1 -delete || exit 1; }
        done
        exit 0
        """;

    /// <summary>Empties them.</summary>
    /// <exception cref="AsterisellException"><c>ScriptFailed</c>.</exception>
    public static async Task ClearAsync(IInstance instance, CancellationToken cancellation)
    {
        InstanceCommand command = Bash.Command(Script, instance.Definition.AdminDirectory, instance.Definition.UserDirectory);
        CommandOutcome outcome = await instance.Exec.RunAsync(command, cancellation).ConfigureAwait(false);
        if (outcome.ExitCode != 0)
        {
            throw InstanceErrors.ScriptFailed(instance.Definition, "clearing the caches", outcome.ExitCode, outcome.ErrorText);
        }
    }
}
