using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations.Leases;

namespace Asterisell.PowerShell.Module;

/// <summary>
/// Connections of one runspace. A runspace has its own, because <c>ForEach-Object -Parallel</c> and thread jobs end theirs when they
/// like; they go when the runspace closes or the module is removed.
/// </summary>
internal sealed class ModuleSession
{
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(2);
    private static readonly ConditionalWeakTable<Runspace, ModuleSession> Sessions = [];

    private readonly object gate = new();
    private IDockerConnector? docker;
    private IInstanceOpener? opener;

    private ModuleSession()
    {
    }

    /// <summary>The session of the runspace whose pipeline thread asks.</summary>
    internal static ModuleSession Current => Sessions.GetValue(
        Runspace.DefaultRunspace ?? throw new InvalidOperationException("A session is asked for outside of a pipeline."), Open);

    /// <summary>Docker engines.</summary>
    internal IDockerConnector Docker
    {
        get
        {
            lock (gate)
            {
                return docker ??= EngineFactory.CreateConnector();
            }
        }
    }

    /// <summary>Live instances.</summary>
    internal IInstanceOpener Instances
    {
        get
        {
            lock (gate)
            {
                return opener ??= EngineFactory.CreateOpener(Docker);
            }
        }
    }

    /// <summary>Leases on instances.</summary>
    internal InstanceLeases Leases => EngineFactory.CreateLeases(Docker);

    /// <summary>Closes the connections of this runspace; the next cmdlet opens new ones.</summary>
    internal static void CloseCurrent()
    {
        if (Runspace.DefaultRunspace is Runspace runspace && Sessions.TryGetValue(runspace, out ModuleSession? session))
        {
            session.Close();
        }
    }

    private static ModuleSession Open(Runspace runspace)
    {
        var session = new ModuleSession();
        runspace.StateChanged += (_, change) =>
        {
            if (change.RunspaceStateInfo.State is RunspaceState.Closed or RunspaceState.Broken)
            {
                session.Close();
            }
        };
        return session;
    }

    private void Close()
    {
        IDockerConnector? open;
        lock (gate)
        {
            open = docker;
            docker = null;
            opener = null;
        }

        if (open is not null)
        {
            // On the pool and for a limited time: a dead ssh connection must not hold up the end of PowerShell.
            Task.Run(async () => await open.DisposeAsync().ConfigureAwait(false)).Wait(CloseLimit);
        }
    }
}
