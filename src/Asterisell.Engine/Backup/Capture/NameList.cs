using Asterisell.Engine.Backup.Tree;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>Names of files for the standard input of a program.</summary>
internal static class NameList
{
    /// <summary>Absolute paths, each with a NUL behind it.</summary>
    /// <param name="records">What find printed of them.</param>
    public static Stream Absolute(IEnumerable<byte[]> records) => List(records, "/"u8);

    /// <summary>Paths relative to the root, each with a NUL behind it. tar would take a leading dash for an option; ours begin with a folder's name.</summary>
    /// <param name="records">What find printed of them.</param>
    public static Stream Relative(IEnumerable<byte[]> records) => List(records, []);

    private static MemoryStream List(IEnumerable<byte[]> records, ReadOnlySpan<byte> before)
    {
        MemoryStream names = new();
        foreach (byte[] record in records)
        {
            names.Write(before);
            names.Write(FoundEntry.Parse(record).Name);
            names.WriteByte(0);
        }

        names.Position = 0;
        return names;
    }
}
