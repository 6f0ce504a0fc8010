using System.Buffers.Binary;
using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;

namespace Asterisell.Engine.Deployment.Images;

/// <summary>
/// The files that an image is built from, as one tar, and a hash that tells whether they are the same as another time. Times and owners
/// are left out of both: they are the operator's, not the image's.
/// </summary>
internal sealed class BuildContext : IAsyncDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly FileStream file;
    private readonly TarWriter tar;

    /// <summary>An empty context, kept in a file of ours that goes when it is disposed.</summary>
    public BuildContext()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        file = new FileStream(Path.Combine(Path.GetTempPath(), $"asterisell-{Guid.NewGuid():n}.tar"), options);
        tar = new TarWriter(file, TarEntryFormat.Gnu, leaveOpen: true);
    }

    /// <summary>A folder.</summary>
    public Task AddFolderAsync(string name, CancellationToken cancellation) => AddAsync(TarEntryType.Directory, name, ContextModes.Program, null, "", cancellation);

    /// <summary>A file; its content is read from where it stands.</summary>
    public Task AddFileAsync(string name, UnixFileMode mode, Stream content, CancellationToken cancellation) =>
        AddAsync(TarEntryType.RegularFile, name, mode, content, "", cancellation);

    /// <summary>A symbolic link.</summary>
    public Task AddLinkAsync(string name, string target, CancellationToken cancellation) =>
        AddAsync(TarEntryType.SymbolicLink, name, ContextModes.Link, null, target, cancellation);

    /// <summary>Something beside the files that the image depends on.</summary>
    public void AddFact(string name, string value)
    {
        Append(name);
        Append(value);
    }

    /// <summary>Ends the context: its tar, from the beginning, and its hash.</summary>
    public async Task<(Stream Tar, string Hash)> EndAsync()
    {
        await tar.DisposeAsync().ConfigureAwait(false);
        await file.FlushAsync().ConfigureAwait(false);
        file.Position = 0;
        return (file, Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant());
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        hash.Dispose();
        await tar.DisposeAsync().ConfigureAwait(false);
        await file.DisposeAsync().ConfigureAwait(false);
    }

    private async Task AddAsync(
        TarEntryType type, string name, UnixFileMode mode, Stream? content, string link, CancellationToken cancellation)
    {
        Append($"{(char)type}{Convert.ToString((int)mode, 8)}");
        Append(name);
        Append(link);
        if (content is not null)
        {
            hash.AppendData(await SHA256.HashDataAsync(content, cancellation).ConfigureAwait(false));
            content.Position = 0;
        }

        var entry = new GnuTarEntry(type, name)
        {
            Mode = mode,
            ModificationTime = DateTimeOffset.UnixEpoch,
            AccessTime = DateTimeOffset.UnixEpoch,
            ChangeTime = DateTimeOffset.UnixEpoch,
        };
        if (content is not null)
        {
            entry.DataStream = content;
        }

        if (link.Length > 0)
        {
            entry.LinkName = link;
        }

        await tar.WriteEntryAsync(entry, cancellation).ConfigureAwait(false);
    }

    private void Append(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        byte[] length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
