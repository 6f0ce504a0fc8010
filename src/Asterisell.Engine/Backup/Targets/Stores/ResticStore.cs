using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Targets.Sftp;
using Asterisell.Engine.Backup.Verification;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Targets.Stores;

/// <summary>
/// One repository of restic for all instances of a target: its "host" is <c>HOST/INSTANCE</c>, its tag the snapshot's id. What was stored but
/// not judged yet has another tag and does not show.
/// </summary>
/// <remarks>
/// The password goes through standard input, which restic reads where it is no terminal: no argument, no environment, no file. Instances are
/// stored side by side, also by several machines, so that nothing of that may need the repository for itself alone, as changing a tag does.
/// </remarks>
internal sealed class ResticStore(string target, TargetSsh? ssh, string repository, Func<CancellationToken, Task<Secret>> password) : ITreeStore
{
    private const string Tool = "restic";
    private const string Whole = "asterisell";
    private const string Unproven = "asterisell-unproven";

    /// <summary>In what restic says of a repository that somebody else has; before it locks, it has written nothing.</summary>
    private const string Locked = "already locked";

    /// <summary>More paths than this are not worth naming: the whole snapshot is fetched.</summary>
    private const int MostPaths = 200;

    /// <summary>Longest wait for somebody who has the repository for himself alone: a removal that prunes.</summary>
    private static readonly TimeSpan LockLimit = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan LockPoll = TimeSpan.FromSeconds(2);

    private readonly ToolFailure _failure = new(target, ssh, Tool);

    /// <inheritdoc/>
    public string AddressOf(string host, string instance, string? id) => $"{repository} {host}/{instance}{(id is null ? "" : " at " + id)}";

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredTree>> ListAsync(Func<string, string, bool> isWanted, CancellationToken cancellation) => TreesAsync(
        (host, instance) => SnapshotPath.IsSafeFolderName(host) && SnapshotPath.IsSafeFolderName(instance) && isWanted(host, instance), cancellation);

