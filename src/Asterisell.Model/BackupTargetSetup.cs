namespace Asterisell;

/// <summary>What was prepared of a backup target, and what is left to somebody who may do it.</summary>
public sealed record BackupTargetSetup
{
    /// <summary>Target of the inventory.</summary>
    public required string Target { get; init; }

    /// <summary>Where it is.</summary>
    public required string Address { get; init; }

    /// <summary>True when backups can go there now.</summary>
    public required bool IsReady { get; init; }

    /// <summary>What was done, in order.</summary>
    public IReadOnlyList<string> Done { get; init; } = [];

    /// <summary>What keeps it from being ready; null when it is.</summary>
    public string? Reason { get; init; }

    /// <summary>Fingerprint of the server's pinned key; null for a target of this machine.</summary>
    public string? HostKeyFingerprint { get; init; }

    /// <summary>The line that the login's <c>authorized_keys</c> needs; null for a target of this machine.</summary>
    public string? AuthorizedKey { get; init; }

    /// <summary>Commands for the server's administrator, where they were not run: exactly what <c>-Administrator</c> would have done.</summary>
    public IReadOnlyList<string> Commands { get; init; } = [];
}
