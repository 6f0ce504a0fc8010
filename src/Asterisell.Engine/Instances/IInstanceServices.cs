namespace Asterisell.Engine.Instances;

/// <summary>The programs under supervisord, whether or not its control socket exists (the original's has none).</summary>
public interface IInstanceServices
{
    /// <summary>Every service of the supervisor's configuration, with what runs of it.</summary>
    Task<IReadOnlyList<ServiceStatus>> ListAsync(CancellationToken cancellation);
}
