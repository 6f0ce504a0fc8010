namespace Asterisell.Engine.Repository.Git;

/// <summary>A copy of git's index to try things on; the real one is not touched. Goes when disposed.</summary>
internal sealed class ScratchIndex : IDisposable
{
    private readonly string _folder;

    private ScratchIndex(string folder)
    {
        _folder = folder;
        Environment = new Dictionary<string, string> { ["GIT_INDEX_FILE"] = Path.Combine(folder, "index") };
    }

    /// <summary>Makes git use it.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>Copies the index of a checkout.</summary>
    public static ScratchIndex Copy(Checkout checkout)
    {
        ScratchIndex scratch = new(Directory.CreateTempSubdirectory("asterisell-index-").FullName);
        if (checkout.Has("index"))
        {
            File.Copy(checkout.OwnPath("index"), Path.Combine(scratch._folder, "index"));
        }

        return scratch;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
