namespace Asterisell.Engine.Instances;

/// <summary>Opens handles on live instances over shared connections.</summary>
public interface IInstanceOpener
{
    /// <summary>A handle; nothing is asked of the container yet.</summary>
    Task<IInstance> OpenAsync(AsterisellInstance instance, CancellationToken cancellation);
}
