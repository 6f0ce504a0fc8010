using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Instances;

/// <summary>Starts client programs with credentials that were read once.</summary>
internal sealed class DatabaseClients(IInstanceExec exec, DatabaseCredentials credentials) : IDatabaseClients
{
    public async Task<IExecProcess> StartAsync(
        string program, IReadOnlyList<string> arguments, bool attachInput, ClientOutput output, CancellationToken cancellation)
    {
        Waiting client = new(await StartWaitingAsync(program, arguments, output, cancellation).ConfigureAwait(false), credentials, attachInput);
        await using (client.ConfigureAwait(false))
        {
            return await client.BeginAsync(cancellation).ConfigureAwait(false);
        }
    }

    public async Task<IWaitingClient> PrepareAsync(
        string program, IReadOnlyList<string> arguments, ClientOutput output, CancellationToken cancellation) =>
        new Waiting(await StartWaitingAsync(program, arguments, output, cancellation).ConfigureAwait(false), credentials, attachInput: false);

    private Task<IExecProcess> StartWaitingAsync(
        string program, IReadOnlyList<string> arguments, ClientOutput output, CancellationToken cancellation)
    {
        (string first, string second) = ClientScript.Names(program);
        InstanceCommand command = Bash.Command(ClientScript.Text, [ClientScript.Through(output), first, second, .. arguments]) with { AttachInput = true };
        return exec.StartAsync(command, cancellation);
    }

    /// <summary>The script waits for the option file on its standard input.</summary>
    private sealed class Waiting(IExecProcess process, DatabaseCredentials credentials, bool attachInput) : IWaitingClient
    {
        private bool _given;

        public async Task<IExecProcess> BeginAsync(CancellationToken cancellation)
        {
            await process.Input.WriteAsync(Bash.Fields(credentials.ToOptionFile()), cancellation).ConfigureAwait(false);
            if (!attachInput)
            {
                await process.CompleteInputAsync(cancellation).ConfigureAwait(false);
            }

            _given = true;
            return process;
        }

        public ValueTask DisposeAsync() => _given ? ValueTask.CompletedTask : process.DisposeAsync();
    }
}
