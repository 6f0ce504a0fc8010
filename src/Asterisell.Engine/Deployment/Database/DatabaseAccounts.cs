using System.Text;
using Asterisell.Engine.Deployment.Templates;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Deployment.Database;

/// <summary>The database's users of an instance and what they may do.</summary>
/// <remarks>
/// The original grants the customer application SELECT on the whole database and then revokes it on one table, which has no effect: it can
/// read the passwords that customers ask for. So it gets SELECT table by table. A table that a later upgrade adds has to be granted then:
/// run this again after an upgrade.
/// </remarks>
internal sealed class DatabaseAccounts(AsterisellInstance instance, RootAccess root)
{
    private const string PasswordRequests = "ar_user_change_password_request";
    private const string ReportsToRead = "ar_report_to_read";

    private string Database => instance.Settings.Database.Name;

    private string Admin => Account(instance.Settings.Database.User);

    private string Customer => Account(DatabasesYmlFile.CustomerUser(instance.Settings.Database));

    /// <summary>Sets root's password and removes root's other accounts and nobody's, which a fresh MariaDB has without a password.</summary>
    public async Task SecureRootAsync(Secret password, CancellationToken cancellation)
    {
        IReadOnlyList<string[]> open = await root.RunAsync(
            "listing accounts", "SELECT HEX(User), HEX(Host) FROM mysql.user WHERE User = '' OR (User = 'root' AND Host <> 'localhost');", cancellation).ConfigureAwait(false);
        List<string> sql = [];
        foreach (string[] one in open)
        {
            sql.Add($"DROP USER {Quote(Decode(one[0]))}@{Quote(Decode(one[1]))};\n");
        }

        sql.Add($"SET PASSWORD FOR {Account("root")} = '{NativePassword.Hash(password)}';\nFLUSH PRIVILEGES;\n");
        await root.RunAsync("securing root", string.Concat(sql), cancellation).ConfigureAwait(false);
    }

    /// <summary>Creates both users where they are missing, sets their passwords, and grants what they need and no more.</summary>
    public async Task SetAsync(Secret adminPassword, Secret customerPassword, CancellationToken cancellation)
    {
        IReadOnlyList<string[]> tables = await root.RunAsync(
            "listing tables", $"SELECT table_name FROM information_schema.tables WHERE table_schema = {SqlLiteral.Encode(Database)};", cancellation).ConfigureAwait(false);
        string[] names = [.. tables.Select(row => row[0])];
        List<string> sql = [];
        foreach ((string account, Secret password) in new[] { (Admin, adminPassword), (Customer, customerPassword) })
        {
            sql.Add($"CREATE USER IF NOT EXISTS {account};\nSET PASSWORD FOR {account} = '{NativePassword.Hash(password)}';\n");
        }

        sql.Add($"GRANT FILE ON *.* TO {Admin};\nGRANT ALL ON {Name(Database)}.* TO {Admin};\n");
        sql.Add($"REVOKE ALL PRIVILEGES, GRANT OPTION FROM {Customer};\n");
        foreach (string table in names.Where(table => table != PasswordRequests))
        {
            sql.Add($"GRANT SELECT{(table == ReportsToRead ? ", UPDATE" : "")} ON {Name(Database)}.{Name(table)} TO {Customer};\n");
        }

        if (names.Contains(PasswordRequests))
        {
            sql.Add($"GRANT INSERT ON {Name(Database)}.{Name(PasswordRequests)} TO {Customer};\n");
        }

        await root.RunAsync("granting privileges", string.Concat(sql), cancellation).ConfigureAwait(false);
    }

    private static string Account(string user) => $"{Quote(user)}@'localhost'";

    private static string Decode(string hex) => Encoding.UTF8.GetString(Convert.FromHexString(hex));

    /// <summary>Names of users are of letters, digits and underscore by the inventory's rules; what the server lists may be anything.</summary>
    private static string Quote(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Name(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";
}
