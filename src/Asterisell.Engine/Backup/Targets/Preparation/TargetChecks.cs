using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Targets.Sftp;
using Asterisell.Engine.Backup.Targets.Stores;

namespace Asterisell.Engine.Backup.Targets.Preparation;

/// <summary>The single checks of a target.</summary>
internal sealed partial class TargetChecks(BackupTarget target, TimeProvider clock)
{
    private const long LittleSpace = 1L << 30;
    private const string Marker = "asterisell-is-not-restricted";
    private static readonly TimeSpan MostClockError = TimeSpan.FromMinutes(2);

    private readonly TargetKeys _keys = new(target);

    /// <summary>Does a check; what it throws is its failure.</summary>
    public async Task<BackupTargetCheck> TryAsync(string check, Func<Task<BackupTargetCheck>> body, CancellationToken cancellation)
    {
        try
        {
            return await body().ConfigureAwait(false);
        }
        catch (AsterisellException failure) when (!cancellation.IsCancellationRequested)
        {
            return Say(check, CheckResult.Failed, Sentence(failure.Reason), failure.Remedy);
        }
    }

    public async Task<BackupTargetCheck> LoginAsync(ITreeStore store, TargetSsh? ssh, CancellationToken cancellation)
    {
        if (store is RdiffStore rdiff)
        {
            await rdiff.TryLoginAsync(cancellation).ConfigureAwait(false);
        }
        else
        {
            _ = await store.ListAsync((_, _) => false, cancellation).ConfigureAwait(false);
        }

        return Passed("Login", ssh is null ? "It can be used." : $"{ssh.Address.Login} lets us in.");
    }

    public BackupTargetCheck HostKey() => _keys.HasPin
        ? Passed("HostKey", "The server's key is pinned.")
        : Say("HostKey", CheckResult.Warning, "The server's key is only among the operator's known hosts.", Prepare());

    public BackupTargetCheck Key()
    {
        if (!_keys.HasKey)
        {
            return Say("Key", CheckResult.Warning, "The login uses the operator's own keys, not one for backups alone.", Prepare());
        }

        return OperatingSystem.IsWindows() || File.GetUnixFileMode(_keys.PrivateKey) == PrivateFiles.FileMode
            ? Passed("Key", "The target has a key of its own, readable by this account alone.")
            : Say("Key", CheckResult.Failed, $"Other accounts may read {_keys.PrivateKey}.", $"Run: chmod 600 '{_keys.PrivateKey}'");
    }

    /// <summary>Asks for what a backup never needs: to run a command of our choice.</summary>
    public async Task<BackupTargetCheck> RestrictionAsync(TargetSsh ssh, CancellationToken cancellation)
    {
        List<string> said = [];
        (int exitCode, string errors) = await ToolProcess.RunAsync(
            [.. ssh.Command("echo", Marker)], null, null, line => said.Add(line.Length > 100 ? "" : line), cancellation).ConfigureAwait(false);
        if (exitCode == 255 && !errors.Contains("exec request failed", StringComparison.Ordinal) && said.Count == 0 && errors.Length > 0
            && !errors.Contains("sftp", StringComparison.OrdinalIgnoreCase))
        {
            throw ssh.Explain(exitCode, errors);
        }

        return said.Contains(Marker)
            ? Say("Restriction", CheckResult.Warning, "The login may run any command on the server: who has this machine has the backups' server too.", Prepare())
            : Passed("Restriction", "The login may do nothing but backups: another command was refused.");
    }

    public async Task<BackupTargetCheck> ToolAsync(CancellationToken cancellation)
    {
        (string tool, string option, Version least) = target.Kind == BackupTargetKind.Restic
            ? ("restic", "version", new Version(0, 14))
            : ("rdiff-backup", "--version", new Version(2, 0));
        List<string> said = [];
        try
        {
            _ = await ToolProcess.RunAsync([tool, option], null, null, said.Add, cancellation).ConfigureAwait(false);
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw TargetErrors.TargetToolMissing(target.Name, tool, "this machine", missing.Message);
        }

        Match match = VersionNumber().Match(string.Join(' ', said));
        return match.Success && Version.TryParse(match.Value, out Version? version) && version >= least
            ? Passed("Tool", $"{tool} {version} is installed.")
            : throw TargetErrors.TargetToolTooOld(target.Name, tool, "this machine", least.ToString());
    }

