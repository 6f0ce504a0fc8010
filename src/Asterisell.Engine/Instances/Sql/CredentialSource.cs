namespace Asterisell.Engine.Instances;

/// <summary>The credentials of an instance's database, found as the application finds them; read whenever they are wanted, for they can change.</summary>
internal sealed class CredentialSource(IInstanceExec exec, AsterisellInstance instance)
{
    private const string Script = """
        for file in "$1" "$2"; do
          [ -f "$file" ] && printf 1 && cat -- "$file"
          printf '\0'
        done
        """;

    /// <summary>File of the admin application.</summary>
    public string AdminFile => $"{instance.AdminDirectory}/config/databases.yml";

    private string CustomerFile => $"{instance.UserDirectory}/config/databases.yml";

    /// <summary>Credentials of the admin application.</summary>
    public async Task<DatabaseCredentials> GetAsync(CancellationToken cancellation) =>
        (await ReadAsync(cancellation).ConfigureAwait(false)).Admin;

    /// <summary>User of the customer application; by the original's rule <c>usr_</c> + admin user where its file cannot be read.</summary>
    public async Task<string> GetCustomerUserAsync(CancellationToken cancellation)
    {
        Pair pair = await ReadAsync(cancellation).ConfigureAwait(false);
        return pair.Customer?.User ?? "usr_" + pair.Admin.User;
    }

    /// <summary>Credentials from the text of the admin application's file.</summary>
    /// <exception cref="DatabaseException">The text does not say them.</exception>
    public DatabaseCredentials Parse(string text)
    {
        try
        {
            return DatabasesYml.Parse(text);
        }
        catch (FormatException failure)
        {
            throw DatabaseErrors.CredentialsNotUnderstood(instance, AdminFile, failure.Message);
        }
    }

    private async Task<Pair> ReadAsync(CancellationToken cancellation)
    {
        InstanceCommand command = Bash.Command(Script, AdminFile, CustomerFile) with { OutputLimitBytes = 1024 * 1024 };
        CommandOutcome outcome = await exec.RunAsync(command, cancellation).ConfigureAwait(false);
        string[] files = ByteText.Decode(outcome.Output.Span).Split('\0');
        if (files.Length != 3)
        {
            throw InstanceErrors.ScriptFailed(instance, "reading databases.yml", outcome.ExitCode, outcome.ErrorText);
        }

        return files[0].Length == 0
            ? throw DatabaseErrors.CredentialsNotFound(instance, AdminFile)
            : new Pair(Parse(files[0][1..]), Customer(files[1]));
    }

    private static DatabaseCredentials? Customer(string file)
    {
        try
        {
            return file.Length == 0 ? null : DatabasesYml.Parse(file[1..]);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private sealed record Pair(DatabaseCredentials Admin, DatabaseCredentials? Customer);
}
