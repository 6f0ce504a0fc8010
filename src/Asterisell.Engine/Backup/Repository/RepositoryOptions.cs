namespace Asterisell.Engine.Backup.Repository;

/// <summary>How the management directory is backed up.</summary>
public sealed record RepositoryOptions
{
    /// <summary>The least number of characters of a passphrase.</summary>
    public const int ShortestPassphrase = 12;

    /// <summary>Name under which the snapshots are kept.</summary>
    public required string Name { get; init; }

    /// <summary>Passwords that the inventory refers to, as JSON; null to leave them out.</summary>
    public byte[]? Secrets { get; init; }

    /// <summary>Encrypts <see cref="Secrets"/>.</summary>
    public Secret? Passphrase { get; init; }
}
