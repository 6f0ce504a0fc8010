namespace Asterisell;

/// <summary>What can be waited for.</summary>
public enum InstanceCondition
{
    /// <summary>The container runs.</summary>
    Running,

    /// <summary>The container does not run.</summary>
    Stopped,

    /// <summary>All services run, the database answers, and so do the admin and the customer application.</summary>
    Healthy,

    /// <summary>No job pass runs. A job lock whose process is dead, or is none of PHP, counts as none.</summary>
    JobsIdle,
}
