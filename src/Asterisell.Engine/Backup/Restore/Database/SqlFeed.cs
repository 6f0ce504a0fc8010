using System.Buffers;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Restore.Database;

/// <summary>Feeds texts of SQL to one client in the container; the first error ends it, and a text that did not come whole is never taken for one that did.</summary>
/// <param name="instance">Where.</param>
/// <param name="clients">Starts the client.</param>
/// <param name="database">Database that the client works in.</param>
internal sealed class SqlFeed(IInstance instance, IDatabaseClients clients, string database)
{
    private const int BufferSize = 256 * 1024;

    /// <summary>The client says it after the last statement: an open quote in a text would have swallowed the question.</summary>
    private const string EndMark = "asterisell-loaded";

    /// <summary>
    /// Binary mode: only <c>DELIMITER</c> means something to the client, so a text cannot start programs (<c>\!</c>) or write files (<c>\T</c>),
    /// and bytes stay as they are.
    /// </summary>
    private IReadOnlyList<string> Arguments =>
    [
        .. RootSession.Arguments(database), "--binary-mode", "--batch", "--skip-column-names", "--unbuffered", "--local-infile=0",
        "--max-allowed-packet=1073741824", "--connect-timeout=10",
    ];

    /// <summary>Loads texts one after another in one session.</summary>
    /// <param name="prologue">Statements before the first.</param>
    /// <param name="texts">Each is opened when the one before has been sent.</param>
    /// <param name="onBytes">Told how many bytes were sent more.</param>
    /// <param name="cancellation">Ends the client, also in the middle of a statement.</param>
    /// <exception cref="AsterisellException">What the client or the server says.</exception>
    public async Task RunAsync(
        string prologue, IEnumerable<Func<CancellationToken, ValueTask<Stream>>> texts, Action<long>? onBytes, CancellationToken cancellation)
    {
        IExecProcess process = await clients
            .StartAsync("mysql", Arguments, attachInput: true, ClientOutput.Plain, cancellation).ConfigureAwait(false);
        await using (process.ConfigureAwait(false))
        {
            using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            Task<Answer> reading = ReadAsync(process, ended);
            try
            {
                await SendAsync(process, prologue, texts, onBytes, ended.Token).ConfigureAwait(false);
            }
            catch (Exception closed) when (!cancellation.IsCancellationRequested && IsEndOfClient(closed, ended.Token))
            {
                // The client has ended; its last words tell why.
            }
            catch
            {
                // What could not be read is the failure. The client must not take it for the end: it is ended with its process.
                await ended.CancelAsync().ConfigureAwait(false);
                await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw;
            }

            Judge(await reading.ConfigureAwait(false));
        }
    }

    private static bool IsEndOfClient(Exception failure, CancellationToken ended) =>
        failure is OperationCanceledException ? ended.IsCancellationRequested : failure is ClosedInputException;

    private static async Task SendAsync(
        IExecProcess process, string prologue, IEnumerable<Func<CancellationToken, ValueTask<Stream>>> texts, Action<long>? onBytes,
        CancellationToken cancellation)
    {
        await WriteAsync(process, System.Text.Encoding.UTF8.GetBytes(prologue), cancellation).ConfigureAwait(false);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            foreach (Func<CancellationToken, ValueTask<Stream>> open in texts)
            {
                Stream text = await open(cancellation).ConfigureAwait(false);
                await using (text.ConfigureAwait(false))
                {
                    int read;
                    while ((read = await text.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false)) > 0)
                    {
                        await WriteAsync(process, buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
                        onBytes?.Invoke(read);
                    }
                }
            }

            await WriteAsync(process, System.Text.Encoding.UTF8.GetBytes($"\nSELECT '{EndMark}';\n"), cancellation).ConfigureAwait(false);
            await process.CompleteInputAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task WriteAsync(IExecProcess process, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        try
        {
            await process.Input.WriteAsync(bytes, cancellation).ConfigureAwait(false);
        }
        catch (Exception closed) when (closed is IOException or AsterisellException or ObjectDisposedException)
        {
            throw new ClosedInputException(closed);
        }
    }

    /// <summary>Reads beside the sending; the end of the one ends the other.</summary>
    private static async Task<Answer> ReadAsync(IExecProcess process, CancellationTokenSource ended)
    {
        var error = new TailText();
        var output = new TailText();
        try
        {
            await foreach (OutputChunk chunk in process.ReadOutputAsync(ended.Token).ConfigureAwait(false))
            {
                (chunk.Source == OutputSource.Error ? error : output).Add(chunk.Data.Span);
            }

            int exitCode = await process.GetExitCodeAsync(ended.Token).ConfigureAwait(false);
            return new Answer(exitCode, output.ToString(), error.ToString());
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
        }
    }

    private void Judge(Answer answer)
    {
        if (answer.ExitCode == ClientScript.NoProgram)
        {
            throw DatabaseErrors.ClientProgramNotFound(instance.Definition, "mysql");
        }

        if (ClientError.Find(answer.Error) is [var first, ..])
        {
            throw DatabaseErrors.From(instance.Definition, first);
        }

        if (answer.ExitCode != 0 || !answer.Output.TrimEnd().EndsWith(EndMark, StringComparison.Ordinal))
        {
            throw DatabaseErrors.DatabaseFailed(
                instance.Definition, 0, $"the client ended with code {answer.ExitCode} before everything was loaded{Quote(answer.Error)}");
        }
    }

    private static string Quote(string error) => error.Length == 0 ? string.Empty : $" ({InstanceErrors.OneLine(error)})";

    private sealed record Answer(int ExitCode, string Output, string Error);

    /// <summary>The client takes no more.</summary>
    private sealed class ClosedInputException(Exception inner) : Exception(inner.Message, inner);
}
