using System.ComponentModel;
using System.Runtime.CompilerServices;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Targets.Preparation;
using Asterisell.Engine.Backup.Targets.Sftp;
using Asterisell.Engine.Backup.Targets.Stores;
using Asterisell.Engine.Instances.Access;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Targets;

/// <summary>Prepares a target: keys and pin on this machine, account and folder on the server, repository. What is there already stays.</summary>
/// <param name="targets">Opens it.</param>
/// <param name="definition">Target.</param>
public sealed class TargetPreparation(BackupTargets targets, BackupTarget definition)
{
    private readonly List<string> _done = [];

    private readonly TargetKeys _keys = new(definition);

    /// <summary>True when a server has to be prepared by ssh.</summary>
    private bool IsOverSsh => definition.Uri is { } uri && (uri.StartsWith("ssh:", StringComparison.Ordinal) || uri.StartsWith("sftp:", StringComparison.Ordinal));

    /// <summary>What <see cref="PrepareAsync"/> would do, in words.</summary>
    /// <param name="administrator">As there.</param>
    public IReadOnlyList<string> Describe(string? administrator)
    {
        List<string> steps = [];
        if (IsOverSsh)
        {
            steps.Add("Pin the server's host key");
            steps.Add(_keys.HasKey ? $"Keep the key {_keys.PrivateKey}" : $"Make a key pair for it, {_keys.PrivateKey}");
            steps.Add(administrator is null
                ? "Tell the commands that the server's administrator has to run"
                : $"As {administrator}: make the account and the folder where they are missing, and let the key in for nothing but backups");
        }
        else if (definition.Path is { } path)
        {
            steps.Add($"Make the folder {path} where it is missing");
        }

        if (definition.Kind == BackupTargetKind.Restic)
        {
            steps.Add("Make the repository where there is none");
        }

        return steps;
    }

    /// <summary>Prepares it.</summary>
    /// <param name="administrator">Login that is root on the server; null where somebody else has to be told.</param>
    /// <param name="fingerprint">Fingerprint of the server's key as its owner says it; null to ask <paramref name="confirm"/>.</param>
    /// <param name="confirm">Told the fingerprint that the server shows; true to trust it.</param>
    /// <param name="progress">Told the steps; null for nobody.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="AsterisellException"><c>TargetHostKeyDiffers</c>, <c>TargetHostKeyRefused</c>, <c>TargetAccountFailed</c> and those of ssh.</exception>
    public async Task<BackupTargetSetup> PrepareAsync(
        string? administrator, string? fingerprint, Func<string, bool> confirm, IOperationProgress? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(confirm);
        BackupTargetSetup setup = new() { Target = definition.Name, Address = definition.Uri ?? definition.Path!, IsReady = false };
        if (IsOverSsh)
        {
            setup = await PrepareServerAsync(setup, administrator, fingerprint, confirm, progress, cancellation).ConfigureAwait(false);
        }
        else if (definition.Path is { } path && !Directory.Exists(path))
        {
            PrivateFiles.CreateFolder(path);
            _done.Add($"made the folder {path}");
        }

        progress?.Report("logging in");
        AsterisellException? why = await TryUseAsync(cancellation).ConfigureAwait(false);
        return setup with
        {
            IsReady = why is null,
            Done = [.. _done],
            Reason = why?.Reason,
            Commands = why is null || administrator is not null ? [] : setup.Commands,
        };
    }

    private async Task<BackupTargetSetup> PrepareServerAsync(
        BackupTargetSetup setup, string? administrator, string? fingerprint, Func<string, bool> confirm, IOperationProgress? progress, CancellationToken cancellation)
    {
        TargetAddress address = TargetAddress.Parse(definition);
        progress?.Report("asking for the host key");
        string pinned = await PinAsync(address, fingerprint, confirm, cancellation).ConfigureAwait(false);
        PublicKey key = await RequireKeyAsync(cancellation).ConfigureAwait(false);
        ServerAccount account = new(address, definition.Kind, key);
        if (administrator is not null)
        {
            progress?.Report($"preparing the account as {administrator}");
            IReadOnlyList<string> said = await account.MakeAsync(administrator, _keys.KnownHosts, cancellation).ConfigureAwait(false);
            _done.AddRange(said.Where(one => !one.StartsWith("missing ", StringComparison.Ordinal)));
            if (said.FirstOrDefault(one => one.StartsWith("missing ", StringComparison.Ordinal)) is { } missing)
            {
                throw TargetErrors.TargetToolMissing(definition.Name, missing["missing ".Length..], address.Login.ToString(), "it is not in its PATH");
            }
        }

        return setup with { HostKeyFingerprint = pinned, AuthorizedKey = account.Line, Commands = account.Commands() };
    }

