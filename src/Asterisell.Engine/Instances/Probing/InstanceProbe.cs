using System.Buffers;
using System.Text;
using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Instances;

/// <summary>
/// Runs a fixed script that asks many things in one exec. Where it wants the database, it says <c>databases.yml</c> first and goes on
/// with other questions; meanwhile the credentials are read out of it here, as YAML, and go back on its standard input.
/// </summary>
internal sealed class InstanceProbe(IInstanceExec exec, CredentialSource credentials, AsterisellInstance instance)
{
    private const int LimitBytes = 64 * 1024 * 1024;

    /// <summary>What the script and the database said; what came before a cut, or before the limit, is kept.</summary>
    /// <param name="script">Made of <see cref="ProbeScripts"/>; its first parameters are the admin and the customer directory.</param>
    /// <param name="parameters">The parameters after those.</param>
    /// <param name="sql">Statements; null where the script asks no database.</param>
    /// <param name="limit">Longest run; null for none.</param>
    /// <param name="cancellation">Ends the script.</param>
    /// <param name="onOutput">Called whenever something came.</param>
    public async Task<ProbeResult> RunAsync(
        string script, IReadOnlyList<string> parameters, SqlBatch? sql, TimeSpan? limit, CancellationToken cancellation, Action? onOutput = null)
    {
        InstanceCommand command = Bash.Command(script, [instance.AdminDirectory, instance.UserDirectory, .. parameters]);
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (limit is { } longest)
        {
            cut.CancelAfter(longest);
        }

        var collected = new Collected { OnOutput = onOutput };
        int? exitCode = null;
        IExecProcess process = await exec.StartAsync(command with { AttachInput = sql is not null }, cancellation).ConfigureAwait(false);
        await using (process.ConfigureAwait(false))
        {
            try
            {
                await ReadAsync(process, collected, sql, cut.Token).ConfigureAwait(false);
                exitCode = await process.GetExitCodeAsync(cut.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // Over its time: what it has said so far counts.
            }
        }

        var answer = ProbeAnswer.Parse(collected.Output.WrittenSpan, collected.Error.ToString());
        return new ProbeResult(answer, exitCode, sql is null ? NoRows : Rows(sql, answer, collected.Refusal));
    }

    private async Task ReadAsync(IExecProcess process, Collected collected, SqlBatch? sql, CancellationToken cancellation)
    {
        bool answered = sql is null;
        await foreach (OutputChunk chunk in process.ReadOutputAsync(cancellation).ConfigureAwait(false))
        {
            if (chunk.Source == OutputSource.Error)
            {
                collected.Error.Add(chunk.Data.Span);
                continue;
            }

            if (collected.Output.WrittenCount + chunk.Data.Length > LimitBytes)
            {
                throw InstanceErrors.OutputTooLarge(instance, "a status script", LimitBytes);
            }

            collected.OnOutput?.Invoke();
            collected.Output.Write(chunk.Data.Span);
            if (!answered && FirstPair(collected.Output.WrittenSpan) is { } first)
            {
                answered = true;
                collected.Refusal = await AnswerAsync(process, first, sql!, cancellation).ConfigureAwait(false);
            }
        }
    }

    private static readonly Dictionary<string, SqlAnswer> NoRows = [];

    private IReadOnlyDictionary<string, SqlAnswer> Rows(SqlBatch sql, ProbeAnswer answer, AsterisellException? refusal)
    {
        if (answer.Find("rows-exit") == "127")
        {
            refusal ??= DatabaseErrors.ClientProgramNotFound(instance, "mysql");
        }

        IReadOnlyDictionary<string, SqlAnswer> rows = sql.Read(instance, answer.Find("rows"), answer.Error);
        return refusal is null ? rows : rows.ToDictionary(pair => pair.Key, _ => SqlAnswer.Failed(refusal));
    }

    /// <summary>Sends option file and statements; where there are no credentials, an empty option file, and says why.</summary>
    private async Task<AsterisellException?> AnswerAsync(
        IExecProcess process, KeyValuePair<string, string> first, SqlBatch sql, CancellationToken cancellation)
    {
        AsterisellException? refusal = null;
        string option = "";
        try
        {
            option = first.Key == "credentials"
                ? credentials.Parse(first.Value).ToOptionFile()
                : throw DatabaseErrors.CredentialsNotFound(instance, first.Value);
        }
        catch (DatabaseException failure)
        {
            refusal = failure;
        }

        try
        {
            await process.Input.WriteAsync(Bash.Fields(option), cancellation).ConfigureAwait(false);
            await process.Input.WriteAsync(Encoding.UTF8.GetBytes(refusal is null ? sql.ToText() : ""), cancellation).ConfigureAwait(false);
            await process.CompleteInputAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception closed) when (closed is IOException or AsterisellException)
        {
            // The script ended early; its output and exit code tell more than the pipe.
        }

        return refusal;
    }

    private static KeyValuePair<string, string>? FirstPair(ReadOnlySpan<byte> output) =>
        ProbeAnswer.Parse(output[..Math.Min(output.Length, 1024 * 1024)], "").Pairs is [var first, ..] ? first : null;

    private sealed class Collected
    {
        public ArrayBufferWriter<byte> Output { get; } = new(64 * 1024);

        public TailText Error { get; } = new();

        public AsterisellException? Refusal { get; set; }

        public Action? OnOutput { get; init; }
    }
}

/// <summary>What a probe gave.</summary>
/// <param name="Answer">What the script said.</param>
/// <param name="ExitCode">Of the script; null where it was ended because it took too long.</param>
/// <param name="Rows">What the statements gave, by their keys.</param>
internal sealed record ProbeResult(ProbeAnswer Answer, int? ExitCode, IReadOnlyDictionary<string, SqlAnswer> Rows);
