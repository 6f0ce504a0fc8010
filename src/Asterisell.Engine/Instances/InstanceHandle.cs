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
        Services = new InstanceServices(Exec, definition);
        Database = new InstanceDatabase(Exec, Credentials, definition);
        var probe = new InstanceProbe(Exec, Credentials, definition);
        Status = new StatusCollector(definition, docker, probe, clock);
        Application = new InstanceApplication(Exec, Files, Database, probe, definition, clock);
        Problems = new ProblemLog(definition, Database);
        Jobs = new JobLog(definition, Database, Application, new PhpClock(Exec, definition));
    }

    public AsterisellInstance Definition { get; }

    public IDockerEngine Docker { get; }

    public IInstanceExec Exec { get; }

    public IInstanceFiles Files { get; }

    public IInstanceDatabase Database { get; }

    public IInstanceServices Services { get; }

    public IApplication Application { get; }

    public StatusCollector Status { get; }

    public ProblemLog Problems { get; }

    public JobLog Jobs { get; }

    internal CredentialSource Credentials { get; }

    public async Task<ContainerDetail> InspectAsync(CancellationToken cancellation) =>
        await Docker.FindContainerAsync(Definition.ContainerName, cancellation).ConfigureAwait(false)
        ?? throw InstanceErrors.ContainerNotFound(Definition);
}
