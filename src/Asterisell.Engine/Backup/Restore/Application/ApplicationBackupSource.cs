using System.Globalization;
using Asterisell.Engine.Backup.Capture;
using Asterisell.Engine.Backup.Dump;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.OwnFiles;
using Asterisell.Engine.Backup.Restore.Database;
using Asterisell.Engine.Backup.Transfer;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Restore.Application;

/// <summary>
/// The application's own daily backup as a source of data: two dumps, and a file of calls for every day. What they leave out (tables of passing
/// things, routines) is made as the present database has it.
/// </summary>
/// <param name="instance">A running instance; the files are read in its container.</param>
/// <param name="container">Its container.</param>
/// <param name="snapshot">Snapshot whose copies of the files are taken; null for the instance's own files.</param>
internal sealed class ApplicationBackupSource(IInstance instance, ContainerDetail container, SnapshotSource? snapshot) : IRestoreSource
{
    private static readonly OwnJob[] CallJobs = [.. OwnJob.All.Where(job => job.Table is not null)];
    private static readonly string[] CallTables = [.. CallJobs.Select(job => job.Table!)];

    /// <summary>The history of undo points is in no file of the application; that of the present database is kept.</summary>
    private static readonly string[] Kept = ["ar_organization_backup_of_changes"];

    /// <summary>Of the tables that no dump holds, those that the application means to leave out: it fills them again, or does not mind.</summary>
    private static readonly HashSet<string> Passing = new(StringComparer.Ordinal)
    {
        "ar_current_problem", "ar_new_problem", "ar_temp_problem", "ar_bundle_state", "ar_report_to_read", "ar_user_can_view_report", "ar_job_queue", "ar_lock",
        "ar_temp_source_cdr", "ar_temp_source_cdr_to_dest_cdr", "ar_daily_status_change", "ar_cached_organization_info",
    };

    private readonly List<DumpSummary> _dumps = [];
    private readonly List<string> _notes = [];
    private ApplicationFiles? _files;
    private PresentDatabase? _present;
    private long _keptRows;

    /// <inheritdoc/>
    public string Label => snapshot?.Label ?? $"{AdminDirectory}/{ApplicationFiles.Folder}";

    /// <inheritdoc/>
    public string AdminDirectory => snapshot?.AdminDirectory ?? instance.Definition.AdminDirectory;

    /// <inheritdoc/>
    public string UserDirectory => snapshot?.UserDirectory ?? instance.Definition.UserDirectory;

    /// <inheritdoc/>
    public bool HasObjects => false;

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes => _notes;

    /// <inheritdoc/>
    public long RowFileBytes => _files?.CallBytes ?? 0;

    /// <summary>When the settings were written, UTC; null before anything was read.</summary>
    public DateTimeOffset? MadeAt => _files?.Dumps["reports"].At;

    /// <inheritdoc/>
    public ManifestInstance Origin => snapshot?.Origin ?? ManifestInstance.Of(instance.Definition, container);

    /// <inheritdoc/>
    /// <remarks>Of the present one: views and triggers of the dumps name no database, as mysqldump writes them.</remarks>
    public string DatabaseName => _present!.Facts.Database;

    /// <inheritdoc/>
    public IReadOnlyList<ManifestSource> Directories => [];

    /// <summary>Tables that the present database has and no dump creates.</summary>
    private IReadOnlyList<string> LeftOut => [.. (_present?.Tables ?? []).Where(table => !_dumps.Any(dump => dump.Tables.Contains(table)))];

    private IReadOnlyList<ManifestDayCount> Days =>
    [
        .. CallJobs.SelectMany(job => (_files?.Days[job.Type] ?? []).Where(file => file.Rows > 0).Select(file => new ManifestDayCount
        {
            Table = job.Table!, Day = file.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Rows = file.Rows,
        })),
    ];

    private DatabaseObjects Objects => new(
        [.. _dumps.SelectMany(dump => dump.Views).Concat(_present?.Views ?? []).Distinct()],
        [.. _dumps.SelectMany(dump => dump.Triggers).Concat((_present?.Triggers ?? []).Where(trigger => LeftOut.Contains(trigger.Table)).Select(trigger => trigger.Name)).Distinct()],
        [.. (_present?.Routines ?? []).Select(name => ("", name))], _present?.Events ?? []);

    /// <summary>Looks at the files before anything is changed; their rows are counted later, when the jobs rest.</summary>
    /// <exception cref="AsterisellException"><c>ApplicationBackupMissing</c>, <c>ApplicationBackupDamaged</c>.</exception>
    public async Task CheckAsync(CancellationToken cancellation)
    {
        if (snapshot is null)
        {
            string root = $"{instance.Definition.AdminDirectory}/{ApplicationFiles.Folder}";
            _files = await ApplicationFiles.ReadAsync(instance, root, countRows: false, cancellation).ConfigureAwait(false);
            ApplicationFileRules.Require(instance.Definition, _files);
        }
        else if (!snapshot.Manifest.Sources.Any(source => source.Present && source.Path == $"{AdminDirectory}/{ApplicationFiles.Folder}"))
        {
            throw ApplicationBackupErrors.ApplicationBackupNotInSnapshot(instance.Definition, snapshot.Folder);
        }
    }