    private async Task<string> PinAsync(TargetAddress address, string? fingerprint, Func<string, bool> confirm, CancellationToken cancellation)
    {
        HostKeyPin pin = new(address, _keys);
        PublicKey shown = await pin.AskAsync(cancellation).ConfigureAwait(false);
        string? pinned = pin.FindPinned();
        if (fingerprint is not null && fingerprint != shown.Fingerprint)
        {
            throw TargetErrors.TargetHostKeyDiffers(definition.Name, shown.Fingerprint, fingerprint);
        }

        if (pinned == shown.Fingerprint)
        {
            return pinned;
        }

        if (pinned is not null && fingerprint is null)
        {
            throw TargetErrors.TargetHostKeyDiffers(definition.Name, shown.Fingerprint, pinned);
        }

        if (fingerprint is null && !confirm(shown.Fingerprint))
        {
            throw TargetErrors.TargetHostKeyRefused(definition.Name, shown.Fingerprint);
        }

        await pin.PinAsync(shown, cancellation).ConfigureAwait(false);
        _done.Add($"pinned the host key {shown.Fingerprint}");
        return shown.Fingerprint;
    }

    /// <summary>The key pair, made where it is used: the private part never leaves this machine.</summary>
    private async Task<PublicKey> RequireKeyAsync(CancellationToken cancellation)
    {
        if (!_keys.HasKey)
        {
            PrivateFiles.CreateFolder(_keys.Folder);
            try
            {
                (int exitCode, string errors) = await ToolProcess.RunAsync(
                    ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", $"asterisell-backup-{definition.Name}@{Environment.MachineName}", "-f", _keys.PrivateKey],
                    null, null, null, cancellation).ConfigureAwait(false);
                if (exitCode != 0)
                {
                    throw TargetErrors.TargetToolFailed(definition.Name, "ssh-keygen", exitCode, ToolText.Last(errors, "without a word"));
                }
            }
            catch (Win32Exception missing)
            {
                throw TargetErrors.TargetToolMissing(definition.Name, "openssh-client", "this machine", missing.Message);
            }

            _done.Add($"made the key {_keys.PrivateKey}");
        }

        string text = await File.ReadAllTextAsync(_keys.PublicKey, cancellation).ConfigureAwait(false);
        return PublicKeyText.Parse(text, _keys.PublicKey)[0];
    }

    /// <summary>Uses it as a backup would; null where that works.</summary>
    private async Task<AsterisellException?> TryUseAsync(CancellationToken cancellation)
    {
        try
        {
            if (definition is { Kind: BackupTargetKind.Directory, Path: not null })
            {
                return null;
            }

            ITreeStore store = targets.OpenStore(definition);
            await using ConfiguredAsyncDisposable disposal = store.ConfigureAwait(false);
            switch (store)
            {
                case ResticStore restic when await restic.InitializeAsync(cancellation).ConfigureAwait(false):
                    _done.Add("made the repository");
                    break;
                case SftpStore sftp:
                    _ = await sftp.TryAsync(
                        async client =>
                        {
                            await new SftpTree(client).MakeAsync(sftp.Root, cancellation).ConfigureAwait(false);
                            return 0;
                        },
                        cancellation).ConfigureAwait(false);
                    break;
                case RdiffStore rdiff:
                    await rdiff.TryLoginAsync(cancellation).ConfigureAwait(false);
                    break;
            }

            return null;
        }
        catch (AsterisellException failure)
        {
            return failure;
        }
    }
}
