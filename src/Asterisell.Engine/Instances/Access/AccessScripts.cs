namespace Asterisell.Engine.Instances.Access;

/// <summary>The fixed scripts behind <see cref="SshKeys"/>.</summary>
internal static class AccessScripts
{
    /// <summary>Exit code: somebody else has written the file meanwhile.</summary>
    public const int Changed = 5;

    /// <summary>
    /// Says folders, files and host keys. The files are those of sshd's own default; host keys are those that sshd would present, by its
    /// own account, else those of the usual names.
    /// </summary>
    public const string Read = ProbeScripts.Prelude + """
        say home "$(stat -Lc '%U %a' /root)"
        say folder "$(stat -Lc '%U %a' /root/.ssh 2>/dev/null)"
        for name in authorized_keys authorized_keys2; do
          file=/root/.ssh/$name
          say file "$name"
          [ -e "$file" ] || continue
          say state "$(stat -Lc '%U %a' "$file")"
          sum=$(sha256sum < "$file")
          say sum "${sum%% *}"
          say text "$(base64 -w 0 < "$file")"
        done
        keys=$(sshd -T 2>/dev/null || /usr/sbin/sshd -T 2>/dev/null)
        keys=$(sed -n 's/^hostkey //p' <<< "$keys")
        [ -n "$keys" ] || keys=$(ls -d /etc/ssh/ssh_host_*_key 2>/dev/null)
        while IFS= read -r key; do
          [ -e "$key" ] || continue
          say hostkey "$(ssh-keygen -y -f "$key" < /dev/null 2>/dev/null || cat "$key.pub" 2>/dev/null)"
        done <<< "$keys"

        """ + ProbeScripts.End;

    /// <summary>
    /// Replaces a file of keys, and puts owner and modes right. $1 name of the file, $2 size of the new content, which follows on standard
    /// input behind the SHA-256 of the one that it replaces (empty for none).
    /// </summary>
    public const string Write = """
        export LC_ALL=C
        umask 077
        folder=/root/.ssh
        file=$folder/$1
        IFS= read -r -d '' expected || exit 40
        mkdir -p -- "$folder" && chown root:root "$folder" && chmod 0700 "$folder" && chmod go-w /root || exit 1
        [ -L "$file" ] && file=$(readlink -f -- "$file")
        exec 9< "$folder"
        flock -w 10 9 || { echo 'somebody else keeps the folder locked' >&2; exit 1; }
        temporary=$(mktemp "$file.XXXXXX") || exit 1
        trap 'rm -f -- "$temporary"' EXIT
        dd bs=65536 conv=fsync status=none > "$temporary" || exit 1
        if [ "$(stat -c %s -- "$temporary")" != "$2" ]; then
          echo 'its content did not arrive whole' >&2
          exit 1
        fi
        now=
        [ -e "$file" ] && now=$(sha256sum < "$file")
        [ "${now%% *}" = "$expected" ] || exit 5
        chown root:root "$temporary" && chmod 0600 "$temporary" && mv -fT -- "$temporary" "$file" || exit 1
        trap - EXIT
        sync -- "$folder" 2>/dev/null || sync
        """;
}
