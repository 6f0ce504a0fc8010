using System.Security.Cryptography;
using Asterisell.Engine.Backup.Restore;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Targets;
using Asterisell.Engine.Backup.Transfer.OpenPgp;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Transfer;

/// <summary>Imports a file of <see cref="DataExport"/> into an instance: everything is unpacked and checked before anything is touched.</summary>
public sealed class DataImport(TimeProvider clock)
{
    /// <summary>The steps in words, for who asks beforehand.</summary>
    public static IEnumerable<string> Describe(AsterisellInstance instance, RestoreOptions options) =>
        InstanceRestore.Describe(instance, options).Select(step => step.Replace("the whole backup", "the whole file", StringComparison.Ordinal));

    /// <summary>Imports.</summary>
    /// <param name="instance">Instance whose data are replaced.</param>
    /// <param name="path">The file.</param>
    /// <param name="passphrase">Its passphrase; null for a plain file.</param>
    /// <param name="options">What and how.</param>
    /// <param name="log">Keeps what became of each step, also where this throws.</param>
    /// <param name="progress">Told what is being done; null for nobody.</param>
    /// <param name="cancellation">Ends it; the data from before are put back.</param>
    /// <exception cref="AsterisellException">See <see cref="TransferErrors"/>, and what a restore throws.</exception>
    public async Task<CopyResult> ImportAsync(
        IInstance instance, string path, Secret? passphrase, RestoreOptions options, StepLog log, IOperationProgress? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(log);
        DateTimeOffset begin = clock.GetUtcNow();
        long started = clock.GetTimestamp();
        string target = instance.Definition.ToString();
        InstanceRestore restore = new(clock);
        await restore.RequireRunningAsync(instance, cancellation).ConfigureAwait(false);
        using WorkFolder work = WorkFolder.Create(Path.Combine(StateFolder.Root, "import"), target);
        (SnapshotSource source, AsterisellBackup backup) = await log.RunAsync("Check", "reading the file", progress, async () =>
        {
            string folder = await UnpackAsync(path, passphrase, work.Path, target, progress, cancellation).ConfigureAwait(false);
            AsterisellBackup found = await BackupCatalog.DescribeAsync(folder, cancellation).ConfigureAwait(false);
            BackupVerdict verdict = await new BackupVerifier(clock).TestAsync(found, BackupTestLevel.Content, progress, cancellation).ConfigureAwait(false);
            return verdict.Passed
                ? (await SnapshotSource.OpenAsync(target, folder, cancellation).ConfigureAwait(false), found)
                : throw TransferErrors.ImportFileDamaged(target, path, string.Join("; ", verdict.Findings.Take(3)));
        }).ConfigureAwait(false);
        if (source.Manifest.Sanitized is not null)
        {
            options = options.Include.HasFlag(RestoreContent.Database)
                ? options with { Include = RestoreContent.Database }
                : throw TransferErrors.ImportHasDatabaseOnly(target, path);
        }

        RestoreOutcome outcome = await restore
            .BringAsync(instance, source, Path.GetFileName(path), options, log, progress, cancellation).ConfigureAwait(false);
        return InstanceCopy.Tell("Import", instance.Definition, path, backup.CreatedAt, outcome, log, begin, clock.GetElapsedTime(started));
    }

    private static async Task<string> UnpackAsync(
        string path, Secret? passphrase, string folder, string target, IOperationProgress? progress, CancellationToken cancellation)
    {
        try
        {
            FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 256 * 1024, FileOptions.SequentialScan);
            await using (file.ConfigureAwait(false))
            {
                int first = file.ReadByte();
                file.Position = 0;
                bool isEncrypted = first >= 0 && OpenPgpReader.IsEncrypted((byte)first);
                if (isEncrypted && passphrase is null)
                {
                    throw TransferErrors.ImportPassphraseMissing(target, path);
                }

                OpenPgpReader? clear = isEncrypted ? await OpenPgpReader.OpenAsync(file, passphrase!, cancellation).ConfigureAwait(false) : null;
                await using (clear)
                {
                    long all = Math.Max(1, file.Length);
                    return await SnapshotArchive.UnpackAsync(
                        clear ?? (Stream)file, folder, target,
                        _ => progress?.Report("reading the file", (int)Math.Min(99, file.Position * 100 / all)), cancellation).ConfigureAwait(false);
                }
            }
        }
        catch (CryptographicException)
        {
            throw TransferErrors.ImportPassphraseWrong(target, path);
        }
        catch (InvalidDataException broken)
        {
            throw TransferErrors.ImportFileDamaged(target, path, broken.Message);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw TransferErrors.ImportFileNotFound(target, path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw TransferErrors.ImportFileUnreadable(target, path, failure);
        }
    }
}
