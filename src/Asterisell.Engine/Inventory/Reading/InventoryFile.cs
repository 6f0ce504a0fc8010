namespace Asterisell.Engine.Inventory.Reading;

/// <summary>Bytes of an inventory file, with a finding where there are none to be had.</summary>
internal static class InventoryFile
{
    public static byte[]? Read(string path, FindingList findings)
    {
        try
        {
            if (Directory.Exists(path))
            {
                findings.ErrorAt(FindingId.NotReadable, 0, 0, "This is a directory.", "a file");
                return null;
            }

            // Opening a pipe would wait for its writer, and a device never ends.
            if (UnixFile.Find(path) is { IsRegular: false })
            {
                findings.ErrorAt(FindingId.NotReadable, 0, 0, "This is no regular file.", "a file");
                return null;
            }

            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            if (file.Length > InventoryLimits.Bytes)
            {
                ReportSize(file.Length, findings);
                return null;
            }

            // It may grow while it is read, and files of /proc have no length: one byte too many is enough to see that.
            byte[] buffer = new byte[file.Length > 0 ? file.Length + 1 : InventoryLimits.Bytes + 1];
            int length = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return buffer[..length];
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            findings.ErrorAt(FindingId.NotReadable, 0, 0, "There is no such file.", suggestion: "Write one with New-AsterisellInventory.");
        }
        catch (UnauthorizedAccessException)
        {
            findings.ErrorAt(FindingId.NotReadable, 0, 0, "You may not read this file.", suggestion: "See its owner and mode.");
        }
        catch (Exception error) when (error is IOException or ArgumentException or NotSupportedException)
        {
            findings.ErrorAt(FindingId.NotReadable, 0, 0, $"The file cannot be read: {error.Message}");
        }

        return null;
    }

    public static void ReportSize(long bytes, FindingList findings) => findings.ErrorAt(
        FindingId.TooLarge, 0, 0, $"The file has {bytes} bytes.", $"at most {InventoryLimits.Bytes} bytes", "Is this file an inventory?");
}
