using System.Text;
using Asterisell.Engine.Docker;
using Asterisell.Tests.Integration.Lab;

namespace Asterisell.Tests.Integration.Docker;

/// <summary>A container that only sleeps, on one of the lab's engines, for as long as a test runs.</summary>
internal sealed class LightContainer : IAsyncDisposable
{
    private readonly DockerConnector _connector;

    private LightContainer(DockerConnector connector, IDockerEngine engine, string name)
    {
        _connector = connector;
        Engine = engine;
        Name = name;
    }

    public IDockerEngine Engine { get; }

    public string Name { get; }

    public static AsterisellHost Host(TestLab lab, string engine) => engine == "milan" ? lab.Milan : lab.Local;

    /// <summary>On "local" (unix socket) or "milan" (ssh).</summary>
    public static async Task<LightContainer> StartAsync(string engineName, params string[] command)
    {
        TestLab lab = await TestLab.GetAsync();
        return await StartAsync(Host(lab, engineName), lab.LightImage, command);
    }

    public static async Task<LightContainer> StartAsync(AsterisellHost host, string image, params string[] command)
    {
        DockerConnector connector = new();
        IDockerEngine engine = await connector.ConnectAsync(host, CancellationToken.None);
        string name = $"docker-{Guid.NewGuid():N}"[..20];
        await engine.Containers.CreateAsync(
            new ContainerDefinition(name, image)
            {
                Entrypoint = command.Length == 0 ? null : ["/usr/bin/tini", "--"],
                Command = command.Length == 0 ? null : command,
                Network = "none",
            }, CancellationToken.None);
        await engine.StartContainerAsync(name, CancellationToken.None);
        return new LightContainer(connector, engine, name);
    }

    /// <summary>Runs a program to its end.</summary>
    public async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        await using IExecProcess process = await Engine.StartExecAsync(Name, new(arguments), CancellationToken.None);
        return await EndAsync(process);
    }

    public static async Task<(int ExitCode, string Output, string Error)> EndAsync(IExecProcess process)
    {
        MemoryStream output = new();
        MemoryStream error = new();
        await foreach (OutputChunk chunk in process.ReadOutputAsync(CancellationToken.None))
        {
            (chunk.Source == OutputSource.Error ? error : output).Write(chunk.Data.Span);
        }

        int exitCode = await process.GetExitCodeAsync(CancellationToken.None);
        return (exitCode, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.Containers.RemoveAsync(Name, force: true, withAnonymousVolumes: true, CancellationToken.None);
        await _connector.DisposeAsync();
    }
}
