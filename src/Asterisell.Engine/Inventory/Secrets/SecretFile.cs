using System.Runtime.Versioning;
using System.Text;

namespace Asterisell.Engine.Inventory.Secrets;

/// <summary>Reads a password from a file that nobody else can read.</summary>
internal static class SecretFile
{
    private const int LimitBytes = 64 * 1024;
    private const UnixFileMode Allowed = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static async Task<Secret> ReadAsync(string path, CancellationToken cancellation)
    {
        try
        {
            // Before opening: opening a pipe would wait for somebody to write into it.
            if (Directory.Exists(path) || UnixFile.Find(path) is { IsRegular: false })
            {
                throw SecretErrors.SecretFileNotRegular(path);
            }

            await using FileStream file = new(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1, FileOptions.Asynchronous);
            if (!OperatingSystem.IsWindows())
            {
                CheckAccess(path, file);
            }

            byte[] buffer = new byte[LimitBytes + 1];
            int length = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
            try
            {
                return new Secret(Decode(path, buffer.AsSpan(0, length)));
            }
            finally
            {
                Array.Clear(buffer);
            }
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw SecretErrors.SecretFileNotFound(path);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw SecretErrors.SecretFileNotReadable(path, error.Message, error);
        }
    }

    /// <summary>Of the open file, not of its path, which may lead elsewhere by now.</summary>
    /// <remarks>Where the kernel tells no owner, the mode says enough: only root can open a closed file of somebody else.</remarks>
    [UnsupportedOSPlatform("windows")]
    private static void CheckAccess(string path, FileStream file)
    {
        UnixFile? found = UnixFile.Find(file.SafeFileHandle);
        if (found is { IsRegular: false })
        {
            throw SecretErrors.SecretFileNotRegular(path);
        }

        UnixFileMode mode = File.GetUnixFileMode(file.SafeFileHandle);
        if ((mode & ~Allowed) != 0)
        {
            throw SecretErrors.SecretFileExposed(path, mode);
        }

        if (found is { Owner: not 0 } && found.Owner != UnixFile.CurrentUser())
        {
            throw SecretErrors.SecretFileForeign(path, found.Owner);
        }
    }

    private static string Decode(string path, ReadOnlySpan<byte> content)
    {
        if (content.Length > LimitBytes)
        {
            throw SecretErrors.SecretFileUnusable(path, $"has more than {LimitBytes} bytes");
        }

        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content);
        }
        catch (DecoderFallbackException)
        {
            // Without the cause: its message tells bytes of the file.
            throw SecretErrors.SecretFileUnusable(path, "is not UTF-8");
        }

        string secret = text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
        if (secret.Length == 0)
        {
            throw SecretErrors.SecretFileUnusable(path, "is empty");
        }

        return secret.Any(char.IsControl) ? throw SecretErrors.SecretFileUnusable(path, "holds several lines or control characters") : secret;
    }
}
