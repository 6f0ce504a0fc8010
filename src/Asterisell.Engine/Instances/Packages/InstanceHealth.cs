using System.Globalization;
using System.Text;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances.Waiting;

namespace Asterisell.Engine.Instances.Packages;

/// <summary>
/// Whether an instance does its work: services, both web applications, and a database that writes and reads. What was missing before a
/// change may be missing after it.
/// </summary>
internal sealed class InstanceHealth(IInstance instance)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConditionProbe _probe = new(instance);

    /// <summary>What is missing; empty when all is well.</summary>
    public async Task<IReadOnlyList<string>> FindMissingAsync(CancellationToken cancellation)
    {
        Task<IReadOnlyList<string>> probing = _probe.FindMissingAsync(WaitCondition.Healthy, cancellation);
        Task<string?> writing = FindWriteFailureAsync(cancellation);
        IReadOnlyList<string> missing = await probing.ConfigureAwait(false);
        return await writing.ConfigureAwait(false) is { } flaw ? [.. missing, flaw] : missing;
    }

    /// <summary>Waits until nothing is missing but what was missing before.</summary>
    /// <returns>What is still missing when the time is over; empty when the instance is as healthy as before.</returns>
    public async Task<IReadOnlyList<string>> WaitAsync(
        IReadOnlyList<string> before, TimeSpan limit, IProgress<string>? progress, CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        over.CancelAfter(limit);
        string[] missing = ["nothing was answered"];
        try
        {
            while ((missing = [.. (await FindMissingAsync(over.Token).ConfigureAwait(false)).Except(before, StringComparer.Ordinal)]).Length > 0)
            {
                progress?.Report($"testing the instance: {string.Join("; ", missing)}");
                await Task.Delay(Pause, over.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The last answer counts.
        }

        return missing;
    }

    /// <summary>Writes a row, reads it and takes it back, as the application's own user, in a table that every installation has.</summary>
    private async Task<string?> FindWriteFailureAsync(CancellationToken cancellation)
    {
        string word = "asterisell-health-" + ExecTag.Create();
        string statements = string.Create(
            CultureInfo.InvariantCulture,
            $"START TRANSACTION; INSERT INTO ar_lock (name, time, info) VALUES ('{word}', NOW(), ''); SELECT name FROM ar_lock WHERE name = '{word}'; ROLLBACK;\n");
        try
        {
            IExecProcess client = await instance.Database
                .StartClientAsync("mysql", ["--batch", "--skip-column-names", "--connect-timeout=10"], attachInput: true, cancellation).ConfigureAwait(false);
            await using (client.ConfigureAwait(false))
            {
                await client.Input.WriteAsync(Encoding.UTF8.GetBytes(statements), cancellation).ConfigureAwait(false);
                await client.CompleteInputAsync(cancellation).ConfigureAwait(false);
                var output = new TailText();
                var error = new TailText();
                await foreach (OutputChunk chunk in client.ReadOutputAsync(cancellation).ConfigureAwait(false))
                {
                    (chunk.Source == OutputSource.Error ? error : output).Add(chunk.Data.Span);
                }

                return output.ToString().Trim() == word ? null : $"the database does not write ({Reason(error.ToString())})";
            }
        }
        catch (AsterisellException failure)
        {
            return $"the database does not write ({failure.Reason.TrimEnd('.')})";
        }
        catch (IOException)
        {
            return "the database does not write (its client ended)";
        }
    }

    private static string Reason(string error) => InstanceErrors.OneLine(error).TrimEnd('.');
}
