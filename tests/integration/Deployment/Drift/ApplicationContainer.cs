using Asterisell.Engine.Deployment.Drift;
using Asterisell.Engine.Deployment.Release;
using Asterisell.Engine.Deployment.Templates;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances.Application;
using Asterisell.Engine.Instances;
using Asterisell.Tests.Integration.Docker;
using Asterisell.Tests.Integration.Lab;

namespace Asterisell.Tests.Integration.Deployment.Drift;

/// <summary>A container with nothing but an application's folder, and the checkout that it came from.</summary>
internal sealed class ApplicationContainer : IAsyncDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly LightContainer _container;
    private readonly DockerConnector _connector = new();

    private ApplicationContainer(LightContainer container, AsterisellInstance definition) => (_container, Definition) = (container, definition);

    public AsterisellInstance Definition { get; }

    public string Checkout { get; } = Directory.CreateTempSubdirectory("drift").FullName;

    public IInstance Instance { get; private set; } = null!;

    public ReleaseTree Tree => ReleaseTree.Read(ApplicationSource.Find(Definition, Checkout), None);

    public static async Task<ApplicationContainer> StartAsync()
    {
        TestLab lab = await TestLab.GetAsync();
        LightContainer container = await LightContainer.StartAsync("local");
        ApplicationContainer made = new(container, new AsterisellInstance { Name = container.Name, Host = lab.Local });
        made.Instance = await new InstanceOpener(made._connector).OpenAsync(made.Definition, None);
        made.Write(ApplicationTree.Program, "<?php");
        made.Write("VERSION", "Asterisell-5.8\n");
        return made;
    }

    public void Write(string path, string text)
    {
        string full = Path.Combine(Checkout, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    /// <summary>Brings the checkout into the container as an installation does, and notes it.</summary>
    public async Task DeployAsync(bool noted = true)
    {
        ReleaseTree tree = Tree;
        await BashAsync("mkdir -p \"$1\"", Definition.AdminDirectory);
        await ApplicationArchive.SendAsync(
            tree, tree.Entries, Definition.AdminDirectory, 0, tar => Instance.Docker.PutArchiveAsync(Definition.ContainerName, "/", tar, None), None);
        if (noted)
        {
            DeployedManifest manifest = await DeployedManifest.OfAsync(Definition, tree, new RenderedConfiguration([], [], []), [], None);
            await manifest.WriteAsync(Instance, None);
        }
    }

    public async Task<IReadOnlyList<TreeDifference>> CompareAsync(bool checksum = false)
    {
        await using RunningTree running = await RunningTree.OpenAsync(Instance, None);
        return await new TreeComparison(Tree, new HashSet<string>()) { Checksum = checksum }.CompareAsync(running, new GitHistory(Checkout), None);
    }

    public async Task<string> BashAsync(string script, params string[] parameters)
    {
        (int exitCode, string output, string error) = await _container.RunAsync(["bash", "-c", "cd /var/www/*/admin 2>/dev/null; " + script, "bash", .. parameters]);
        Assert.True(exitCode == 0, error);
        return output;
    }

    public async ValueTask DisposeAsync()
    {
        await _connector.DisposeAsync();
        await _container.DisposeAsync();
        Directory.Delete(Checkout, recursive: true);
    }
}
