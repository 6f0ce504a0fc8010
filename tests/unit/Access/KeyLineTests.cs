using System.Buffers.Binary;
using System.Text;
using Asterisell.Engine.Instances.Access;

namespace Asterisell.Tests.Unit.Access;

public sealed class KeyLineTests
{
    private const string Ed25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

    [Fact]
    public void A_fingerprint_is_that_of_ssh_keygen()
    {
        // The host key that GitHub publishes with its fingerprint.
        Assert.True(PublicKey.TryParse(Ed25519 + " host", out PublicKey? key));
        Assert.Equal("SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU", key.Fingerprint);
        Assert.Equal((256, "host", false), (key.Bits!.Value, key.Comment, key.IsWeak));
        Assert.Equal(Ed25519 + " host", key.ToString());
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("from=\"10.0.0.0/8\" ", "from=\"10.0.0.0/8\"")]
    [InlineData("no-pty,command=\"echo \\\"a b\\\" ssh-rsa\" ", "no-pty,command=\"echo \\\"a b\\\" ssh-rsa\"")]
    [InlineData("restrict\t", "restrict")]
    public void Options_are_told_from_the_key(string before, string options)
    {
        KeyLine line = KeyLine.Parse(before + Ed25519 + "  two words ");
        Assert.NotNull(line.Key);
        Assert.Equal(options, line.Options);
        Assert.Equal("two words", line.Key.Comment);
    }

    [Theory]
    [InlineData("ssh-ed25519")]
    [InlineData("ssh-ed25519 AAAA name")]
    [InlineData("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJ name")]
    [InlineData("ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl name")]
    [InlineData("command=\"left open ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl")]
    [InlineData("<<<<<<< HEAD")]
    public void What_sshd_skips_is_malformed_and_kept(string text)
    {
        KeyLine line = KeyLine.Parse(text);
        Assert.True(line.IsMalformed);
        Assert.Equal(text, line.Text);
    }

    [Fact]
    public void Every_line_survives_byte_for_byte()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes($"# team\n\n{Ed25519} Jürgen\r\n  {Ed25519}\nrubbish "), 0xFF, 0x00, (byte)'\n'];
        IReadOnlyList<KeyLine> lines = KeyFile.Parse(bytes);
        Assert.Equal([false, false, false, false, true], lines.Select(line => line.IsMalformed));
        Assert.Equal(bytes, KeyFile.Format(lines));
    }

    [Theory]
    [InlineData(1024, true)]
    [InlineData(2048, false)]
    public void Short_keys_are_weak(int bits, bool weak)
    {
        byte[] modulus = new byte[(bits / 8) + 1];
        modulus[1] = 0x80;
        Assert.True(PublicKey.TryParse($"ssh-rsa {Blob("ssh-rsa"u8.ToArray(), [1, 0, 1], modulus)}", out PublicKey? key));
        Assert.Equal((bits, weak), (key.Bits!.Value, key.IsWeak));
    }

    [Theory]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n", "PrivateKeyGiven")]
    [InlineData("PuTTY-User-Key-File-3: ssh-ed25519\n", "PrivateKeyGiven")]
    [InlineData("---- BEGIN SSH2 PUBLIC KEY ----\n", "PublicKeyInvalid")]
    [InlineData("# nothing\n", "PublicKeyInvalid")]
    [InlineData("hello", "PublicKeyInvalid")]
    public void What_is_no_public_key_is_refused_and_not_repeated(string text, string errorId)
    {
        AsterisellException error = Assert.Throws<AsterisellException>(() => PublicKeyText.Parse(text, "id"));
        Assert.Equal(errorId, error.ErrorId);
        Assert.DoesNotContain("b3BlbnNzaC1rZXktdjEAAAAA", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU", true)]
    [InlineData("+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU", false)]
    [InlineData("SHA256:*", false)]
    [InlineData("MD5:16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48", false)]
    public void A_fingerprint_is_whole(string text, bool valid)
    {
        if (valid)
        {
            Assert.Equal(text, PublicKeyText.CheckFingerprint(text));
            return;
        }

        Assert.Equal("FingerprintInvalid", Assert.Throws<AsterisellException>(() => PublicKeyText.CheckFingerprint(text)).ErrorId);
    }

    private static string Blob(params byte[][] fields)
    {
        using var blob = new MemoryStream();
        foreach (byte[] field in fields)
        {
            byte[] length = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, field.Length);
            blob.Write(length);
            blob.Write(field);
        }

        return Convert.ToBase64String(blob.ToArray());
    }
}