    /// <inheritdoc/>
    public async Task BeginAsync(DataReplacement replacement, CancellationToken cancellation)
    {
        string root = $"{instance.Definition.AdminDirectory}/{ApplicationFiles.Folder}";
        if (snapshot is not null)
        {
            Stream tar = snapshot.OpenFiles(entry => InFolder(entry, root));
            await using (tar.ConfigureAwait(false))
            {
                await replacement.Files.StageAsync(tar, cancellation).ConfigureAwait(false);
            }

            root = replacement.Files.Incoming + root;
        }

        _files = await ApplicationFiles.ReadAsync(instance, root, countRows: true, cancellation).ConfigureAwait(false);
        ApplicationFileRules.Require(instance.Definition, _files);
        _present = await PresentDatabase.ReadAsync(instance, replacement, cancellation).ConfigureAwait(false);
        string[] missing = [.. CallTables.Except(_present.Tables)];
        if (missing.Length > 0)
        {
            throw ApplicationBackupErrors.ApplicationBackupNeedsTables(instance.Definition, missing);
        }

        _notes.AddRange(ApplicationFileRules.Describe(_files));
        _notes.AddRange(_present.CompareDays(Days));
    }

    /// <inheritdoc/>
    public ExpectedDatabase Expect(IReadOnlyList<string>? tables)
    {
        Dictionary<string, long> rows = LeftOut.ToDictionary(table => table, table => Kept.Contains(table) ? _keptRows : 0, StringComparer.Ordinal);
        foreach (DumpSummary dump in _dumps)
        {
            foreach (string table in dump.Tables)
            {
                rows[table] = dump.Rows.GetValueOrDefault(table);
            }
        }

        foreach (OwnJob job in CallJobs)
        {
            rows[job.Table!] = _files?.Days[job.Type].Sum(file => file.Rows) ?? 0;
        }

        return new ExpectedDatabase { Rows = rows, Days = Days, Objects = Objects };
    }

    /// <inheritdoc/>
    /// <remarks>
    /// First the tables as they are now, as the application's own restore installs them first: the dumps leave some out, and their views refer to
    /// those, the configurations' to tables of reports even.
    /// </remarks>
    public IReadOnlyList<SqlPiece> Pieces(IReadOnlyList<string>? tables = null) => _files is null ? [] :
    [
        new SqlPiece("the tables as they are now", SqlPieceKind.Structure, 0, token => DumpPresentAsync(arguments => arguments.Structure, token)),
        .. OwnJob.All.Where(job => job.Table is null).Select(job => new SqlPiece(
            job.DumpName, SqlPieceKind.Structure, _files.Dumps[job.Type].SizeBytes, token => OpenDumpAsync(job, token))),
        new SqlPiece("their triggers and the routines", SqlPieceKind.Objects, 0, token => DumpPresentAsync(arguments => arguments.ObjectsOf(LeftOut), token)),
        new SqlPiece("views that they leave out", SqlPieceKind.Objects, 0, token => MissingViews.Count == 0
            ? new(new MemoryStream()) : DumpPresentAsync(arguments => arguments.ViewsOf(MissingViews), token)),
    ];

    /// <inheritdoc/>
    public async Task LoadRowFilesAsync(DataReplacement replacement, Action<long> onBytes, CancellationToken cancellation)
    {
        await new CallFileLoader(instance, replacement.Clients, replacement.Names.Staging).LoadAsync(_files!, onBytes, cancellation).ConfigureAwait(false);
        if (snapshot is null || Origin.Name == instance.Definition.Name)
        {
            foreach (string table in Kept.Intersect(LeftOut))
            {
                string name = ClientSession.Name(table);
                await replacement.Session.AskAsync(
                    $"INSERT INTO {ClientSession.Name(replacement.Names.Staging)}.{name} SELECT * FROM {ClientSession.Name(replacement.Names.Live)}.{name}", cancellation)
                    .ConfigureAwait(false);
                _keptRows = await replacement.Session.AskNumberAsync(
                    $"SELECT COUNT(*) FROM {ClientSession.Name(replacement.Names.Live)}.{name}", cancellation).ConfigureAwait(false);
            }
        }

        string[] strange = [.. LeftOut.Where(table => !Passing.Contains(table) && !Kept.Contains(table) && !CallTables.Contains(table))];
        if (strange.Length > 0)
        {
            _notes.Add($"In no dump, and empty now: {string.Join(", ", strange.Take(5))}{(strange.Length > 5 ? " and more" : string.Empty)}.");
        }

        if (_keptRows > 0)
        {
            _notes.Add(string.Create(CultureInfo.InvariantCulture, $"Undo points of the present data were kept, since the application backs up none: {_keptRows}."));
        }
    }

    /// <inheritdoc/>
    /// <remarks>Each text throws at its end where it was not whole.</remarks>
    public Task RequireWholeAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    /// <remarks>There are none: uploads and settings are in no backup of the application.</remarks>
    public Stream OpenFiles(Func<SnapshotEntry, string?> rename) => throw new NotSupportedException();

    private IReadOnlyList<string> MissingViews => [.. (_present?.Views ?? []).Where(view => !_dumps.Any(dump => dump.Views.Contains(view)))];

    private string? InFolder(SnapshotEntry entry, string root)
    {
        string folder = $"{AdminDirectory}/{ApplicationFiles.Folder}";
        return entry.Source == folder || entry.Source!.StartsWith(folder + "/", StringComparison.Ordinal) ? root + entry.Source[folder.Length..] : null;
    }

    private async ValueTask<Stream> OpenDumpAsync(OwnJob job, CancellationToken cancellation) => await DumpFileText.OpenAsync(
        instance, _files!.PathOf(job), _present!.AdminUser,
        _dumps.Add, cancellation).ConfigureAwait(false);

    private async ValueTask<Stream> DumpPresentAsync(Func<DumpArguments, string[]> choose, CancellationToken cancellation) => await LiveText.StartAsync(
        instance, _present!.Clients, choose(new DumpArguments(_present.Facts, ClientSession.AsRoot)), (_, _) => Task.CompletedTask, cancellation).ConfigureAwait(false);
}
