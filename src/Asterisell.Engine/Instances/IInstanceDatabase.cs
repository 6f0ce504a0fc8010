namespace Asterisell.Engine.Instances;

/// <summary>
/// The database of an instance, through the MariaDB client inside its container. Credentials are found as the application finds them
/// (<c>config/databases.yml</c>) and never stand in an argument, in the environment or in a message.
/// </summary>
public interface IInstanceDatabase
{
    /// <summary>Runs one statement and gives its rows as they come.</summary>
    /// <param name="sql">One statement; values stand as <c>@name</c>.</param>
    /// <param name="values">Values by name without <c>@</c>; null, numbers, strings, dates, byte arrays.</param>
    /// <param name="cancellation">Ends the client and the statement.</param>
    IAsyncEnumerable<SqlRow> QueryAsync(string sql, IReadOnlyDictionary<string, object?>? values, CancellationToken cancellation);

    /// <summary>Runs one statement that gives no rows.</summary>
    /// <returns>Rows changed.</returns>
    Task<long> ExecuteAsync(string sql, IReadOnlyDictionary<string, object?>? values, CancellationToken cancellation);

    /// <summary>Runs statements that give no rows, all in one transaction and one connection: all of them take effect, or none.</summary>
    /// <returns>Rows changed, one number a statement.</returns>
    Task<IReadOnlyList<long>> TransactAsync(
        IReadOnlyList<(string Sql, IReadOnlyDictionary<string, object?>? Values)> statements, CancellationToken cancellation);

    /// <summary>Name of the application's database, and its two users; never a password.</summary>
    Task<DatabaseIdentity> IdentifyAsync(CancellationToken cancellation);

    /// <summary>
    /// Starts a MariaDB client program of the container (<c>mysqldump</c>, <c>mysql</c>) that reads the credentials from an option file
    /// which only it can read. <paramref name="arguments"/> are those after the option file.
    /// </summary>
    Task<Docker.IExecProcess> StartClientAsync(string program, IReadOnlyList<string> arguments, bool attachInput, CancellationToken cancellation) =>
        StartClientAsync(program, arguments, attachInput, ClientOutput.Plain, cancellation);

    /// <summary>The same, for output that is large. The exit code is the client's, or that of what its output passes through.</summary>
    Task<Docker.IExecProcess> StartClientAsync(
        string program, IReadOnlyList<string> arguments, bool attachInput, ClientOutput output, CancellationToken cancellation);

    /// <summary>Reads the credentials once, to start several client programs soon.</summary>
    Task<IDatabaseClients> PrepareClientsAsync(CancellationToken cancellation);
}

/// <summary>Starts client programs with credentials that were read once.</summary>
public interface IDatabaseClients
{
    /// <summary>Starts one: see <see cref="IInstanceDatabase"/>.</summary>
    Task<Docker.IExecProcess> StartAsync(
        string program, IReadOnlyList<string> arguments, bool attachInput, ClientOutput output, CancellationToken cancellation);

    /// <summary>Readies one that waits for its credentials, so that it begins within milliseconds when it is told to.</summary>
    Task<IWaitingClient> PrepareAsync(string program, IReadOnlyList<string> arguments, ClientOutput output, CancellationToken cancellation);
}

/// <summary>A client program that waits for its credentials; disposed before it was told to begin, it ends.</summary>
public interface IWaitingClient : IAsyncDisposable
{
    /// <summary>Lets it begin. The process is the caller's from now on.</summary>
    Task<Docker.IExecProcess> BeginAsync(CancellationToken cancellation);
}

/// <summary>What the output of a client program passes through in the container.</summary>
public enum ClientOutput
{
    /// <summary>Nothing: it comes as soon as it is written.</summary>
    Plain,

    /// <summary>
    /// Gathered into blocks of 64 kB. mysqldump writes 4 kB at a time, and each write costs the engine and us a frame: for a gigabyte that is
    /// more work than making the dump.
    /// </summary>
    Blocks,

    /// <summary>Compressed by <c>gzip -1</c>, for a link that is slower than that.</summary>
    Gzip,
}

/// <summary>Who the database is.</summary>
/// <param name="Database">Schema of the application.</param>
/// <param name="AdminUser">User of the admin application.</param>
/// <param name="CustomerUser">User of the customer application.</param>
public sealed record DatabaseIdentity(string Database, string AdminUser, string CustomerUser);
