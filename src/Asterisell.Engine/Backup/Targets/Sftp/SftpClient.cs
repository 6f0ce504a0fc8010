namespace Asterisell.Engine.Backup.Targets.Sftp;

/// <summary>The calls of SFTP that a target needs. Paths are absolute, with <c>/</c>.</summary>
internal sealed class SftpClient(SftpConnection connection)
{
    private const uint ForReading = 1;
    private const uint ForWriting = 2;
    private const uint Create = 8;
    private const uint Truncate = 16;

    /// <summary>True where two names of one file can be made.</summary>
    public bool CanLink => connection.Extensions.Contains("hardlink@openssh.com");

    /// <summary>What there is; null when there is nothing.</summary>
    public async Task<SftpEntry?> FindAsync(string path, CancellationToken cancellation)
    {
        SftpReply reply = await AskAsync(SftpKind.LinkStat, message => message.Add(path), cancellation).ConfigureAwait(false);
        if (reply.Kind == SftpKind.Attributes)
        {
            return reply.ReadAttributes(path);
        }

        (SftpStatus status, string said) = StatusOf(reply);
        return status == SftpStatus.NoSuchFile ? null : throw new SftpException(status, path, said);
    }

    /// <summary>Names in a folder, without <c>.</c> and <c>..</c>; empty when it is not there.</summary>
    public async Task<IReadOnlyList<SftpEntry>> ListAsync(string path, CancellationToken cancellation)
    {
        SftpReply reply = await AskAsync(SftpKind.OpenFolder, message => message.Add(path), cancellation).ConfigureAwait(false);
        if (reply.Kind != SftpKind.Handle)
        {
            (SftpStatus none, string said) = StatusOf(reply);
            return none == SftpStatus.NoSuchFile ? [] : throw new SftpException(none, path, said);
        }

        byte[] handle = reply.ReadBytes().ToArray();
        List<SftpEntry> entries = [];
        while (true)
        {
            reply = await AskAsync(SftpKind.ReadFolder, message => message.Add(handle), cancellation).ConfigureAwait(false);
            if (reply.Kind != SftpKind.Names)
            {
                break;
            }

            for (uint left = reply.ReadNumber(); left > 0; left--)
            {
                string name = reply.ReadText();
                _ = reply.ReadBytes();
                entries.Add(reply.ReadAttributes(name));
            }
        }

        (SftpStatus status, string why) = StatusOf(reply);
        if (status != SftpStatus.EndOfFile)
        {
            throw new SftpException(status, path, why);
        }

        await CloseAsync(handle, path, cancellation).ConfigureAwait(false);
        return [.. entries.Where(entry => entry.Name is not ("." or ".."))];
    }

    /// <summary>Makes a folder for the owner alone; one that is there is left as it is.</summary>
    public async Task MakeFolderAsync(string path, CancellationToken cancellation)
    {
        SftpReply reply = await AskAsync(
            SftpKind.MakeFolder, message => message.Add(path).AddMode(Storage.PrivateFiles.FolderMode), cancellation).ConfigureAwait(false);
        (SftpStatus status, string said) = StatusOf(reply);
        if (status != SftpStatus.Ok && await FindAsync(path, cancellation).ConfigureAwait(false) is not { IsFolder: true })
        {
            throw new SftpException(status, path, said);
        }
    }

    public Task RemoveFolderAsync(string path, CancellationToken cancellation) => DoAsync(SftpKind.RemoveFolder, path, cancellation);

    public Task RemoveAsync(string path, CancellationToken cancellation) => DoAsync(SftpKind.Remove, path, cancellation);

    /// <summary>Renames within a file system, in one step.</summary>
    public Task RenameAsync(string from, string to, CancellationToken cancellation) => ExtendedAsync("posix-rename@openssh.com", from, to, cancellation);

    /// <summary>A second name for a file.</summary>
    public Task LinkAsync(string existing, string name, CancellationToken cancellation) => ExtendedAsync("hardlink@openssh.com", existing, name, cancellation);

    /// <summary>Opens a new or an existing file for writing, for the owner alone.</summary>
    public Task<byte[]> OpenToWriteAsync(string path, bool truncate, CancellationToken cancellation) =>
        OpenAsync(path, ForWriting | Create | (truncate ? Truncate : 0), cancellation);

