using System.Security.Cryptography;

namespace Asterisell.Engine.Backup.Transfer.OpenPgp;

/// <summary>AES-256 in cipher feedback over a stream of any length, as OpenPGP has it: the first block is fed back from zeros.</summary>
internal sealed class CfbCipher : IDisposable
{
    public const int BlockSize = 16;

    private readonly Aes _aes = Aes.Create();
    private readonly ICryptoTransform _transform;

    public CfbCipher(byte[] key, bool encrypt)
    {
        _aes.Key = key;
        _aes.IV = new byte[BlockSize];
        _aes.Mode = CipherMode.CFB;
        _aes.FeedbackSize = BlockSize * 8;
        _aes.Padding = PaddingMode.None;
        _transform = encrypt ? _aes.CreateEncryptor() : _aes.CreateDecryptor();
    }

    /// <summary>Turns bytes in place; every call but the last with whole blocks.</summary>
    /// <param name="buffer">Has room for a whole block at the end.</param>
    /// <param name="count">Bytes.</param>
    public void Transform(byte[] buffer, int count)
    {
        int whole = count / BlockSize * BlockSize;
        if (whole > 0)
        {
            byte[] turned = new byte[whole];
            int done = _transform.TransformBlock(buffer, 0, whole, turned, 0);
            turned.AsSpan(0, done).CopyTo(buffer);
        }

        if (count > whole)
        {
            // In this mode the bytes of a block do not depend on those after them.
            byte[] last = new byte[BlockSize];
            buffer.AsSpan(whole, count - whole).CopyTo(last);
            byte[] turned = new byte[BlockSize];
            _ = _transform.TransformBlock(last, 0, BlockSize, turned, 0);
            turned.AsSpan(0, count - whole).CopyTo(buffer.AsSpan(whole));
        }
    }

    public void Dispose()
    {
        _transform.Dispose();
        _aes.Dispose();
    }
}
