using System.Text;
using Asterisell.Engine.Backup.Capture;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Restore.Database;

/// <summary>
/// Views, triggers, routines and events of one database: what a table cannot take along when it is moved to another database (MariaDB refuses
/// to move one that has triggers).
/// </summary>
/// <param name="Views">Names.</param>
/// <param name="Triggers">Names.</param>
/// <param name="Routines">Kind and name.</param>
/// <param name="Events">Names.</param>
internal sealed record DatabaseObjects(
    IReadOnlyList<string> Views, IReadOnlyList<string> Triggers, IReadOnlyList<(string Kind, string Name)> Routines, IReadOnlyList<string> Events)
{
    /// <summary>Far more than any instance has.</summary>
    private const int LargestText = 64 * 1024 * 1024;

    private static readonly string[] Plain =
    [
        "--no-data", "--skip-opt", "--skip-comments", "--skip-lock-tables", "--default-character-set=utf8mb4", "--max-allowed-packet=1073741824",
    ];

    /// <summary>What a database has.</summary>
    public static async Task<DatabaseObjects> ReadAsync(ClientSession session, string database, CancellationToken cancellation)
    {
        string schema = SqlLiteral.Encode(database);
        return new DatabaseObjects(
            await NamesAsync($"SELECT TABLE_NAME FROM information_schema.VIEWS WHERE TABLE_SCHEMA = {schema}").ConfigureAwait(false),
            await NamesAsync($"SELECT TRIGGER_NAME FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = {schema}").ConfigureAwait(false),
            [.. (await session.AskAsync($"SELECT ROUTINE_TYPE, ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = {schema}", cancellation)
                .ConfigureAwait(false)).Select(row => (row[0], row[1]))],
            await NamesAsync($"SELECT EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA = {schema}").ConfigureAwait(false));

        async Task<IReadOnlyList<string>> NamesAsync(string sql) =>
            [.. (await session.AskAsync(sql, cancellation).ConfigureAwait(false)).Select(row => row[0])];
    }

    /// <summary>The statements that make them anew, in two runs of mysqldump: with names of views given it writes nothing else.</summary>
    public async Task<string> DumpAsync(IInstance instance, IDatabaseClients clients, string database, CancellationToken cancellation)
    {
        StringBuilder text = new();
        if (Triggers.Count + Routines.Count + Events.Count > 0)
        {
            text.Append(await RunAsync(["--no-create-info", "--triggers", "--routines", "--events", "--", database]).ConfigureAwait(false)).Append('\n');
        }

        if (Views.Count > 0)
        {
            text.Append(await RunAsync(["--skip-triggers", "--", database, .. Views]).ConfigureAwait(false)).Append('\n');
        }

        return text.ToString();

        async Task<string> RunAsync(string[] arguments)
        {
            IExecProcess process = await clients
                .StartAsync("mysqldump", [.. ClientSession.AsRoot, .. Plain, .. arguments], attachInput: false, ClientOutput.Plain, cancellation).ConfigureAwait(false);
            await using (process.ConfigureAwait(false))
            {
                var output = new TailText(LargestText);
                var error = new TailText();
                await foreach (OutputChunk chunk in process.ReadOutputAsync(cancellation).ConfigureAwait(false))
                {
                    (chunk.Source == OutputSource.Error ? error : output).Add(chunk.Data.Span);
                }

                int exitCode = await process.GetExitCodeAsync(cancellation).ConfigureAwait(false);
                return exitCode == 0
                    ? output.ToString()
                    : throw BackupErrors.BackupDumpFailed(instance.Definition.ToString(), "mysqldump", exitCode, InstanceErrors.OneLine(error.ToString()));
            }
        }
    }

    /// <summary>Drops them all; what is gone already is no failure, so that it can be done again.</summary>
    public async Task DropAsync(ClientSession session, string database, CancellationToken cancellation)
    {
        string schema = ClientSession.Name(database);
        IEnumerable<string> statements =
        [
            .. Triggers.Select(name => $"DROP TRIGGER IF EXISTS {schema}.{ClientSession.Name(name)}"),
            .. Views.Select(name => $"DROP VIEW IF EXISTS {schema}.{ClientSession.Name(name)}"),
            .. Routines.Select(routine => $"DROP {(routine.Kind == "FUNCTION" ? "FUNCTION" : "PROCEDURE")} IF EXISTS {schema}.{ClientSession.Name(routine.Name)}"),
            .. Events.Select(name => $"DROP EVENT IF EXISTS {schema}.{ClientSession.Name(name)}"),
        ];
        foreach (string statement in statements)
        {
            await session.AskAsync(statement, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Those that another database lacks, in words.</summary>
    public IEnumerable<string> Missing(DatabaseObjects actual) =>
    [
        .. Missing("view", Views, actual.Views),
        .. Missing("trigger", Triggers, actual.Triggers),
        .. Missing("routine", Routines.Select(one => one.Name), actual.Routines.Select(one => one.Name)),
        .. Missing("event", Events, actual.Events),
    ];

    private static IEnumerable<string> Missing(string kind, IEnumerable<string> expected, IEnumerable<string> actual) =>
        expected.Except(actual).Select(name => $"the {kind} {name} is missing");
}
