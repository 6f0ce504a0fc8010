using Asterisell.Engine.Backup.Tree;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>
/// How files were when they were listed: enough to tell afterwards which of them changed while they were read. A name costs some 50 bytes here.
/// </summary>
internal sealed class FileStamps
{
    private readonly Dictionary<NameKey, NameKey> _states = [];

    /// <summary>Keeps how an entry is.</summary>
    public void Set(NameKey name, in FoundEntry entry) => _states[name] = NameKey.Of(entry.State);

    /// <summary>Whether a name was kept, and is as it was then.</summary>
    public bool Has(NameKey name, in FoundEntry entry) => _states.TryGetValue(name, out NameKey known) && known == NameKey.Of(entry.State);
}
