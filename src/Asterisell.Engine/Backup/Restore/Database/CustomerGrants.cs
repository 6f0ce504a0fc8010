using Asterisell.Engine.Backup.Capture;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Restore.Database;

/// <summary>
/// Gives the customer application's database user what it needs on tables that the restored database has and the present one had not. Where
/// it may read the whole database (the original's way), nothing has to be done.
/// </summary>
internal static class CustomerGrants
{
    /// <summary>Customers may add to it and not read it: it holds passwords.</summary>
    private const string PasswordRequests = "ar_user_change_password_request";

    /// <summary>Grants what is missing.</summary>
    /// <returns>Tables that it was missing for.</returns>
    public static async Task<IReadOnlyList<string>> CompleteAsync(
        ClientSession session, DatabaseIdentity identity, CancellationToken cancellation)
    {
        string schema = SqlLiteral.Encode(identity.Database);
        string user = SqlLiteral.Encode(identity.CustomerUser);
        long whole = await session.AskNumberAsync(
            $"SELECT COUNT(*) FROM mysql.db WHERE User = {user} AND Host = 'localhost' AND Db = {schema} AND Select_priv = 'Y'", cancellation).ConfigureAwait(false);
        HashSet<string> granted =
        [
            .. (await session.AskAsync($"SELECT Table_name FROM mysql.tables_priv WHERE User = {user} AND Host = 'localhost' AND Db = {schema}", cancellation)
                .ConfigureAwait(false)).Select(row => row[0]),
        ];
        if (whole > 0 || granted.Count == 0)
        {
            return [];
        }

        IReadOnlyList<string[]> all = await session
            .AskAsync($"SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = {schema}", cancellation).ConfigureAwait(false);
        string[] missing = [.. all.Select(row => row[0]).Where(table => !granted.Contains(table))];
        foreach (string table in missing)
        {
            string right = table == PasswordRequests ? "INSERT" : "SELECT";
            await session.AskAsync(
                $"GRANT {right} ON {ClientSession.Name(identity.Database)}.{ClientSession.Name(table)} TO {Quote(identity.CustomerUser)}@'localhost'", cancellation)
                .ConfigureAwait(false);
        }

        return missing;
    }

    private static string Quote(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";
}
