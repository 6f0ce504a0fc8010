using System.Runtime.Versioning;
using Xunit.Abstractions;

namespace Asterisell.Tests.Unit.Backup;

/// <summary>Damages a whole snapshot at random, with a fixed seed; not one damage may pass.</summary>
[Trait("Category", "Campaign")]
[SupportedOSPlatform("linux")]
public class CorruptionCampaignTests(ITestOutputHelper output)
{
    [Fact]
    public async Task FindsEveryDamage()
    {
        int runs = Environment.GetEnvironmentVariable("ASTERISELL_CAMPAIGN") == "full" ? 10_000 : 300;
        Random random = new(20240501);
        using TemporaryFolder folder = new();
        AsterisellBackup backup = await Snapshots.MakeAsync(folder.Path);
        string[] files = [.. Directory.GetFiles(backup.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        Dictionary<string, byte[]> good = files.ToDictionary(file => file, File.ReadAllBytes);
        SortedDictionary<string, int> found = [];
        for (int run = 0; run < runs; run++)
        {
            string damage = Damage(random, files, good, out string[] touched);
            bool passed = (await BackupVerifierTests.TestAsync(backup)).Passed;
            Assert.False(passed, $"run {run}: {damage} was not found");
            string kind = damage.Split(' ')[0];
            found[kind] = found.GetValueOrDefault(kind) + 1;
            foreach (string file in touched)
            {
                await File.WriteAllBytesAsync(file, good[file]);
            }
        }

        Assert.True((await BackupVerifierTests.TestAsync(backup)).Passed);
        output.WriteLine($"{runs} of {runs} found: {string.Join(", ", found.Select(kind => $"{kind.Key} {kind.Value}"))}");
    }

    private static string Damage(Random random, string[] files, Dictionary<string, byte[]> good, out string[] touched)
    {
        string file = files[random.Next(files.Length)];
        byte[] content = [.. good[file]];
        touched = [file];
        switch (random.Next(6))
        {
            case 0 or 1 when content.Length > 0:
                int at = random.Next(content.Length);
                content[at] ^= (byte)(1 << random.Next(8));
                File.WriteAllBytes(file, content);
                return $"flip of byte {at} of {file}";
            case 2 when content.Length > 0:
                int length = random.Next(content.Length);
                File.WriteAllBytes(file, content[..length]);
                return $"truncation of {file} to {length}";
            case 3:
                File.WriteAllBytes(file, [.. content, (byte)random.Next(256)]);
                return $"growth of {file}";
            case 4:
                string other = files.First(candidate => candidate != file && !good[candidate].AsSpan().SequenceEqual(good[file]));
                File.WriteAllBytes(file, good[other]);
                File.WriteAllBytes(other, good[file]);
                touched = [file, other];
                return $"swap of {file} and {other}";
            default:
                File.Delete(file);
                return $"deletion of {file}";
        }
    }
}
