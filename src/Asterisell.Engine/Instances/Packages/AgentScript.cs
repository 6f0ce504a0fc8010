namespace Asterisell.Engine.Instances.Packages;

/// <summary>
/// The program inside that works with the package manager. It reads commands (a word, a number, so many parameters, each ended by NUL) and
/// answers each with word, exit code, output and end of the errors. When its input ends in the middle of an update, we have vanished:
/// then it puts the files back by itself and removes the locks that were set for the update.
/// </summary>
/// <remarks>
/// The functions <c>pm_…</c> are those of an <see cref="IPackageManager"/>. Before packages change, every file of theirs, <c>/etc</c> and
/// the package manager's own records are saved in a tar; to undo is to put back what differs. That needs no mirror, which may no longer
/// have the versions before, runs no maintainer script of a package that is just proving to be broken, and puts back configuration that
/// such a script has changed. Data in <c>/var</c> (the database) is left alone.
/// </remarks>
internal static class AgentScript
{
    /// <summary>Exit code of <c>begin</c>: somebody else updates this instance.</summary>
    public const int Busy = 91;

    /// <summary>Exit code of <c>save</c>: too little space for the files before.</summary>
    public const int NoSpace = 92;

    /// <summary>Exit code of <c>refresh</c>: no repository is configured.</summary>
    public const int NoRepository = 93;

    /// <summary>Output of <c>begin</c> when an update that was cut off has just been undone.</summary>
    public const string Recovered = "recovered";

