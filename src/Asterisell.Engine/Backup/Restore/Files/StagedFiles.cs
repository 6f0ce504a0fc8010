using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Restore.Files;

/// <summary>Files that wait beside the present ones until they take their place, and what was there, to be put back.</summary>
/// <param name="instance">Where.</param>
/// <param name="folder">Folder of the replacement in the container, on the volume of the instance's data.</param>
internal sealed class StagedFiles(IInstance instance, string folder)
{
    /// <summary>Where files wait, under their absolute paths.</summary>
    public string Incoming => $"{folder}/new";

    /// <summary>Makes the folder.</summary>
    public Task PrepareAsync(CancellationToken cancellation) => RunAsync(ReplacementScripts.Prepare, [], "preparing a folder for the restore", cancellation);

    /// <summary>Unpacks a tar of absolute paths (without their slash) beside the present files.</summary>
    public Task StageAsync(Stream tar, CancellationToken cancellation) => instance.Files.ExtractTarAsync(Incoming, tar, cancellation);

    /// <summary>Makes the staged files the present ones.</summary>
    public Task ApplyAsync(IReadOnlyList<FilePlace> places, CancellationToken cancellation) =>
        RunAsync(ReplacementScripts.Apply, places, "exchanging files", cancellation);

    /// <summary>Puts back what was there. Can be done again.</summary>
    public Task UndoAsync(IReadOnlyList<FilePlace> places, CancellationToken cancellation) =>
        RunAsync(ReplacementScripts.Undo, places, "putting files back", cancellation);

    /// <summary>Removes the folder, with what was there before.</summary>
    public Task CleanAsync(CancellationToken cancellation) => RunAsync(ReplacementScripts.Remove, [], "removing the folder of the restore", cancellation);

    private async Task RunAsync(string script, IReadOnlyList<FilePlace> places, string what, CancellationToken cancellation)
    {
        string[] fields = [.. places.SelectMany(place => new[] { place.Mode.ToString(), place.Path })];
        InstanceCommand command = Bash.Command(script, folder) with { Input = new MemoryStream(Bash.Fields(fields)) };
        CommandOutcome outcome = await instance.Exec.RunAsync(command, cancellation).ConfigureAwait(false);
        if (outcome.ExitCode != 0)
        {
            throw outcome.ErrorText.Contains("No space left on device", StringComparison.Ordinal)
                ? InstanceErrors.DiskFull(instance.Definition, folder)
                : InstanceErrors.ScriptFailed(instance.Definition, what, outcome.ExitCode, outcome.ErrorText);
        }
    }
}
