using System.Text;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;
using Asterisell.Tests.Integration.Lab;

namespace Asterisell.Tests.Integration.Logs;

/// <summary>A container without services, whose log files a test writes itself.</summary>
internal sealed class LogContainer : IAsyncDisposable
{
    private readonly DockerConnector _connector = new();
    private readonly TestLab _lab;

    private LogContainer(TestLab lab)
    {
        _lab = lab;
        Definition = new AsterisellInstance { Name = $"power-log-{Guid.NewGuid():N}"[..20], Host = lab.Local };
    }

    public AsterisellInstance Definition { get; }

    public IInstance Instance { get; private set; } = null!;

    public static async Task<LogContainer> StartAsync()
    {
        var container = new LogContainer(await TestLab.GetAsync());
        await container.DockerAsync(
            "run", "--detach", "--pull", "never", "--name", container.Definition.Name, "--entrypoint", "tini", container._lab.LightImage,
            "--", "bash", "-c", "echo 'first words'; sleep 0.2; echo 'WARN second words' >&2; touch /run/said; exec sleep infinity");
        container.Instance = await new InstanceOpener(container._connector).OpenAsync(container.Definition, CancellationToken.None);
        await container.BashAsync("until [ -e /run/said ]; do sleep 0.05; done; mkdir -p /var/log/nginx; rm -f /var/log/*.log /var/log/nginx/*; echo 'date.timezone = \"Europe/Rome\"' > /etc/php.ini");
        return container;
    }

    public Task<string> BashAsync(string script) => DockerAsync("exec", Definition.Name, "bash", "-c", script);

    public Task AppendAsync(string path, string text) => AppendAsync(path, Encoding.UTF8.GetBytes(text));

    public async Task AppendAsync(string path, byte[] bytes)
    {
        CommandOutcome outcome = await Instance.Exec.RunAsync(
            new InstanceCommand("bash", "-c", "mkdir -p \"${1%/*}\"; cat >> \"$1\"", "x", path) { Input = new MemoryStream(bytes) }, CancellationToken.None);
        Assert.Equal(0, outcome.ExitCode);
    }

    public Task<string> DockerAsync(params string[] arguments) => _lab.RunAsync("docker", ["local", .. arguments]);

    public async ValueTask DisposeAsync()
    {
        await _connector.DisposeAsync();
        await DockerAsync("rm", "--force", "--volumes", Definition.Name);
    }
}
