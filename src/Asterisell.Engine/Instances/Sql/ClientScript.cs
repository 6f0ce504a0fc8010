namespace Asterisell.Engine.Instances;

/// <summary>Starts a MariaDB client program so that nobody sees its credentials.</summary>
internal static class ClientScript
{
    /// <summary>Exit code: the container has no such program.</summary>
    public const int NoProgram = 97;

    /// <summary>
    /// $1: what the output passes through; $2, $3: names of the program, the first that exists is taken; then its arguments. The option
    /// file comes first on standard input, ended by NUL, and reaches the program through a pipe: it stands in no file, argument or
    /// environment. <c>~/.my.cnf</c> would be read after it and could overrule it, so the program is given no home.
    /// </summary>
    public const string Text = """
        IFS= read -r -d '' option || exit 96
        program=
        for name in "$2" "$3"; do
          [ -z "$program" ] && command -v -- "$name" >/dev/null && program=$name
        done
        if [ -z "$program" ]; then
          echo "there is no program $3" >&2
          exit 97
        fi
        through=$1
        shift 3
        export HOME=/nonexistent
        set -o pipefail
        case $through in
          blocks) "$program" --defaults-extra-file=/dev/fd/3 "$@" 3< <(printf %s "$option") | dd ibs=64k obs=64k status=none ;;
          gzip) "$program" --defaults-extra-file=/dev/fd/3 "$@" 3< <(printf %s "$option") | gzip -1 ;;
          *) exec "$program" --defaults-extra-file=/dev/fd/3 "$@" 3< <(printf %s "$option") ;;
        esac
        """;

    /// <summary>The same, but $1 is the admin directory, whose <c>databases.yml</c> is said first, as a pair: one exec does it all.</summary>
    public const string SayingCredentials = ProbeScripts.Prelude + ProbeScripts.Credentials + "shift\n" + Text;

    /// <summary>Word for the script.</summary>
    public static string Through(ClientOutput output) => output switch
    {
        ClientOutput.Blocks => "blocks",
        ClientOutput.Gzip => "gzip",
        _ => "plain",
    };

    /// <summary>Newer releases have another name for each program, and complain about the old one.</summary>
    public static (string First, string Second) Names(string program) => program switch
    {
        "mysql" => ("mariadb", program),
        "mysqldump" => ("mariadb-dump", program),
        "mysqladmin" => ("mariadb-admin", program),
        "mysqlcheck" => ("mariadb-check", program),
        "mysqlimport" => ("mariadb-import", program),
        _ => (program, program),
    };
}
