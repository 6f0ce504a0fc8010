using Asterisell.Engine.Backup.Dump;
using Asterisell.Engine.Backup.Manifest;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>Gathers the pieces of the database in the order of loading, and what all of them hold together.</summary>
internal sealed class PieceList
{
    private readonly List<ManifestPiece> _pieces = [];
    private readonly Dictionary<string, long> _rows = new(StringComparer.Ordinal);
    private readonly HashSet<string> _tables = new(StringComparer.Ordinal);
    private readonly HashSet<string> _views = new(StringComparer.Ordinal);
    private readonly HashSet<string> _triggers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _routines = new(StringComparer.Ordinal);
    private readonly HashSet<string> _events = new(StringComparer.Ordinal);

    public IReadOnlyList<ManifestPiece> Pieces => _pieces;

    /// <summary>Rows of each table in all pieces.</summary>
    public IReadOnlyDictionary<string, long> Rows => _rows;

    public IReadOnlySet<string> Tables => _tables;

    public IReadOnlySet<string> Views => _views;

    public IReadOnlySet<string> Triggers => _triggers;

    public IReadOnlySet<string> Routines => _routines;

    public IReadOnlySet<string> Events => _events;

    /// <summary>Adds a piece that was dumped.</summary>
    public void Add(DumpedPiece dumped)
    {
        Add(dumped.Piece);
        _tables.UnionWith(dumped.Content.Tables);
        _views.UnionWith(dumped.Content.Views);
        _triggers.UnionWith(dumped.Content.Triggers);
        _routines.UnionWith(dumped.Content.Routines);
        _events.UnionWith(dumped.Content.Events);
    }

    /// <summary>Adds what was dumped and is kept in no file.</summary>
    public void Add(string path, PieceKind kind, DumpSummary dump) => Add(new DumpedPiece(
        new ManifestPiece { Path = path, Kind = kind, TextBytes = dump.TextBytes, SizeBytes = 0, Sha256 = string.Empty, Rows = dump.Rows }, dump));

    /// <summary>Adds a piece that holds rows only.</summary>
    public void Add(ManifestPiece piece)
    {
        _pieces.Add(piece);
        foreach ((string table, long rows) in piece.Rows)
        {
            _rows[table] = _rows.GetValueOrDefault(table) + rows;
        }
    }
}

/// <summary>A piece that was dumped, and what was read in it on the way.</summary>
internal sealed record DumpedPiece(ManifestPiece Piece, DumpSummary Content);
