using System.Security.Cryptography;

namespace Asterisell.Engine.Backup.Transfer.OpenPgp;

/// <summary>
/// Encrypts a stream with a passphrase as a message of OpenPGP (RFC 4880): AES-256, integrity protected, not compressed. Every gpg decrypts it.
/// </summary>
internal sealed class OpenPgpWriter : ForwardWriter
{
    private const byte SymmetricKeyPacket = 0xC3;
    private const byte ProtectedDataPacket = 0xD2;
    private const byte LiteralPacket = 0xCB;

    private readonly Stream _output;
    private readonly CfbCipher _cipher;
    private readonly IncrementalHash _integrity = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
    private readonly PartialBody _outer;
    private readonly PartialBody _literal;
    private readonly byte[] _block = new byte[64 * 1024];
    private int _filled;

    private OpenPgpWriter(Stream output, byte[] key)
    {
        _output = output;
        _cipher = new CfbCipher(key, encrypt: true);
        _outer = new PartialBody(bytes => _output.Write(bytes.Span));
        _literal = new PartialBody(bytes => Protect(bytes.Span));
    }

    /// <summary>Begins a message.</summary>
    /// <param name="output">Is left open.</param>
    /// <param name="passphrase">Passphrase.</param>
    public static OpenPgpWriter Begin(Stream output, Secret passphrase)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SessionKey.SaltSize);
        byte[] body = [4, SessionKey.Aes256, SessionKey.IteratedSalted, SessionKey.Sha256, .. salt, SessionKey.LargestCount];
        output.Write([SymmetricKeyPacket, .. PartialBody.Length(body.Length), .. body, ProtectedDataPacket]);
        OpenPgpWriter writer = new(output, SessionKey.Derive(passphrase, salt, SessionKey.LargestCount));
        writer._outer.Write([1]);
        byte[] prefix = RandomNumberGenerator.GetBytes(CfbCipher.BlockSize);
        writer.Protect([.. prefix, .. prefix[^2..], LiteralPacket]);

        // Binary, without a name and a time.
        writer._literal.Write([(byte)'b', 0, 0, 0, 0, 0]);
        return writer;
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer) => _literal.Write(buffer);

    /// <summary>Ends the message; without it no reader takes it for whole.</summary>
    public void Complete()
    {
        _literal.Complete();
        Protect([0xD3, 0x14]);
        byte[] code = _integrity.GetHashAndReset();
        Encrypt(code);
        _cipher.Transform(_block, _filled);
        _outer.Write(_block.AsSpan(0, _filled));
        _outer.Complete();
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

    private void Protect(ReadOnlySpan<byte> clear)
    {
        _integrity.AppendData(clear);
        Encrypt(clear);
    }

    private void Encrypt(ReadOnlySpan<byte> clear)
    {
        while (!clear.IsEmpty)
        {
            if (_filled == _block.Length)
            {
                _cipher.Transform(_block, _filled);
                _outer.Write(_block);
                _filled = 0;
            }

            int taken = Math.Min(clear.Length, _block.Length - _filled);
            clear[..taken].CopyTo(_block.AsSpan(_filled));
            _filled += taken;
            clear = clear[taken..];
        }
    }
}
