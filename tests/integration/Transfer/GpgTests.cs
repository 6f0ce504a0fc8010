using System.Diagnostics;
using System.Security.Cryptography;
using Asterisell.Engine.Backup.Transfer.OpenPgp;

namespace Asterisell.Tests.Integration.Transfer;

/// <summary>An export is read by gpg, and what gpg encrypts the same way is read here.</summary>
public sealed class GpgTests : IDisposable
{
    private static readonly Secret Passphrase = new("a passphrase – with ümlaut");

    private readonly string home = Directory.CreateTempSubdirectory("asterisell-gpg-").FullName;

    [Fact]
    public async Task GpgReadsItAndItReadsGpg()
    {
        byte[] clear = RandomNumberGenerator.GetBytes(200_000);
        string message = Path.Combine(home, "message.gpg");
        await using (FileStream file = File.Create(message))
        {
            using OpenPgpWriter writer = OpenPgpWriter.Begin(file, Passphrase);
            writer.Write(clear);
            writer.Complete();
        }

        Assert.Equal(clear, await GpgAsync("--decrypt", message));

        string own = Path.Combine(home, "clear");
        await File.WriteAllBytesAsync(own, clear);
        byte[] theirs = await GpgAsync(
            "--symmetric", "--cipher-algo", "AES256", "--s2k-digest-algo", "SHA256", "--compress-algo", "none", "--output", "-", own);
        await using OpenPgpReader reader = await OpenPgpReader.OpenAsync(new MemoryStream(theirs), Passphrase, default);
        using MemoryStream read = new();
        await reader.CopyToAsync(read);
        Assert.Equal(clear, read.ToArray());
    }

    public void Dispose()
    {
        // The agent that gpg started for this folder.
        using Process kill = Process.Start("gpgconf", ["--homedir", home, "--kill", "gpg-agent"]);
        kill.WaitForExit();
        Directory.Delete(home, recursive: true);
    }

    private async Task<byte[]> GpgAsync(params string[] arguments)
    {
        ProcessStartInfo start = new("gpg", ["--homedir", home, "--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase-fd", "0", .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using Process gpg = Process.Start(start)!;
        Task<string> said = gpg.StandardError.ReadToEndAsync();
        await gpg.StandardInput.WriteAsync(Passphrase.Reveal() + "\n");
        gpg.StandardInput.Close();
        using MemoryStream output = new();
        await gpg.StandardOutput.BaseStream.CopyToAsync(output);
        await gpg.WaitForExitAsync();
        Assert.True(gpg.ExitCode == 0, await said);
        return output.ToArray();
    }
}
