using System.Globalization;
using System.Text;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Deployment.Database;

/// <summary>MariaDB as its root, inside a container; the password reaches the client through a pipe.</summary>
internal sealed class RootAccess
{
    private const int Refused = 51;
    private const int Down = 52;

    /// <summary>
    /// $1: seconds to wait for MariaDB. Option files come on standard input, each ended by NUL; the number of the first that is let in is
    /// printed.
    /// </summary>
    private const string Script = """
        export LC_ALL=C HOME=/nonexistent
        options=()
        while IFS= read -r -d '' option; do options+=("$option"); done
        client=mysql
        command -v mariadb >/dev/null && client=mariadb
        end=$((SECONDS + $1))
        while :; do
          refused=0
          for i in "${!options[@]}"; do
            said=$("$client" --defaults-extra-file=/dev/fd/3 --batch --execute='SELECT 1' 3< <(printf %s "${options[$i]}") 2>&1) && { echo "$i"; exit 0; }
            case $said in *'ERROR 1045'*|*'ERROR 1698'*) refused=$((refused + 1)) ;; esac
          done
          # Only when all were refused: MariaDB may have come up between two of them.
          [ $refused -lt ${#options[@]} ] || exit 51
          [ $SECONDS -lt $end ] || { printf '%s\n' "$said" >&2; exit 52; }
          sleep 0.2
        done
        """;

    private readonly IInstance _instance;
    private readonly DatabaseCredentials _credentials;

    private RootAccess(IInstance instance, DatabaseCredentials credentials)
    {
        _instance = instance;
        _credentials = credentials;
    }

    /// <summary>Waits for MariaDB and finds the password that root has.</summary>
    /// <param name="instance">A running instance.</param>
    /// <param name="passwords">What it may be; without one, the unix socket may still let root in.</param>
    /// <param name="limit">Longest wait for MariaDB.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="AsterisellException"><c>DatabaseNotReachable</c>.</exception>
    public static async Task<RootAccess> OpenAsync(
        IInstance instance, IReadOnlyList<string> passwords, TimeSpan limit, CancellationToken cancellation)
    {
        DatabaseCredentials[] candidates = [.. passwords.Distinct().Select(password => new DatabaseCredentials("", "root", password))];
        string seconds = ((int)limit.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        InstanceCommand command = Bash.Command(Script, seconds) with
        {
            Input = new MemoryStream(Bash.Fields([.. candidates.Select(OptionFile)])),
        };
        CommandOutcome outcome = await instance.Exec.RunAsync(command, cancellation).ConfigureAwait(false);
        return outcome.ExitCode switch
        {
            0 => new RootAccess(instance, candidates[int.Parse(outcome.OutputText, CultureInfo.InvariantCulture)]),
            Refused => throw Install.InstallErrors.DatabaseNotReachable(
                instance.Definition, "neither the password of the inventory nor that of config/databases.yml nor an empty one is let in."),
            Down => throw Install.InstallErrors.DatabaseNotReachable(
                instance.Definition, $"it did not answer within {seconds} s ({InstanceErrors.OneLine(outcome.ErrorText)})"),
            int code => throw InstanceErrors.ScriptFailed(instance.Definition, "reaching MariaDB", code, outcome.ErrorText),
        };
    }

    /// <summary>Runs statements and gives what they print: rows by lines, columns by tabs, special characters escaped.</summary>
    /// <param name="what">What they are for, as an error names it.</param>
    /// <param name="sql">Statements; never a password in them.</param>
    /// <param name="cancellation">Ends the client.</param>
    public async Task<IReadOnlyList<string[]>> RunAsync(string what, string sql, CancellationToken cancellation)
    {
        byte[] input = [.. Bash.Fields(OptionFile(_credentials)), .. Encoding.UTF8.GetBytes(sql)];
        InstanceCommand command = Bash.Command(
            ClientScript.Text, ClientScript.Through(ClientOutput.Plain), "mariadb", "mysql", "--batch", "--skip-column-names") with
        {
            Input = new MemoryStream(input),
        };
        CommandOutcome outcome = await _instance.Exec.RunAsync(command, cancellation).ConfigureAwait(false);
        return outcome.ExitCode == 0
            ? [.. outcome.OutputText.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))]
            : throw Install.InstallErrors.RootStatementFailed(_instance.Definition, what, InstanceErrors.OneLine(outcome.ErrorText));
    }

    /// <summary>Without a database: the one that an option file names need not exist yet.</summary>
    private static string OptionFile(DatabaseCredentials credentials) =>
        credentials.ToOptionFile().Replace("database=\"\"\n", "", StringComparison.Ordinal);
}
