using Asterisell.Engine.Deployment.Containers;
using Asterisell.Engine.Deployment.Templates;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Deployment.Release;

/// <summary>
/// What was brought into an instance last, kept inside of it: it tells a file of an earlier release from one that an operator added, and a file
/// that an operator edited from one that the checkout has newer. It names its instance; another one's is not believed.
/// </summary>
internal sealed class DeployedManifest
{
    private const string FileName = ".asterisell-deployed";
    private const int LargestBytes = 64 * 1024 * 1024;

    private static readonly FileOwnership Ownership = new("root", "root", 0x180);

    private readonly Dictionary<string, DeployedEntry> _entries;

    private DeployedManifest(DeployedHead head, IEnumerable<DeployedEntry> entries)
    {
        Head = head;
        _entries = [];
        foreach (DeployedEntry entry in entries)
        {
            _entries[entry.Path] = entry;
        }
    }

    /// <summary>What was brought, and when.</summary>
    public DeployedHead Head { get; }

    /// <summary>Upgrade jobs that the release brought.</summary>
    public IReadOnlyList<string> UpgradeJobs => Head.UpgradeJobs.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Everything that was brought.</summary>
    public IReadOnlyCollection<DeployedEntry> Entries => _entries.Values;

    /// <summary>Where it is kept: beside the application, in its volume, where neither of the two applications looks.</summary>
    public static string PathOf(AsterisellInstance instance) => $"/var/www/{instance.Name}/{FileName}";

    /// <summary>The entry of a path; null where nothing of that name was brought.</summary>
    public DeployedEntry? Find(string path) => _entries.GetValueOrDefault(path);

    /// <summary>True when the inventory once put a file at a path below the application's folder.</summary>
    public bool IsConfigured(string path) => _entries.ContainsKey($"/var/www/{Head.Instance}/admin/{path}");

    /// <summary>What will have been brought when a release and a configuration are in their places. Reads every file of the release.</summary>
    /// <param name="instance">Instance.</param>
    /// <param name="tree">The release.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="made">Paths below the application's folder that the application made itself; null where it was not activated yet.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<DeployedManifest> OfAsync(
        AsterisellInstance instance, ReleaseTree tree, RenderedConfiguration configuration, IEnumerable<string>? made, CancellationToken cancellation)
    {
        List<DeployedEntry> entries = [.. (made ?? []).Select(path => new DeployedEntry(path, DeployedOrigin.Application, TreeEntryKind.File))];
        foreach (TreeEntry entry in tree.Entries)
        {
            string hash = await tree.HashAsync(entry, cancellation).ConfigureAwait(false);
            entries.Add(new DeployedEntry(entry.Path, DeployedOrigin.Release, entry.Kind) { SizeBytes = entry.SizeBytes, Sha256 = hash });
        }

        entries.AddRange(configuration.Files.Select(file => new DeployedEntry(file.Path, DeployedOrigin.Configuration, TreeEntryKind.File)));
        return new DeployedManifest(new DeployedHead(instance.Name, tree.Version ?? "", DateTimeOffset.UtcNow, string.Join(' ', tree.UpgradeJobs), made is not null), entries);
    }

    /// <summary>
    /// This and an earlier one together, this one's entries first: kept in an instance while files are exchanged, so that whatever of both is
    /// there when that breaks off is known.
    /// </summary>
    public DeployedManifest With(DeployedManifest? earlier) =>
        earlier is null ? this : new DeployedManifest(Head, earlier._entries.Values.Where(entry => !_entries.ContainsKey(entry.Path)).Concat(_entries.Values));

    /// <summary>Reads an instance's.</summary>
    /// <returns>Null where nobody noted what was brought, as in instances of the old tool.</returns>
    public static async Task<DeployedManifest?> ReadAsync(IInstance instance, CancellationToken cancellation)
    {
        string path = PathOf(instance.Definition);
        return await instance.Files.FindAsync(path, cancellation).ConfigureAwait(false) is { Kind: InstanceFileKind.File }
            ? Parse(instance.Definition, ByteText.Decode(await instance.Files.ReadAsync(path, LargestBytes, cancellation).ConfigureAwait(false)))
            : null;
    }

    /// <summary>Reads a text.</summary>
    /// <returns>Null where the text is none, or another instance's.</returns>
    public static DeployedManifest? Parse(AsterisellInstance instance, string text)
    {
        string[] lines = text.Split('\n');
        if (DeployedHead.Parse(lines[0]) is not { } head || head.Instance != instance.Name || lines[^1].Length > 0)
        {
            return null;
        }

        List<DeployedEntry> entries = [];
        foreach (string line in lines[1..^1])
        {
            if (ManifestLine.Parse(line) is not { } entry)
            {
                return null;
            }

            entries.Add(entry);
        }

        return new DeployedManifest(head, entries);
    }

    /// <summary>Puts it into the instance, in place of an earlier one.</summary>
    public Task WriteAsync(IInstance instance, CancellationToken cancellation) =>
        instance.Files.WriteAsync(PathOf(instance.Definition), ByteText.Encode(ToString()), Ownership, cancellation);

    /// <summary>The file, for a container that does not run yet.</summary>
    public NewEntry ToEntry() => new(
        $"/var/www/{Head.Instance}/{FileName}", ByteText.Encode(ToString()), Ownership.Owner, Ownership.Group, (UnixFileMode)Ownership.Mode);

    /// <inheritdoc/>
    public override string ToString() => string.Concat(
        _entries.Values.OrderBy(entry => entry.Path, StringComparer.Ordinal).Select(ManifestLine.Format).Prepend(Head.ToString()).Select(line => line + "\n"));
}
