using Asterisell.Engine.Backup.Capture;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Restore.Database;

/// <summary>Sessions of the server's root, who alone may make databases and objects of others. Its password is the application's own.</summary>
internal static class RootSession
{
    /// <summary>A table that somebody keeps open is waited for a minute, not a day, which is the server's own limit.</summary>
    private const string Settings =
        "SET SESSION wait_timeout = 86400, net_read_timeout = 3600, net_write_timeout = 3600, lock_wait_timeout = 60, foreign_key_checks = 0";

    /// <summary>Arguments of a client that connects as root to one database.</summary>
    /// <param name="database">It need not be the application's, which may be gone.</param>
    public static IReadOnlyList<string> Arguments(string database) => [.. ClientSession.AsRoot, $"--database={database}"];

    /// <summary>A session that was let in.</summary>
    /// <exception cref="AsterisellException"><c>RestoreNeedsRoot</c>, or what the server says.</exception>
    public static async Task<ClientSession> OpenAsync(
        IInstance instance, IDatabaseClients clients, string database, CancellationToken cancellation)
    {
        ClientSession session = await ClientSession.StartAsync(instance, clients, Arguments(database), cancellation).ConfigureAwait(false);
        try
        {
            await session.AskAsync(Settings, cancellation).ConfigureAwait(false);
            return session;
        }
        catch (AsterisellException denied) when (denied.Kind == ErrorKind.Authentication)
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw RestoreErrors.RestoreNeedsRoot(instance.Definition, denied);
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
