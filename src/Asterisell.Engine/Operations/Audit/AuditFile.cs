using System.Globalization;
using System.Text.Json;

namespace Asterisell.Engine.Operations.Audit;

/// <summary>The audit trail of an account on this machine: a file a month, a line of JSON each event, appended whole by however many processes.</summary>
/// <param name="folder">Where the files are.</param>
internal sealed class AuditFile(string folder)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Folder of the account.</summary>
    public static string DefaultFolder => Path.Combine(OperatorFolders.State, "audit");

    /// <summary>Appends a line; it has reached the disk when this returns.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public async Task AppendAsync(AuditLine line, CancellationToken cancellation)
    {
        byte[] text = [.. JsonSerializer.SerializeToUtf8Bytes(line, AuditJson.Default.AuditLine), (byte)'\n'];
        string path = Path.Combine(folder, line.Time.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture) + ".jsonl");
        FileStream file = await OpenAsync(path, cancellation).ConfigureAwait(false);
        await using (file.ConfigureAwait(false))
        {
            // At once and not cancelled: half a line would spoil the next one.
            file.Seek(0, SeekOrigin.End);
            file.Write(text);
            file.Flush(flushToDisk: true);
        }
    }

    /// <summary>Opens the file for this process alone; others wait their turn.</summary>
    private async Task<FileStream> OpenAsync(string path, CancellationToken cancellation)
    {
        for (long start = Environment.TickCount64; ; await Task.Delay(Pause, cancellation).ConfigureAwait(false))
        {
            try
            {
                Directory.CreateDirectory(folder);
                FileStreamOptions options = new() { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
                if (!OperatingSystem.IsWindows())
                {
                    options.UnixCreateMode = OwnerOnly;
                }

                return new FileStream(path, options);
            }
            catch (IOException busy) when (busy.GetType() == typeof(IOException) && Environment.TickCount64 - start < Patience.TotalMilliseconds)
            {
                // Another process is writing its line.
            }
        }
    }
}
