using System.Runtime.CompilerServices;
using Asterisell.Engine.Deployment.Images;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Operations;
using Asterisell.Tests.Integration.Lab;

namespace Asterisell.Tests.Integration.Deployment;

/// <summary>
/// The product's image, built once a run on the lab's image of packages, so that no package has to be fetched. Tests take containers of
/// it; labels and volumes of them are gone afterwards.
/// </summary>
[CollectionDefinition(Tests)]
public sealed class BuiltImage : IAsyncLifetime, ICollectionFixture<BuiltImage>
{
    /// <summary>Name of the collection of tests that share it.</summary>
    public const string Tests = "the product's image";

    private readonly List<string> containers = [];

    public DockerConnector Connector { get; } = new();

    public TestLab Lab { get; private set; } = null!;

    public ImageBuildResult Result { get; private set; } = null!;

    public IDockerEngine Engine { get; private set; } = null!;

    /// <summary>What the tests build from.</summary>
    public static ImageSettings Settings { get; } = new()
    {
        Name = $"asterisell-test:{Environment.ProcessId}",
        Base = "asterisell-lab:packages",
        PhpPackages = ["php-cli", "php-fpm", "php-mysql", "php-mbstring", "php-xml", "php-yaml"],
    };

    public static ImageBuildOptions Options { get; } = new(Path.Combine(Repository(), "module/image")) { Network = "none" };

    public ImagePlan Plan => new(Lab.Local, Settings, ["billing"]);

    public async Task InitializeAsync()
    {
        Lab = await TestLab.GetAsync();
        Engine = await Connector.ConnectAsync(Lab.Local, CancellationToken.None);
        Result = await new ImageBuilder(Connector, Options).BuildAsync(Plan, new NoProgress(), CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        foreach (string name in containers)
        {
            await Engine.Containers.RemoveAsync(name, force: true, withAnonymousVolumes: true, CancellationToken.None);
            await Engine.Volumes.RemoveAsync(name, CancellationToken.None);
        }

        await Engine.Images.RemoveAsync(Settings.Name, force: true, CancellationToken.None);
        await Connector.DisposeAsync();
    }

    /// <summary>A container of the image with a volume of its own at /var; it runs until the end of all tests.</summary>
    public async Task<string> StartAsync()
    {
        string name = $"image-{Guid.NewGuid():N}"[..16];
        containers.Add(name);
        await Engine.Containers.CreateAsync(
            new ContainerDefinition(name, Settings.Name) { Mounts = [new ContainerMount("volume", name, "/var", ReadOnly: false)] },
            CancellationToken.None);
        await Engine.StartContainerAsync(name, CancellationToken.None);
        return name;
    }

    /// <summary>Runs bash in a container to its end.</summary>
    public async Task<(int ExitCode, string Output)> RunAsync(string container, string script, params string[] arguments)
    {
        await using IExecProcess process = await Engine.StartExecAsync(
            container, new(["/bin/bash", "-c", script, "test", .. arguments]), CancellationToken.None);
        (int exitCode, string output, string error) = await Docker.LightContainer.EndAsync(process);
        return (exitCode, output + error);
    }

    /// <summary>Waits until a script in the container succeeds; fails with its last words after a minute.</summary>
    public async Task WaitAsync(string container, string script)
    {
        (int exitCode, string output) = await RunAsync(
            container, "end=$((SECONDS + 60)); until said=$(eval \"$1\" 2>&1); do [ $SECONDS -lt $end ] || { echo \"$said\"; exit 1; }; sleep 0.1; done", script);
        Assert.True(exitCode == 0, output);
    }

    private static string Repository([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(file, "../../../.."));

    internal sealed class NoProgress : IOperationProgress
    {
        public List<string> Steps { get; } = [];

        public void Report(string value) => Steps.Add(value);

        public void Report(string step, int percent) => Steps.Add($"{percent} {step}");
    }
}
