using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Asterisell.Engine.Backup.Storage;
using Xunit.Abstractions;

namespace Asterisell.Tests.Unit.Backup;

/// <summary>
/// Damages whole snapshots at random, with a fixed seed; not one damage may pass. There are two, with tables in ranges by month, that share by hard
/// link what is the same: a byte that rots is in both, a file that somebody removes is missing in one.
/// </summary>
[Trait("Category", "Campaign")]
[SupportedOSPlatform("linux")]
public class CorruptionCampaignTests(ITestOutputHelper output)
{
    [Fact]
    public async Task FindsEveryDamage()
    {
        int runs = Environment.GetEnvironmentVariable("ASTERISELL_CAMPAIGN") == "full" ? 10_000 : 200;
        Random random = new(20240501);
        using TemporaryFolder folder = new();
        AsterisellBackup[] both =
        [
            await Snapshots.MakeAsync(folder.Path, "20240501T021500Z", ranges: true), await Snapshots.MakeAsync(folder.Path, "20240502T021500Z", ranges: true),
        ];
        Pair pair = Pair.Of(both[0].Path, both[1].Path);
        Assert.True(pair.SharedCount >= 8, $"{pair.SharedCount} files are shared");
        SortedDictionary<string, int> found = [];
        int inBoth = 0;
        for (int run = 0; run < runs; run++)
        {
            int damaged = random.Next(2);
            (string kind, string what, bool reachesOther) = pair.Damage(random, damaged);
            Assert.False((await BackupVerifierTests.TestAsync(both[damaged])).Passed, $"run {run}: {kind} {what} was not found");
            Assert.True((await BackupVerifierTests.TestAsync(both[1 - damaged])).Passed != reachesOther, $"run {run}: {kind} {what} and the other snapshot");
            found[kind] = found.GetValueOrDefault(kind) + 1;
            inBoth += reachesOther ? 1 : 0;
            pair.Mend();
        }

        Assert.All(both, backup => Assert.True(BackupVerifierTests.TestAsync(backup).GetAwaiter().GetResult().Passed));
        output.WriteLine(
            $"{runs} of {runs} found: {string.Join(", ", found.Select(kind => $"{kind.Key} {kind.Value}"))}; {inBoth} in a file that two snapshots share, found in both");
    }

    /// <summary>Two snapshots, what each file of them was, and which are one file on the disk.</summary>
    private sealed class Pair
    {
        private readonly string[][] _files;
        private readonly Dictionary<string, byte[]> _good;
        private readonly Dictionary<string, string> _twins = [];
        private readonly HashSet<string> _touched = [];

        private Pair(params string[] folders)
        {
            _files = [.. folders.Select(folder => Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray())];
            _good = _files.SelectMany(files => files).ToDictionary(file => file, File.ReadAllBytes);
        }

        public int SharedCount => _twins.Count / 2;

        public static Pair Of(string first, string second)
        {
            Pair pair = new(first, second);
            foreach (string file in pair._files[0])
            {
                string other = second + file[first.Length..];
                bool isOwn = Path.GetFileName(file) is SnapshotLayout.Manifest or SnapshotLayout.ManifestChecksum or SnapshotLayout.Listing;
                if (!isOwn && File.Exists(other) && pair._good[file].AsSpan().SequenceEqual(pair._good[other]))
                {
                    pair._twins[file] = other;
                    pair._twins[other] = file;
                    Share(file, other);
                }
            }

            return pair;
        }

        /// <summary>Damages a file of one of them.</summary>
        /// <returns>How, where, and whether the other snapshot has the same damage.</returns>
        public (string Kind, string What, bool ReachesOther) Damage(Random random, int snapshot)
        {
            string[] files = _files[snapshot];
            string file = files[random.Next(files.Length)];
            byte[] content = [.. _good[file]];
            bool isShared = _twins.ContainsKey(file);
            _touched.Add(file);
            switch (random.Next(7))
            {
                case 0 or 1 when content.Length > 0:
                    int at = random.Next(content.Length);
                    content[at] ^= (byte)(1 << random.Next(8));
                    File.WriteAllBytes(file, content);
                    return ("flip", $"of byte {at} of {file}", isShared);
                case 2 when content.Length > 0:
                    int length = random.Next(content.Length);
                    File.WriteAllBytes(file, content[..length]);
                    return ("truncation", $"of {file} to {length}", isShared);
                case 3:
                    File.WriteAllBytes(file, [.. content, (byte)random.Next(256)]);
                    return ("growth", $"of {file}", isShared);
                case 4:
                    string[] others = [.. files.Where(candidate => !_good[candidate].AsSpan().SequenceEqual(_good[file]))];
                    string other = others[random.Next(others.Length)];
                    File.WriteAllBytes(file, _good[other]);
                    File.WriteAllBytes(other, _good[file]);
                    _touched.Add(other);
                    return ("swap", $"of {file} and {other}", isShared || _twins.ContainsKey(other));
                case 5 when content.Length > 0:
                    // As somebody does who mends a file by hand: a new one of that name.
                    content[random.Next(content.Length)] ^= 0x20;
                    File.Delete(file);
                    File.WriteAllBytes(file, content);
                    return ("replacement", $"of {file}", false);
                default:
                    File.Delete(file);
                    return ("deletion", $"of {file}", false);
            }
        }

        /// <summary>Makes everything as it was, shared files too.</summary>
        public void Mend()
        {
            foreach (string file in _touched)
            {
                File.WriteAllBytes(file, _good[file]);
                if (_twins.TryGetValue(file, out string? twin))
                {
                    Share(file, twin);
                }
            }

            _touched.Clear();
        }

        private static void Share(string file, string twin)
        {
            File.Delete(twin);
            Assert.Equal(0, Link(Encoding.UTF8.GetBytes(file + "\0"), Encoding.UTF8.GetBytes(twin + "\0")));
        }

        [DllImport("libc", EntryPoint = "link", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int Link(byte[] existing, byte[] added);
    }
}
