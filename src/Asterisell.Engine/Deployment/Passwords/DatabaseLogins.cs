using Asterisell.Engine.Deployment.Database;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Deployment.Passwords;

/// <summary>The three accounts of an instance's database, and how each is let in.</summary>
/// <remarks>
/// Root has the password of the admin application, as the old tool set it. From 10.4 on MariaDB takes several methods for one account, so that
/// former and new password are both good while the applications change over. Before, there is one: the change is at once, and who connects in
/// the tenth of a second between the account and its file is refused.
/// </remarks>
/// <param name="instance">A running instance.</param>
/// <param name="passwords">What root's password may be; which it is changes on the way.</param>
/// <param name="takesTwo">True where former and new password can both be good.</param>
internal sealed class DatabaseLogins(IInstance instance, IReadOnlyList<string> passwords, bool takesTwo)
{
    private static readonly TimeSpan ServerLimit = TimeSpan.FromSeconds(30);

    /// <summary>The first release that takes several methods (MDEV-11340).</summary>
    private static readonly Version FirstWithTwo = new(10, 4, 3);

    /// <summary>True where former and new password can both be good.</summary>
    public bool TakesTwo => takesTwo;

    /// <summary>How an account is let in now.</summary>
    /// <exception cref="AsterisellException"><c>DatabaseAccountMissing</c>.</exception>
    public async Task<AccountLogin> ReadAsync(string user, CancellationToken cancellation)
    {
        RootAccess root = await OpenAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (takesTwo)
            {
                IReadOnlyList<string[]> rows = await root.RunAsync("reading an account", $"SHOW CREATE USER {Account(user)};", cancellation).ConfigureAwait(false);
                return AccountLogin.Parse(rows[0][0]);
            }

            IReadOnlyList<string[]> hashes = await root.RunAsync(
                "reading an account",
                $"SELECT IF(Password <> '', Password, authentication_string) FROM mysql.user WHERE User = {SqlLiteral.Encode(user)} AND Host = 'localhost';",
                cancellation).ConfigureAwait(false);
            return new AccountLogin([hashes[0][0]]);
        }
        catch (Exception failure) when (failure is AsterisellException { ErrorId: nameof(Install.InstallErrors.RootStatementFailed) } or FormatException or ArgumentOutOfRangeException)
        {
            throw PasswordErrors.DatabaseAccountMissing(instance.Definition, $"'{user}'@'localhost'");
        }
    }

    /// <summary>Lets accounts in as told, root last: until then it is let in as before.</summary>
    public async Task SetAsync(IEnumerable<(string User, AccountLogin Login)> accounts, CancellationToken cancellation)
    {
        RootAccess root = await OpenAsync(cancellation).ConfigureAwait(false);
        await root.RunAsync(
            "changing how accounts are let in",
            string.Concat(accounts.OrderBy(one => one.User == "root").Select(one => takesTwo
                ? $"ALTER USER {Account(one.User)} {one.Login};\n"
                : $"SET PASSWORD FOR {Account(one.User)} = '{one.Login.Methods[0]}';\n")),
            cancellation).ConfigureAwait(false);
    }

    /// <summary>What an account has afterwards.</summary>
    public AccountLogin Only(AccountLogin before, string hash) => takesTwo ? before.Only(hash) : new AccountLogin([hash]);

    /// <summary>Looks which release runs.</summary>
    /// <remarks>In its own words: <c>10.11.14-MariaDB-0+deb12u2</c>, before 11 sometimes with <c>5.5.5-</c> in front.</remarks>
    public static async Task<bool> CanTakeTwoAsync(IInstance instance, IReadOnlyList<string> passwords, CancellationToken cancellation)
    {
        RootAccess root = await RootAccess.OpenAsync(instance, passwords, ServerLimit, cancellation).ConfigureAwait(false);
        string text = (await root.RunAsync("asking for the release", "SELECT VERSION();", cancellation).ConfigureAwait(false))[0][0];
        text = text.StartsWith("5.5.5-", StringComparison.Ordinal) ? text[6..] : text;
        return text.Contains("MariaDB", StringComparison.Ordinal) && Version.TryParse(text.Split('-')[0], out Version? version) && version >= FirstWithTwo;
    }

    private Task<RootAccess> OpenAsync(CancellationToken cancellation) => RootAccess.OpenAsync(instance, passwords, ServerLimit, cancellation);

    /// <summary>Names of users come from <c>databases.yml</c>, which may hold anything.</summary>
    private static string Account(string user) =>
        $"'{user.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'@'localhost'";
}
