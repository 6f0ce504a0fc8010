using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Instances.Access;
using Asterisell.Engine.Ssh;

namespace Asterisell.Engine.Backup.Targets.Preparation;

/// <summary>Asks a server for its key, through whatever leads to it, and pins the one that somebody vouched for.</summary>
internal sealed class HostKeyPin(TargetAddress address, TargetKeys keys)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Fingerprint that is pinned; null when none is.</summary>
    public string? FindPinned() => keys.HasPin ? Read(keys.KnownHosts)?.Fingerprint : null;

    /// <summary>The key that the server shows now. It proves nothing yet.</summary>
    /// <exception cref="AsterisellException">It cannot be reached.</exception>
    public async Task<PublicKey> AskAsync(CancellationToken cancellation)
    {
        using ScratchFolder scratch = new(Path.GetTempPath());
        string seen = Path.Combine(scratch.Path, "known_hosts");
        using TargetSsh ssh = TargetSsh.Open(address, null, seen);

        // No method of login is offered, so the server learns nothing but that somebody was there; its key was proven before that.
        string[] command =
        [
            "ssh", "-F", ssh.ConfigFile, "-T", "-o", "StrictHostKeyChecking=accept-new", "-o", "PreferredAuthentications=none",
            "-o", "HashKnownHosts=no", "-o", "HostKeyAlgorithms=ssh-ed25519,ecdsa-sha2-nistp256,rsa-sha2-512", "--", ssh.Host, "true",
        ];
        SshProcess process = SshProcess.Start(address.Server, command);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        try
        {
            (int exitCode, string errors) = await process.WaitAsync(limit.Token).ConfigureAwait(false);
            return Read(seen) ?? throw ssh.Explain(exitCode == 0 ? 255 : exitCode, errors);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw SshErrors.SshTimeout(address.Server, address.Login.ToString(), Limit);
        }
        finally
        {
            await process.EndAsync(now: true).ConfigureAwait(false);
        }
    }

    /// <summary>Trusts a key from now on, and no other.</summary>
    public Task PinAsync(PublicKey key, CancellationToken cancellation)
    {
        PrivateFiles.CreateFolder(keys.Folder);
        byte[] line = System.Text.Encoding.ASCII.GetBytes($"{TargetKeys.HostAlias} {key.Type} {Convert.ToBase64String(key.Blob.Span)}\n");
        return PrivateFiles.ReplaceAsync(keys.KnownHosts, line, cancellation);
    }

    private static PublicKey? Read(string file) => File.Exists(file)
        ? File.ReadLines(file).Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..])
            .Select(line => PublicKey.TryParse(line, out PublicKey? key) ? key : null).FirstOrDefault(key => key is not null)
        : null;
}
