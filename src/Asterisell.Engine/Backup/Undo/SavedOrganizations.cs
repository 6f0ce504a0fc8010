using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Undo;

/// <summary>The organizations before a restore, in a file of this machine.</summary>
/// <param name="Path">The file.</param>
/// <param name="Rows">What is in it.</param>
/// <param name="CharacterSet">Of its texts.</param>
internal sealed record SavedOrganizations(string Path, RowIndex Rows, string CharacterSet)
{
    /// <summary>Its statement must stay below the 30 MB that the application allows the server to take.</summary>
    private const int MostStoredBytes = 24 * 1024 * 1024;

    /// <summary>Saves them.</summary>
    /// <exception cref="AsterisellException"><c>UndoFileNotWritten</c>, <c>BackupDumpFailed</c>, <c>BackupDumpTruncated</c>.</exception>
    public static async Task<SavedOrganizations> SaveAsync(
        IInstance instance, OrganizationTables tables, string folder, DateTimeOffset now, CancellationToken cancellation)
    {
        RowIndex? rows = null;
        var reader = new DumpRows();
        string name = $"{instance.Definition.HostName}-{instance.Definition.Name}-organizations-{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}.sql";
        string path = await UndoFiles.WriteAsync(folder, name, async file =>
        {
            IAsyncEnumerable<DumpRow> dump = PresentOrganizations.RowsAsync(instance, reader, file, cancellation);
            rows = await RowIndex.ReadAsync(tables, dump, cancellation).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return new SavedOrganizations(path, rows!, reader.CharacterSet);
    }

    /// <summary>Its rows again, from the file.</summary>
    public async IAsyncEnumerable<DumpRow> RowsAsync(DumpRows reader, [EnumeratorCancellation] CancellationToken cancellation)
    {
        FileStream file = new(Path, FileMode.Open, FileAccess.Read);
        await using (file.ConfigureAwait(false))
        {
            await foreach (DumpRow row in reader.ReadAsync(file, cancellation).ConfigureAwait(false))
            {
                yield return row;
            }
        }
    }

    /// <summary>Adds it to the application's own undo history, as its job does; not where the newest point is the same.</summary>
    /// <returns>The point that holds it; null where it is too large for one statement.</returns>
    [SuppressMessage("Security", "CA5351", Justification = "The application's own checksum.")]
    public async Task<long?> AddToHistoryAsync(IInstance instance, DateTime now, string? yaml, CancellationToken cancellation)
    {
        string md5;
        string content;
        FileStream file = new(Path, FileMode.Open, FileAccess.Read);
        await using (file.ConfigureAwait(false))
        {
            md5 = Convert.ToHexString(await MD5.HashDataAsync(file, cancellation).ConfigureAwait(false)).ToLowerInvariant();
            file.Position = 0;
            content = await PackAsync(file, cancellation).ConfigureAwait(false);
        }

        await foreach (OrganizationPoint newest in OrganizationPoint.ListAsync(instance, null, 1, cancellation).ConfigureAwait(false))
        {
            if (newest.Md5 == md5)
            {
                return newest.Id;
            }
        }

        if (content.Length > MostStoredBytes)
        {
            return null;
        }

        byte[] version = await instance.Files.ReadAsync(BackupVersionFile(instance), 4096, cancellation).ConfigureAwait(false);
        var values = new Dictionary<string, object?>
        {
            ["at"] = now,
            ["version"] = Encoding.UTF8.GetString(version).Trim(),
            ["md5"] = md5,
            ["yaml"] = yaml is null ? null : await PackAsync(new MemoryStream(Encoding.UTF8.GetBytes(yaml)), cancellation).ConfigureAwait(false),
            ["content"] = content,
        };
        await instance.Database.ExecuteAsync(
            "INSERT INTO ar_organization_backup_of_changes (backup_at_date, application_version, md5_sum, yaml_export_at_date, sql_tables)"
            + " VALUES (@at, @version, @md5, @yaml, @content)",
            values, cancellation).ConfigureAwait(false);
        await foreach (OrganizationPoint newest in OrganizationPoint.ListAsync(instance, null, 1, cancellation).ConfigureAwait(false))
        {
            return newest.Md5 == md5 ? newest.Id : null;
        }

        return null;
    }

    private static string BackupVersionFile(IInstance instance) => Capture.BackupSources.VersionFileOf(instance.Definition);

    private static async Task<string> PackAsync(Stream text, CancellationToken cancellation)
    {
        using var packed = new MemoryStream();
        var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true);
        await using (zlib.ConfigureAwait(false))
        {
            await text.CopyToAsync(zlib, cancellation).ConfigureAwait(false);
        }

        return Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length);
    }
}
