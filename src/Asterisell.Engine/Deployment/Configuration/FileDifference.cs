using Asterisell.Engine.Deployment.Containers;
using Asterisell.Engine.Deployment.Templates;

namespace Asterisell.Engine.Deployment.Configuration;

/// <summary>A file that is not as the inventory wants it.</summary>
/// <param name="File">What is wanted.</param>
/// <param name="Stored">What is there; null for nothing.</param>
internal sealed record FileDifference(RenderedFile File, StoredFile? Stored)
{
    private const UnixFileMode AnyOther = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>The entry that makes it as wanted.</summary>
    public NewEntry Wanted => new(File.Path, File.Content, File.Owner, File.Group, File.Mode);

    /// <summary>The entry that makes it as it was; null where there was none.</summary>
    public NewEntry? Before => Stored?.ToEntry(File.Path);

    /// <summary>
    /// Files that differ. The application's activation opens and closes modes as it likes; what must not be is that everybody reads a secret.
    /// </summary>
    public static async Task<IReadOnlyList<FileDifference>> FindAsync(
        ContainerFiles files, RenderedConfiguration wanted, CancellationToken cancellation)
    {
        List<FileDifference> found = [];
        foreach (RenderedFile file in wanted.Files)
        {
            StoredFile? stored = await files.ReadAsync(file.Path, cancellation).ConfigureAwait(false);
            if (stored is null || !stored.Content.Span.SequenceEqual(file.Content.Span) || (file.IsSecret && (stored.Mode & AnyOther) != 0))
            {
                found.Add(new FileDifference(file, stored));
            }
        }

        return found;
    }
}
