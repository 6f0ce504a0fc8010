using System.Globalization;
using Asterisell.Engine.Backup.Capture;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Restore.Database;

/// <summary>The database beside the application's own that new data are loaded into and judged in, before anything present is touched.</summary>
/// <param name="instance">Where.</param>
/// <param name="clients">Starts clients.</param>
/// <param name="session">A session of root.</param>
/// <param name="names">Names of the databases.</param>
internal sealed class StagedDatabase(IInstance instance, IDatabaseClients clients, ClientSession session, DatabaseNames names)
{
    /// <summary>More were not faster on two cores; the server sorts and writes beside them.</summary>
    private const int Streams = 3;

    /// <summary>Rows come as they were checked once: keys are built without asking for each row whether its neighbours are there.</summary>
    private const string Prologue = "SET SESSION foreign_key_checks = 0, unique_checks = 0;\n";

    /// <summary>Its name.</summary>
    public string Name => names.Staging;

    /// <summary>Makes it, empty, with the character set of the application's own.</summary>
    public async Task CreateAsync(CancellationToken cancellation)
    {
        await session.AskAsync($"DROP DATABASE IF EXISTS {ClientSession.Name(Name)}", cancellation).ConfigureAwait(false);
        await CreateLikeLiveAsync(Name, cancellation).ConfigureAwait(false);
    }

    /// <summary>Loads the pieces that make tables, one after another, then those of rows, side by side.</summary>
    /// <param name="pieces">All pieces; their kinds decide.</param>
    /// <param name="onBytes">Told bytes sent more, from any thread.</param>
    /// <param name="cancellation">Ends the clients.</param>
    public async Task LoadTablesAsync(IReadOnlyList<SqlPiece> pieces, Action<long>? onBytes, CancellationToken cancellation)
    {
        SqlFeed feed = new(instance, clients, Name);
        await feed.RunAsync(Prologue, pieces.Where(piece => piece.Kind == SqlPieceKind.Structure).Select(piece => piece.Open), onBytes, cancellation).ConfigureAwait(false);
        await LoadRowsAsync(feed, pieces, onBytes, cancellation).ConfigureAwait(false);
    }

    /// <summary>Loads views, triggers, routines and events with this instance's own user as their definer.</summary>
    /// <param name="pieces">All pieces; their kinds decide.</param>
    /// <param name="from">Name of the database that they were dumped from; null where it is the same.</param>
    /// <param name="definer">The application's database user here.</param>
    /// <param name="onBytes">Told bytes sent more.</param>
    /// <param name="cancellation">Ends the clients.</param>
    public async Task LoadObjectsAsync(
        IReadOnlyList<SqlPiece> pieces, string? from, string definer, Action<long>? onBytes, CancellationToken cancellation)
    {
        SqlFeed feed = new(instance, clients, Name);
        foreach (SqlPiece piece in pieces.Where(piece => piece.Kind == SqlPieceKind.Objects))
        {
            string text = ObjectText.Adapt(await ReadAsync(piece, cancellation).ConfigureAwait(false), definer, from, names.Live);
            await feed.RunAsync(Prologue, [_ => new(new MemoryStream(ByteText.Encode(text)))], onBytes, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Its tables.</summary>
    public Task<IReadOnlyList<string>> ListTablesAsync(CancellationToken cancellation) => ListTablesAsync(session, Name, cancellation);

    /// <summary>Tables of a database, views left out.</summary>
    public static async Task<IReadOnlyList<string>> ListTablesAsync(ClientSession session, string database, CancellationToken cancellation) =>
    [
        .. (await session.AskAsync(
            $"SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_TYPE <> 'VIEW' AND TABLE_SCHEMA = {SqlLiteral.Encode(database)} ORDER BY TABLE_NAME",
            cancellation).ConfigureAwait(false)).Select(row => row[0]),
    ];

    /// <summary>Makes a database with the application's character set; the application's own first, where it is gone.</summary>
    public async Task CreateLikeLiveAsync(string name, CancellationToken cancellation)
    {
        IReadOnlyList<string[]> live = await session.AskAsync(
            $"SELECT DEFAULT_CHARACTER_SET_NAME, DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = {SqlLiteral.Encode(names.Live)}",
            cancellation).ConfigureAwait(false);

        // What the application's own installation says.
        (string charset, string collation) = live is [[var set, var order]] ? (set, order) : ("utf8", "utf8_general_ci");
        string[] wanted = live.Count == 0 ? [names.Live, name] : [name];
        foreach (string database in wanted)
        {
            await session.AskAsync(
                $"CREATE DATABASE IF NOT EXISTS {ClientSession.Name(database)} DEFAULT CHARACTER SET {charset} COLLATE {collation}", cancellation).ConfigureAwait(false);
        }
    }

    private static async Task LoadRowsAsync(SqlFeed feed, IReadOnlyList<SqlPiece> pieces, Action<long>? onBytes, CancellationToken cancellation)
    {
        // The largest first, so that the streams end at about the same time.
        Queue<SqlPiece> waiting = new(pieces.Where(piece => piece.Kind == SqlPieceKind.Data).OrderByDescending(piece => piece.TextBytes));
        using CancellationTokenSource failed = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] streams = [.. Enumerable.Range(0, Math.Min(Streams, waiting.Count)).Select(_ => feed.RunAsync(Prologue, TakeEach(), onBytes, failed.Token))];
        Task? first = null;
        foreach (Task ended in streams.Length == 0 ? [] : await WhenEachAsync(streams, failed).ConfigureAwait(false))
        {
            first ??= ended;
        }

        cancellation.ThrowIfCancellationRequested();
        if (first is not null)
        {
            await first.ConfigureAwait(false);
        }

        IEnumerable<Func<CancellationToken, ValueTask<Stream>>> TakeEach()
        {
            while (true)
            {
                SqlPiece? piece;
                lock (waiting)
                {
                    if (!waiting.TryDequeue(out piece))
                    {
                        yield break;
                    }
                }

                yield return piece.Open;
            }
        }
    }

    /// <summary>Waits for all; the first failure ends the others. Failures come in the order in which they happened.</summary>
    private static async Task<IReadOnlyList<Task>> WhenEachAsync(Task[] streams, CancellationTokenSource failed)
    {
        List<Task> failures = [];
        List<Task> running = [.. streams];
        while (running.Count > 0)
        {
            Task ended = await Task.WhenAny(running).ConfigureAwait(false);
            running.Remove(ended);
            if (!ended.IsCompletedSuccessfully)
            {
                failures.Add(ended);
                await failed.CancelAsync().ConfigureAwait(false);
            }
        }

        return failures;
    }

    private static async Task<string> ReadAsync(SqlPiece piece, CancellationToken cancellation)
    {
        const int Longest = 64 * 1024 * 1024;
        using MemoryStream copy = new();
        Stream text = await piece.Open(cancellation).ConfigureAwait(false);
        await using (text.ConfigureAwait(false))
        {
            byte[] buffer = new byte[64 * 1024];
            int read;
            while ((read = await text.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0)
            {
                copy.Write(buffer, 0, read);
                if (copy.Length > Longest)
                {
                    throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{piece.Name} is larger than views, triggers and routines can be"));
                }
            }
        }

        return ByteText.Decode(copy.GetBuffer().AsSpan(0, (int)copy.Length));
    }
}
