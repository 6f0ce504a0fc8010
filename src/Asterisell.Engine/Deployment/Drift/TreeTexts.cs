using System.Formats.Tar;
using System.Text;
using Asterisell.Engine.Deployment.Release;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Drift;

/// <summary>Diffs of the application's changed files: one command brings all of them, and one at a time is held.</summary>
internal static class TreeTexts
{
    private const int LargestText = 1024 * 1024;

    /// <summary>$1: application's folder. Names come on standard input, each ended by NUL.</summary>
    private const string Pack = """
        export LC_ALL=C
        cd -- "$1" || exit 44
        exec tar --create --file=- --format=gnu --no-recursion --null --files-from=- --warning=no-file-changed --warning=no-file-removed --ignore-failed-read
        """;

    /// <summary>Diffs by path, from what is there to what should be; a file that is no text has none.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> DiffAsync(
        IInstance instance, ReleaseTree tree, IReadOnlyList<TreeDifference> found, CancellationToken cancellation)
    {
        Dictionary<string, TreeDifference> wanted = found.Where(HasText).ToDictionary(one => one.Path, StringComparer.Ordinal);
        Dictionary<string, string> diffs = [];
        if (wanted.Count == 0)
        {
            return diffs;
        }

        InstanceCommand command = Bash.Command(Pack, instance.Definition.AdminDirectory) with { AttachInput = true };
        IExecProcess process = await instance.Exec.StartAsync(command, cancellation).ConfigureAwait(false);
        InputFeed feed = InputFeed.Start(process, new MemoryStream(Bash.Fields([.. wanted.Keys.Select(path => "./" + path)])), cancellation);
        TarStream archive = new(process, (exitCode, error) => ThrowIfFailed(instance.Definition, exitCode, error));
        await using (feed.ConfigureAwait(false))
        await using (archive.ConfigureAwait(false))
        {
            using var tar = new TarReader(archive, leaveOpen: true);
            while (await tar.GetNextEntryAsync(copyData: false, cancellation).ConfigureAwait(false) is { } entry)
            {
                if (entry.Name.Length > 2 && wanted.GetValueOrDefault(entry.Name[2..]) is { } one
                    && await TextOfAsync(entry.DataStream, cancellation).ConfigureAwait(false) is { } running
                    && await TextOfAsync(tree, one.Wanted!, cancellation).ConfigureAwait(false) is { } should)
                {
                    diffs[one.Path] = TextDiff.Unified(SecretMask.Configuration(running), SecretMask.Configuration(should));
                }
            }
        }

        return diffs;
    }

    /// <summary>Bytes as a text; null for what is none.</summary>
    public static string? TextOf(ReadOnlySpan<byte> bytes) => bytes.Contains((byte)0) ? null : Encoding.UTF8.GetString(bytes);

    private static bool HasText(TreeDifference one) =>
        one is { Change: DriftChange.Changed, Wanted: { Kind: TreeEntryKind.File, SizeBytes: <= LargestText }, Running: { Kind: TreeEntryKind.File, SizeBytes: <= LargestText } };

    private static async Task<string?> TextOfAsync(ReleaseTree tree, TreeEntry entry, CancellationToken cancellation)
    {
        FileStream file = tree.Open(entry);
        await using (file.ConfigureAwait(false))
        {
            return await TextOfAsync(file, cancellation).ConfigureAwait(false);
        }
    }

    private static async Task<string?> TextOfAsync(Stream? content, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        if (content is not null)
        {
            await content.CopyToAsync(bytes, cancellation).ConfigureAwait(false);
        }

        return TextOf(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    private static void ThrowIfFailed(AsterisellInstance instance, int exitCode, string error)
    {
        if (exitCode != 0)
        {
            throw DriftErrors.ApplicationNotListed(instance, error);
        }
    }
}
