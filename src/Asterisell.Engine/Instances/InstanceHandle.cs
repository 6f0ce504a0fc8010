using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Instances;

/// <summary>One live instance over its host's engine. Holds no connection of its own.</summary>
internal sealed class InstanceHandle : IInstance
{
    public InstanceHandle(AsterisellInstance definition, IDockerEngine docker, TimeProvider clock)
    {
        Definition = definition;
        Docker = docker;
        Exec = new InstanceExec(docker, definition, clock);
        Files = new InstanceFiles(Exec, definition);
        Credentials = new CredentialSource(Exec, definition);
        Database = new InstanceDatabase(Exec, Credentials, definition);
    }

    public AsterisellInstance Definition { get; }

    public IDockerEngine Docker { get; }

    public IInstanceExec Exec { get; }

    public IInstanceFiles Files { get; }

    public IInstanceDatabase Database { get; }

    public IInstanceServices Services => throw new NotImplementedException();

    public IApplication Application => throw new NotImplementedException();

    internal CredentialSource Credentials { get; }

    public async Task<ContainerDetail> InspectAsync(CancellationToken cancellation) =>
        await Docker.FindContainerAsync(Definition.ContainerName, cancellation).ConfigureAwait(false)
        ?? throw InstanceErrors.ContainerNotFound(Definition);
}