    /// <inheritdoc/>
    public async Task<StoredTree> StoreAsync(string folder, SnapshotName name, IOperationProgress? progress, CancellationToken cancellation)
    {
        progress?.Report("looking what the target has");
        _ = await RunAsync(["unlock"], null, cancellation).ConfigureAwait(false); // of runs that died; locks of living ones stay
        await TryForgetAsync(await IdsAsync(Unproven, name, cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false);
        IReadOnlyList<StoredTree> earlier = await TreesAsync((host, instance) => host == name.Host && instance == name.Instance, cancellation).ConfigureAwait(false);
        if (earlier.Any(tree => tree.Name == name))
        {
            throw TargetErrors.TargetHasSnapshot(name.ToString(), AddressOf(name.Host, name.Instance, name.Id));
        }

        string? newest = earlier.MaxBy(tree => tree.Name.Id, StringComparer.Ordinal)?.Key;
        string sent = await SendAsync(folder, name, Unproven, newest, progress, cancellation).ConfigureAwait(false);
        progress?.Report("comparing what has arrived");
        FindingList findings = new();
        await JudgeAsync(folder, new StoredTree(name, sent), findings, cancellation).ConfigureAwait(false);
        if (sent.Length == 0 || findings.FailureCount > 0)
        {
            throw TargetErrors.TargetCopyBroken(target, name.ToString(), findings.Failures());
        }

        return await ShowAsync(folder, name, sent, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task FetchAsync(StoredTree tree, string folder, Func<string, bool>? wanted, IOperationProgress? progress, CancellationToken cancellation)
    {
        progress?.Report($"fetching {tree.Name.Id} from {target}");
        if (wanted is null)
        {
            await RestoreAsync(tree, folder, [], cancellation).ConfigureAwait(false);
            return;
        }

        await RestoreAsync(
            tree, folder, [.. new[] { SnapshotLayout.Manifest, SnapshotLayout.ManifestChecksum, SnapshotLayout.Listing }.Where(wanted)], cancellation).ConfigureAwait(false);
        if (!File.Exists(Path.Combine(folder, SnapshotLayout.Listing)))
        {
            return;
        }

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
            await RestoreAsync(tree, folder, more.Count > MostPaths ? [] : more, cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task JudgeAsync(string folder, StoredTree tree, FindingList findings, CancellationToken cancellation)
    {
        CopyCheck check = new();
        await RunAsync(
            ["ls", "--json", tree.Key],
            line =>
            {
                using JsonDocument node = JsonDocument.Parse(line);
                if (Text(node.RootElement, "struct_type") == "node" && Text(node.RootElement, "type") != "dir")
                {
                    check.Add(Text(node.RootElement, "path").TrimStart('/'), node.RootElement.TryGetProperty("size", out JsonElement size) ? size.GetInt64() : 0);
                }
            },
            cancellation).ConfigureAwait(false);
        await check.CompareAsync(folder, findings, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task RemoveAsync(IReadOnlyList<StoredTree> trees, IOperationProgress? progress, CancellationToken cancellation)
    {
        progress?.Report($"removing {trees.Count} snapshots from {target}");
        return ForgetAsync([.. trees.Select(tree => tree.Key)], prune: true, cancellation);
    }

    /// <inheritdoc/>
    /// <remarks>Its few bytes go with the next removal: pruning a large repository takes long.</remarks>
    public Task RemoveProbeAsync(StoredTree tree, CancellationToken cancellation) => ForgetAsync([tree.Key], prune: false, cancellation);

    /// <summary>Makes the repository.</summary>
    /// <returns>False when it was there already, and the password opens it.</returns>
    public async Task<bool> InitializeAsync(CancellationToken cancellation)
    {
        try
        {
            _ = await RunAsync(["cat", "config"], null, cancellation).ConfigureAwait(false);
            return false;
        }
        catch (AsterisellException none) when (none.ErrorId == nameof(TargetErrors.TargetNotPrepared))
        {
            _ = await RunAsync(["init"], null, cancellation).ConfigureAwait(false);
            return true;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        ssh?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Makes what was judged show: the same tree once more, with the other tag. Nothing is sent for it.</summary>
    private async Task<StoredTree> ShowAsync(string folder, SnapshotName name, string judged, CancellationToken cancellation)
    {
        string shown = await SendAsync(folder, name, Whole, judged, null, cancellation).ConfigureAwait(false);
        JsonElement first = await FindAsync(Unproven, name, judged, cancellation).ConfigureAwait(false);
        JsonElement second = await FindAsync(Whole, name, shown, cancellation).ConfigureAwait(false);
        if (Text(first, "tree") is not { Length: > 0 } tree || tree != Text(second, "tree"))
        {
            await ForgetAsync([shown], prune: false, cancellation).ConfigureAwait(false);
            throw TargetErrors.TargetCopyBroken(target, name.ToString(), ["the snapshot changed on this machine while it was sent"]);
        }

        await TryForgetAsync([judged], cancellation).ConfigureAwait(false);
        return new StoredTree(name, Text(second, "id"));
    }

    /// <summary>Sends a folder; the id of what is stored then, empty where restic tells none.</summary>
    private async Task<string> SendAsync(
        string folder, SnapshotName name, string tag, string? parent, IOperationProgress? progress, CancellationToken cancellation)
    {
        string stored = string.Empty;
        string[] from = parent is null ? [] : ["--parent", parent];
        await RunAsync(
            ["backup", "--json", "--host", PlaceOf(name), "--tag", tag, "--tag", name.Id, "--time", TimeOf(name.Id), "--ignore-ctime", "--ignore-inode", .. from, "."],
            line => stored = Told(line, progress) ?? stored, cancellation, folder).ConfigureAwait(false);
        return stored;
    }

    private static string PlaceOf(SnapshotName name) => $"{name.Host}/{name.Instance}";

    /// <summary>UTC, which is the zone that the tool runs in.</summary>
    private static string TimeOf(string id) => SnapshotId.TryParse(id, out SnapshotId parsed)
        ? parsed.Time.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)
        : throw new ArgumentException("It is no snapshot of ours.", nameof(id));

    private static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : string.Empty;

    private static IEnumerable<string> Tags(JsonElement snapshot) =>
        snapshot.TryGetProperty("tags", out JsonElement tags) && tags.ValueKind == JsonValueKind.Array ? tags.EnumerateArray().Select(tag => tag.GetString() ?? "") : [];

    /// <summary>A name as a pattern that matches nothing else.</summary>
    private static string Pattern(string path) =>
        "/" + string.Concat(path.Select(c => c is '*' or '?' or '[' or '\\' ? "\\" + c : c.ToString()));

    /// <summary>Reads a line of the backup; the id of what it stored where that is the line.</summary>
    private string? Told(string line, IOperationProgress? progress)
    {
        using JsonDocument message = JsonDocument.Parse(line);
        JsonElement root = message.RootElement;
        switch (Text(root, "message_type"))
        {
            case "status" when root.TryGetProperty("percent_done", out JsonElement done):
                progress?.Report($"sending to {target}", (int)Math.Min(99, done.GetDouble() * 100));
                return null;
            case "summary":
                return Text(root, "snapshot_id");
            default:
                return null;
        }
    }

    private async Task<IReadOnlyList<StoredTree>> TreesAsync(Func<string, string, bool> isWanted, CancellationToken cancellation)
    {
        Dictionary<SnapshotName, string> found = [];
        foreach (JsonElement snapshot in await SnapshotsAsync(Whole, null, cancellation).ConfigureAwait(false))
        {
            string[] place = Text(snapshot, "hostname").Split('/');
            string? id = Tags(snapshot).FirstOrDefault(tag => SnapshotId.TryParse(tag, out _));
            if (place.Length == 2 && id is not null && isWanted(place[0], place[1]))
            {
                found[new SnapshotName(place[0], place[1], id)] = Text(snapshot, "id");
            }
        }

        return [.. found.Select(one => new StoredTree(one.Key, one.Value))];
    }

    private async Task<IReadOnlyList<JsonElement>> SnapshotsAsync(string tag, string? place, CancellationToken cancellation)
    {
        string[] host = place is null ? [] : ["--host", place];
        string json = await RunAsync(["snapshots", "--json", "--tag", tag, .. host], null, cancellation).ConfigureAwait(false);
        using JsonDocument document = JsonDocument.Parse(json.Length == 0 ? "[]" : json);
        return document.RootElement.ValueKind == JsonValueKind.Array ? [.. document.RootElement.Clone().EnumerateArray()] : [];
    }

    /// <summary>What restic lists of a snapshot that it has just told the begin of the id of; nothing where it does not.</summary>
    private async Task<JsonElement> FindAsync(string tag, SnapshotName name, string id, CancellationToken cancellation) =>
        (await SnapshotsAsync(tag, PlaceOf(name), cancellation).ConfigureAwait(false))
            .FirstOrDefault(snapshot => id.Length > 0 && Text(snapshot, "id").StartsWith(id, StringComparison.Ordinal));

    private async Task<IReadOnlyList<string>> IdsAsync(string tag, SnapshotName name, CancellationToken cancellation) =>
        [.. (await SnapshotsAsync(tag, PlaceOf(name), cancellation).ConfigureAwait(false)).Select(snapshot => Text(snapshot, "id"))];

    /// <summary>Forgets what does not show, where nobody else is at work; else the next run does.</summary>
    private async Task TryForgetAsync(IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        try
        {
            await ForgetAsync(ids, prune: false, cancellation, TimeSpan.Zero).ConfigureAwait(false);
        }
        catch (AsterisellException busy) when (busy.ErrorId == nameof(TargetErrors.TargetBusy))
        {
            // It costs nothing but its name: its content belongs to what shows, or is sent again.
        }
    }

    private async Task ForgetAsync(IReadOnlyList<string> ids, bool prune, CancellationToken cancellation, TimeSpan? patience = null)
    {
        if (ids.Count > 0)
        {
            string[] option = prune ? ["--prune"] : [];
            _ = await RunAsync(["forget", .. option, .. ids], null, cancellation, patience: patience).ConfigureAwait(false);
        }
    }

    private Task<string> RestoreAsync(StoredTree tree, string folder, IReadOnlyList<string> paths, CancellationToken cancellation) =>
        RunAsync(["restore", tree.Key, "--target", folder, .. paths.SelectMany(path => new[] { "--include", Pattern(path) })], null, cancellation);

    /// <summary>Runs restic; what it writes goes to <paramref name="onLine"/>, else it is returned.</summary>
    /// <param name="arguments">Command and arguments.</param>
    /// <param name="onLine">Told each line; null to have them returned.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="folder">Folder that it runs in; null for any.</param>
    /// <param name="patience">Longest wait for others that have locked the repository; null for <see cref="LockLimit"/>.</param>
    private async Task<string> RunAsync(
        IReadOnlyList<string> arguments, Action<string>? onLine, CancellationToken cancellation, string? folder = null, TimeSpan? patience = null)
    {
        List<string> lines = [];
        string[] way = ssh is null ? [] : ["-o", $"sftp.command=ssh -F {ssh.ConfigFile} -T -s -- {ssh.Host} sftp"];
        Secret secret = await password(cancellation).ConfigureAwait(false);
        try
        {
            for (long started = Environment.TickCount64; ; await Task.Delay(LockPoll, cancellation).ConfigureAwait(false))
            {
                (int exitCode, string errors) = await ToolProcess.RunAsync(
                    [Tool, "--repo", repository, .. way, .. arguments], secret.Reveal(), folder, Tell, cancellation).ConfigureAwait(false);
                if (exitCode == 0)
                {
                    return string.Join('\n', lines);
                }

                TimeSpan waited = TimeSpan.FromMilliseconds(Environment.TickCount64 - started);
                if (!ToolFailure.Has(errors, Locked) || waited >= (patience ?? LockLimit))
                {
                    throw await ExplainAsync(exitCode, errors, cancellation).ConfigureAwait(false);
                }
            }
        }
        catch (Win32Exception missing)
        {
            throw _failure.NoTool(missing);
        }
        catch (JsonException strange)
        {
            throw TargetErrors.TargetToolFailed(target, Tool, 0, $"its answer cannot be read ({strange.Message.TrimEnd('.')})");
        }

        void Tell(string line)
        {
            // restic says so on its output, also where that is JSON.
            if (line != "reading repository password from stdin")
            {
                (onLine ?? lines.Add)(line);
            }
        }
    }

    private async Task<AsterisellException> ExplainAsync(int exitCode, string errors, CancellationToken cancellation)
    {
        if (ToolFailure.Has(errors, "wrong password or no key found"))
        {
            return TargetErrors.TargetPasswordWrong(target, repository);
        }

        if (ToolFailure.Has(errors, "Is there a repository at the following location", "unable to open config file"))
        {
            return TargetErrors.TargetNotPrepared(target, repository);
        }

        if (ToolFailure.Has(errors, Locked))
        {
            return TargetErrors.TargetBusy(target, repository, ToolText.With(errors, Locked));
        }

        return (ssh is null ? null : await LookAtServerAsync(ssh, cancellation).ConfigureAwait(false)) ?? _failure.Explain(exitCode, errors);
    }

    /// <summary>restic says only that ssh ended, or "failure" of a full disk; a login of our own tells more. Null where it does not.</summary>
    private async Task<AsterisellException?> LookAtServerAsync(TargetSsh way, CancellationToken cancellation)
    {
        const long Nothing = 4L << 20;
        try
        {
            SftpSession session = await SftpSession.OpenAsync(way, cancellation).ConfigureAwait(false);
            await using ConfiguredAsyncDisposable closing = session.ConfigureAwait(false);
            return await session.Client.FindFreeAsync(way.Address.Folder, cancellation).ConfigureAwait(false) < Nothing
                ? TargetErrors.TargetFull(target, way.Address.Login.ToString(), new IOException("less than 4 MB are free"))
                : null;
        }
        catch (AsterisellException why)
        {
            return why;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
