using Asterisell.Engine.Instances.Access;
using Asterisell.Engine.Ssh;

namespace Asterisell.Engine.Backup.Targets.Preparation;

/// <summary>The account and the folder on a server: made by somebody who is root there, or told as commands to somebody who is.</summary>
internal sealed class ServerAccount(TargetAddress address, BackupTargetKind kind, PublicKey key)
{
    // A fixed text. What it works on comes in by its standard input, line by line: no shell ever reads it as a command.
    private const string Script =
        """
        set -eu
        IFS= read -r user; IFS= read -r folder; IFS= read -r tool; IFS= read -r key; IFS= read -r line
        if [ "$(id -u)" != 0 ]; then echo "this login is not root" >&2; exit 77; fi
        if getent passwd "$user" >/dev/null; then echo "the account $user was there"
        else useradd --create-home --shell /bin/sh --comment 'Asterisell backups' -- "$user"; echo "made the account $user"; fi
        entry=$(getent passwd "$user"); home=$(echo "$entry" | cut -d: -f6); shell=${entry##*:}; group=$(id -gn "$user")
        case $shell in */nologin|*/false) echo "the shell of $user is $shell, which runs no command" >&2; exit 78 ;; esac
        for one in "$home/.ssh" "$home/.ssh/authorized_keys" "$folder"; do
          if [ -L "$one" ]; then echo "$one is a link" >&2; exit 78; fi
        done
        install -d -m 0700 -o "$user" -g "$group" "$home/.ssh"
        file=$home/.ssh/authorized_keys
        fresh=$(mktemp "$home/.ssh/.new-XXXXXX")
        if [ -e "$file" ]; then grep -vF -- "$key" "$file" >"$fresh" || true; fi
        printf '%s\n' "$line" >>"$fresh"
        chown "$user:$group" "$fresh"; chmod 0600 "$fresh"; mv -f "$fresh" "$file"
        echo "let the key in"
        [ -d "$folder" ] || echo "made the folder $folder"
        mkdir -p -- "$folder"; chown "$user:$group" "$folder"; chmod 0700 "$folder"
        if [ -n "$tool" ] && ! command -v "$tool" >/dev/null; then echo "missing $tool"; fi
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>The line of <c>authorized_keys</c>.</summary>
    public string Line { get; } = LoginLine.Of(kind, address.Folder, key);

    private string User => address.Login.User ?? throw TargetErrors.TargetUserMissing(address.Server.Name);

    private string Tool => kind == BackupTargetKind.RdiffBackup ? "rdiff-backup" : string.Empty;

    /// <summary>Exactly what <see cref="MakeAsync"/> does, for somebody who types it as root.</summary>
    public IReadOnlyList<string> Commands()
    {
        string folder = LoginLine.QuoteForShell(address.Folder);
        List<string> commands =
        [
            $"getent passwd {User} || useradd --create-home --shell /bin/sh {User}",
            $"install -d -m 0700 -o {User} -g \"$(id -gn {User})\" ~{User}/.ssh {folder}",
            $"echo {LoginLine.QuoteForShell(Line)} >> ~{User}/.ssh/authorized_keys",
            $"chown {User}: ~{User}/.ssh/authorized_keys && chmod 0600 ~{User}/.ssh/authorized_keys",
        ];
        return Tool.Length == 0 ? commands : [.. commands, $"command -v {Tool} || apt-get install {Tool}"];
    }

    /// <summary>Makes account, login and folder; what is there already stays.</summary>
    /// <param name="administrator">Login that is root there, <c>[user@]host[:port]</c> or an alias of ssh_config.</param>
    /// <param name="pinned">Known hosts with the server's key: whoever asks for root has to be the same server.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What was done, and <c>missing TOOL</c>.</returns>
    public async Task<IReadOnlyList<string>> MakeAsync(string administrator, string pinned, CancellationToken cancellation)
    {
        string endpoint = administrator.StartsWith("ssh://", StringComparison.Ordinal) ? administrator : $"ssh://{administrator}";
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? uri))
        {
            throw TargetErrors.TargetAddressInvalid(address.Server.Name, administrator);
        }

        AsterisellHost server = address.Server with { Endpoint = uri };
        using TargetSsh ssh = TargetSsh.Open(new TargetAddress(server, SshAddress.Parse(server, endpoint), "/"), null, pinned);
        string input = string.Join('\n', User, address.Folder, Tool, Convert.ToBase64String(key.Blob.Span), Line);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        List<string> said = [];
        (int exitCode, string errors) = await ToolProcess.RunAsync([.. ssh.Command($"sh -c {LoginLine.QuoteForShell(Script)}")], input, null, said.Add, limit.Token).ConfigureAwait(false);
        return exitCode switch
        {
            0 => said,
            255 => throw ssh.Explain(exitCode, errors),
            _ => throw TargetErrors.TargetAccountFailed(address.Server.Name, ssh.Address.Login.ToString(), ToolText.Last(errors, $"exit code {exitCode}")),
        };
    }
}
