namespace Asterisell.Engine.Instances;

/// <summary>The fixed scripts behind <see cref="InstanceFiles"/>; the path comes first on standard input, ended by NUL.</summary>
/// <remarks>Tools and options are those of CentOS 7 (bash 4.2, coreutils 8.22, findutils 4.5, tar 1.26) and newer.</remarks>
internal static class FileScripts
{
    /// <summary>Exit code: nothing of that name.</summary>
    public const int Missing = 44;

    /// <summary>Exit code: a directory.</summary>
    public const int IsDirectory = 45;

    /// <summary>Exit code: neither file nor directory, or a link that leads nowhere.</summary>
    public const int IsSpecial = 46;

    /// <summary>Fields of one entry in <see cref="Find"/> and <see cref="List"/>, each ended by NUL.</summary>
    public const int FieldCount = 8;

    private const string TakePath = """
        export LC_ALL=C
        IFS= read -r -d '' path || exit 40

        """;

    private const string Format = """'%y\0%s\0%m\0%u\0%g\0%T@\0%l\0%p\0'""";

    public const string Find = TakePath + $"""
        [ -e "$path" ] || [ -L "$path" ] || exit 44
        exec find "$path" -maxdepth 0 -printf {Format}
        """;

    /// <summary>$1: <c>all</c> to go into directories.</summary>
    public const string List = TakePath + $$"""
        [ -e "$path" ] || exit 44
        [ -d "$path" ] || exit 46
        depth=(-maxdepth 1)
        [ "$1" = all ] && depth=()
        exec find "$path/" -mindepth 1 "${depth[@]}" -printf {{Format}}
        """;

    /// <summary>$1: bytes to read at most.</summary>
    public const string Read = TakePath + """
        [ -e "$path" ] || [ -L "$path" ] || exit 44
        [ -d "$path" ] && exit 45
        [ -f "$path" ] || exit 46
        exec head -c "$1" -- "$path"
        """;

    /// <summary>
    /// $1: mode, $2: size; owner after the path on standard input, then the content. The size guards against a connection that broke:
    /// half a file would look like the whole. The temporary file is created exclusively; a directory that others can write to holds traps.
    /// </summary>
    public const string Write = TakePath + """
        IFS= read -r -d '' owner || exit 40
        [ -d "$path" ] && exit 45
        umask 077
        set -C
        folder=${path%/*}/
        temporary=$folder.asterisell-$$-$RANDOM$RANDOM
        { exec 4> "$temporary"; } || exit 1
        trap 'rm -f -- "$temporary"' EXIT
        dd bs=65536 conv=fsync status=none >&4 || exit 1
        exec 4>&-
        if [ "$(stat -c %s -- "$temporary")" != "$2" ]; then
          echo 'its content did not arrive whole' >&2
          exit 1
        fi
        chown -- "$owner" "$temporary" && chmod -- "$1" "$temporary" && mv -fT -- "$temporary" "$path" || exit 1
        trap - EXIT
        sync -- "$folder" 2>/dev/null || sync
        """;

    public const string CreateTar = TakePath + """
        [ -e "$path" ] || [ -L "$path" ] || exit 44
        folder=${path%/*}/
        name=${path##*/}
        exec tar --create --file=- --format=gnu --no-unquote --directory="$folder" -- "${name:-.}"
        """;

    public const string ExtractTar = TakePath + """
        [ -e "$path" ] || exit 44
        [ -d "$path" ] || exit 46
        exec tar --extract --file=- --preserve-permissions --same-owner --directory="$path"
        """;
}
