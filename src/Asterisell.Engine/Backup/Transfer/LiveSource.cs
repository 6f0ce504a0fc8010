using System.Reflection;
using System.Text;
using Asterisell.Engine.Backup.Capture;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Restore;
using Asterisell.Engine.Backup.Restore.Database;
using Asterisell.Engine.Backup.Sanitize;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Transfer;

/// <summary>
/// A running instance whose data are copied: nothing is kept on this machine, nothing is changed in it. Where its tables have no snapshots, its
/// jobs wait until the rows have passed.
/// </summary>
internal sealed class LiveSource : IRestoreSource, IAsyncDisposable
{
    private static readonly TimeSpan UnlockLimit = TimeSpan.FromSeconds(30);

    private readonly IInstance _instance;
    private readonly IDatabaseClients _clients;
    private readonly ClientSession _session;
    private readonly DatabaseFacts _facts;
    private readonly TableShapes _shapes;
    private readonly ContainerDetail _container;
    private readonly TimeSpan _jobLimit;
    private readonly PieceList _pieces = new();
    private LiveCounts? _counts;
    private IReadOnlyList<ManifestDayCount> _days = [];
    private ApplicationLocks? _locksBefore;
    private string _program = string.Empty;

    private LiveSource(
        IInstance instance, IDatabaseClients clients, ClientSession session, DatabaseFacts facts, TableShapes shapes, ContainerDetail container,
        TimeSpan jobLimit) =>
        (_instance, _clients, _session, _facts, _shapes, _container, _jobLimit) = (instance, clients, session, facts, shapes, container, jobLimit);

    /// <inheritdoc/>
    public string Label => _instance.Definition.ToString();

    /// <inheritdoc/>
    public string AdminDirectory => _instance.Definition.AdminDirectory;

    /// <inheritdoc/>
    public string UserDirectory => _instance.Definition.UserDirectory;

    /// <summary>Content of the application's file <c>VERSION</c>; null where there is none.</summary>
    public string? Version { get; private init; }

    /// <summary>UTC; begin of the dump of its rows.</summary>
    public DateTimeOffset? Moment { get; private set; }

    /// <inheritdoc/>
    public ManifestInstance Origin => ManifestInstance.Of(_instance.Definition, _container);

    /// <inheritdoc/>
    public string DatabaseName => _facts.Database;

    /// <inheritdoc/>
    public IReadOnlyList<ManifestSource> Directories => [];

    /// <summary>What it holds. Rows and days are known when its texts were read to their end; tables and sizes, about, before.</summary>
    public SnapshotManifest Manifest => new()
    {
        Format = SnapshotManifest.FormatName,
        FormatVersion = SnapshotManifest.CurrentVersion,
        Snapshot = string.Empty,
        StartedAt = Moment ?? default,
        FinishedAt = Moment ?? default,
        Instance = Origin,
        Versions = new ManifestVersions
        {
            Module = typeof(LiveSource).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
            Application = Version,
            DatabaseServer = _facts.ServerVersion,
            DumpProgram = _program,
            AppliedUpgradeJobs = _facts.AppliedUpgradeJobs,
            LastUpgradeJob = _facts.LastUpgradeJob,
        },
        Database = Database,
        Sources = [],
        Listing = new ManifestListing { Path = string.Empty, SizeBytes = 0, Sha256 = string.Empty, Entries = 0, Files = 0, FilesSizeBytes = 0 },
        Stages = [],
        Notes = [],
        LeftOut = [],
    };

    /// <summary>The database as it passed; without rows before.</summary>
    public ManifestDatabase Database => new()
    {
        Name = _facts.Database,
        DumpedAs = _facts.User,
        Consistency = new ManifestConsistency
        {
            Method = NeedsQuiet ? ConsistencyMethod.SnapshotTransactionUnderJobLock : ConsistencyMethod.SnapshotTransaction,
            Statement = "All tables are of one moment: one transaction with a consistent snapshot.",
            Engines = _facts.EngineCounts,
            JobPassAtStart = false,
            JobPassAtEnd = false,
        },
        Pieces = _pieces.Pieces,
        Tables =
        [
            .. _facts.Tables.Concat(_facts.ScratchTables).Select(table => new ManifestTable
            {
                Name = table.Key, Engine = table.Value, Rows = _pieces.Rows.GetValueOrDefault(table.Key),
            }),
        ],
        Views = _facts.Views,
        Triggers = _facts.Triggers,
        Routines = _facts.Routines,
        Events = _facts.Events,
        Accounts = [],
        Days = _days,
    };

    private bool NeedsQuiet => _facts.UnsafeEngines.Count > 0;