    public Task<byte[]> OpenToReadAsync(string path, CancellationToken cancellation) => OpenAsync(path, ForReading, cancellation);

    public async Task WriteAsync(byte[] handle, long offset, ReadOnlyMemory<byte> data, string path, CancellationToken cancellation) =>
        Require(await AskAsync(SftpKind.Write, message => message.Add(handle).Add((ulong)offset).Add(data.Span), cancellation).ConfigureAwait(false), path);

    /// <summary>Bytes of a file; none at its end. Fewer than asked for may come.</summary>
    public async Task<byte[]> ReadAsync(byte[] handle, long offset, int count, string path, CancellationToken cancellation)
    {
        SftpReply reply = await AskAsync(
            SftpKind.Read, message => message.Add(handle).Add((ulong)offset).Add((uint)count), cancellation).ConfigureAwait(false);
        if (reply.Kind == SftpKind.Data)
        {
            return reply.ReadBytes().ToArray();
        }

        (SftpStatus status, string said) = StatusOf(reply);
        return status == SftpStatus.EndOfFile ? [] : throw new SftpException(status, path, said);
    }

    /// <summary>Has a file written to the disk, where the server can be told.</summary>
    public async Task FlushAsync(byte[] handle, string path, CancellationToken cancellation)
    {
        if (connection.Extensions.Contains("fsync@openssh.com"))
        {
            Require(await AskAsync(SftpKind.Extended, message => message.Add("fsync@openssh.com").Add(handle), cancellation).ConfigureAwait(false), path);
        }
    }

    public async Task CloseAsync(byte[] handle, string path, CancellationToken cancellation) =>
        Require(await AskAsync(SftpKind.Close, message => message.Add(handle), cancellation).ConfigureAwait(false), path);

    /// <summary>Bytes that this login may still write below a path; null where the server does not tell.</summary>
    public async Task<long?> FindFreeAsync(string path, CancellationToken cancellation)
    {
        if (!connection.Extensions.Contains("statvfs@openssh.com"))
        {
            return null;
        }

        SftpReply reply = await AskAsync(SftpKind.Extended, message => message.Add("statvfs@openssh.com").Add(path), cancellation).ConfigureAwait(false);
        if (reply.Kind != SftpKind.ExtendedReply)
        {
            return null;
        }

        _ = reply.ReadLong();
        ulong unit = reply.ReadLong();
        _ = reply.ReadLong();
        _ = reply.ReadLong();
        return (long)Math.Min(long.MaxValue, (double)unit * reply.ReadLong());
    }

    private static (SftpStatus Status, string Said) StatusOf(SftpReply reply)
    {
        if (reply.Kind != SftpKind.Status)
        {
            throw new InvalidDataException($"the server answered with packet {(byte)reply.Kind}");
        }

        SftpStatus status = (SftpStatus)reply.ReadNumber();
        return (status, reply.Left > 0 ? reply.ReadText() : status.ToString());
    }

    private static void Require(SftpReply reply, string path)
    {
        (SftpStatus status, string said) = StatusOf(reply);
        if (status != SftpStatus.Ok)
        {
            throw new SftpException(status, path, said);
        }
    }

    private Task<SftpReply> AskAsync(SftpKind kind, Action<SftpMessage> fill, CancellationToken cancellation)
    {
        uint id = connection.NextId();
        SftpMessage message = new(kind, id);
        fill(message);
        return connection.AskAsync(id, message, cancellation);
    }

    private async Task DoAsync(SftpKind kind, string path, CancellationToken cancellation) =>
        Require(await AskAsync(kind, message => message.Add(path), cancellation).ConfigureAwait(false), path);

    private async Task ExtendedAsync(string name, string first, string second, CancellationToken cancellation) =>
        Require(await AskAsync(SftpKind.Extended, message => message.Add(name).Add(first).Add(second), cancellation).ConfigureAwait(false), second);

    private async Task<byte[]> OpenAsync(string path, uint flags, CancellationToken cancellation)
    {
        SftpReply reply = await AskAsync(
            SftpKind.Open, message => message.Add(path).Add(flags).AddMode(Storage.PrivateFiles.FileMode), cancellation).ConfigureAwait(false);
        if (reply.Kind == SftpKind.Handle)
        {
            return reply.ReadBytes().ToArray();
        }

        (SftpStatus status, string said) = StatusOf(reply);
        throw new SftpException(status, path, said);
    }
}
