using System.Diagnostics;
using System.Globalization;
using Asterisell.Engine.Docker;
using Asterisell.Tests.Integration.Lab;

namespace Asterisell.Tests.Integration.Docker;

/// <summary>A copy of the lab's ssh client files, for a test to spoil.</summary>
internal sealed class SshFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("spoiled-").FullName;
    private readonly TestLab _lab;

    public SshFolder(TestLab lab)
    {
        _lab = lab;
        string from = System.IO.Path.GetDirectoryName(lab.SshConfigFile)!;
        foreach (string name in (string[])["config", "client_key", "known_hosts"])
        {
            File.Copy(System.IO.Path.Combine(from, name), Path(name));
        }

        Write("config", Read("config").Replace(from, _folder, StringComparison.Ordinal));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path("client_key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    public string Port => _lab.Environment.GetProperty("ssh").GetProperty("port").GetInt32().ToString(CultureInfo.InvariantCulture);

    public string Path(string name) => System.IO.Path.Combine(_folder, name);

    public string Read(string name) => File.ReadAllText(Path(name));

    public void Write(string name, string text) => File.WriteAllText(Path(name), text);

    public void CreateKey(string name)
    {
        using Process keygen = Process.Start("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", Path(name)]);
        keygen.WaitForExit();
        Assert.Equal(0, keygen.ExitCode);
    }

    /// <summary>The failure of connecting with these files.</summary>
    public async Task<AsterisellException> FailAsync()
    {
        await using DockerConnector connector = new();
        AsterisellHost host = _lab.Milan with { SshConfigFile = Path("config") };
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(40));
        AsterisellException failure = await Assert.ThrowsAsync<AsterisellException>(() => connector.ConnectAsync(host, limit.Token));
        Assert.Equal("milan", failure.Target);
        return failure;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
