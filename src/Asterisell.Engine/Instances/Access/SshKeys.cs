using System.Diagnostics;
using System.Globalization;

namespace Asterisell.Engine.Instances.Access;

/// <summary>
/// The keys that may log in to an instance as root by SSH. A key is known by its fingerprint, wherever it stands and whatever its comment
/// says; all other lines, options and comments stay as they are, byte for byte.
/// </summary>
public sealed class SshKeys(IInstance instance, TimeProvider? clock = null)
{
    private const int MostAttempts = 5;

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    private AsterisellInstance Definition => instance.Definition;

    /// <summary>Lines that are keys or should be, and the fingerprints of the host keys.</summary>
    public async Task<(IReadOnlyList<SshAccess> Keys, IReadOnlyList<string> HostKeys)> ListAsync(CancellationToken cancellation)
    {
        KeyRing ring = await ReadAsync(cancellation).ConfigureAwait(false);
        IEnumerable<SshAccess> keys =
            from file in ring.Files
            from place in file.Lines.Select((line, index) => (Line: line, Number: index + 1))
            where place.Line.Key is not null || place.Line.IsMalformed
            select Describe(file, place.Line, place.Number);
        return ([.. keys], [.. ring.HostKeys.Select(key => key.Fingerprint).Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>Lets keys log in. One that is there already is left as it is, with its options; owner and modes are put right.</summary>
    /// <exception cref="AsterisellException"><c>KeysNotWritten</c>, <c>KeysChangedMeanwhile</c>.</exception>
    public Task<SshAccessResult> GrantAsync(IReadOnlyList<PublicKey> keys, CancellationToken cancellation)
    {
        PublicKey[] wanted = [.. keys.DistinctBy(key => key.Fingerprint)];
        return ChangeAsync(
            "GrantSshAccess",
            [.. wanted.Select(key => key.Fingerprint)],
            (ring, file) =>
            {
                var there = ring.Keys.Select(key => key.Fingerprint).ToHashSet(StringComparer.Ordinal);
                return file == ring.Files[0] ? [.. file.Lines, .. wanted.Where(key => !there.Contains(key.Fingerprint)).Select(key => new KeyLine(key.ToString(), key, ""))] : file.Lines;
            },
            (before, after) =>
                Count(Number(after) - Number(before), "is granted", "are granted", wanted.Length == 1 ? "The key was granted already" : "The keys were granted already")
                + DescribeLimits(before, wanted),
            cancellation);
    }

    /// <summary>Takes the access of keys away, wherever they stand.</summary>
    /// <exception cref="AsterisellException"><c>KeysNotWritten</c>, <c>KeysChangedMeanwhile</c>.</exception>
    public Task<SshAccessResult> RevokeAsync(IReadOnlyList<string> fingerprints, CancellationToken cancellation)
    {
        var unwanted = fingerprints.ToHashSet(StringComparer.Ordinal);
        return ChangeAsync(
            "RevokeSshAccess",
            [.. unwanted],
            (_, file) => [.. file.Lines.Where(line => line.Key is null || !unwanted.Contains(line.Key.Fingerprint))],
            (before, after) =>
                Count(Number(before) - Number(after), "is revoked", "are revoked", unwanted.Count == 1 ? "The key was not granted" : "The keys were not granted"),
            cancellation);
    }

    private async Task<SshAccessResult> ChangeAsync(
        string operation, IReadOnlyList<string> fingerprints, Func<KeyRing, KeyFile, IReadOnlyList<KeyLine>> change, Func<KeyRing, KeyRing, string> describe,
        CancellationToken cancellation)
    {
        DateTimeOffset startedAt = _clock.GetUtcNow();
        long start = Stopwatch.GetTimestamp();
        KeyRing before = await ReadAsync(cancellation).ConfigureAwait(false);
        bool mended = false;
        int written = 0;
        for (int at = 0; at < before.Files.Count; at++)
        {
            KeyRing now = before;
            for (int attempt = 1; ; attempt++)
            {
                KeyFile file = now.Files[at];
                IReadOnlyList<KeyLine> lines = change(now, file);
                bool unsafeNow = file.Sum.Length > 0 && !(file.IsSafe && now.AreFoldersSafe);
                if (lines.SequenceEqual(file.Lines) && !unsafeNow)
                {
                    break;
                }

                if (await WriteAsync(file, KeyFile.Format(lines), cancellation).ConfigureAwait(false))
                {
                    mended |= unsafeNow;
                    written++;
                    break;
                }

                now = attempt < MostAttempts
                    ? await ReadAsync(cancellation).ConfigureAwait(false)
                    : throw AccessErrors.KeysChangedMeanwhile(Definition);
            }
        }

        KeyRing after = written == 0 ? before : await ReadAsync(cancellation).ConfigureAwait(false);
        string message = describe(before, after)
            + (mended ? "; owner and modes are put right" : "")
            + (after.Keys.Any() ? "." : "; nobody can log in by SSH now.");
        return new SshAccessResult(
            Definition.Name, Definition.HostName, operation, written > 0 ? OperationStatus.Succeeded : OperationStatus.Unchanged,
            startedAt, Stopwatch.GetElapsedTime(start), message)
        {
            Fingerprint = fingerprints,
            GrantedKeys = Number(after),
        };
    }

    private async Task<KeyRing> ReadAsync(CancellationToken cancellation)
    {
        CommandOutcome outcome = await instance.Exec.RunAsync(Bash.Command(AccessScripts.Read), cancellation).ConfigureAwait(false);
        ProbeAnswer answer = ProbeAnswer.Parse(outcome.Output.Span, outcome.ErrorText);
        if (!answer.IsComplete)
        {
            throw InstanceErrors.ScriptFailed(Definition, "reading the keys", outcome.ExitCode, outcome.ErrorText);
        }

        var files = new List<KeyFile>();
        foreach ((string key, string value) in answer.Pairs)
        {
            switch (key)
            {
                case "file":
                    files.Add(new KeyFile(value, "", true, []));
                    break;
                case "state":
                    files[^1] = files[^1] with { IsSafe = IsRoots(value, 0x3F) };
                    break;
                case "sum":
                    files[^1] = files[^1] with { Sum = value };
                    break;
                case "text":
                    files[^1] = files[^1] with { Lines = KeyFile.Parse(Convert.FromBase64String(value)) };
                    break;
            }
        }

        // 0022: sshd refuses folders that others can write; 0077: keys are nobody else's business.
        bool foldersSafe = IsRoots(answer.Find("home") ?? "", 0x12) && IsRoots(answer.Find("folder") ?? "", 0x3F);
        PublicKey[] hostKeys = [.. answer.All("hostkey").Select(text => PublicKey.TryParse(text, out PublicKey? key) ? key : null).OfType<PublicKey>()];
        return new KeyRing(files, hostKeys, foldersSafe);
    }

    /// <returns>False when somebody else has written the file since it was read.</returns>
    private async Task<bool> WriteAsync(KeyFile file, byte[] content, CancellationToken cancellation)
    {
        using var input = new MemoryStream([.. Bash.Fields(file.Sum), .. content]);
        InstanceCommand command = Bash.Command(AccessScripts.Write, file.Name, content.Length.ToString(CultureInfo.InvariantCulture)) with { Input = input };
        CommandOutcome outcome = await instance.Exec.RunAsync(command, cancellation).ConfigureAwait(false);
        return outcome.ExitCode switch
        {
            0 => true,
            AccessScripts.Changed => false,
            _ => throw AccessErrors.KeysNotWritten(Definition, outcome.ErrorText),
        };
    }

    private SshAccess Describe(KeyFile file, KeyLine line, int number) => new(
        Definition.Name, Definition.HostName,
        line.Key is null ? SshKeyState.Malformed : line.Key.IsWeak ? SshKeyState.Weak : SshKeyState.Granted,
        line.Key?.Fingerprint, line.Key?.Type ?? "", line.Key?.Bits, line.Key?.Comment ?? "", line.Options, $"{KeyFile.Folder}/{file.Name}", number)
    {
        Text = line.Key is null ? line.Text : null,
    };

    /// <summary>True for <c>root MODE</c> where none of the bits is set in the mode, which is octal.</summary>
    private static bool IsRoots(string state, int forbidden)
    {
        string[] words = state.Split(' ');
        return words is ["root", var mode] && (Convert.ToInt32(mode, 8) & forbidden) == 0;
    }

    private static int Number(KeyRing ring) => ring.Keys.DistinctBy(key => key.Fingerprint).Count();

    /// <summary>A key that was there with options is limited by them still; who grants it has to know.</summary>
    private static string DescribeLimits(KeyRing before, PublicKey[] wanted)
    {
        var fingerprints = wanted.Select(key => key.Fingerprint).ToHashSet(StringComparer.Ordinal);
        string[] limited =
        [
            .. before.Files.SelectMany(file => file.Lines)
                .Where(line => line.Key is not null && line.Options.Length > 0 && fingerprints.Contains(line.Key.Fingerprint))
                .Select(line => $"{line.Key!.Fingerprint} keeps its options {line.Options}"),
        ];
        return string.Concat(limited.Select(text => "; " + text));
    }

    private static string Count(int count, string one, string many, string none) =>
        count <= 0 ? none : count == 1 ? $"The key {one}" : $"{count} keys {many}";
}
