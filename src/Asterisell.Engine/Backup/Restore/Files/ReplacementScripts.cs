namespace Asterisell.Engine.Backup.Restore.Files;

/// <summary>
/// Fixed scripts that exchange files in the container. <c>$1</c> is the folder of the replacement: <c>new/</c> and <c>before/</c> in it hold files
/// under their absolute paths, <c>touched</c> tells what was there (<c>=</c>), what was not (<c>+</c>), and whole directories that were not
/// (<c>!</c>). Places come on standard input as mode and path, each ended by NUL.
/// </summary>
internal static class ReplacementScripts
{
    private const string Begin = """
        export LC_ALL=C
        base=$1

        """;

    /// <summary>Makes the folder anew; a replacement before it has ended, and left at most files that nobody needs.</summary>
    public const string Prepare = Begin + """
        umask 077
        rm -rf -- "$base"
        mkdir -p -- "${base%/*}" && mkdir -p -- "$base/new" "$base/before"
        """;

    /// <summary>Removes it, the journal first.</summary>
    public const string Remove = Begin + """
        [ -n "$base" ] || exit 1
        rm -f -- "$base/journal.json" && sync -- "$base" 2>/dev/null || sync
        rm -rf -- "$base"
        """;

    /// <summary>
    /// First writes down everything that is going to change and keeps a copy of what is there, on the disk; then changes it. A whole directory is
    /// moved, which costs nothing however large it is.
    /// </summary>
    public const string Apply = Begin + """
        set -o pipefail
        modes=() paths=()
        while IFS= read -r -d '' mode && IFS= read -r -d '' path; do modes+=("$mode"); paths+=("$path"); done
        : > "$base/touched" || exit 1
        for i in "${!paths[@]}"; do
          path=${paths[i]} new=$base/new${paths[i]} old=$base/before${paths[i]}
          [ -d "$new" ] || continue
          if [ "${modes[i]}" = Replace ]; then
            [ -e "$path" ] || [ -L "$path" ] || printf '!%s\0' "$path" >> "$base/touched"
            continue
          fi
          find "$new" -mindepth 1 -printf '%P\0' | while IFS= read -r -d '' name; do
            if [ ! -e "$path/$name" ] && [ ! -L "$path/$name" ]; then
              printf '+%s\0' "$path/$name"
            elif [ "${modes[i]}" = Overlay ] && { [ ! -d "$new/$name" ] || [ -L "$new/$name" ]; }; then
              mkdir -p -- "$(dirname -- "$old/$name")" && cp -a -- "$path/$name" "$old/$name" || exit 1
              printf '=%s\0' "$path/$name"
            fi
          done >> "$base/touched" || exit 1
        done
        sync
        for i in "${!paths[@]}"; do
          path=${paths[i]} new=$base/new${paths[i]} old=$base/before${paths[i]}
          [ -d "$new" ] || continue
          mkdir -p -- "${path%/*}" "${old%/*}" || exit 1
          if [ "${modes[i]}" = Replace ]; then
            if [ -e "$path" ] || [ -L "$path" ]; then mv -T -- "$path" "$old" || exit 1; fi
            mv -T -- "$new" "$path" || exit 1
          fi
        done
        while IFS= read -r -d '' entry; do
          path=${entry:1}
          case $entry in
            '!'*) ;;
            *)
              if [ -d "$base/new$path" ] && [ ! -L "$base/new$path" ]; then
                mkdir -p -- "$path" && chown --reference="$base/new$path" -- "$path" && chmod --reference="$base/new$path" -- "$path" || exit 1
              else
                mkdir -p -- "${path%/*}" && cp -a --remove-destination -- "$base/new$path" "$path" || exit 1
              fi ;;
          esac
        done < "$base/touched"
        sync
        """;

    /// <summary>Puts back what <see cref="Apply"/> changed, however far it came. Can be done again.</summary>
    public const string Undo = Begin + """
        while IFS= read -r -d '' mode && IFS= read -r -d '' path; do
          [ "$mode" = Replace ] || continue
          if [ -e "$base/before$path" ] || [ -L "$base/before$path" ]; then
            rm -rf -- "$path" && mv -T -- "$base/before$path" "$path" || exit 1
          fi
        done
        [ -e "$base/touched" ] || exit 0
        sort -rz -- "$base/touched" | while IFS= read -r -d '' entry; do
          path=${entry:1}
          case $entry in
            '!'*) [ -e "$base/new$path" ] || rm -rf -- "$path" || exit 1 ;;
            '='*) cp -a --remove-destination -- "$base/before$path" "$path" || exit 1 ;;
            '+'*)
              if [ -d "$path" ] && [ ! -L "$path" ]; then rmdir --ignore-fail-on-non-empty -- "$path" || exit 1
              else rm -f -- "$path" || exit 1; fi ;;
          esac
        done
        """;
}
