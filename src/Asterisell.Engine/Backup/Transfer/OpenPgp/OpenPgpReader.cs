using System.Security.Cryptography;

namespace Asterisell.Engine.Backup.Transfer.OpenPgp;

/// <summary>
/// Decrypts what <see cref="OpenPgpWriter"/> wrote, or gpg with the same settings. Its end is an end only when the integrity code fits: nothing
/// that is read before may be acted on.
/// </summary>
internal sealed class OpenPgpReader : ForwardStream
{
    private const int CodePacketSize = 22;
    private const int PrefixSize = CfbCipher.BlockSize + 2;

    private readonly PacketReader _packets;
    private readonly CfbCipher _cipher;
    private readonly PacketReader _inner;
    private readonly IncrementalHash _integrity = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);

    /// <summary>Decrypted and not yet given: at its end the code, as long as more may come.</summary>
    private readonly byte[] _clear = new byte[(64 * 1024) + CodePacketSize + CfbCipher.BlockSize];
    private readonly byte[] _block = new byte[(64 * 1024) + CfbCipher.BlockSize];
    private int _begin;
    private int _end;
    private bool _decrypted;
    private bool _ended;

    private OpenPgpReader(PacketReader packets, CfbCipher cipher)
    {
        (_packets, _cipher) = (packets, cipher);
        _inner = new PacketReader(ReadClearAsync);
    }

    /// <summary>True for the first bytes of an encrypted message.</summary>
    public static bool IsEncrypted(byte first) => first is 0xC3 or 0x8C;

    /// <summary>Opens a message.</summary>
    /// <exception cref="InvalidDataException">It is none that this reads; the message says why.</exception>
    /// <exception cref="CryptographicException">The passphrase is another one.</exception>
    public static async Task<OpenPgpReader> OpenAsync(Stream input, Secret passphrase, CancellationToken cancellation)
    {
        PacketReader packets = new(input.ReadAsync);
        if (await packets.NextAsync(cancellation).ConfigureAwait(false) != 3)
        {
            throw new InvalidDataException("it is not encrypted with a passphrase");
        }

        byte[] key = await packets.TakeAsync(4, cancellation).ConfigureAwait(false);
        if (key is not [4, SessionKey.Aes256, SessionKey.IteratedSalted, SessionKey.Sha256])
        {
            throw new InvalidDataException("it is encrypted in another way than this module does: decrypt it with gpg --decrypt first");
        }

        byte[] salt = await packets.TakeAsync(SessionKey.SaltSize, cancellation).ConfigureAwait(false);
        byte count = (await packets.TakeAsync(1, cancellation).ConfigureAwait(false))[0];
        if (await packets.NextAsync(cancellation).ConfigureAwait(false) != 18
            || (await packets.TakeAsync(1, cancellation).ConfigureAwait(false))[0] != 1)
        {
            throw new InvalidDataException("its data are not protected as this module does it");
        }

        OpenPgpReader reader = new(packets, new CfbCipher(SessionKey.Derive(passphrase, salt, count), encrypt: false));
        try
        {
            await reader.BeginAsync(cancellation).ConfigureAwait(false);
            return reader;
        }
        catch
        {
            await reader.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_ended || buffer.IsEmpty)
        {
            return 0;
        }

        int read = await _inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (read == 0)
        {
            await RequireEndAsync(cancellationToken).ConfigureAwait(false);
            _ended = true;
        }

        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _cipher.Dispose();
            _integrity.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>The prefix repeats its last two bytes: with another passphrase it does not, but for one time in 65,536.</summary>
    private async Task BeginAsync(CancellationToken cancellation)
    {
        byte[] prefix = new byte[PrefixSize];
        for (int at = 0; at < prefix.Length;)
        {
            int read = await ReadClearAsync(prefix.AsMemory(at), cancellation).ConfigureAwait(false);
            at += read > 0 ? read : throw new InvalidDataException("it ends before its end");
        }

        if (prefix[14] != prefix[16] || prefix[15] != prefix[17])
        {
            throw new CryptographicException("the passphrase is another one");
        }

        int tag;
        try
        {
            tag = await _inner.NextAsync(cancellation).ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            throw new CryptographicException("the passphrase is another one");
        }

        if (tag != 11)
        {
            throw tag == 8
                ? new InvalidDataException("it is compressed inside, which this module does not do: decrypt it with gpg --decrypt first")
                : new CryptographicException("the passphrase is another one");
        }

        byte[] head = await _inner.TakeAsync(2, cancellation).ConfigureAwait(false);
        await _inner.TakeAsync(head[1] + 4, cancellation).ConfigureAwait(false);
    }

    private async Task RequireEndAsync(CancellationToken cancellation)
    {
        if (await ReadClearAsync(new byte[1], cancellation).ConfigureAwait(false) != 0
            || await _packets.NextAsync(cancellation).ConfigureAwait(false) != -1)
        {
            throw new InvalidDataException("something follows its end");
        }

        ReadOnlyMemory<byte> code = _clear.AsMemory(_begin, _end - _begin);
        if (code.Length != CodePacketSize || code.Span[0] != 0xD3 || code.Span[1] != 0x14)
        {
            throw new InvalidDataException("it has no integrity code");
        }

        _integrity.AppendData(code.Span[..2]);
        if (!CryptographicOperations.FixedTimeEquals(_integrity.GetHashAndReset(), code.Span[2..]))
        {
            throw new InvalidDataException("its content is not what was encrypted");
        }
    }

    /// <summary>Decrypted bytes but the last, which are the code.</summary>
    private async ValueTask<int> ReadClearAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        while (_end - _begin <= CodePacketSize && !_decrypted)
        {
            await DecryptAsync(cancellation).ConfigureAwait(false);
        }

        int taken = Math.Min(buffer.Length, Math.Max(0, _end - _begin - CodePacketSize));
        _clear.AsMemory(_begin, taken).CopyTo(buffer);
        _integrity.AppendData(_clear, _begin, taken);
        _begin += taken;
        return taken;
    }

    private async Task DecryptAsync(CancellationToken cancellation)
    {
        int filled = 0;
        int want = _block.Length - CfbCipher.BlockSize;
        while (filled < want)
        {
            int read = await _packets.ReadAsync(_block.AsMemory(filled, want - filled), cancellation).ConfigureAwait(false);
            if (read == 0)
            {
                _decrypted = true;
                break;
            }

            filled += read;
        }

        _cipher.Transform(_block, filled);
        _clear.AsSpan(_begin, _end - _begin).CopyTo(_clear);
        (_begin, _end) = (0, _end - _begin);
        _block.AsSpan(0, filled).CopyTo(_clear.AsSpan(_end));
        _end += filled;
    }
}
