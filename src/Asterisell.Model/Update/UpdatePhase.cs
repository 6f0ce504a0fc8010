namespace Asterisell;

/// <summary>Phases of an update, in their order.</summary>
public enum UpdatePhase
{
    /// <summary>Looks at checkout, instance and disk; compares what runs with what is wanted. Nothing is changed.</summary>
    Preflight,

    /// <summary>Compiles the rate engine, while customers and jobs go on.</summary>
    Build,

    /// <summary>Brings the files that differ beside the present ones and keeps a copy of those, while customers and jobs go on.</summary>
    Stage,

    /// <summary>Makes the new container beside the running one, where its settings ask for one, while customers and jobs go on.</summary>
    Container,

    /// <summary>Locks scheduled jobs and waits for those that run.</summary>
    Drain,

    /// <summary>Backs the data up and tests the backup. Customers are still in.</summary>
    Checkpoint,

    /// <summary>Locks the customers' web. From here on the downtime counts.</summary>
    Lock,

    /// <summary>Stops the container and starts the new one in its place, around the same volumes. The former one is kept until the update is final.</summary>
    Exchange,

    /// <summary>Puts the new files in their place.</summary>
    Sync,

    /// <summary>Writes the configuration files that differ, and has nginx and MariaDB test theirs.</summary>
    Configuration,

    /// <summary>The application's own activation; the lock of the customers' web, which that loses, is set again.</summary>
    Activate,

    /// <summary>Makes sure that the customers' application is whole and has its own credentials.</summary>
    UserInstance,

    /// <summary>Runs upgrade jobs and judges them by what they left.</summary>
    UpgradeJobs,

    /// <summary>Makes services read what is new, one by one.</summary>
    Reload,

    /// <summary>Tests services, pages, database, a job pass, and whether calls are rated as before.</summary>
    Health,

    /// <summary>Lets customers in, if they were in before.</summary>
    Unlock,

    /// <summary>The update is final: jobs run again if they did before, and what it kept is removed.</summary>
    Finish,
}
