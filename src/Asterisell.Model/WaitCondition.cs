namespace Asterisell;

/// <summary>What is waited for in an instance.</summary>
public enum WaitCondition
{
    /// <summary>Its container runs.</summary>
    Running,

    /// <summary>All its services run, MariaDB lets the application in, and both web applications answer.</summary>
    Healthy,

    /// <summary>No job pass runs, and no other command of the application.</summary>
    JobsIdle,

    /// <summary>Its container does not run.</summary>
    Stopped,
}