    /// <summary>Looks at an instance; nothing is read of its rows yet.</summary>
    /// <param name="instance">A running instance.</param>
    /// <param name="container">Its container.</param>
    /// <param name="jobLimit">Longest wait for a running job pass, where tables need that none runs.</param>
    /// <param name="cancellation">Ends the questions.</param>
    /// <exception cref="AsterisellException">Its database does not answer, or has nothing.</exception>
    public static async Task<LiveSource> OpenAsync(IInstance instance, ContainerDetail container, TimeSpan jobLimit, CancellationToken cancellation)
    {
        DatabaseIdentity identity = await instance.Database.IdentifyAsync(cancellation).ConfigureAwait(false);
        IDatabaseClients clients = await instance.Database.PrepareClientsAsync(cancellation).ConfigureAwait(false);
        ClientSession session = await RootSession.OpenAsync(instance, clients, identity.Database, cancellation).ConfigureAwait(false);
        try
        {
            DatabaseFacts facts = await DatabaseFacts.ReadAsync(session, cancellation).ConfigureAwait(false);
            facts.RefuseWhenEmpty(instance.Definition.ToString());
            TableShapes shapes = await TableShapes.ReadAsync(session, cancellation).ConfigureAwait(false);
            return new LiveSource(instance, clients, session, facts, shapes, container, jobLimit)
            {
                Version = await ReadVersionAsync(instance, cancellation).ConfigureAwait(false),
            };
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Refuses columns that no rule of masking knows, before anything is done anywhere.</summary>
    public Task<SanitizePlan> PlanMaskAsync(SanitizeOptions options, CancellationToken cancellation) =>
        SanitizePlan.ReadAsync(_session, _facts.Database, SanitizeRules.Shipped, options.AllowUnknownColumns, Label, cancellation);

    /// <inheritdoc/>
    public ExpectedDatabase Expect(IReadOnlyList<string>? tables) => ExpectedDatabase.Of(Database, tables);

    /// <inheritdoc/>
    public IReadOnlyList<SqlPiece> Pieces(IReadOnlyList<string>? tables = null)
    {
        DumpArguments arguments = new(_facts, ClientSession.AsRoot);
        List<SqlPiece> pieces =
        [
            new("its structure", SqlPieceKind.Structure, 0, token => OpenAsync(arguments.Structure, PieceKind.Structure, token)),
            new("its rows", SqlPieceKind.Data, _facts.DataBytes, token => OpenRowsAsync(arguments.Rows, token)),
            new("its triggers and routines", SqlPieceKind.Objects, 0, token => OpenAsync(arguments.Objects, PieceKind.Objects, token)),
        ];
        if (_facts.Views.Count > 0)
        {
            pieces.Add(new("its views", SqlPieceKind.Objects, 0, token => OpenAsync(arguments.Views, PieceKind.Objects, token)));
        }

        return pieces;
    }

    /// <inheritdoc/>
    public Stream OpenFiles(Func<SnapshotEntry, string?> rename) => LiveFiles.Open(_instance, rename);

    /// <inheritdoc/>
    public async Task RequireWholeAsync(CancellationToken cancellation)
    {
        DumpRules.RequireWhole(Label, _pieces, _facts);
        DumpRules.RequireUnaltered(Label, _facts, _shapes, await TableShapes.ReadAsync(_session, cancellation).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_counts is not null)
        {
            await _counts.DisposeAsync().ConfigureAwait(false);
        }

        await _session.DisposeAsync().ConfigureAwait(false);
        await UnlockAsync().ConfigureAwait(false);
    }

    /// <summary>Also when cancelled: a cron that stays locked would stop the billing.</summary>
    private async Task UnlockAsync()
    {
        if (_locksBefore is { } before)
        {
            _locksBefore = null;
            using CancellationTokenSource limit = new(UnlockLimit);
            await _instance.Application.RestoreCronAsync(before, limit.Token).ConfigureAwait(false);
        }
    }

    /// <summary>Content of the application's file <c>VERSION</c>; null where there is none.</summary>
    public static async Task<string?> ReadVersionAsync(IInstance instance, CancellationToken cancellation)
    {
        const int Longest = 4096;
        string path = BackupSources.VersionFileOf(instance.Definition);
        return await instance.Files.FindAsync(path, cancellation).ConfigureAwait(false) is null
            ? null
            : Encoding.UTF8.GetString(await instance.Files.ReadAsync(path, Longest, cancellation).ConfigureAwait(false)).Trim();
    }

    private async ValueTask<Stream> OpenAsync(string[] arguments, PieceKind kind, CancellationToken cancellation) =>
        await LiveText.StartAsync(
            _instance, _clients, arguments,
            (dump, _) =>
            {
                _pieces.Add(kind.ToString(), kind, dump);
                return Task.CompletedTask;
            },
            cancellation).ConfigureAwait(false);

    private async ValueTask<Stream> OpenRowsAsync(string[] arguments, CancellationToken cancellation)
    {
        if (NeedsQuiet)
        {
            _locksBefore = await _instance.Application.DrainJobsAsync(_jobLimit, null, cancellation).ConfigureAwait(false);
        }

        _counts = await LiveCounts.StartAsync(_instance, _clients, _facts, cancellation).ConfigureAwait(false);
        Moment = DateTimeOffset.UtcNow;
        return await LiveText.StartAsync(
            _instance, _clients, arguments,
            async (dump, _) =>
            {
                await UnlockAsync().ConfigureAwait(false);
                DumpRules.RequireRows(Label, dump.Rows, _facts.Tables.Keys);
                _pieces.Add(nameof(PieceKind.Data), PieceKind.Data, dump);
                _program = dump.Program;
                _days = await _counts.AgreeAsync(dump.Rows).ConfigureAwait(false);
            },
            cancellation).ConfigureAwait(false);
    }
}
