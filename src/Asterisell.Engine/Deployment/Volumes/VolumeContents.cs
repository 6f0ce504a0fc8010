using System.Formats.Tar;
using System.Globalization;
using System.Text.RegularExpressions;
using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Deployment.Volumes;

/// <summary>
/// Finds out of volumes whether the <c>/var</c> of an instance lies in them. They are mounted read-only into a container that is made, never
/// started, and removed: Docker hands out the files of such a container, and no program runs.
/// </summary>
internal sealed partial class VolumeContents(IDockerEngine engine)
{
    private const int MountsAtOnce = 50;

    /// <summary>A foreign folder <c>www</c> can hold millions of files; what did not show itself by then is not ours.</summary>
    private const int MostEntries = 20_000;

    private static readonly TimeSpan LookLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RemoveLimit = TimeSpan.FromSeconds(20);

    /// <summary>The instance in each volume that holds one.</summary>
    /// <param name="volumes">Volumes to look into.</param>
    /// <param name="likely">Names that are tried first.</param>
    /// <param name="cancellation">Gives up; the container is removed all the same.</param>
    public async Task<IReadOnlyDictionary<string, string>> FindInstancesAsync(
        IReadOnlyList<string> volumes, IEnumerable<string> likely, CancellationToken cancellation)
    {
        Dictionary<string, string> found = new(StringComparer.Ordinal);
        if (volumes.Count == 0 || await FindImageAsync(cancellation).ConfigureAwait(false) is not { } image)
        {
            return found;
        }

        foreach (string[] some in volumes.Chunk(MountsAtOnce))
        {
            string container = await CreateAsync(image, some, cancellation).ConfigureAwait(false);
            try
            {
                for (int place = 0; place < some.Length; place++)
                {
                    if (await FindInstanceAsync(container, PathOf(place), likely, cancellation).ConfigureAwait(false) is { } instance)
                    {
                        found[some[place]] = instance;
                    }
                }
            }
            finally
            {
                using var limit = new CancellationTokenSource(RemoveLimit);
                await engine.Containers.RemoveAsync(container, force: true, withAnonymousVolumes: true, limit.Token).ConfigureAwait(false);
            }
        }

        return found;
    }

    /// <summary>Any image will do, for nothing of it is run; null where the host has none, and then nothing can be looked into.</summary>
    private async Task<ImageDetail?> FindImageAsync(CancellationToken cancellation)
    {
        IReadOnlyList<ImageDetail> images = await engine.Images.ListAsync(cancellation).ConfigureAwait(false);
        return images.Count == 0 ? null : await engine.Images.FindAsync(images[0].Id, cancellation).ConfigureAwait(false);
    }

    /// <summary>Without copying, so that an empty volume stays empty; the image's own volumes are covered, so that none is made for them.</summary>
    private Task<string> CreateAsync(ImageDetail image, IReadOnlyList<string> volumes, CancellationToken cancellation) => engine.Containers.CreateAsync(
        new ContainerDefinition($"asterisell-look-{Guid.NewGuid():N}", image.Id)
        {
            Command = ["never-started"],
            Network = "none",
            Labels = new Dictionary<string, string> { [Ownership.Scratch] = "look" },
            Mounts =
            [
                .. image.Volumes.Select(path => new ContainerMount("tmpfs", "", path, ReadOnly: false)),
                .. volumes.Select((volume, place) => new ContainerMount("volume", volume, PathOf(place), ReadOnly: true) { WithoutCopy = true }),
            ],
        },
        cancellation);

    private static string PathOf(int place) => string.Create(CultureInfo.InvariantCulture, $"/asterisell-look/{place}");

    private async Task<string?> FindInstanceAsync(string container, string root, IEnumerable<string> likely, CancellationToken cancellation)
    {
        if (!await IsDirectoryAsync(container, $"{root}/www", cancellation).ConfigureAwait(false)
            || !await IsDirectoryAsync(container, $"{root}/lib/mysql", cancellation).ConfigureAwait(false))
        {
            return null;
        }

        foreach (string name in likely)
        {
            if (await engine.Containers.FindPathAsync(container, $"{root}/www/{name}/admin/asterisell.php", cancellation).ConfigureAwait(false) is { IsDirectory: false })
            {
                return name;
            }
        }

        return await SearchAsync(container, $"{root}/www", cancellation).ConfigureAwait(false);
    }

    private async Task<bool> IsDirectoryAsync(string container, string path, CancellationToken cancellation) =>
        await engine.Containers.FindPathAsync(container, path, cancellation).ConfigureAwait(false) is { IsDirectory: true };

    /// <summary>Docker lists no folder; the beginning of its archive tells the names.</summary>
    private async Task<string?> SearchAsync(string container, string folder, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(LookLimit);
        try
        {
            Stream archive = await engine.GetArchiveAsync(container, folder, limit.Token).ConfigureAwait(false);
            await using (archive.ConfigureAwait(false))
            {
                using var tar = new TarReader(archive, leaveOpen: true);
                for (int entries = 0; entries < MostEntries; entries++)
                {
                    if (await tar.GetNextEntryAsync(copyData: false, limit.Token).ConfigureAwait(false) is not { } entry)
                    {
                        return null;
                    }

                    if (Program().Match(entry.Name) is { Success: true } match)
                    {
                        return match.Groups[1].Value;
                    }
                }
            }
        }
        catch (Exception failure) when (failure is InvalidDataException or FormatException or IOException || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            // What cannot be read proves nothing.
        }

        return null;
    }

    [GeneratedRegex("^www/([A-Za-z0-9][A-Za-z0-9_.-]*)/admin/asterisell\\.php$")]
    private static partial Regex Program();
}
