using System.Globalization;

namespace Asterisell.Engine.Instances;

/// <summary>Entries as <c>find -printf</c> wrote them.</summary>
internal static class FileEntry
{
    /// <summary>An entry from its eight fields.</summary>
    /// <exception cref="FormatException">The fields are no entry.</exception>
    public static InstanceFile Parse(IReadOnlyList<byte[]> fields)
    {
        string kind = ByteText.Decode(fields[0]);
        InstanceFileKind fileKind = kind switch
        {
            "f" => InstanceFileKind.File,
            "d" => InstanceFileKind.Directory,
            "l" => InstanceFileKind.SymbolicLink,
            { Length: 1 } => InstanceFileKind.Other,
            _ => throw new FormatException($"'{kind}' is no kind of file"),
        };
        return new InstanceFile(
            CleanPath(ByteText.Decode(fields[7])),
            fileKind,
            fileKind == InstanceFileKind.File ? long.Parse(ByteText.Decode(fields[1]), NumberStyles.None, CultureInfo.InvariantCulture) : 0,
            Convert.ToInt32(ByteText.Decode(fields[2]), 8),
            ByteText.Decode(fields[3]),
            ByteText.Decode(fields[4]),
            ParseTime(ByteText.Decode(fields[5])),
            fileKind == InstanceFileKind.SymbolicLink ? ByteText.Decode(fields[6]) : null);
    }

    /// <summary><c>find DIRECTORY/</c> doubles the slash where the directory was given with one.</summary>
    private static string CleanPath(string path)
    {
        while (path.Contains("//", StringComparison.Ordinal))
        {
            path = path.Replace("//", "/", StringComparison.Ordinal);
        }

        return path;
    }

    /// <summary>Seconds since 1970 with ten decimals, negative before.</summary>
    private static DateTimeOffset ParseTime(string seconds) =>
        DateTimeOffset.UnixEpoch.AddTicks((long)(decimal.Parse(seconds, NumberStyles.Float, CultureInfo.InvariantCulture) * TimeSpan.TicksPerSecond));
}
