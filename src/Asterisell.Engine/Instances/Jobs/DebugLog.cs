using System.Globalization;
using System.Text;

namespace Asterisell.Engine.Instances.Jobs;

/// <summary>The log of one pass in debug mode: what it wrote to the screen, then what the application added to its own log.</summary>
internal sealed class DebugLog : IAsyncDisposable
{
    private readonly FileStream _file;

    private DebugLog(FileStream file) => _file = file;

    public string Path => _file.Name;

    /// <summary>Creates the file, which only its owner can read: the application's log has everything in it.</summary>
    public static DebugLog Create(AsterisellInstance instance, string folder, DateTimeOffset now)
    {
        string time = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        string path = System.IO.Path.Combine(folder, $"{instance.HostName}-{instance.Name}-jobs-{time}.log");
        try
        {
            Directory.CreateDirectory(folder);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            return new DebugLog(new FileStream(path, options));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw JobErrors.LogNotWritten(path, failure.Message);
        }
    }

    public Task AddAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation) => _file.WriteAsync(bytes, cancellation).AsTask();

    public async Task AddOwnLogAsync(PassProcess pass, CancellationToken cancellation)
    {
        await _file.WriteAsync(Encoding.UTF8.GetBytes("\n==> log/asterisell_dev.log <==\n"), cancellation).ConfigureAwait(false);
        await pass.CopyLogAsync(_file, cancellation).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
