using System.Diagnostics;
using System.Text;
using Asterisell.Engine.Backup.Repository;

namespace Asterisell.Tests.Unit.Backup.Repository;

public sealed class SealedSecretsTests : IDisposable
{
    private static readonly Secret Passphrase = new("correct horse \u00e4 battery");
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void OpensWithItsPassphraseAlone()
    {
        (byte[] file, string seal) = SealedSecrets.Encrypt("s\u00e4cret"u8, Passphrase);

        Assert.Equal("s\u00e4cret", Encoding.UTF8.GetString(SealedSecrets.Decrypt(file, seal, Passphrase)!));
        Assert.Null(SealedSecrets.Decrypt(file, seal, new Secret("correct horse a battery")));
        Assert.Equal(-1, file.AsSpan().IndexOf("cret"u8));
    }

    [Fact]
    public void FindsEveryChangedByte()
    {
        (byte[] file, string seal) = SealedSecrets.Encrypt("secret"u8, Passphrase);
        foreach (int at in new[] { 0, 8, 15, 16, file.Length - 1 })
        {
            byte[] changed = [.. file];
            changed[at] ^= 1;
            Assert.Null(SealedSecrets.Decrypt(changed, seal, Passphrase));
        }

        Assert.Null(SealedSecrets.Decrypt(file.AsSpan()[..^1], seal, Passphrase));
        Assert.Null(SealedSecrets.Decrypt(file, seal[..^1] + (seal[^1] == '0' ? '1' : '0'), Passphrase));
        Assert.Null(SealedSecrets.Decrypt([], seal, Passphrase));
    }

    [Fact]
    public void TwoAreNeverAlike() =>
        Assert.NotEqual(SealedSecrets.Encrypt("secret"u8, Passphrase).File, SealedSecrets.Encrypt("secret"u8, Passphrase).File);

    [Fact]
    public async Task OpensWithOpensslAlone()
    {
        string path = _folder["secrets.json.enc"];
        await File.WriteAllBytesAsync(path, SealedSecrets.Encrypt("[\"s\u00e4cret\"]"u8, Passphrase).File);
        ProcessStartInfo start = new(
            "openssl", ["enc", "-d", "-aes-256-cbc", "-pbkdf2", "-iter", "600000", "-md", "sha256", "-in", path, "-pass", "stdin"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };

        using Process openssl = Process.Start(start)!;
        await openssl.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(Passphrase.Reveal() + "\n"));
        openssl.StandardInput.Close();
        string text = await openssl.StandardOutput.ReadToEndAsync();
        string error = await openssl.StandardError.ReadToEndAsync();
        await openssl.WaitForExitAsync();

        Assert.True(openssl.ExitCode == 0, error);
        Assert.Equal("[\"s\u00e4cret\"]", text);
    }

    public void Dispose() => _folder.Dispose();
}
