using System.ComponentModel;
using System.Globalization;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Targets.Preparation;
using Asterisell.Engine.Backup.Verification;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Targets.Stores;

/// <summary>One repository of rdiff-backup for each instance, <c>FOLDER/HOST/INSTANCE</c>: the newest snapshot in clear, older ones as increments.</summary>
/// <remarks>
/// A session gets the time of its snapshot (<c>--current-time</c>), so that the tool's list is the list of snapshots. Version 2.2.2 restores
/// nothing by api version 201 ("'NoneType' object is not callable"), so 200 is spoken, which every 2.x knows. A half-finished session shows as
/// time -1 in its list, and hides the good one before it until the repository is regressed.
/// </remarks>
internal sealed class RdiffStore(string target, TargetSsh? ssh, string folder, IEnumerable<(string Host, string Instance)> known) : ITreeStore
{
    private const string Tool = "rdiff-backup";
    private const int Warnings = 2;

    private readonly ToolFailure _failure = new(target, ssh, Tool);

    /// <inheritdoc/>
    public string AddressOf(string host, string instance, string? id) =>
        (ssh is null ? $"{folder}/{host}/{instance}" : ssh.Address.At($"{host}/{instance}")) + (id is null ? "" : $" at {id}");

    /// <inheritdoc/>
    /// <remarks>A server that lets in nothing but rdiff-backup cannot tell which repositories it has: instances that are known are asked for.</remarks>
    public async Task<IReadOnlyList<StoredTree>> ListAsync(Func<string, string, bool> isWanted, CancellationToken cancellation)
    {
        List<StoredTree> trees = [];
        foreach ((string host, string instance) in known.Distinct().Where(one => isWanted(one.Host, one.Instance)).ToList())
        {
            trees.AddRange((await IdsAsync(host, instance, cancellation).ConfigureAwait(false)).Select(id => new StoredTree(new SnapshotName(host, instance, id), id)));
        }

        return trees;
    }

