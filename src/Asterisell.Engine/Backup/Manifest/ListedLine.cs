using System.Text.Json;

namespace Asterisell.Engine.Backup.Manifest;

/// <summary>What a backup has to know of a line of a listing, read without making an object of it: there may be a hundred thousand.</summary>
internal sealed class ListedLine
{
    private byte[] _text = new byte[16 * 1024];
    private int _filled;
    private Range _path;
    private Range _source;
    private Range _sha256;
    private Range _stamp;
    private Range _modifiedAt;

    public SnapshotEntryKind Kind { get; private set; }

    public long Size { get; private set; }

    /// <summary>Relative path in the snapshot, UTF-8.</summary>
    public ReadOnlySpan<byte> Path => _text.AsSpan(_path);

    /// <summary>Exact bytes of the absolute path in the container; empty for what the backup made itself.</summary>
    public ReadOnlySpan<byte> Source => _text.AsSpan(_source);

    /// <summary>In lower case hexadecimal; empty for what is not a file.</summary>
    public ReadOnlySpan<byte> Sha256 => _text.AsSpan(_sha256);

    /// <summary>See <see cref="SnapshotEntry.Stamp"/>; empty where there is none.</summary>
    public ReadOnlySpan<byte> Stamp => _text.AsSpan(_stamp);

    /// <summary>See <see cref="SnapshotEntry.ModifiedAt"/>, as it is written; empty where there is none.</summary>
    public ReadOnlySpan<byte> ModifiedAt => _text.AsSpan(_modifiedAt);

    /// <summary>Reads a line; what was read before is gone then.</summary>
    /// <returns>False where it is not a whole entry.</returns>
    public bool TryRead(ReadOnlySpan<byte> line)
    {
        (_filled, Size, Kind) = (0, 0, default);
        _path = _source = _sha256 = _stamp = _modifiedAt = default;
        if (_text.Length < line.Length)
        {
            _text = new byte[line.Length];
        }

        try
        {
            Utf8JsonReader json = new(line);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                ReadMember(ref json);
            }

            return json.TokenType == JsonTokenType.EndObject && !Path.IsEmpty;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            return false;
        }
    }

    private void ReadMember(ref Utf8JsonReader json)
    {
        // The bytes of a name stand after its text and take its place.
        if (json.ValueTextEquals("path"u8))
        {
            _path = Text(ref json);
        }
        else if (json.ValueTextEquals("kind"u8))
        {
            json.Read();
            Kind = json.ValueTextEquals("File"u8) ? SnapshotEntryKind.File
                : json.ValueTextEquals("Directory"u8) ? SnapshotEntryKind.Directory
                : json.ValueTextEquals("Link"u8) ? SnapshotEntryKind.Link : SnapshotEntryKind.Special;
        }
        else if (json.ValueTextEquals("size"u8))
        {
            json.Read();
            Size = json.GetInt64();
        }
        else if (json.ValueTextEquals("sha256"u8))
        {
            _sha256 = Text(ref json);
        }
        else if (json.ValueTextEquals("source"u8))
        {
            _source = Text(ref json);
        }
        else if (json.ValueTextEquals("sourceBytes"u8))
        {
            json.Read();
            _source = Keep(json.GetBytesFromBase64());
        }
        else if (json.ValueTextEquals("stamp"u8))
        {
            _stamp = Text(ref json);
        }
        else if (json.ValueTextEquals("modifiedAt"u8))
        {
            _modifiedAt = Text(ref json);
        }
        else
        {
            json.Read();
            json.Skip();
        }
    }

    private Range Text(ref Utf8JsonReader json)
    {
        json.Read();
        int begin = _filled;
        _filled += json.CopyString(_text.AsSpan(begin));
        return begin.._filled;
    }

    private Range Keep(byte[] bytes)
    {
        int begin = _filled;
        bytes.CopyTo(_text, begin);
        _filled += bytes.Length;
        return begin.._filled;
    }
}
