using System.Runtime.CompilerServices;
using Asterisell.Engine.Deployment.Release;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances.Application;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Deployment.Drift;

/// <summary>
/// The application's folder of a running instance, asked by one command in the container: it tells what was deployed last and what is there now,
/// then waits for the names of those files that it shall hash. An entry lives as long as its reader wants.
/// </summary>
internal sealed class RunningTree : IAsyncDisposable
{
    private const int Missing = 44;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>$1: application's folder, $2: manifest, then what is not looked at. Names to be hashed come on standard input, each ended by NUL.</summary>
    private const string Script = $$"""
        export LC_ALL=C
        root=$1 manifest=$2
        shift 2
        cd -- "$root" 2>/dev/null || exit 44
        for one in "$manifest" VERSION; do
          if [ -f "$one" ]; then tr -d '\0' < "$one"; fi
          printf '\0'
        done
        skip=()
        for path in "$@"; do skip+=(-path "./$path" -o); done
        find . -mindepth 1 \( "${skip[@]}" -name .git -o -name '*~' -o -name '*.pyc' -o -path '*/{{ApplicationTree.ProviderFolder}}/*' \) -prune -o -printf '{{RunningEntry.FindFormat}}'
        printf 'E\0%s\0\0\0\0' "$?"
        exec xargs -0 -r sha256sum -b --
        """;

    private readonly AsterisellInstance _instance;
    private readonly IExecProcess _process;
    private readonly IAsyncEnumerator<OutputChunk> _chunks;
    private readonly DelimitedBytes _fields = new(0);
    private readonly TailText _error = new();
    private bool _listed;

    private RunningTree(AsterisellInstance instance, IExecProcess process, CancellationToken cancellation) =>
        (_instance, _process, _chunks) = (instance, process, process.ReadOutputAsync(cancellation).GetAsyncEnumerator(cancellation));

    /// <summary>What was deployed last; null where nobody noted it, as in instances of the old tool.</summary>
    public DeployedManifest? Manifest { get; private set; }

    /// <summary>Content of the file <c>VERSION</c>; null where there is none.</summary>
    public string? Version { get; private set; }

    /// <summary>Begins.</summary>
    /// <exception cref="AsterisellException"><c>ApplicationNotInstalled</c>, and what an exec throws.</exception>
    public static async Task<RunningTree> OpenAsync(IInstance instance, CancellationToken cancellation)
    {
        AsterisellInstance definition = instance.Definition;
        InstanceCommand command = Bash.Command(
            Script, [definition.AdminDirectory, DeployedManifest.PathOf(definition), .. ApplicationTree.LeftOut]) with { AttachInput = true, Timeout = Limit };
        var tree = new RunningTree(definition, await instance.Exec.StartAsync(command, cancellation).ConfigureAwait(false), cancellation);
        try
        {
            tree.Manifest = await tree.TakeAsync(cancellation).ConfigureAwait(false) is { Length: > 0 } text ? DeployedManifest.Parse(definition, text) : null;
            tree.Version = (await tree.TakeAsync(cancellation).ConfigureAwait(false)).Trim() is { Length: > 0 } version ? version : null;
            return tree;
        }
        catch
        {
            await tree.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Everything that is there and may be the application's, in no order; once.</summary>
    public async IAsyncEnumerable<RunningEntry> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        string[] fields = new string[RunningEntry.FieldCount];
        while (true)
        {
            for (int at = 0; at < fields.Length; at++)
            {
                fields[at] = await TakeAsync(cancellation).ConfigureAwait(false);
            }

            if (fields[0] == "E")
            {
                // 1: something went away while it was listed, which a running application may do at any time.
                _listed = fields[1] is "0" or "1" ? true : throw DriftErrors.ApplicationNotListed(_instance, _error.ToString());
                yield break;
            }

            yield return Parse(fields);
        }
    }

    /// <summary>SHA-256 of files, by path, in lower case hexadecimal; one that went away meanwhile has none. Asked once, after the listing.</summary>
    public async Task<IReadOnlyDictionary<string, string>> HashAsync(IReadOnlyCollection<string> paths, CancellationToken cancellation)
    {
        if (!_listed)
        {
            throw new InvalidOperationException("Hashes are asked for after the listing.");
        }

        Dictionary<string, string> hashes = [];
        InputFeed feed = InputFeed.Start(_process, new MemoryStream(Bash.Fields([.. paths.Select(path => "./" + path)])), cancellation);
        await using (feed.ConfigureAwait(false))
        {
            var lines = new DelimitedBytes((byte)'\n');
            while (await NextAsync().ConfigureAwait(false) is { } bytes)
            {
                lines.Add(bytes.Span);
                while (lines.TryTake(out ReadOnlyMemory<byte>? line))
                {
                    if (HashLine.TryParse(line.Value.Span, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> sha256) && name.StartsWith("./"u8))
                    {
                        hashes[ByteText.Decode(name[2..])] = System.Text.Encoding.ASCII.GetString(sha256);
                    }
                }
            }
        }

        return hashes;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _chunks.DisposeAsync().ConfigureAwait(false);
        await _process.DisposeAsync().ConfigureAwait(false);
    }

    private RunningEntry Parse(string[] fields)
    {
        try
        {
            return RunningEntry.Parse(fields);
        }
        catch (Exception failure) when (failure is FormatException or OverflowException)
        {
            throw InstanceErrors.AnswerNotUnderstood(_instance, "listing the application", failure.Message);
        }
    }

    /// <summary>The next field.</summary>
    private async ValueTask<string> TakeAsync(CancellationToken cancellation)
    {
        ReadOnlyMemory<byte>? field;
        while (!_fields.TryTake(out field))
        {
            if (await NextAsync().ConfigureAwait(false) is not { } bytes)
            {
                int exitCode = await _process.GetExitCodeAsync(cancellation).ConfigureAwait(false);
                throw exitCode == Missing ? DriftErrors.ApplicationNotInstalled(_instance) : DriftErrors.ApplicationNotListed(_instance, _error.ToString());
            }

            _fields.Add(bytes.Span);
        }

        return ByteText.Decode(field.Value.Span);
    }

    /// <summary>The next piece of output; null at its end.</summary>
    private async ValueTask<ReadOnlyMemory<byte>?> NextAsync()
    {
        while (await _chunks.MoveNextAsync().ConfigureAwait(false))
        {
            if (_chunks.Current.Source == OutputSource.Output)
            {
                return _chunks.Current.Data;
            }

            _error.Add(_chunks.Current.Data.Span);
        }

        return null;
    }
}
