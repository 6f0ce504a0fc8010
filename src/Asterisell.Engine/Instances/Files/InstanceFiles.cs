using System.Globalization;
using System.Runtime.CompilerServices;
using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Instances;

/// <summary>Files inside an instance, one exec each.</summary>
internal sealed class InstanceFiles(IInstanceExec exec, AsterisellInstance instance) : IInstanceFiles
{
    public async Task<InstanceFile?> FindAsync(string path, CancellationToken cancellation)
    {
        CommandOutcome outcome = await RunAsync(FileScripts.Find, path, 64 * 1024, cancellation).ConfigureAwait(false);
        if (outcome.ExitCode == FileScripts.Missing)
        {
            return null;
        }

        ThrowIfFailed(outcome.ExitCode, path, outcome.ErrorText);
        var cut = new DelimitedBytes(0);
        cut.Add(outcome.Output.Span);
        var entries = new EntryReader(instance);
        return entries.TryRead(cut, out InstanceFile? entry)
            ? entry
            : throw InstanceErrors.AnswerNotUnderstood(instance, $"looking at '{path}'", "an entry is incomplete");
    }

    public async IAsyncEnumerable<InstanceFile> ListAsync(
        string directory, bool recurse, [EnumeratorCancellation] CancellationToken cancellation)
    {
        InstanceCommand command = Bash.Command(FileScripts.List, recurse ? "all" : "one") with { AttachInput = true };
        IExecProcess process = await exec.StartAsync(command, cancellation).ConfigureAwait(false);
        await using (process.ConfigureAwait(false))
        {
            await process.Input.WriteAsync(Bash.Fields(Checked(directory)), cancellation).ConfigureAwait(false);
            await process.CompleteInputAsync(cancellation).ConfigureAwait(false);
            var cut = new DelimitedBytes(0);
            var entries = new EntryReader(instance);
            var error = new TailText();
            await foreach (OutputChunk chunk in process.ReadOutputAsync(cancellation).ConfigureAwait(false))
            {
                if (chunk.Source == OutputSource.Error)
                {
                    error.Add(chunk.Data.Span);
                    continue;
                }

                cut.Add(chunk.Data.Span);
                while (entries.TryRead(cut, out InstanceFile? entry))
                {
                    yield return entry;
                }
            }

            int exitCode = await process.GetExitCodeAsync(cancellation).ConfigureAwait(false);
            if (exitCode != 1 || !error.AllLines(line => line.EndsWith(": No such file or directory", StringComparison.Ordinal)))
            {
                // What vanished while it was listed is not there; that is no failure.
                ThrowIfFailed(exitCode, directory, error.ToString());
            }

            entries.ThrowIfIncomplete(cut, directory);
        }
    }

    public async Task<byte[]> ReadAsync(string path, int limitBytes, CancellationToken cancellation)
    {
        long ask = limitBytes + 1L;
        InstanceCommand command = Command(FileScripts.Read, path, ask.ToString(CultureInfo.InvariantCulture));
        CommandOutcome outcome = await exec.RunAsync(command with { OutputLimitBytes = (int)Math.Min(ask, int.MaxValue) }, cancellation).ConfigureAwait(false);
        ThrowIfFailed(outcome.ExitCode, path, outcome.ErrorText);
        return outcome.Output.Length > limitBytes ? throw InstanceErrors.FileTooLarge(instance, path, limitBytes) : outcome.Output.ToArray();
    }

    public async Task WriteAsync(string path, ReadOnlyMemory<byte> content, FileOwnership ownership, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ownership);
        byte[] head = Bash.Fields(Checked(path), $"{ownership.Owner}:{ownership.Group}");
        InstanceCommand command = Bash.Command(
            FileScripts.Write, Convert.ToString(ownership.Mode & 0xFFF, 8).PadLeft(4, '0'), content.Length.ToString(CultureInfo.InvariantCulture));
        using var input = new ChainStream(new MemoryStream(head), new MemoryStream(content.ToArray()));
        CommandOutcome outcome = await exec.RunAsync(command with { Input = input }, cancellation).ConfigureAwait(false);
        switch (outcome.ExitCode)
        {
            case 0:
                return;
            case FileScripts.IsDirectory:
                throw InstanceErrors.NotAFile(instance, path, "a directory");
            default:
                throw outcome.ErrorText.Contains("No space left on device", StringComparison.Ordinal)
                    ? InstanceErrors.DiskFull(instance, path)
                    : InstanceErrors.FileNotWritten(instance, path, outcome.ErrorText);
        }
    }

    public async Task<Stream> OpenTarAsync(string path, CancellationToken cancellation)
    {
        InstanceCommand command = Bash.Command(FileScripts.CreateTar) with { AttachInput = true };
        IExecProcess process = await exec.StartAsync(command, cancellation).ConfigureAwait(false);
        try
        {
            await process.Input.WriteAsync(Bash.Fields(Checked(path)), cancellation).ConfigureAwait(false);
            await process.CompleteInputAsync(cancellation).ConfigureAwait(false);
            return new TarStream(process, (exitCode, error) => ThrowIfFailed(exitCode, path, error));
        }
        catch
        {
            await process.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async Task ExtractTarAsync(string directory, Stream tar, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(tar);
        using var input = new ChainStream(new MemoryStream(Bash.Fields(Checked(directory))), tar);
        InstanceCommand command = Bash.Command(FileScripts.ExtractTar) with { Input = input, OutputLimitBytes = 1024 * 1024 };
        CommandOutcome outcome = await exec.RunAsync(command, cancellation).ConfigureAwait(false);
        ThrowIfFailed(outcome.ExitCode, directory, outcome.ErrorText);
    }

    private Task<CommandOutcome> RunAsync(string script, string path, int limitBytes, CancellationToken cancellation) =>
        exec.RunAsync(Command(script, path) with { OutputLimitBytes = limitBytes }, cancellation);

    private static InstanceCommand Command(string script, string path, params string[] parameters) =>
        Bash.Command(script, parameters) with { Input = new MemoryStream(Bash.Fields(Checked(path))) };

    private static string Checked(string path) => path.StartsWith('/')
        ? path
        : throw new ArgumentException($"'{path}' is not an absolute path.", nameof(path));

    private void ThrowIfFailed(int exitCode, string path, string standardError)
    {
        switch (exitCode)
        {
            case 0:
                return;
            case FileScripts.Missing:
                throw InstanceErrors.FileNotFound(instance, path);
            case FileScripts.IsDirectory:
                throw InstanceErrors.NotAFile(instance, path, "a directory");
            case FileScripts.IsSpecial:
                throw InstanceErrors.NotAFile(instance, path, "not what is expected there: a link that leads nowhere, a device, or a file in place of a directory");
            default:
                throw InstanceErrors.FileNotReadable(instance, path, standardError);
        }
    }
}