    /// <summary>$1: one of <c>look</c> (a folder of its own, gone at the end) and <c>change</c>.</summary>
    public const string Body = """

        trap '' PIPE HUP INT TERM
        mode=$1 gone= pid=
        if [ "$mode" = look ]; then work=$(mktemp -d /tmp/asterisell-packages.XXXXXX) || exit 1; else work=/var/lib/asterisell-packages; fi
        chmod 0755 "$work" 2>/dev/null

        # begin: takes the folder; an update that a killed container left in the middle is undone.
        do_begin() {
          [ "$mode" = change ] || return 0
          case $(cat "$work/state" 2>/dev/null) in installing) do_undo >/dev/null || return; unlock; echo recovered ;; esac
          rm -rf -- "$work"
          mkdir -p -- "$work" && chmod 0755 -- "$work"
        }
        # Says so when an update was cut off and nobody is at it.
        do_leftover() {
          [ "$(cat /var/lib/asterisell-packages/state 2>/dev/null)" != installing ] || ! flock -n /run/asterisell-packages.lock true || echo yes
        }
        # Goes on with the update of an agent that ended with the container.
        do_adopt() { [ -s "$work/state" ]; }
        do_installed() { pm_installed; }
        do_refresh() { pm_refresh; }
        do_pending() { pm_pending; }
        do_select() { pm_select "$@"; }
        do_fetch() { pm_fetch "$@"; }

        # Files and links of packages, without folders.
        owned() {
          local f
          pm_owned "$@" | sort -u | while IFS= read -r f; do
            if [ -L "$f" ] || { [ -e "$f" ] && [ ! -d "$f" ]; }; then printf '%s\n' "$f"; fi
          done
        }
        # Docker mounts these three.
        configuration() {
          find /etc -xdev \( -type f -o -type l \) ! -path /etc/hosts ! -path /etc/hostname ! -path /etc/resolv.conf | sort
        }
        # save PACKAGE…
        do_save() {
          local need free
          owned "$@" > "$work/owned"
          configuration > "$work/configuration"
          sort -u -- "$work/owned" "$work/configuration" > "$work/before"
          need=$(tr '\n' '\0' < "$work/before" | du -ck --files0-from=- 2>/dev/null | tail -n 1 | cut -f 1)
          free=$(df -P -k "$work" | tail -n 1 | tr -s ' ' | cut -d ' ' -f 4)
          if [ $((need + 65536)) -gt "$free" ]; then echo "$need $free"; return 92; fi
          sed 's,^/,,' "$work/before" > "$work/names"
          tar -C / -cf "$work/before.tar" --hard-dereference --no-recursion --no-unquote -T "$work/names" || return
          pm_records > "$work/records"
          tar -C / -cf "$work/records.tar" $(sed 's,^/,,' "$work/records") || return
          sync -f "$work" 2>/dev/null
        }
        # install FLAGS PACKAGE=VERSION…: FLAGS are the lock files, parted by newlines, that are ours to remove should nobody be left to do it.
        do_install() {
          local code
          printf '%s\n' "$1" > "$work/flags"
          shift
          touch -- "$work/stamp"
          printf '%s\n' "$@" > "$work/packages"
          echo installing > "$work/state"
          # No maintainer script may start a service beside supervisord.
          if [ ! -e /usr/sbin/policy-rc.d ]; then
            printf '#!/bin/sh\nexit 101\n' > "$work/policy"; chmod 0755 "$work/policy"; cp -p "$work/policy" /usr/sbin/policy-rc.d
          fi
          pm_install "$@"
          code=$?
          [ ! -e "$work/policy" ] || rm -f /usr/sbin/policy-rc.d
          return $code
        }
        # Puts the files and the records back as they were.
        do_undo() {
          local f record packages=()
          [ -s "$work/state" ] || return 1
          [ ! -e "$work/policy" ] || rm -f /usr/sbin/policy-rc.d
          while IFS= read -r f; do packages+=("$(pm_name "$f")"); done < "$work/packages"
          { owned "${packages[@]}"; configuration; } | sort -u > "$work/after"
          comm -13 "$work/before" "$work/after" | while IFS= read -r f; do rm -f -- "$f"; done
          tr '\n' '\0' < "$work/before" | xargs -0 -r -n 500 bash -c '
            stamp=$1; shift
            find "$@" -maxdepth 0 -cnewer "$stamp" 2>/dev/null
            for f; do [ -e "$f" ] || [ -L "$f" ] || printf "%s\n" "$f"; done' asterisell "$work/stamp" | sed 's,^/,,' > "$work/restore"
          # An empty list would mean everything.
          [ ! -s "$work/restore" ] || tar -C / -xpf "$work/before.tar" --no-unquote -T "$work/restore" || return
          rm -rf -- "$work/old" && mkdir -- "$work/old" && tar -C "$work/old" -xpf "$work/records.tar" || return
          while IFS= read -r record; do
            rm -rf -- "$record.asterisell" && cp -a -- "$work/old$record" "$record.asterisell" || return
            mv -- "$record" "$record.broken" && mv -- "$record.asterisell" "$record" || return
            rm -rf -- "$record.broken"
          done < "$work/records"
          ldconfig 2>/dev/null
          echo undone > "$work/state"
        }
        do_end() { rm -rf -- "$work"; }
        # Leaves everything as it is for do_adopt.
        do_pause() { exit 0; }

        unlock() { local f; while IFS= read -r f; do [ -z "$f" ] || rm -f -- "$f"; done < "$work/flags"; } 2>/dev/null
        # Services with programs or libraries whose files are gone are ended; supervisord starts them again. Not the database: it goes on with the files it has.
        revive() {
          local maps p s
          for maps in $(grep -lE ' (/usr|/lib|/opt|/sbin|/bin)[^ ]*( .*)? \(deleted\)$' /proc/[0-9]*/maps 2>/dev/null); do
            p=${maps#/proc/}; p=${p%/maps}
            { IFS= read -r -d '' s < "/proc/$p/stat"; } 2>/dev/null
            case $s in *'(mysqld)'*|*'(mariadbd)'*|*'(pidproxy)'*) continue ;; esac
            set -- ${s##*) }
            [ "$2" != 1 ] || kill -TERM "$p"
          done
        }
        abandoned() {
          case $(cat "$work/state" 2>/dev/null) in
            installing) do_undo; revive; unlock; do_end ;;
            undone) unlock; do_end ;;
            '') do_end ;;
          esac
        }

        if [ "$mode" = change ]; then
          exec 9> /run/asterisell-packages.lock
          flock -n 9 || mode=busy
        fi
        set -m
        while [ -z "$gone" ] && IFS= read -r -d '' -t 7200 verb && IFS= read -r -d '' count; do
          args=()
          for ((i = 0; i < count; i++)); do IFS= read -r -d '' one; args+=("$one"); done
          out=/tmp/asterisell-packages.out.$$ err=/tmp/asterisell-packages.err.$$
          [ "$verb" != pause ] || do_pause
          if [ $mode = busy ]; then
            printf '%s\0%s\0\0\0' "$verb" 91
            continue
          fi
          "do_$verb" "${args[@]}" >"$out" 2>"$err" </dev/null 9>&- &
          pid=$!
          while kill -0 $pid 2>/dev/null; do
            IFS= read -r -d '' -t 0.1 one
            [ $? -gt 128 ] && continue
            gone=1
            # What only looks is ended; what changes goes to its end.
            case $verb in installed|refresh|pending|select|fetch) kill -KILL -- -$pid ;; esac
            break
          done
          wait $pid 2>/dev/null
          code=$?
          printf '%s\0%s\0' "$verb" "$code"
          tr -d '\0' < "$out"; printf '\0'
          tail -c 8000 "$err" | tr -d '\0'; printf '\0'
          rm -f -- "$out" "$err"
        done 2>/dev/null
        [ "$mode" = busy ] || abandoned
        """;
}
