using Asterisell.Engine.Backup.Tree;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>Names of files for the standard input of a program.</summary>
internal static class NameList
{
    /// <summary>Absolute paths, each with a NUL behind it.</summary>
    /// <param name="records">What find printed of them.</param>
    public static Stream Absolute(IReadOnlyCollection<byte[]> records) => List(records, "/"u8);

    /// <summary>Paths relative to the root, each with a NUL behind it. tar would take a leading dash for an option; ours begin with a folder's name.</summary>
    /// <param name="records">What find printed of them.</param>
    public static Stream Relative(IReadOnlyCollection<byte[]> records) => List(records, []);

    /// <summary>In one array of the right size: there may be a hundred thousand, and their records are taken away while it is read.</summary>
    private static MemoryStream List(IReadOnlyCollection<byte[]> records, ReadOnlySpan<byte> before)
    {
        int length = 0;
        foreach (byte[] record in records)
        {
            length += before.Length + FoundEntry.Parse(record).Name.Length + 1;
        }

        byte[] names = new byte[length];
        int filled = 0;
        foreach (byte[] record in records)
        {
            before.CopyTo(names.AsSpan(filled));
            ReadOnlySpan<byte> name = FoundEntry.Parse(record).Name;
            name.CopyTo(names.AsSpan(filled + before.Length));
            filled += before.Length + name.Length + 1;
        }

        return new MemoryStream(names);
    }
}
