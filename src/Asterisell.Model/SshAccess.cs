namespace Asterisell;

/// <summary>One line of the keys that may log in to an instance as root by SSH.</summary>
/// <param name="Name">Instance.</param>
/// <param name="HostName">Docker host of the instance.</param>
/// <param name="State">Whether sshd can use it.</param>
/// <param name="Fingerprint">SHA-256 of the key, as <c>ssh-keygen -l</c> says it: <c>SHA256:…</c>. Null for a line that is no key.</param>
/// <param name="KeyType">For example <c>ssh-ed25519</c>; empty for a line that is no key.</param>
/// <param name="Bits">Strength; null where the type tells none.</param>
/// <param name="Comment">What stands behind the key: whose it is.</param>
/// <param name="Options">What limits the key: <c>from="…",command="…"</c>; empty for none.</param>
/// <param name="File">File in the instance.</param>
/// <param name="Line">Line in that file, from 1.</param>
public sealed record SshAccess(
    string Name, string HostName, SshKeyState State, string? Fingerprint, string KeyType, int? Bits, string Comment, string Options, string File, int Line)
    : IInstanceObject
{
    /// <summary>The line itself where it is malformed; null for a key.</summary>
    public string? Text { get; init; }

    /// <summary>
    /// Instances that have the same host key as this one, of those that were asked together: whoever breaks into one can pose as the other.
    /// </summary>
    public IReadOnlyList<string> HostKeySharedWith { get; init; } = [];

    /// <summary>True when another instance has the same host key.</summary>
    public bool SharedHostKey => HostKeySharedWith.Count > 0;
}

/// <summary>Whether sshd can use a line of its keys.</summary>
public enum SshKeyState
{
    /// <summary>The key may log in.</summary>
    Granted,

    /// <summary>The key may log in, but is weaker than today's rules want: RSA below 2048 bits, or DSA, which new releases refuse.</summary>
    Weak,

    /// <summary>sshd skips the line. It is kept as it is.</summary>
    Malformed,
}
