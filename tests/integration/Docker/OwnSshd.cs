using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Asterisell.Tests.Integration.Lab;

namespace Asterisell.Tests.Integration.Docker;

/// <summary>One more real sshd before the lab's engine "milan", with settings of a test's choice.</summary>
internal sealed class OwnSshd : IAsyncDisposable
{
    private readonly string _folder;
    private readonly Process _process;

    private OwnSshd(string folder, Process process, AsterisellHost host)
    {
        _folder = folder;
        _process = process;
        Host = host;
    }

    public AsterisellHost Host { get; }

    /// <param name="settings">Lines of sshd_config, for example <c>MaxSessions 1</c>.</param>
    /// <param name="environment">What a login finds in its environment, in place of what leads to the engine.</param>
    public static async Task<OwnSshd> StartAsync(string settings, string? environment = null)
    {
        TestLab lab = await TestLab.GetAsync();
        string folder = Directory.CreateTempSubdirectory("sshd-").FullName;
        int port = FreePort();
        foreach (string key in (string[])["host_key", "client_key"])
        {
            using Process keygen = Process.Start("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", $"{folder}/{key}"]);
            await keygen.WaitForExitAsync();
        }

        environment ??= "DOCKER_HOST=unix://" + lab.Environment.GetProperty("engines").EnumerateArray()
            .Single(engine => engine.GetProperty("name").GetString() == "milan").GetProperty("socket").GetString();
        File.Copy($"{folder}/client_key.pub", $"{folder}/authorized_keys");
        await File.WriteAllTextAsync($"{folder}/known_hosts", $"[127.0.0.1]:{port} {await File.ReadAllTextAsync($"{folder}/host_key.pub")}");
        await File.WriteAllTextAsync(
            $"{folder}/sshd_config",
            $"""
             {settings}
             ListenAddress 127.0.0.1:{port}
             HostKey {folder}/host_key
             PidFile none
             AuthorizedKeysFile {folder}/authorized_keys
             StrictModes no
             UsePAM {(Environment.UserName == "root" ? "yes" : "no")}
             PasswordAuthentication no
             PrintMotd no
             SetEnv {environment}

             """);
        await File.WriteAllTextAsync(
            $"{folder}/config",
            $"""
             Host own
               HostName 127.0.0.1
               Port {port}
               User {Environment.UserName}
               IdentityFile {folder}/client_key
               IdentitiesOnly yes
               IdentityAgent none
               UserKnownHostsFile {folder}/known_hosts
               GlobalKnownHostsFile /dev/null

             """);
        ProcessStartInfo start = new("/usr/sbin/sshd", ["-D", "-e", "-f", $"{folder}/sshd_config"]) { RedirectStandardError = true };
        Process process = Process.Start(start)!;
        string? line;
        while ((line = await process.StandardError.ReadLineAsync()) is not null && !line.Contains("listening", StringComparison.Ordinal))
        {
            // What it says before it is ready.
        }

        Assert.NotNull(line);
        _ = process.StandardError.ReadToEndAsync();
        return new OwnSshd(folder, process, new() { Name = "own", Endpoint = new Uri("ssh://own"), SshConfigFile = $"{folder}/config" });
    }

    /// <summary>Stops its connections in their tracks, as a network that swallows everything.</summary>
    public void Freeze() => Signal("STOP");

    /// <summary>Ends its connections without a word to anybody.</summary>
    public void Cut() => Signal("KILL");

    public async ValueTask DisposeAsync()
    {
        Signal("CONT");
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Signal(string signal)
    {
        foreach (int pid in Descendants(_process.Id))
        {
            using Process kill = Process.Start("kill", ["-" + signal, pid.ToString(CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
        }
    }

    private static IEnumerable<int> Descendants(int parent)
    {
        string file = $"/proc/{parent}/task/{parent}/children";
        int[] children = File.Exists(file)
            ? [.. File.ReadAllText(file).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture))]
            : [];
        return children.Concat(children.SelectMany(Descendants));
    }
}
