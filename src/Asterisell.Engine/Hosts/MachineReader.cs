using System.Text;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Ssh;

namespace Asterisell.Engine.Hosts;

/// <summary>
/// Finds out what Docker's API does not tell. A local engine's machine is this one; one behind ssh is asked through ssh; behind tcp there
/// is only a running instance to ask, which sees the same kernel and disk, but not the machine's ports.
/// </summary>
internal static class MachineReader
{
    private static readonly string[] SocketTables = ["/proc/net/tcp", "/proc/net/tcp6"];

    internal static async Task<MachineFacts> ReadAsync(
        IDockerEngine engine, string dockerFolder, AsterisellInstance? running, CancellationToken cancellation)
    {
        string scheme = engine.Host.Endpoint.Scheme;
        try
        {
            return scheme switch
            {
                "ssh" => await OverSshAsync(engine.Host, dockerFolder, cancellation).ConfigureAwait(false),
                "unix" when OperatingSystem.IsLinux() => Here(dockerFolder),
                _ when running is not null => await InsideAsync(new InstanceExec(engine, running, TimeProvider.System), cancellation).ConfigureAwait(false),
                _ => MachineFacts.Unknown,
            };
        }
        catch (Exception failure) when (failure is AsterisellException or IOException or UnauthorizedAccessException)
        {
            // Docker itself answers; that the machine does not is a check of its own that then is unknown.
            return MachineFacts.Unknown;
        }
    }

    private static MachineFacts Here(string dockerFolder)
    {
        const string pages = "/sys/kernel/mm/transparent_hugepage/enabled";
        string? folder = dockerFolder;
        while (folder is not null && !Directory.Exists(folder))
        {
            folder = Path.GetDirectoryName(folder);
        }

        var disk = new DriveInfo(folder ?? "/");
        string[] sockets = [.. SocketTables.Where(File.Exists).SelectMany(File.ReadAllLines)];
        return new MachineFacts(
            File.Exists(pages) ? MachineReport.HugePages(File.ReadAllText(pages)) : null,
            disk.TotalSize,
            disk.AvailableFreeSpace,
            MachineReport.Ports(sockets));
    }

    private static async Task<MachineFacts> OverSshAsync(AsterisellHost host, string dockerFolder, CancellationToken cancellation)
    {
        var ssh = new SshHost(host, SshAddress.Parse(host));
        await using (ssh.ConfigureAwait(false))
        {
            SshCommand command = await ssh.StartAsync(["sh", "-c", $"'{MachineReport.Script}'"], cancellation).ConfigureAwait(false);
            await using (command.ConfigureAwait(false))
            {
                await command.Input.WriteAsync(Encoding.UTF8.GetBytes(dockerFolder + "\n"), cancellation).ConfigureAwait(false);
                await command.Input.DisposeAsync().ConfigureAwait(false);
                using var reader = new StreamReader(command.Output, Encoding.UTF8);
                return MachineReport.Parse(await reader.ReadToEndAsync(cancellation).ConfigureAwait(false));
            }
        }
    }

    private static async Task<MachineFacts> InsideAsync(InstanceExec exec, CancellationToken cancellation)
    {
        InstanceCommand command = new InstanceCommand(["/bin/sh", "-c", MachineReport.Script])
        {
            Input = new MemoryStream("/\n"u8.ToArray()),
            Timeout = TimeSpan.FromSeconds(20),
        };
        CommandOutcome outcome = await exec.RunAsync(command, cancellation).ConfigureAwait(false);

        // Its ports are those of its own network.
        return MachineReport.Parse(outcome.OutputText) with { ListeningPorts = null };
    }
}
