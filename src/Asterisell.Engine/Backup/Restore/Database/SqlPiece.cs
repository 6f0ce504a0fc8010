namespace Asterisell.Engine.Backup.Restore.Database;

/// <summary>One text of SQL that is loaded. Pieces are loaded in the order of their kinds; data pieces may be loaded side by side.</summary>
/// <param name="Name">As messages name it.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="TextBytes">Bytes of text, about; for showing progress.</param>
/// <param name="Open">Opens the text, uncompressed; read once, to its end. A text that ends too early must throw.</param>
internal sealed record SqlPiece(string Name, SqlPieceKind Kind, long TextBytes, Func<CancellationToken, ValueTask<Stream>> Open);

/// <summary>What a piece holds.</summary>
internal enum SqlPieceKind
{
    /// <summary>Tables, with or without their rows.</summary>
    Structure,

    /// <summary>Rows; of tables that a piece before it created, or created in it.</summary>
    Data,

    /// <summary>Views, triggers, routines and events. Small, and without rows.</summary>
    Objects,
}
