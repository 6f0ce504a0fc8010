using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Undo;

/// <summary>A row of <c>ar_organization_backup_of_changes</c>.</summary>
/// <param name="Id">Its id.</param>
/// <param name="WrittenAt">As PHP wrote it: the instance's local time.</param>
/// <param name="Version">Version of the application then.</param>
/// <param name="Md5">MD5 of the dump; null where there is none.</param>
/// <param name="Content">The dump in base64 of zlib; null where there is none, or too much.</param>
/// <param name="StoredBytes">Length of that.</param>
internal sealed record OrganizationPoint(long Id, DateTime? WrittenAt, string? Version, string? Md5, string? Content, long StoredBytes)
{
    /// <summary>The server takes no more in one statement.</summary>
    private const long MostStoredBytes = 32L * 1024 * 1024;

    private const string Select =
        "SELECT id AS id, backup_at_date AS at, application_version AS version, md5_sum AS md5, LENGTH(sql_tables) AS size,"
        + " IF(LENGTH(sql_tables) <= @limit, sql_tables, NULL) AS content FROM ar_organization_backup_of_changes";

    /// <summary>Points, the newest first.</summary>
    /// <param name="instance">Instance.</param>
    /// <param name="newest">No newer than this id; null for all.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="cancellation">Ends the question.</param>
    public static async IAsyncEnumerable<OrganizationPoint> ListAsync(
        IInstance instance, long? newest, int count, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var values = new Dictionary<string, object?> { ["limit"] = MostStoredBytes, ["newest"] = newest ?? long.MaxValue, ["count"] = count };
        await foreach (SqlRow row in instance.Database.QueryAsync(
            $"{Select} WHERE id <= @newest ORDER BY id DESC LIMIT @count", values, cancellation).ConfigureAwait(false))
        {
            yield return new OrganizationPoint(
                row.Whole("id")!.Value, row.Time("at"), row["version"]?.Trim(), row["md5"], row["content"], row.Whole("size") ?? 0);
        }
    }

    /// <summary>One point.</summary>
    /// <exception cref="AsterisellException"><c>UndoPointNotFound</c>.</exception>
    public static async Task<OrganizationPoint> FindAsync(IInstance instance, long id, CancellationToken cancellation)
    {
        await foreach (OrganizationPoint point in ListAsync(instance, id, 1, cancellation).ConfigureAwait(false))
        {
            if (point.Id == id)
            {
                return point;
            }
        }

        throw UndoErrors.UndoPointNotFound(instance.Definition, UndoKind.Organizations, id);
    }

    /// <summary>The dump's text, proven by its checksum at the end.</summary>
    /// <exception cref="InvalidDataException">While it is read: it is empty, too much, damaged.</exception>
    [SuppressMessage("Security", "CA5351", Justification = "The application's own checksum; it proves no origin.")]
    public Stream OpenText()
    {
        if (Content is null or "")
        {
            throw new InvalidDataException(StoredBytes > MostStoredBytes ? $"it is larger than {MostStoredBytes / (1024 * 1024)} MiB" : "it is empty");
        }

        return Md5 is { Length: 32 } md5 ? new ProvenStream(UndoBlob.Open(Content), IncrementalHash.CreateHash(HashAlgorithmName.MD5), md5) : UndoBlob.Open(Content);
    }

    /// <summary>Its rows.</summary>
    /// <param name="reader">Knows more of it when they were read.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="InvalidDataException">As <see cref="OpenText"/>.</exception>
    public async IAsyncEnumerable<DumpRow> RowsAsync(DumpRows reader, [EnumeratorCancellation] CancellationToken cancellation)
    {
        Stream text = OpenText();
        await using (text.ConfigureAwait(false))
        {
            await foreach (DumpRow row in reader.ReadAsync(text, cancellation).ConfigureAwait(false))
            {
                yield return row;
            }
        }
    }

    /// <summary>Compares the checksum when the end has come.</summary>
    private sealed class ProvenStream(Stream inner, IncrementalHash hash, string expected) : ForwardStream
    {
        private bool _any;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            hash.AppendData(buffer.Span[..read]);
            _any |= read > 0;
            return read > 0 || !_any || Convert.ToHexString(hash.GetHashAndReset()).Equals(expected, StringComparison.OrdinalIgnoreCase)
                ? read
                : throw new InvalidDataException("its content is cut off, or is not what was saved (MD5)");
        }

        protected override void Dispose(bool disposing)
        {
            hash.Dispose();
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
