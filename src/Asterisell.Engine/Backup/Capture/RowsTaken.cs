using Asterisell.Engine.Backup.Manifest;

namespace Asterisell.Engine.Backup.Capture;

/// <summary>The rows of all tables.</summary>
/// <param name="Pieces">Where they are, listed in the snapshot.</param>
/// <param name="Proof">That they are those of the database.</param>
/// <param name="Held">For how long nobody could commit; null where one dump took all rows and nobody waited.</param>
internal sealed record RowsTaken(IReadOnlyList<ManifestPiece> Pieces, RowProof Proof, TimeSpan? Held);
