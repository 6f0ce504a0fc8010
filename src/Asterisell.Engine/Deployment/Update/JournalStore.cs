using System.Text.Json;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Deployment.Update;

/// <summary>Keeps the journal in the instance, on the volume of its data, and its copy on this machine.</summary>
internal sealed class JournalStore(IInstance instance)
{
    private const int LargestJournal = 4 * 1024 * 1024;

    private static readonly FileOwnership Private = new("root", "root", 0x180);

    /// <summary>Folder of the update in the container.</summary>
    public string Folder { get; } = $"/var/lib/asterisell-update/{instance.Definition.Name}";

    private string Path => $"{Folder}/journal.json";

    private string Copy => System.IO.Path.Combine(OperatorFolders.State, "updates", instance.Definition.HostName, $"{instance.Definition.Name}.json");

    /// <summary>The journal of an update that did not end; null where there is none.</summary>
    /// <exception cref="AsterisellException"><c>UpdateJournalInvalid</c>.</exception>
    public async Task<UpdateJournal?> FindAsync(CancellationToken cancellation)
    {
        if (await instance.Files.FindAsync(Path, cancellation).ConfigureAwait(false) is null)
        {
            return null;
        }

        byte[] json = await instance.Files.ReadAsync(Path, LargestJournal, cancellation).ConfigureAwait(false);
        return Parse(json, $"{Path} of the instance");
    }

    /// <summary>The copy of this machine; null where there is none.</summary>
    public UpdateJournal? FindCopy() => File.Exists(Copy) ? Parse(File.ReadAllBytes(Copy), Copy) : null;

    /// <summary>Writes both so that they survive whatever comes next.</summary>
    public async Task WriteAsync(UpdateJournal journal, CancellationToken cancellation)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(journal, UpdateJson.Default.UpdateJournal);
        WriteCopy(json);
        await instance.Files.WriteAsync(Path, json, Private, cancellation).ConfigureAwait(false);
    }

    /// <summary>Makes the folder; what an update before left in it goes.</summary>
    public Task PrepareAsync(CancellationToken cancellation) =>
        UpdateScripts.RunAsync(instance, "preparing a folder for the update", UpdateScripts.Prepare, [Folder], null, cancellation);

    /// <summary>Removes everything that the update kept: first the journal, then what it is about.</summary>
    public async Task RemoveAsync(UpdateJournal journal, CancellationToken cancellation)
    {
        await UpdateScripts.RunAsync(
            instance, "removing what the update kept", UpdateScripts.Remove, [Folder, journal.Id], null, cancellation).ConfigureAwait(false);
        RemoveCopy();
    }

    /// <summary>Forgets the copy of this machine.</summary>
    public void RemoveCopy() => File.Delete(Copy);

    private void WriteCopy(byte[] json)
    {
        string beside = $"{Copy}.new";
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Copy)!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (FileStream file = new(beside, options))
        {
            file.Write(json);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, Copy, overwrite: true);
    }

    private UpdateJournal Parse(byte[] json, string path)
    {
        try
        {
            return JsonSerializer.Deserialize(json, UpdateJson.Default.UpdateJournal) ?? throw new JsonException("it is empty");
        }
        catch (JsonException broken)
        {
            throw UpdateErrors.UpdateJournalInvalid(instance.Definition, path, broken);
        }
    }
}