    public async Task<BackupTargetCheck> SpaceAsync(SftpClient client, string root, CancellationToken cancellation) =>
        JudgeSpace(await client.FindFreeAsync(root, cancellation).ConfigureAwait(false));

    public BackupTargetCheck FolderSpace(string path)
    {
        try
        {
            return JudgeSpace(new DriveInfo(path).AvailableFreeSpace);
        }
        catch (Exception unknown) when (unknown is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return JudgeSpace(null);
        }
    }

    /// <summary>By the time that the server gives a new file.</summary>
    public async Task<BackupTargetCheck> ClockAsync(SftpClient client, string root, CancellationToken cancellation)
    {
        string path = $"{root}/.asterisell-clock-{Path.GetRandomFileName()}";
        byte[] handle = await client.OpenToWriteAsync(path, truncate: true, cancellation).ConfigureAwait(false);
        DateTimeOffset now = clock.GetUtcNow();
        await client.CloseAsync(handle, path, cancellation).ConfigureAwait(false);
        SftpEntry? made = await client.FindAsync(path, cancellation).ConfigureAwait(false);
        await client.RemoveAsync(path, cancellation).ConfigureAwait(false);
        TimeSpan error = made!.ModifiedAt - now;
        return error.Duration() <= MostClockError
            ? Passed("Clock", "The server's clock agrees with this machine's.")
            : Say(
                "Clock", CheckResult.Warning, string.Create(CultureInfo.InvariantCulture, $"The server's clock is {error.TotalMinutes:+0;-0} minutes off this machine's."),
                "Have both take their time from the same source (chrony, systemd-timesyncd).");
    }

    public async Task<BackupTargetCheck> RoundTripAsync(ITreeStore store, CancellationToken cancellation)
    {
        long started = Stopwatch.GetTimestamp();
        using ScratchFolder written = new(Path.GetTempPath());
        using ScratchFolder back = new(Path.GetTempPath());
        ProbeTree.Write(written.Path);
        StoredTree tree = await store.StoreAsync(written.Path, ProbeTree.NameOf(clock.GetUtcNow()), null, cancellation).ConfigureAwait(false);
        try
        {
            await store.FetchAsync(tree, back.Path, null, null, cancellation).ConfigureAwait(false);
        }
        finally
        {
            await store.RemoveProbeAsync(tree, cancellation).ConfigureAwait(false);
        }

        return Verdict(ProbeTree.FindDifference(written.Path, back.Path), started);
    }

    public BackupTargetCheck FolderRoundTrip(string path)
    {
        long started = Stopwatch.GetTimestamp();
        using ScratchFolder written = new(Path.GetTempPath());
        ProbeTree.Write(written.Path);
        try
        {
            using ScratchFolder back = new(path);
            ProbeTree.Write(back.Path);
            return Verdict(ProbeTree.FindDifference(written.Path, back.Path), started);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw BackupErrors.ForTarget(target.Name, path, failure);
        }
    }

    private static string Sentence(string reason) => char.ToUpperInvariant(reason[0]) + reason[1..];

    private BackupTargetCheck JudgeSpace(long? free) => free switch
    {
        null => Say("Space", CheckResult.Unknown, "The target does not tell how much is free.", null),
        < LittleSpace => Say("Space", CheckResult.Warning, $"Only {BackupErrors.Size(free.Value)} are free.", "Make room, or keep less: Remove-AsterisellBackup"),
        _ => Passed("Space", $"{BackupErrors.Size(free.Value)} are free."),
    };

    private BackupTargetCheck Verdict(string? difference, long started) => difference is null
        ? Passed("RoundTrip", string.Create(CultureInfo.InvariantCulture, $"A tiny backup came back as it was, in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s, and was removed."))
        : Say("RoundTrip", CheckResult.Failed, $"A tiny backup did not come back as it was: {difference}.", "Look at the server's disk; do not rely on this target.");

    private string Prepare() => $"Prepare it with: Initialize-AsterisellBackupTarget {target.Name}";

    private BackupTargetCheck Passed(string check, string message) => Say(check, CheckResult.Passed, message, null);

    private BackupTargetCheck Say(string check, CheckResult result, string message, string? remedy) => new(target.Name, check, result, message, remedy);

    [GeneratedRegex(@"\d+\.\d+(\.\d+)?")]
    private static partial Regex VersionNumber();
}
