using System.Security.Cryptography;
using Asterisell.Engine.Backup.Transfer.OpenPgp;

namespace Asterisell.Tests.Unit.Backup;

public class OpenPgpTests
{
    private static readonly Secret Passphrase = new("a passphrase – with ümlaut");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(300_001)]
    public async Task ReadsWhatItWrote(int length)
    {
        byte[] clear = RandomNumberGenerator.GetBytes(length);

        byte[] message = Encrypt(clear);

        Assert.Equal(clear, await DecryptAsync(message, Passphrase));
    }

    [Fact]
    public async Task NoticesEveryOtherPassphraseAndEveryChange()
    {
        byte[] message = Encrypt(RandomNumberGenerator.GetBytes(1000));
        await Assert.ThrowsAnyAsync<CryptographicException>(() => DecryptAsync(message, new Secret("another one")));

        Random random = new(20261123);
        for (int i = 0; i < 200; i++)
        {
            byte[] changed = [.. message];
            changed[random.Next(message.Length)] ^= (byte)(1 << random.Next(8));
            Exception? failure = await Record.ExceptionAsync(() => DecryptAsync(changed, Passphrase));
            Assert.True(failure is InvalidDataException or CryptographicException, $"{failure}");
        }

        foreach (int length in new[] { 0, 1, 10, 30, message.Length / 2, message.Length - 1 })
        {
            Exception? failure = await Record.ExceptionAsync(() => DecryptAsync(message[..length], Passphrase));
            Assert.True(failure is InvalidDataException or CryptographicException, $"{length}: {failure}");
        }

        await Assert.ThrowsAsync<InvalidDataException>(() => DecryptAsync([.. message, 0xD2, 0], Passphrase));
    }

    private static byte[] Encrypt(byte[] clear)
    {
        using MemoryStream message = new();
        using (OpenPgpWriter writer = OpenPgpWriter.Begin(message, Passphrase))
        {
            for (int at = 0; at < clear.Length; at += 7777)
            {
                writer.Write(clear.AsSpan(at, Math.Min(7777, clear.Length - at)));
            }

            writer.Complete();
        }

        return message.ToArray();
    }

    private static async Task<byte[]> DecryptAsync(byte[] message, Secret passphrase)
    {
        await using OpenPgpReader reader = await OpenPgpReader.OpenAsync(new MemoryStream(message), passphrase, default);
        using MemoryStream clear = new();
        byte[] buffer = new byte[5000];
        int read;
        while ((read = await reader.ReadAsync(buffer)) > 0)
        {
            clear.Write(buffer, 0, read);
        }

        return clear.ToArray();
    }
}
