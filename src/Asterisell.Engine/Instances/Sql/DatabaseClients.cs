using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Instances;

/// <summary>Starts client programs with credentials that were read once.</summary>
internal sealed class DatabaseClients(IInstanceExec exec, DatabaseCredentials credentials) : IDatabaseClients
{
    public async Task<IExecProcess> StartAsync(
        string program, IReadOnlyList<string> arguments, bool attachInput, ClientOutput output, CancellationToken cancellation)
    {
        (string first, string second) = ClientScript.Names(program);
        InstanceCommand command = Bash.Command(ClientScript.Text, [ClientScript.Through(output), first, second, .. arguments]) with { AttachInput = true };
        IExecProcess process = await exec.StartAsync(command, cancellation).ConfigureAwait(false);
        try
        {
            await process.Input.WriteAsync(Bash.Fields(credentials.ToOptionFile()), cancellation).ConfigureAwait(false);
            if (!attachInput)
            {
                await process.CompleteInputAsync(cancellation).ConfigureAwait(false);
            }

            return process;
        }
        catch
        {
            await process.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
