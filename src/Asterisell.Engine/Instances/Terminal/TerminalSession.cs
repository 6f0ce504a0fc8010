using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Instances;

/// <summary>Connects the operator's terminal with a program in an instance until the program ends.</summary>
public static class TerminalSession
{
    private static readonly TimeSpan SizePoll = TimeSpan.FromMilliseconds(100);

    // The directory may be missing (an instance half installed): then the shell starts where the container says.
    private const string StartScript = """cd -- "$1" 2>/dev/null; shift; exec "$@" """;

    // The old image has bash; a light one may not.
    private const string ShellScript = """if command -v bash >/dev/null; then exec bash -l; else exec sh -l; fi""";

    /// <summary>Runs a program, or a login shell, in the instance's admin directory.</summary>
    /// <param name="instance">Where.</param>
    /// <param name="program">Program and arguments; none for a shell.</param>
    /// <param name="user">User name in the container.</param>
    /// <param name="terminalKind">Value of <c>TERM</c>; null for the engine's own.</param>
    /// <param name="openTerminal">Takes the operator's terminal once the program runs: what fails before is shown in a normal one.</param>
    /// <param name="initialSize">Size to start with.</param>
    /// <param name="cancellation">Ends the program.</param>
    /// <returns>Exit code of the program.</returns>
    public static async Task<int> RunAsync(
        IInstance instance,
        IReadOnlyList<string> program,
        string user,
        string? terminalKind,
        Func<ITerminal> openTerminal,
        TerminalSize initialSize,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(openTerminal);
        IReadOnlyList<string> start = program.Count > 0 ? program : ["/bin/sh", "-c", ShellScript];
        var command = new InstanceCommand(["/bin/sh", "-c", StartScript, "asterisell", instance.Definition.AdminDirectory, .. start])
        {
            User = user,
            Terminal = initialSize,
            Environment = terminalKind is null ? null : new Dictionary<string, string> { ["TERM"] = terminalKind },
        };
        IExecProcess process = await instance.Exec.StartAsync(command, cancellation).ConfigureAwait(false);
        await using (process.ConfigureAwait(false))
        {
            using ITerminal terminal = openTerminal();
            await ConnectAsync(process, terminal, initialSize, cancellation).ConfigureAwait(false);
            return await process.GetExitCodeAsync(cancellation).ConfigureAwait(false);
        }
    }

    private static async Task ConnectAsync(IExecProcess process, ITerminal terminal, TerminalSize size, CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task keys = SendKeysAsync(process, terminal, over.Token);
        Task sizes = FollowSizeAsync(process, terminal, size, over.Token);
        try
        {
            await foreach (OutputChunk chunk in process.ReadOutputAsync(cancellation).ConfigureAwait(false))
            {
                await terminal.WriteAsync(chunk.Data, cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(Ended(keys), Ended(sizes)).ConfigureAwait(false);
        }
    }

    private static async Task SendKeysAsync(IExecProcess process, ITerminal terminal, CancellationToken over)
    {
        byte[] buffer = new byte[4096];
        int count;
        while ((count = await terminal.ReadAsync(buffer, over).ConfigureAwait(false)) > 0)
        {
            await process.Input.WriteAsync(buffer.AsMemory(0, count), over).ConfigureAwait(false);
            await process.Input.FlushAsync(over).ConfigureAwait(false);
        }

        await process.CompleteInputAsync(over).ConfigureAwait(false);
    }

    private static async Task FollowSizeAsync(IExecProcess process, ITerminal terminal, TerminalSize known, CancellationToken over)
    {
        using var timer = new PeriodicTimer(SizePoll);
        while (await timer.WaitForNextTickAsync(over).ConfigureAwait(false))
        {
            TerminalSize now = terminal.Size;
            if (now != known)
            {
                await process.ResizeAsync(now, over).ConfigureAwait(false);
                known = now;
            }
        }
    }

    /// <summary>The output decides how the session ended; a key or a resize that met a program just gone is no failure.</summary>
    private static async Task Ended(Task side)
    {
        try
        {
            await side.ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException or AsterisellException)
        {
        }
    }
}
