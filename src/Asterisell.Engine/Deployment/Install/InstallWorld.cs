using Asterisell.Engine.Deployment.Containers;
using Asterisell.Engine.Deployment.Release;
using Asterisell.Engine.Deployment.Templates;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Deployment.Install;

/// <summary>What the steps of one installation share: the instance, what is wanted of it, and ways to look at what is there.</summary>
internal sealed class InstallWorld(
    IInstance instance, InstallOptions options, ConfigurationMaterial material, RenderedConfiguration configuration, ImageDetail image,
    ReleaseTree tree)
{
    public IInstance Instance { get; } = instance;

    public AsterisellInstance Definition => Instance.Definition;

    public IDockerEngine Engine => Instance.Docker;

    public InstallOptions Options { get; } = options;

    public ConfigurationMaterial Material { get; } = material;

    public RenderedConfiguration Configuration { get; } = configuration;

    public ImageDetail Image { get; } = image;

    /// <summary>The application, without what the configuration writes.</summary>
    public ReleaseTree Tree { get; } = tree;

    public ContainerFiles Files { get; } = new(instance.Docker, instance.Definition.ContainerName);

    /// <summary>True when services run that have not read their configuration yet.</summary>
    public bool NeedsRestart { get; set; }

    /// <summary>The password that <c>databases.yml</c> of the admin application has: during an installation root has it too.</summary>
    public async Task<string?> ReadStoredPasswordAsync(CancellationToken cancellation)
    {
        if (await Files.ReadAsync(Definition.AdminDirectory + "/config/databases.yml", cancellation).ConfigureAwait(false) is not { } file)
        {
            return null;
        }

        try
        {
            return DatabasesYml.Parse(ByteText.Decode(file.Content.Span)).Password;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
