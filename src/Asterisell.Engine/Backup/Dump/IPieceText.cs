namespace Asterisell.Engine.Backup.Dump;

/// <summary>Takes the text of one piece of the database.</summary>
internal interface IPieceText
{
    void Write(ReadOnlySpan<byte> text);
}
