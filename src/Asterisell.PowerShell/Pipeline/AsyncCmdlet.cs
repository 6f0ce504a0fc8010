using System.Management.Automation;
using System.Runtime.ExceptionServices;

namespace Asterisell.PowerShell.Pipeline;

/// <summary>
/// A cmdlet that awaits. Its steps run on the pipeline thread, also after an await; output may be written from any thread, then it waits
/// for the pipeline to take it. Ctrl+C cancels <see cref="Stop"/>.
/// </summary>
public abstract class AsyncCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private ExceptionDispatchInfo? pipelineEnd;

    private protected AsyncCmdlet()
    {
    }

    /// <summary>Cancelled by Ctrl+C, and when nobody downstream wants more.</summary>
    protected CancellationToken Stop => stop.Token;

    private protected PipelineThread Thread { get; } = new();

    /// <summary>Before the first object of the pipeline.</summary>
    protected virtual Task BeginAsync() => Task.CompletedTask;

    /// <summary>For each object of the pipeline; once where there is none.</summary>
    protected virtual Task ProcessAsync() => Task.CompletedTask;

    /// <summary>After the last object of the pipeline.</summary>
    protected virtual Task EndAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => Run(BeginAsync);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Run(ProcessAsync);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Run(EndAsync);

    /// <inheritdoc/>
    protected sealed override void StopProcessing()
    {
        try
        {
            // Not Cancel: what was registered runs elsewhere, so that nothing can hold up the answer to Ctrl+C.
            _ = stop.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The cmdlet ended at the same moment.
        }
    }

    /// <summary>Time for cleaning up after Ctrl+C; what needs longer goes on in the background while the operator has the prompt back.</summary>
    private protected virtual TimeSpan StopGrace => TimeSpan.FromSeconds(1.5);

    /// <summary>Ends what still runs.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends what still runs.</summary>
    /// <param name="disposing">True.</param>
    protected virtual void Dispose(bool disposing)
    {
        stop.Cancel();
        Thread.Dispose();
        stop.Dispose();
    }

    /// <summary>Writes an object; from any thread.</summary>
    protected new void WriteObject(object? value) => OnPipeline(() => base.WriteObject(value));

    /// <summary>Writes an object or the members of a list; from any thread.</summary>
    protected new void WriteObject(object? value, bool enumerateCollection) => OnPipeline(() => base.WriteObject(value, enumerateCollection));

    /// <summary>Writes objects as they come.</summary>
    protected async Task WriteEachAsync<T>(IAsyncEnumerable<T> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        await foreach (T value in values.WithCancellation(Stop))
        {
            WriteObject(value);
        }
    }

    /// <summary>Writes an error that does not end the cmdlet; from any thread.</summary>
    protected new void WriteError(ErrorRecord error) => OnPipeline(() => base.WriteError(error));

    /// <summary>Writes a failure as an error that does not end the cmdlet; from any thread.</summary>
    /// <param name="failure">What happened.</param>
    /// <param name="target">What it happened to: an instance, a host; null where the failure says it itself.</param>
    protected void WriteFailure(Exception failure, object? target = null)
    {
        ArgumentNullException.ThrowIfNull(failure);
        if (pipelineEnd is not null && IsPowerShells(failure))
        {
            // How PowerShell ends a cmdlet of which enough was seen (Select-Object -First) is no failure of what was asked.
            return;
        }

        OnPipeline(() =>
        {
            Describe(failure);
            base.WriteError(ErrorRecords.From(failure, target, CommandName));
        });
    }

    /// <summary>Writes a warning; from any thread.</summary>
    protected new void WriteWarning(string text) => OnPipeline(() => base.WriteWarning(text));

    /// <summary>Writes for <c>-Verbose</c>; from any thread.</summary>
    protected new void WriteVerbose(string text) => OnPipeline(() => base.WriteVerbose(text));

    /// <summary>Writes for <c>-Debug</c>; from any thread.</summary>
    protected new void WriteDebug(string text) => OnPipeline(() => base.WriteDebug(text));

    /// <summary>Shows progress; from any thread.</summary>
    protected new void WriteProgress(ProgressRecord progressRecord) => OnPipeline(() => base.WriteProgress(progressRecord));

    /// <summary>Writes information; from any thread.</summary>
    protected new void WriteInformation(object messageData, string[] tags) => OnPipeline(() => base.WriteInformation(messageData, tags));

    /// <summary>Asks whether to change <paramref name="target"/>, as <c>-WhatIf</c> and <c>-Confirm</c> say; from any thread.</summary>
    protected new bool ShouldProcess(string target, string action)
    {
        bool answer = false;
        OnPipeline(() => answer = base.ShouldProcess(target, action));
        return answer;
    }

    /// <summary>Asks a question that <c>-Force</c> answers; from any thread.</summary>
    protected new bool ShouldContinue(string query, string caption)
    {
        bool answer = false;
        OnPipeline(() => answer = base.ShouldContinue(query, caption));
        return answer;
    }

    /// <summary>
    /// Does something that needs the pipeline thread for itself and gives its result, such as a question; from any thread. Ctrl+C meanwhile
    /// ends the cmdlet, whatever else is under way.
    /// </summary>
    private protected async Task<T> OnPipelineAsync<T>(Func<T> call)
    {
        T result = default!;
        await Thread.InvokeAsync(() =>
        {
            try
            {
                result = call();
            }
            catch (PipelineStoppedException end)
            {
                EndBy(end);
                throw;
            }

            return Task.CompletedTask;
        }).ConfigureAwait(false);
        return result;
    }

    /// <summary>The full path of a file or folder that the operator named, there or not.</summary>
    /// <exception cref="AsterisellException"><c>PathNotUsable</c>: it can be no such path.</exception>
    protected new string GetUnresolvedProviderPathFromPSPath(string path) => OperatorPath.Resolve(SessionState.Path, path);

    /// <summary>The full paths that a pattern of the operator names.</summary>
    /// <exception cref="AsterisellException"><c>PathNotUsable</c>: it can be no such path.</exception>
    protected IReadOnlyList<string> ExpandPath(string pattern) => OperatorPath.Expand(SessionState.Path, pattern);

    private void OnPipeline(Action write)
    {
        if (Thread.IsCurrent)
        {
            Guard(write);
        }
        else
        {
            Thread.Invoke(() => Guard(write));
        }
    }

    /// <summary>
    /// PowerShell ends a cmdlet by an exception out of what it writes (<c>-ErrorAction Stop</c>, <c>Select-Object -First</c>). It must
    /// come out of the cmdlet as it is, however many operations are under way.
    /// </summary>
    private void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (Exception end)
        {
            EndBy(end);
            throw;
        }
    }

    private void EndBy(Exception end)
    {
        pipelineEnd ??= ExceptionDispatchInfo.Capture(end);
        _ = stop.CancelAsync();
    }

    private void Run(Func<Task> body)
    {
        Exception failure;
        try
        {
            Thread.Run(body, StopGrace, Stop);
            pipelineEnd?.Throw();
            return;
        }
        catch (Exception thrown)
        {
            pipelineEnd?.Throw();
            if (IsPowerShells(thrown))
            {
                throw;
            }

            failure = thrown;
        }

        if (Stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }

        Describe(failure);
        ThrowTerminatingError(ErrorRecords.From(failure, target: null, CommandName));
    }

    private string CommandName => MyInvocation.MyCommand?.Name ?? GetType().Name;

    /// <summary>What was not foreseen is described in full, for <c>-Debug</c> alone.</summary>
    private void Describe(Exception failure)
    {
        if (failure is not AsterisellException)
        {
            base.WriteDebug(failure.ToString());
        }
    }

    private static bool IsPowerShells(Exception thrown) => thrown is RuntimeException or FlowControlException;
}
