namespace Asterisell.Engine.Operations;

/// <summary>Whether a folder may be deployed. What deploys knows no more of version control than this.</summary>
public interface ISourceCheck
{
    /// <summary>Refuses a checkout of which nobody could tell later what was deployed. A folder without version control is taken as it is.</summary>
    /// <exception cref="AsterisellException">It has conflicts, changes that were not committed, or an operation is under way.</exception>
    Task RequireDeployableAsync(string folder, CancellationToken cancellation);
}
