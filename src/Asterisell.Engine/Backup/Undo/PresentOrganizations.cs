using System.Runtime.CompilerServices;
using Asterisell.Engine.Backup.Capture;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Undo;

/// <summary>The organizations as they are now, dumped as the application's job <c>BackupOrganizationInfo</c> does it, byte for byte.</summary>
internal static class PresentOrganizations
{
    /// <summary>Their rows.</summary>
    /// <param name="instance">Instance.</param>
    /// <param name="reader">Knows more of it when they were read.</param>
    /// <param name="copy">Gets the text too; null for nobody.</param>
    /// <param name="cancellation">Ends the dump.</param>
    /// <exception cref="AsterisellException"><c>BackupDumpFailed</c>, <c>BackupDumpTruncated</c>.</exception>
    public static async IAsyncEnumerable<DumpRow> RowsAsync(
        IInstance instance, DumpRows reader, Stream? copy, [EnumeratorCancellation] CancellationToken cancellation)
    {
        DatabaseIdentity identity = await instance.Database.IdentifyAsync(cancellation).ConfigureAwait(false);
        string[] arguments =
        [
            "--skip-dump-date", "--no-create-info", "--no-create-db", "--skip-triggers", "--single-transaction", "--skip-lock-tables",
            identity.Database, .. OrganizationTables.Names,
        ];
        IExecProcess process = await instance.Database.StartClientAsync("mysqldump", arguments, attachInput: false, ClientOutput.Blocks, cancellation).ConfigureAwait(false);
        await using (process.ConfigureAwait(false))
        {
            var output = new ExecOutput(process, cancellation);
            await using (output.ConfigureAwait(false))
            {
                Stream source = copy is null ? output : new TeeStream(output, copy);
                IAsyncEnumerator<DumpRow> rows = reader.ReadAsync(source, cancellation).GetAsyncEnumerator(cancellation);
                await using (rows.ConfigureAwait(false))
                {
                    while (await NextAsync(instance, process, output, rows, cancellation).ConfigureAwait(false) is { } row)
                    {
                        yield return row;
                    }
                }
            }
        }
    }

    /// <returns>Null when the dump has ended, and ended well.</returns>
    private static async Task<DumpRow?> NextAsync(
        IInstance instance, IExecProcess process, ExecOutput output, IAsyncEnumerator<DumpRow> rows, CancellationToken cancellation)
    {
        string? broken = null;
        try
        {
            if (await rows.MoveNextAsync().ConfigureAwait(false))
            {
                return rows.Current;
            }
        }
        catch (InvalidDataException damage)
        {
            broken = damage.Message;
        }

        byte[] rest = new byte[4096];
        while (await output.ReadAsync(rest, cancellation).ConfigureAwait(false) > 0)
        {
        }

        int exitCode = await process.GetExitCodeAsync(cancellation).ConfigureAwait(false);
        return exitCode != 0 ? throw BackupErrors.BackupDumpFailed(instance.Definition.ToString(), "mysqldump", exitCode, output.Error)
            : broken is not null ? throw BackupErrors.BackupDumpTruncated(instance.Definition.ToString(), broken)
            : null;
    }
}
