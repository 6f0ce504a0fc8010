using System.Globalization;
using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Instances.Packages;

/// <summary>A conversation with <see cref="AgentScript"/>: commands and answers in turn. To dispose of it is to vanish.</summary>
internal sealed class PackageAgent : IAsyncDisposable
{
    private readonly AsterisellInstance _instance;
    private readonly IPackageManager _manager;
    private readonly IExecProcess _process;
    private readonly CancellationTokenSource _over = new();
    private readonly IAsyncEnumerator<OutputChunk> _output;
    private readonly DelimitedBytes _items = new(0, limitBytes: 32 * 1024 * 1024);
    private readonly TailText _error = new();

    private PackageAgent(AsterisellInstance instance, IPackageManager manager, IExecProcess process)
    {
        (_instance, _manager, _process) = (instance, manager, process);
        _output = process.ReadOutputAsync(_over.Token).GetAsyncEnumerator(CancellationToken.None);
    }

    /// <summary>Package manager of the instance.</summary>
    public IPackageManager Manager => _manager;

    /// <summary>Starts one that only looks; it leaves nothing behind.</summary>
    public static Task<PackageAgent> LookAsync(IInstance instance, CancellationToken cancellation) => StartAsync(instance, "look", cancellation);

    /// <summary>Starts one that may change; one at a time in an instance.</summary>
    public static Task<PackageAgent> ChangeAsync(IInstance instance, CancellationToken cancellation) => StartAsync(instance, "change", cancellation);

    /// <summary>Sends a command and gives its output.</summary>
    /// <param name="task">What it is for, in the words of an operator.</param>
    /// <param name="verb">Command of the script.</param>
    /// <param name="arguments">Its parameters.</param>
    /// <param name="cancellation">Gives up waiting; the agent has to be disposed then.</param>
    /// <exception cref="AsterisellException">It failed, by the reason that the package manager gives.</exception>
    public async Task<string> DoAsync(string task, string verb, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        string[] fields = [verb, arguments.Count.ToString(CultureInfo.InvariantCulture), .. arguments];
        string[] answer;
        try
        {
            await _process.Input.WriteAsync(Bash.Fields(fields), cancellation).ConfigureAwait(false);
            answer = await ReadAsync(task).WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (IOException)
        {
            throw PackageErrors.PackageAgentEnded(_instance, task, _error.ToString());
        }

        int code = int.Parse(answer[1], CultureInfo.InvariantCulture);
        return code == 0 || (verb is "pending" or "select" && code == 1 && answer[2].Contains("Transaction Summary", StringComparison.Ordinal))
            ? answer[2]
            : throw Fail(task, code, answer[2], answer[3]);
    }

    /// <summary>Packages that are installed.</summary>
    public async Task<IReadOnlyList<PackageVersion>> ReadInstalledAsync(CancellationToken cancellation) =>
        _manager.ReadInstalled(await DoAsync("listing packages", "installed", [], cancellation).ConfigureAwait(false));

    /// <summary>Lets it end and leave everything as it is, for another one to go on.</summary>
    public async Task PauseAsync(CancellationToken cancellation)
    {
        await _process.Input.WriteAsync(Bash.Fields("pause", "0"), cancellation).ConfigureAwait(false);
        while (await _output.MoveNextAsync().AsTask().WaitAsync(cancellation).ConfigureAwait(false))
        {
            // It says nothing more.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync().ConfigureAwait(false);
        await _over.CancelAsync().ConfigureAwait(false);
        _over.Dispose();
    }

    private static async Task<PackageAgent> StartAsync(IInstance instance, string mode, CancellationToken cancellation)
    {
        IPackageManager manager = await PackageManagers.FindAsync(instance, cancellation).ConfigureAwait(false);

        // Without a tag: it must outlive us, to put things in order.
        var request = new ExecRequest(["/bin/bash", "-c", manager.Functions + AgentScript.Body, "asterisell", mode]) { User = "root", AttachInput = true };
        IExecProcess process = await instance.Docker.StartExecAsync(instance.Definition.ContainerName, request, cancellation).ConfigureAwait(false);
        return new PackageAgent(instance.Definition, manager, process);
    }

    private async Task<string[]> ReadAsync(string task)
    {
        var fields = new List<string>();
        while (true)
        {
            while (fields.Count < 4 && _items.TryTake(out ReadOnlyMemory<byte>? item))
            {
                fields.Add(ByteText.Decode(item.Value.Span));
            }

            if (fields.Count == 4)
            {
                return [.. fields];
            }

            if (!await _output.MoveNextAsync().ConfigureAwait(false))
            {
                throw PackageErrors.PackageAgentEnded(_instance, task, _error.ToString());
            }

            OutputChunk chunk = _output.Current;
            if (chunk.Source == OutputSource.Error)
            {
                _error.Add(chunk.Data.Span);
            }
            else
            {
                _items.Add(chunk.Data.Span);
            }
        }
    }

    private AsterisellException Fail(string task, int code, string output, string error)
    {
        string why = Essence(error, output);
        return (code, _manager.Diagnose(output, error)) switch
        {
            (AgentScript.Busy, _) => PackageErrors.PackageManagerBusy(_instance, "an Update-AsterisellPackage runs."),
            (AgentScript.NoRepository, _) => PackageErrors.NoPackageRepository(_instance),
            (AgentScript.NoSpace, _) => PackageErrors.PackageSpaceMissing(_instance, Space(output)),
            (_, PackageTrouble.Unreachable) => PackageErrors.RepositoryUnreachable(_instance, why),
            (_, PackageTrouble.Busy) => PackageErrors.PackageManagerBusy(_instance, why),
            (_, PackageTrouble.Broken) => PackageErrors.PackagesHalfConfigured(_instance, why),
            (_, PackageTrouble.Space) => PackageErrors.PackageSpaceMissing(_instance, why),
            _ => PackageErrors.PackageManagerFailed(_instance, task, code, why),
        };
    }

    /// <summary>The errors that count: apt marks them with <c>E:</c>; otherwise the last lines.</summary>
    private static string Essence(string error, string output)
    {
        string[] lines = [.. (error + "\n" + (error.Trim().Length == 0 ? output : "")).Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
        string[] marked = [.. lines.Where(line => line.StartsWith("E:", StringComparison.Ordinal) || line.StartsWith("Error:", StringComparison.Ordinal)).Distinct()];
        return marked.Length > 0 ? marked[0] + (marked.Length > 1 ? $" (and {marked.Length - 1} more)" : "") : string.Join('\n', lines.TakeLast(4));
    }

    private static string Space(string output) => output.Trim().Split(' ') is [var need, var free]
        ? $"the files to be replaced have {need} kB, {free} kB are free in /var/lib."
        : output;
}
