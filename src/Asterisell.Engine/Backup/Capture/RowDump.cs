using Asterisell.Engine.Backup.Capture.Ranges;
using Asterisell.Engine.Backup.Dump;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>What one mysqldump is to bring.</summary>
/// <param name="Tables">By name: a table that is made meanwhile is not in the structure.</param>
/// <param name="Where">Condition for the rows of its one table; null for all rows.</param>
internal sealed record RowWish(IReadOnlyList<string> Tables, string? Where);

/// <summary>A file of rows that was written and is not listed yet.</summary>
/// <param name="File">It.</param>
/// <param name="Sha256">SHA-256 of it.</param>
/// <param name="TextBytes">Bytes of text in it.</param>
/// <param name="Month">Month of the one table in it; null where it holds whole tables.</param>
/// <param name="Rows">Rows by table.</param>
internal sealed record RowFile(SnapshotFile File, string Sha256, long TextBytes, string? Month, IReadOnlyDictionary<string, long> Rows);

/// <summary>One mysqldump of the rows of some tables, parted into files while it passes.</summary>
internal sealed class RowDump : IAsyncDisposable
{
    private readonly BackupRun _run;
    private readonly DatabaseFacts _facts;
    private readonly RowWish _wish;
    private readonly Dictionary<string, int> _split;
    private readonly Action<long> _onText;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationToken _cancellation;
    private readonly BlockCompressor _compressor;
    private readonly RowRouter _router;
    private readonly List<(string Table, string? Month, SnapshotFile File, BlockText Text)> _parts = [];
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<byte> _said = [];
    private IWaitingClient? _client;
    private IExecProcess? _process;

    /// <param name="run">The backup.</param>
    /// <param name="facts">What there is to dump.</param>
    /// <param name="wish">What to bring.</param>
    /// <param name="tables">Tables that are parted.</param>
    /// <param name="onText">Told the bytes of each piece of text.</param>
    /// <param name="cancellation">Ends the dump, also in the container.</param>
    public RowDump(
        BackupRun run, DatabaseFacts facts, RowWish wish, IReadOnlyList<RangeTable> tables, Action<long> onText, CancellationToken cancellation)
    {
        (_run, _facts, _wish, _onText) = (run, facts, wish, onText);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _cancellation = _stop.Token;
        _split = tables.Where(table => wish.Tables.Contains(table.Name)).ToDictionary(table => table.Name, table => table.ColumnIndex);
        _compressor = new BlockCompressor(_cancellation);
        _router = new RowRouter(_split, wish.Where is null, Open);
    }

    /// <summary>Ends when its moment lies behind: its transaction has begun.</summary>
    public Task Begun => _begun.Task;

    /// <summary>Ends when everything is in its files; null before it has begun.</summary>
    public Task<DumpSummary>? Ended { get; private set; }

    /// <summary>The files, after <see cref="Ended"/>.</summary>
    public IReadOnlyList<RowFile> Files { get; private set; } = [];

    /// <summary>Paths of all files that were begun, whole or not.</summary>
    public IEnumerable<string> Paths => _parts.Select(part => part.File.Path);

    /// <summary>Readies it, so that it begins within milliseconds.</summary>
    public async Task PrepareAsync(IDatabaseClients clients, IReadOnlyList<string> user) => _client = await clients
        .PrepareAsync(DumpArguments.Program, new DumpArguments(_facts, user).RowsOf(_wish.Tables, _wish.Where), DumpReader.FormFor(_run.Instance.Definition.Host), _cancellation).ConfigureAwait(false);

    /// <summary>Lets it begin.</summary>
    /// <returns>Ends when it has begun, or at its failure.</returns>
    public async Task BeginAsync(CancellationToken cancellation)
    {
        _process = await _client!.BeginAsync(cancellation).ConfigureAwait(false);
        Ended = ReadAsync(_process);
        if (await Task.WhenAny(Begun, Ended).WaitAsync(cancellation).ConfigureAwait(false) == Ended)
        {
            await Ended.ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_process is not null)
        {
            await _process.DisposeAsync().ConfigureAwait(false);
        }
        else if (_client is not null)
        {
            await _client.DisposeAsync().ConfigureAwait(false);
        }

        if (Ended is not null)
        {
            await ((Task)Ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await _compressor.DisposeAsync().ConfigureAwait(false);
        foreach ((_, _, SnapshotFile file, _) in _parts)
        {
            await file.DisposeAsync().ConfigureAwait(false);
        }

        _stop.Dispose();
    }

    private async Task<DumpSummary> ReadAsync(IExecProcess process)
    {
        ClientOutput form = DumpReader.FormFor(_run.Instance.Definition.Host);
        DumpReader reader = new(Take) { OnError = Listen };
        try
        {
            DumpSummary dump = await reader.ReadAsync(process, form, _cancellation).ConfigureAwait(false);
            int exitCode = await process.GetExitCodeAsync(_cancellation).ConfigureAwait(false);
            DumpRules.RequireSuccess(_run.Target, DumpArguments.Program, exitCode, reader.Error, dump);
            _router.Complete();
            await CompleteFilesAsync(dump).ConfigureAwait(false);
            return dump;
        }
        catch (InvalidDataException unknown)
        {
            throw BackupErrors.BackupDumpTruncated(_run.Target, unknown.Message);
        }
    }

    private void Take(ReadOnlySpan<byte> text)
    {
        _router.Feed(text);
        _onText(text.Length);
    }

    private async Task CompleteFilesAsync(DumpSummary dump)
    {
        foreach (BlockText text in _parts.Select(part => part.Text))
        {
            text.Complete();
        }

        await _compressor.CompleteAsync().ConfigureAwait(false);
        Dictionary<(string, string), long> parted = _router.Parted.ToDictionary(part => (part.Table, part.Month), part => part.Rows);
        Dictionary<string, long> whole = dump.Rows.Where(table => !_split.ContainsKey(table.Key)).ToDictionary();
        foreach (string table in _split.Keys.Where(table => dump.Rows.GetValueOrDefault(table) != _router.Parted.Where(part => part.Table == table).Sum(part => part.Rows)))
        {
            throw BackupErrors.BackupDumpTruncated(_run.Target, $"two readings of {table} count other rows");
        }

        Files =
        [
            .. _parts.Select(part => new RowFile(
                part.File,
                part.File.Complete(flush: false),
                part.Text.TextBytes,
                part.Month,
                part.Month is null ? whole : new Dictionary<string, long> { [part.Table] = parted[(part.Table, part.Month)] })),
        ];
    }

    private BlockText Open(string table, string? month)
    {
        if (month is not null && !Months.IsName(month))
        {
            throw new InvalidDataException($"a date of {table} is none");
        }

        SnapshotFile file = _run.Snapshot.CreateFile(month is null ? SnapshotLayout.Rows : SnapshotLayout.RangeOf(table, month));
        BlockText text = new(_compressor, file);
        _parts.Add((table, month, file, text));
        return text;
    }

    /// <summary>What --verbose says first of a table is said after the transaction began, and comes at once.</summary>
    private void Listen(ReadOnlyMemory<byte> said)
    {
        if (!_begun.Task.IsCompleted)
        {
            _said.AddRange(said.Span);
            if (System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_said).IndexOf("-- Retrieving table structure for table "u8) >= 0)
            {
                _begun.TrySetResult();
            }
        }
    }
}
