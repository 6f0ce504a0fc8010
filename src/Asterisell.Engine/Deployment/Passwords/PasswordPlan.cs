using Asterisell.Engine.Deployment.Database;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Deployment.Passwords;

/// <summary>What is there before passwords change, and what is to be there.</summary>
internal sealed class PasswordPlan
{
    private const string Root = "root";

    private readonly Application[] _applications;
    private readonly IReadOnlyDictionary<string, AccountLogin> _before;
    private readonly Dictionary<string, string> _hashes;
    private readonly DatabaseLogins _logins;

    private PasswordPlan(
        Application[] applications, IReadOnlyDictionary<string, AccountLogin> before, DatabaseLogins logins, IReadOnlyList<string> made)
    {
        _applications = applications;
        _before = before;
        _hashes = before.Keys.ToDictionary(
            user => user, user => NativePassword.Hash((applications.FirstOrDefault(one => one.File.Credentials.User == user) ?? applications[0]).Password));
        _logins = logins;
        Made = made;
    }

    /// <summary>Settings whose password was made here.</summary>
    public IReadOnlyList<string> Made { get; }

    /// <summary>True where files and accounts are as they are to be.</summary>
    public bool IsDone => _applications.All(one => one.File.Credentials.Password == one.Password.Reveal())
        && _before.All(one => one.Value == _logins.Only(one.Value, _hashes[one.Key]));

    /// <summary>Reads files and accounts. Nothing is changed.</summary>
    public static async Task<PasswordPlan> ReadAsync(
        IInstance instance, (CredentialFile File, Secret Password) admin, (CredentialFile File, Secret Password) customer, IReadOnlyList<string> made,
        bool oneOnly, CancellationToken cancellation)
    {
        string[] passwords = [admin.File.Credentials.Password, admin.Password.Reveal(), "", Root];
        bool takesTwo = !oneOnly && await DatabaseLogins.CanTakeTwoAsync(instance, passwords, cancellation).ConfigureAwait(false);
        var logins = new DatabaseLogins(instance, passwords, takesTwo);
        var before = new Dictionary<string, AccountLogin>(StringComparer.Ordinal);
        foreach (string user in (string[])[admin.File.Credentials.User, customer.File.Credentials.User, Root])
        {
            before[user] = await logins.ReadAsync(user, cancellation).ConfigureAwait(false);
        }

        return new PasswordPlan([new(admin.File, admin.Password), new(customer.File, customer.Password)], before, logins, made);
    }

    /// <summary>Former and new passwords are good; a MariaDB that takes one only has the new ones from here on.</summary>
    public Task OpenBothAsync(CancellationToken cancellation) => _logins.TakesTwo
        ? _logins.SetAsync(_before.Select(one => (one.Key, one.Value.And(_hashes[one.Key]))), cancellation)
        : CloseFormerAsync(cancellation);

    /// <summary>The new passwords alone are good.</summary>
    public Task CloseFormerAsync(CancellationToken cancellation) =>
        _logins.SetAsync(_before.Select(one => (one.Key, _logins.Only(one.Value, _hashes[one.Key]))), cancellation);

    /// <summary>Former and new passwords are good again, however far it came; where MariaDB takes one, the former.</summary>
    public Task ReopenFormerAsync(CancellationToken cancellation) => _logins.TakesTwo ? OpenBothAsync(cancellation) : CloseNewAsync(cancellation);

    /// <summary>Accounts are let in as they were at the beginning.</summary>
    public Task CloseNewAsync(CancellationToken cancellation) => _logins.SetAsync(_before.Select(one => (one.Key, one.Value)), cancellation);

    /// <summary>Writes the files of both applications, with the new passwords or as they were.</summary>
    public async Task WriteAsync(IInstance instance, bool isNew, CancellationToken cancellation)
    {
        foreach (Application one in _applications)
        {
            await one.File.WriteAsync(instance, isNew ? one.File.With(one.Password) : one.File.Text, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The first of both accounts that MariaDB refuses with its new password; null where it takes both.</summary>
    public async Task<string?> FindRefusedAsync(IInstance instance, CancellationToken cancellation)
    {
        foreach (Application one in _applications)
        {
            DatabaseCredentials credentials = one.File.Credentials with { Password = one.Password.Reveal() };
            InstanceCommand login = Bash.Command(
                ClientScript.Text, ClientScript.Through(ClientOutput.Plain), "mariadb", "mysql", "--batch", "--execute=SELECT 1") with
            {
                Input = new MemoryStream(Bash.Fields(credentials.ToOptionFile())),
            };
            CommandOutcome outcome = await instance.Exec.RunAsync(login, cancellation).ConfigureAwait(false);
            if (outcome.ExitCode != 0)
            {
                return $"MariaDB refuses '{credentials.User}' with its new password ({InstanceErrors.OneLine(outcome.ErrorText)})";
            }
        }

        return null;
    }

    private sealed record Application(CredentialFile File, Secret Password);
}
