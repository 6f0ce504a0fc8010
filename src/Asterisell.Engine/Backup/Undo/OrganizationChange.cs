using System.Globalization;
using System.Text;
using Asterisell.Engine.Backup.Capture;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Undo;

/// <summary>Makes the eight tables as a former state has them, by one transaction in one session.</summary>
/// <remarks>
/// Only rows that differ are touched. To empty the tables and load them, as the web page's support would, fires the application's cascades:
/// triggers that delete what belongs to a deleted user or organization in other tables too, which no undo point holds. docs/decisions tells more.
/// </remarks>
internal sealed class OrganizationChange(IInstance instance, OrganizationTables tables, string characterSet)
{
    /// <summary>Statements go out in pieces of about this size.</summary>
    private const int PieceLength = 256 * 1024;

    /// <summary>Applies a state.</summary>
    /// <param name="session">A session that has locked the tables: see <see cref="LockAsync"/>.</param>
    /// <param name="wanted">The state's rows.</param>
    /// <param name="then">The same, read before.</param>
    /// <param name="now">What the tables hold, read since they were locked.</param>
    /// <param name="current">Rows of now, to know what is no more.</param>
    /// <param name="cancellation">Ends it; nothing is changed then.</param>
    /// <exception cref="AsterisellException">What the database says; nothing is changed.</exception>
    public async Task ApplyAsync(
        ClientSession session, IAsyncEnumerable<DumpRow> wanted, RowIndex then, RowIndex now, IAsyncEnumerable<DumpRow> current, CancellationToken cancellation)
    {
        await SendAsync(session, current, row => then.HasSame(row) is null ? Delete(row) : null, cancellation).ConfigureAwait(false);
        await SendAsync(
            session, wanted, row => now.HasSame(row) switch { null => Insert(row), false => Update(row), _ => null }, cancellation).ConfigureAwait(false);
        await ExecuteAsync(session, "DELETE FROM ar_cached_organization_info", cancellation).ConfigureAwait(false);
        foreach (string table in OrganizationTables.Names)
        {
            long count = await session.AskNumberAsync($"SELECT COUNT(*) FROM {ClientSession.Name(table)}", cancellation).ConfigureAwait(false);
            if (count != then.CountOf(table))
            {
                throw UndoErrors.UndoNotApplied(
                    instance.Definition,
                    string.Create(CultureInfo.InvariantCulture, $"{table} would have {count} rows instead of {then.CountOf(table)}"),
                    new InvalidDataException(table));
            }
        }

        await ExecuteAsync(session, "COMMIT", cancellation).ConfigureAwait(false);
    }

    /// <summary>A session in which nobody else changes the tables until it ends.</summary>
    public async Task<ClientSession> LockAsync(CancellationToken cancellation)
    {
        IDatabaseClients clients = await instance.Database.PrepareClientsAsync(cancellation).ConfigureAwait(false);
        ClientSession session = await ClientSession.StartAsync(instance, clients, ClientSession.AsApplication, cancellation).ConfigureAwait(false);
        try
        {
            await ExecuteAsync(session, "SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO', foreign_key_checks = 0, wait_timeout = 3600", cancellation).ConfigureAwait(false);
            await ExecuteAsync(session, $"SET NAMES {characterSet}", cancellation).ConfigureAwait(false);
            await ExecuteAsync(session, "START TRANSACTION", cancellation).ConfigureAwait(false);
            foreach (string table in OrganizationTables.Names)
            {
                // FOR UPDATE takes every row and every gap of the table.
                await session.AskNumberAsync($"SELECT COUNT(*) FROM {ClientSession.Name(table)} FOR UPDATE", cancellation).ConfigureAwait(false);
            }

            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task SendAsync(ClientSession session, IAsyncEnumerable<DumpRow> rows, Func<DumpRow, string?> statement, CancellationToken cancellation)
    {
        var piece = new StringBuilder();
        await foreach (DumpRow row in rows.ConfigureAwait(false))
        {
            if (statement(row) is { } text)
            {
                piece.Append(text).Append(";\n");
                if (piece.Length > PieceLength)
                {
                    await ExecuteAsync(session, piece.ToString(), cancellation).ConfigureAwait(false);
                    piece.Clear();
                }
            }
        }

        if (piece.Length > 0)
        {
            await ExecuteAsync(session, piece.ToString(), cancellation).ConfigureAwait(false);
        }
    }

    private static async Task ExecuteAsync(ClientSession session, string statements, CancellationToken cancellation) =>
        _ = await session.AskAsync(statements.TrimEnd('\n', ';'), cancellation).ConfigureAwait(false);

    private string Delete(DumpRow row) => $"DELETE FROM {ClientSession.Name(row.Table)} WHERE {Key(row)}";

    private string Insert(DumpRow row) => $"INSERT INTO {ClientSession.Name(row.Table)} ({Names(row)}) VALUES ({string.Join(',', row.Literals)})";

    private string Update(DumpRow row)
    {
        IReadOnlyList<(string Name, bool IsKey)> columns = tables.ColumnsOf(row.Table);
        IEnumerable<string> cells = columns.Select((column, at) => (column, at)).Where(one => !one.column.IsKey)
            .Select(one => $"{ClientSession.Name(one.column.Name)}={row.Literals[one.at]}");
        return $"UPDATE {ClientSession.Name(row.Table)} SET {string.Join(',', cells)} WHERE {Key(row)}";
    }

    private string Names(DumpRow row) => string.Join(',', tables.ColumnsOf(row.Table).Select(column => ClientSession.Name(column.Name)));

    private string Key(DumpRow row) => string.Join(" AND ", tables.ColumnsOf(row.Table).Select((column, at) => (column, at))
        .Where(one => one.column.IsKey).Select(one => $"{ClientSession.Name(one.column.Name)}={row.Literals[one.at]}"));
}
