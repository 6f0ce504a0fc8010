using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace Asterisell.Engine.Backup.Targets.Sftp;

/// <summary>
/// Requests and answers of SFTP over two streams. Many requests may be under way: over a link of 20 ms, a hundred thousand of them one after
/// another would take half an hour.
/// </summary>
internal sealed class SftpConnection : IAsyncDisposable
{
    private const int LargestPacket = 1024 * 1024;

    private readonly Stream _toServer;
    private readonly Stream _fromServer;
    private readonly ConcurrentDictionary<uint, TaskCompletionSource<SftpReply>> _waiting = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly Task _reader;
    private volatile Exception? _end;
    private uint _lastId;

    private SftpConnection(Stream toServer, Stream fromServer, IReadOnlySet<string> extensions)
    {
        _toServer = toServer;
        _fromServer = fromServer;
        Extensions = extensions;
        _reader = Task.Run(ReadAsync);
    }

    /// <summary>What the server can do beyond the protocol, as <c>name@domain</c>.</summary>
    public IReadOnlySet<string> Extensions { get; }

    /// <summary>Greets the server.</summary>
    /// <exception cref="InvalidDataException">It speaks something else.</exception>
    public static async Task<SftpConnection> OpenAsync(Stream toServer, Stream fromServer, CancellationToken cancellation)
    {
        await toServer.WriteAsync(new SftpMessage(SftpKind.Init, null).Add(3u).Finish(), cancellation).ConfigureAwait(false);
        await toServer.FlushAsync(cancellation).ConfigureAwait(false);
        SftpReply hello = await ReadPacketAsync(fromServer, cancellation).ConfigureAwait(false);
        if (hello.Kind != SftpKind.Version || hello.ReadNumber() < 3)
        {
            throw new InvalidDataException("it does not speak SFTP version 3");
        }

        HashSet<string> extensions = [];
        while (hello.Left > 0)
        {
            extensions.Add(hello.ReadText());
            _ = hello.ReadBytes();
        }

        return new SftpConnection(toServer, fromServer, extensions);
    }

    /// <summary>An id for the next request.</summary>
    public uint NextId() => Interlocked.Increment(ref _lastId);

    /// <summary>Sends a request and waits for its answer. One that is given up is answered to nobody.</summary>
    /// <exception cref="IOException">The connection is gone.</exception>
    public async Task<SftpReply> AskAsync(uint id, SftpMessage message, CancellationToken cancellation)
    {
        TaskCompletionSource<SftpReply> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answer;
        if (_end is { } end)
        {
            throw new IOException(end.Message, end);
        }

        await _writing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            // Not cancelled in the middle: half a packet would spoil all that follow.
            await _toServer.WriteAsync(message.Finish(), CancellationToken.None).ConfigureAwait(false);
            await _toServer.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }

        return await answer.Task.WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _fromServer.DisposeAsync().ConfigureAwait(false);
        await _reader.ConfigureAwait(false);
    }

    private static async Task<SftpReply> ReadPacketAsync(Stream stream, CancellationToken cancellation)
    {
        byte[] head = new byte[5];
        await stream.ReadExactlyAsync(head, cancellation).ConfigureAwait(false);
        uint length = BinaryPrimitives.ReadUInt32BigEndian(head);
        if (length is 0 or > LargestPacket)
        {
            throw new InvalidDataException("it does not speak SFTP");
        }

        byte[] body = new byte[length - 1];
        await stream.ReadExactlyAsync(body, cancellation).ConfigureAwait(false);
        return new SftpReply((SftpKind)head[4], body);
    }

    private async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                SftpReply reply = await ReadPacketAsync(_fromServer, CancellationToken.None).ConfigureAwait(false);
                if (_waiting.TryRemove(reply.ReadNumber(), out TaskCompletionSource<SftpReply>? waiting))
                {
                    waiting.TrySetResult(reply);
                }
            }
        }
        catch (Exception end) when (end is IOException or InvalidDataException or ObjectDisposedException)
        {
            _end = end;
            foreach (TaskCompletionSource<SftpReply> waiting in _waiting.Values)
            {
                waiting.TrySetException(new IOException("the connection to the server broke off", end));
            }
        }
    }
}
