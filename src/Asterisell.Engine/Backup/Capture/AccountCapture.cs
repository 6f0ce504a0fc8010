using System.Text;
using Asterisell.Engine.Backup.Storage;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>Users of the database server with their password hashes, and what each may do, as statements that make them anew.</summary>
internal static class AccountCapture
{
    private const string Head = """
        -- Accounts of the database server and their grants, as the server shows them. Holds password hashes.
        -- Accounts that exist already are left as they are.

        """;

    /// <summary>Writes an <c>accounts.sql</c> that says why it is empty.</summary>
    public static Task LeaveOutAsync(BackupRun run, CancellationToken cancellation) => run.Snapshot.AddFileAsync(
        SnapshotLayout.Accounts, "-- Accounts are left out of masked data: they hold password hashes.\n"u8.ToArray(), cancellation);

    /// <summary>Writes <c>accounts.sql</c>.</summary>
    /// <param name="run">The backup.</param>
    /// <param name="session">A session of root; any other sees only itself.</param>
    /// <param name="facts">What the server is.</param>
    /// <param name="cancellation">Ends the questions.</param>
    /// <returns>The accounts, as <c>'user'@'host'</c>.</returns>
    public static async Task<IReadOnlyList<string>> TakeAsync(BackupRun run, ClientSession session, DatabaseFacts facts, CancellationToken cancellation)
    {
        bool all = facts.IsRoot;
        IReadOnlyList<string[]> accounts = await session.AskAsync(
            all
                ? "SELECT CONCAT(QUOTE(User), '@', QUOTE(Host)) FROM mysql.user WHERE is_role = 'N' AND User <> 'mariadb.sys' ORDER BY User, Host"
                : "SELECT CONCAT(QUOTE(SUBSTRING_INDEX(CURRENT_USER(), '@', 1)), '@', QUOTE(SUBSTRING_INDEX(CURRENT_USER(), '@', -1)))",
            cancellation).ConfigureAwait(false);
        StringBuilder text = new(Head);
        foreach (string account in accounts.Select(row => row[0]))
        {
            text.Append("\n-- Account: ").Append(account.ReplaceLineEndings(" ")).Append('\n');
            if (all && facts.IsAtLeast(10, 2))
            {
                await AppendAsync($"SHOW CREATE USER {account}", "CREATE USER ", "CREATE USER IF NOT EXISTS ").ConfigureAwait(false);
            }

            await AppendAsync($"SHOW GRANTS FOR {account}", string.Empty, string.Empty).ConfigureAwait(false);
        }

        await run.Snapshot.AddFileAsync(SnapshotLayout.Accounts, Encoding.UTF8.GetBytes(text.ToString()), cancellation).ConfigureAwait(false);
        if (!all)
        {
            run.Note($"Only the account {facts.User} could be read: the server's root has another password than the application.");
        }

        return [.. accounts.Select(row => row[0])];

        async Task AppendAsync(string question, string begin, string instead)
        {
            foreach (string[] row in await session.AskAsync(question, cancellation).ConfigureAwait(false))
            {
                text.Append(begin.Length > 0 && row[0].StartsWith(begin, StringComparison.Ordinal) ? instead + row[0][begin.Length..] : row[0]).Append(";\n");
            }
        }
    }
}
