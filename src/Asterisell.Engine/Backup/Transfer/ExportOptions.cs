namespace Asterisell.Engine.Backup.Transfer;

/// <summary>Where and how data are exported.</summary>
/// <param name="Path">The file, which must not exist; or a folder that exists, for a file with a name of its own.</param>
public sealed record ExportOptions(string Path)
{
    /// <summary>Folder that the file appears in.</summary>
    public string Folder => Directory.Exists(Path) ? Path : System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!;

    /// <summary>Passphrase that encrypts the file; null for a plain one.</summary>
    public Secret? Passphrase { get; init; }

    /// <summary>True where the data are masked, which a file's own name tells.</summary>
    internal bool IsMasked { get; init; }

    /// <summary>Longest wait for a job pass to end, where tables need that nothing runs.</summary>
    public TimeSpan JobLimit { get; init; } = TimeSpan.FromMinutes(10);
}
