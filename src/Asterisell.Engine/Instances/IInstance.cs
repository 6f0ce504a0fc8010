using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Instances;

/// <summary>One live instance: everything that can be done inside its container.</summary>
public interface IInstance
{
    /// <summary>The instance as the inventory describes it.</summary>
    AsterisellInstance Definition { get; }

    /// <summary>Engine that runs its container.</summary>
    IDockerEngine Docker { get; }

    /// <summary>Programs.</summary>
    IInstanceExec Exec { get; }

    /// <summary>Files.</summary>
    IInstanceFiles Files { get; }

    /// <summary>Its database, through the MariaDB client inside.</summary>
    IInstanceDatabase Database { get; }

    /// <summary>Services of supervisord.</summary>
    IInstanceServices Services { get; }

    /// <summary><c>php asterisell.php</c>, its flag files and its job lock.</summary>
    IApplication Application { get; }

    /// <summary>Reads how it is, all at once.</summary>
    StatusCollector Status { get; }

    /// <summary>What it reports about itself.</summary>
    ProblemLog Problems { get; }

    /// <summary>Jobs of its passes.</summary>
    JobLog Jobs { get; }

    /// <summary>The container; throws <c>ContainerNotFound</c> when there is none.</summary>
    Task<ContainerDetail> InspectAsync(CancellationToken cancellation);
}
