namespace Asterisell.Engine.Repository.Git;

/// <summary>Reads contents that git keeps, by their names.</summary>
internal static class BlobReader
{
    /// <summary>Contents larger than this are not read as text by anybody.</summary>
    public const int MostBytes = 4 * 1024 * 1024;

    /// <summary>A content; null where it is none of a file, or too large.</summary>
    public static async Task<byte[]?> ReadAsync(Checkout checkout, string content, CancellationToken cancellation)
    {
        GitOutput size = await checkout.Git.RunAsync(["cat-file", "-s", content], cancellation).ConfigureAwait(false);
        if (!size.Succeeded || !long.TryParse(size.Text, out long bytes) || bytes > MostBytes)
        {
            return null;
        }

        GitOutput output = await checkout.Git.RunAsync(["cat-file", "blob", content], cancellation).ConfigureAwait(false);
        return output.Succeeded ? output.Bytes : null;
    }

    /// <summary>A file of a commit or tree; null where it is not there.</summary>
    public static Task<byte[]?> ReadAsync(Checkout checkout, string tree, string path, CancellationToken cancellation) =>
        ReadAsync(checkout, $"{tree}:{path}", cancellation);
}