    /// <inheritdoc/>
    public async Task<StoredTree> StoreAsync(string folder, SnapshotName name, IOperationProgress? progress, CancellationToken cancellation)
    {
        progress?.Report("looking what the target has");
        string? newest = (await IdsAsync(name.Host, name.Instance, cancellation).ConfigureAwait(false)).LastOrDefault();
        if (newest is not null && string.CompareOrdinal(newest, name.Id) >= 0)
        {
            throw TargetErrors.TargetHasNewer(target, name.ToString(), newest);
        }

        progress?.Report($"sending to {target}");
        try
        {
            await RunAsync(
                ["--current-time", EpochOf(name.Id), "backup", "--create-full-path", "--no-hard-links", "--no-acls", "--no-eas", folder, At(name.Host, name.Instance)],
                null, cancellation).ConfigureAwait(false);
            progress?.Report("comparing what has arrived");
            StoredTree stored = new(name, name.Id);
            FindingList findings = new();
            await JudgeAsync(folder, stored, findings, cancellation).ConfigureAwait(false);
            return findings.FailureCount == 0 ? stored : throw TargetErrors.TargetCopyBroken(target, name.ToString(), findings.Failures());
        }
        catch (AsterisellException failure) when (failure.Kind is not (ErrorKind.Connection or ErrorKind.Authentication))
        {
            await TryRegressAsync(name, cancellation).ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task FetchAsync(StoredTree tree, string folder, Func<string, bool>? wanted, IOperationProgress? progress, CancellationToken cancellation)
    {
        progress?.Report($"fetching {tree.Name.Id} from {target}");
        if (wanted is null)
        {
            await RestoreAsync(tree, folder, null, cancellation).ConfigureAwait(false);
            return;
        }

        string[] own = [.. new[] { SnapshotLayout.Manifest, SnapshotLayout.ManifestChecksum, SnapshotLayout.Listing }.Where(wanted)];
        await RestoreAsync(tree, folder, own, cancellation).ConfigureAwait(false);
        if (File.Exists(Path.Combine(folder, SnapshotLayout.Listing)))
        {
            List<string> more = [];
            await foreach (SnapshotEntry entry in CopyCheck.ReadAsync(folder, cancellation).ConfigureAwait(false))
            {
                if (entry.Kind == SnapshotEntryKind.File && wanted(entry.Path))
                {
                    more.Add(entry.Path);
                }
            }

            if (more.Count > 0)
            {
                await RestoreAsync(tree, folder, [.. own, .. more], cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>Names against the listing; contents by the tool's own checksums, on the server.</remarks>
    public async Task JudgeAsync(string folder, StoredTree tree, FindingList findings, CancellationToken cancellation)
    {
        CopyCheck check = new();
        string at = At(tree.Name.Host, tree.Name.Instance);
        HashSet<string> folders = [];
        await foreach (SnapshotEntry entry in CopyCheck.ReadAsync(folder, cancellation).ConfigureAwait(false))
        {
            AddFolders(entry, folders);
        }

        await RunAsync(
            ["list", "files", "--at", EpochOf(tree.Name.Id), at],
            line =>
            {
                if (line != "." && !folders.Contains(line))
                {
                    check.Add(line, null);
                }
            },
            cancellation).ConfigureAwait(false);
        await check.CompareAsync(folder, findings, cancellation).ConfigureAwait(false);
        (int exitCode, string errors) = await TryRunAsync(["verify", "--at", EpochOf(tree.Name.Id), at], null, cancellation).ConfigureAwait(false);
        if (exitCode != 0)
        {
            findings.Fail(string.Empty, $"rdiff-backup cannot verify it: {ToolText.Last(errors, $"exit code {exitCode}")}");
        }
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(IReadOnlyList<StoredTree> trees, IOperationProgress? progress, CancellationToken cancellation)
    {
        foreach (IGrouping<(string Host, string Instance), StoredTree> group in trees.GroupBy(tree => (tree.Name.Host, tree.Name.Instance)))
        {
            (string host, string instance) = group.Key;
            List<string> all = await IdsAsync(host, instance, cancellation).ConfigureAwait(false);
            string[] going = [.. group.Select(tree => tree.Name.Id).Order(StringComparer.Ordinal)];
            if (going.Length >= all.Count || !all.Take(going.Length).SequenceEqual(going))
            {
                throw TargetErrors.TargetRemovesOldestOnly(target, $"{host}/{instance}");
            }

            progress?.Report($"removing {going.Length} snapshots of {host}/{instance}");
            await RunAsync(["--force", "remove", "increments", "--older-than", EpochOf(all[going.Length]), At(host, instance)], null, cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    /// <remarks>The tool removes no repository: one of an empty folder stays.</remarks>
    public async Task RemoveProbeAsync(StoredTree tree, CancellationToken cancellation)
    {
        using ScratchFolder empty = new(Path.GetTempPath());
        string at = At(tree.Name.Host, tree.Name.Instance);
        string next = (long.Parse(EpochOf(tree.Name.Id), CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);
        await RunAsync(["--current-time", next, "backup", "--no-acls", "--no-eas", empty.Path, at], null, cancellation).ConfigureAwait(false);
        await RunAsync(["--force", "remove", "increments", "--older-than", next, at], null, cancellation).ConfigureAwait(false);
    }

    /// <summary>Logs in and has the tool on the other side answer.</summary>
    public Task TryLoginAsync(CancellationToken cancellation) => ListOnceAsync(ProbeTree.Host, "login", cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        ssh?.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string EpochOf(string id) => SnapshotId.TryParse(id, out SnapshotId parsed)
        ? parsed.Time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)
        : throw new ArgumentException("It is no snapshot of ours.", nameof(id));

    private static void AddFolders(SnapshotEntry entry, HashSet<string> folders)
    {
        if (entry.Kind == SnapshotEntryKind.Directory)
        {
            folders.Add(entry.Path);
        }

        for (int slash = entry.Path.LastIndexOf('/'); slash > 0 && folders.Add(entry.Path[..slash]); slash = entry.Path.LastIndexOf('/', slash - 1))
        {
            // every folder above it
        }
    }

    private string At(string host, string instance) => ssh is null ? $"{folder}/{host}/{instance}" : $"{ssh.Host}::{folder}/{host}/{instance}";

    /// <summary>Ids of the sessions, oldest first; none where there is no repository. A half-finished session is undone first.</summary>
    private async Task<List<string>> IdsAsync(string host, string instance, CancellationToken cancellation)
    {
        List<string> ids = await ListOnceAsync(host, instance, cancellation).ConfigureAwait(false);
        if (!ids.Contains(string.Empty))
        {
            return ids;
        }

        await RunAsync(["regress", At(host, instance)], null, cancellation).ConfigureAwait(false);
        ids = await ListOnceAsync(host, instance, cancellation).ConfigureAwait(false);
        return ids.Contains(string.Empty) ? throw TargetErrors.TargetRepositoryBroken(target, $"{host}/{instance}") : ids;
    }

    private async Task<List<string>> ListOnceAsync(string host, string instance, CancellationToken cancellation)
    {
        List<string> ids = [];
        (int exitCode, string errors) = await TryRunAsync(
            ["--parsable-output", "list", "increments", At(host, instance)],
            line =>
            {
                if (long.TryParse(line.Split(' ')[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seconds))
                {
                    ids.Add(seconds < 0 ? string.Empty : SnapshotId.From(DateTimeOffset.FromUnixTimeSeconds(seconds)).ToString());
                }
            },
            cancellation).ConfigureAwait(false);
        if (exitCode is 0 or Warnings)
        {
            ids.Sort(StringComparer.Ordinal);
            return ids;
        }

        // A restricted server forbids to look above its folder, which the tool does only where there is no repository.
        return ToolFailure.Has(errors, "couldn't be identified as being within", "not within restricted path") ? [] : throw Explain(exitCode, errors);
    }

    private async Task RestoreAsync(StoredTree tree, string folder, IReadOnlyList<string>? paths, CancellationToken cancellation)
    {
        List<string> arguments = ["--force", "restore", "--at", EpochOf(tree.Name.Id), "--no-acls", "--no-eas", "--no-hard-links"];
        string? input = null;
        if (paths is not null)
        {
            arguments.AddRange(["--include-filelist-stdin", "--exclude", folder + "/**"]);
            input = string.Join('\n', paths.Select(path => $"{folder}/{path}"));
        }

        (int exitCode, string errors) = await TryRunAsync(
            [.. arguments, At(tree.Name.Host, tree.Name.Instance), folder], null, cancellation, input).ConfigureAwait(false);
        if (exitCode is not (0 or Warnings))
        {
            throw Explain(exitCode, errors);
        }
    }

    /// <summary>Leaves the repository as it was before; what could not be undone now is undone by the next run.</summary>
    private async Task TryRegressAsync(SnapshotName name, CancellationToken cancellation)
    {
        try
        {
            _ = await TryRunAsync(["regress", At(name.Host, name.Instance)], null, cancellation).ConfigureAwait(false);
        }
        catch (AsterisellException)
        {
            // The failure that led here is the one to tell.
        }
    }

    private async Task RunAsync(IReadOnlyList<string> arguments, Action<string>? onLine, CancellationToken cancellation)
    {
        (int exitCode, string errors) = await TryRunAsync(arguments, onLine, cancellation).ConfigureAwait(false);
        if (exitCode is not (0 or Warnings))
        {
            throw Explain(exitCode, errors);
        }
    }

    private async Task<(int ExitCode, string Errors)> TryRunAsync(
        IReadOnlyList<string> arguments, Action<string>? onLine, CancellationToken cancellation, string? input = null)
    {
        string[] schema = ssh is null ? [] : ["--remote-schema", $"ssh -F {ssh.ConfigFile} -T {{h}} rdiff-backup server"];
        try
        {
            return await ToolProcess.RunAsync([Tool, "--api-version", "200", .. schema, .. arguments], input, null, onLine, cancellation).ConfigureAwait(false);
        }
        catch (Win32Exception missing)
        {
            throw _failure.NoTool(missing);
        }
    }

    private AsterisellException Explain(int exitCode, string errors)
    {
        string server = ssh?.Address.Login.ToString() ?? "this machine";
        if (ToolFailure.Has(errors, "is still running", "process id"))
        {
            return TargetErrors.TargetBusy(target, server, ToolText.Last(errors, ""));
        }

        if (ToolFailure.Has(errors, "Impossibly high data", "is incompatible", "version mismatch", "no attribute 'get_api_version'"))
        {
            return TargetErrors.TargetToolTooOld(target, Tool, server, "2.0");
        }

        return ToolFailure.Has(errors, "Security Violation")
            ? TargetErrors.TargetRestricted(target, server, folder)
            : _failure.Explain(exitCode, errors);
    }
}
