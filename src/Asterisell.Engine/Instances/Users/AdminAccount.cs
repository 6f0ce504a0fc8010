using System.Diagnostics;

namespace Asterisell.Engine.Instances.Users;

/// <summary>Creates an administrator's login or gives it a new password. No other login is touched.</summary>
/// <remarks>
/// The application's own <c>data admin PASSWORD</c> first deletes whichever administrator the database names first, then inserts
/// <c>admin</c>, and prints the password; when the login belongs to somebody else it ends with 255, and the other is gone already. The
/// rows that it writes, a party of that name and an enabled root administrator, are written here in one transaction.
/// </remarks>
public sealed class AdminAccount(IInstance instance, TimeProvider? clock = null)
{
    private const string Find = """
        SELECT id, is_enabled, is_root_admin, COALESCE(password, '') AS password FROM ar_user WHERE login = @login
        """;

    private const string Others = "SELECT login FROM ar_user WHERE is_root_admin = 1 AND login <> @login ORDER BY login";

    private const string Reset = """
        UPDATE ar_user SET password = @hash, is_enabled = 1 WHERE id = @id AND login = @login AND is_root_admin = 1 AND COALESCE(password, '') = @old
        """;

    private const string NewParty = "INSERT INTO ar_party (name) VALUES (@login)";

    private const string NewUser = """
        INSERT INTO ar_user (ar_party_id, login, password, is_enabled, is_root_admin) VALUES (LAST_INSERT_ID(), @login, @hash, 1, 1)
        """;

    /// <summary>Server's code of a key that is there already.</summary>
    private const int DuplicateKey = 1062;

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly PasswordHasher _hasher = new(instance);

    /// <summary>Creates the login, or resets its password and enables it. <c>Unchanged</c> when it is enabled and has that password.</summary>
    /// <param name="login">Login and password.</param>
    /// <param name="allowWeak">Takes a weak password.</param>
    /// <param name="progress">Steps.</param>
    /// <param name="cancellation">Ends what runs; the login is then as it was, or done.</param>
    /// <exception cref="AsterisellException">
    /// Those of <see cref="PasswordRules.Check"/>, before anything is asked; <c>LoginOfCustomer</c>, <c>AdminChangedMeanwhile</c>,
    /// <c>PasswordNotHashed</c>, and those of the database.
    /// </exception>
    public async Task<AdminResult> SetAsync(AdminLogin login, bool allowWeak, IProgress<string>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(login);
        DateTimeOffset started = _clock.GetUtcNow();
        long start = Stopwatch.GetTimestamp();
        PasswordRules.Check(instance.Definition, login, allowWeak);
        progress?.Report("looking for the login");
        SqlRow? found = await FindAsync(login, cancellation).ConfigureAwait(false);
        if (found is not null && found.Whole("is_root_admin") != 1)
        {
            throw UserErrors.LoginOfCustomer(instance.Definition, login.Login);
        }

        (OperationStatus status, string message) = found is null
            ? await CreateAsync(login, progress, cancellation).ConfigureAwait(false)
            : await ResetAsync(login, found, progress, cancellation).ConfigureAwait(false);
        return new AdminResult(
            instance.Definition.Name, instance.Definition.HostName, "SetAdmin", status, started, Stopwatch.GetElapsedTime(start), message)
        {
            Login = login.Login,
            OtherAdmins = await ListOthersAsync(login, cancellation).ConfigureAwait(false),
        };
    }

    private async Task<(OperationStatus Status, string Message)> CreateAsync(AdminLogin login, IProgress<string>? progress, CancellationToken cancellation)
    {
        progress?.Report("creating the login");
        string? hash = await _hasher.HashUnlessSameAsync(login.Password, "", cancellation).ConfigureAwait(false);
        var name = new Dictionary<string, object?> { ["login"] = login.Login };
        var user = new Dictionary<string, object?> { ["login"] = login.Login, ["hash"] = hash };
        try
        {
            await instance.Database.TransactAsync([(NewParty, name), (NewUser, user)], cancellation).ConfigureAwait(false);
        }
        catch (DatabaseException failure) when (failure.ServerCode == DuplicateKey)
        {
            throw UserErrors.AdminChangedMeanwhile(instance.Definition, login.Login);
        }

        await VerifyAsync(login, cancellation).ConfigureAwait(false);
        return (OperationStatus.Succeeded, $"Created the administrator '{login.Login}'.");
    }

    private async Task<(OperationStatus Status, string Message)> ResetAsync(
        AdminLogin login, SqlRow found, IProgress<string>? progress, CancellationToken cancellation)
    {
        bool enabled = found.Whole("is_enabled") == 1;
        string old = found["password"]!;
        string? hash = await _hasher.HashUnlessSameAsync(login.Password, old, cancellation).ConfigureAwait(false);
        if (hash is null && enabled)
        {
            return (OperationStatus.Unchanged, $"The administrator '{login.Login}' had that password already.");
        }

        progress?.Report("setting the password");
        var values = new Dictionary<string, object?> { ["hash"] = hash ?? old, ["id"] = found.Whole("id"), ["login"] = login.Login, ["old"] = old };
        if (await instance.Database.ExecuteAsync(Reset, values, cancellation).ConfigureAwait(false) != 1)
        {
            throw UserErrors.AdminChangedMeanwhile(instance.Definition, login.Login);
        }

        await VerifyAsync(login, cancellation).ConfigureAwait(false);
        return (OperationStatus.Succeeded, enabled
            ? $"Reset the password of the administrator '{login.Login}'."
            : $"Reset the password of the administrator '{login.Login}', who was disabled, and enabled it.");
    }

    /// <summary>Reads back what was written, and asks PHP whether it is the password's hash.</summary>
    private async Task VerifyAsync(AdminLogin login, CancellationToken cancellation)
    {
        SqlRow? row = await FindAsync(login, cancellation).ConfigureAwait(false);
        bool works = row is not null && row.Whole("is_enabled") == 1 && row.Whole("is_root_admin") == 1
            && await _hasher.VerifyAsync(login.Password, row["password"]!, cancellation).ConfigureAwait(false);
        if (!works)
        {
            throw UserErrors.AdminChangedMeanwhile(instance.Definition, login.Login);
        }
    }

    private async Task<SqlRow?> FindAsync(AdminLogin login, CancellationToken cancellation)
    {
        var values = new Dictionary<string, object?> { ["login"] = login.Login };
        await foreach (SqlRow row in instance.Database.QueryAsync(Find, values, cancellation).ConfigureAwait(false))
        {
            return row;
        }

        return null;
    }

    private async Task<IReadOnlyList<string>> ListOthersAsync(AdminLogin login, CancellationToken cancellation)
    {
        var others = new List<string>();
        var values = new Dictionary<string, object?> { ["login"] = login.Login };
        await foreach (SqlRow row in instance.Database.QueryAsync(Others, values, cancellation).ConfigureAwait(false))
        {
            others.Add(row["login"] ?? "");
        }

        return others;
    }
}
