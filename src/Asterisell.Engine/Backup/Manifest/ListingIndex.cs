using System.Security.Cryptography;
using Asterisell.Engine.Backup.Tree;
using Microsoft.Win32.SafeHandles;

namespace Asterisell.Engine.Backup.Manifest;

/// <summary>Finds lines of an earlier listing by the name in the container. A name costs some fifty bytes of memory; the lines stay in the file.</summary>
internal sealed class ListingIndex : IDisposable
{
    private const int WindowSize = FileListing.LongestLine;

    private readonly SafeFileHandle _file;
    private readonly Dictionary<NameKey, (long Offset, int Length)> _places = [];
    private readonly byte[] _window = new byte[WindowSize];
    private long _windowAt;
    private int _filled;
    private Range _text;

    private ListingIndex(SafeFileHandle file) => _file = file;

    /// <summary>The line that was found last.</summary>
    public ListedLine Line { get; } = new();

    /// <summary>Its bytes, with their end; valid until the next is looked for.</summary>
    public ReadOnlySpan<byte> Text => _window.AsSpan(_text);

    /// <summary>Reads a listing once.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="sha256">What it must hash to; null for the listing of a run that was killed, of which the whole lines are taken.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="InvalidDataException">It is not what was written; the message says why.</exception>
    public static ListingIndex Open(string path, string? sha256, CancellationToken cancellation)
    {
        ListingIndex index = new(File.OpenHandle(path, options: FileOptions.SequentialScan));
        try
        {
            string actual = index.Read(cancellation);
            return sha256 is null || sha256 == actual ? index : throw new InvalidDataException("its listing is not what was written (SHA-256)");
        }
        catch
        {
            index.Dispose();
            throw;
        }
    }

    /// <summary>Looks for what has a name; <see cref="Line"/> and <see cref="Text"/> tell of it then.</summary>
    /// <param name="name">Stands for the bytes of the path in the container, without the leading slash.</param>
    public bool TryFind(NameKey name)
    {
        if (!_places.TryGetValue(name, out (long Offset, int Length) place))
        {
            return false;
        }

        if (place.Offset < _windowAt || place.Offset + place.Length > _windowAt + _filled)
        {
            (_windowAt, _filled) = (place.Offset, RandomAccess.Read(_file, _window, place.Offset));
        }

        int begin = (int)(place.Offset - _windowAt);
        _text = begin..(begin + place.Length);
        return place.Length <= _filled - begin && Line.TryRead(Text);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <returns>SHA-256 of all of it.</returns>
    private string Read(CancellationToken cancellation)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long at = 0;
        while ((_filled = RandomAccess.Read(_file, _window, at)) > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            int used = 0;
            while (_window.AsSpan(used, _filled - used).IndexOf((byte)'\n') is >= 0 and int end)
            {
                Add(_window.AsSpan(used, end + 1), at + used);
                used += end + 1;
            }

            // The begin of a line whose end is not there yet is read again; a last one without an end was cut off.
            used = used == 0 ? _filled : used;
            hash.AppendData(_window.AsSpan(0, used));
            at += used;
        }

        return Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
    }

    private void Add(ReadOnlySpan<byte> line, long offset)
    {
        ReadOnlySpan<byte> source = PlainSourceOf(line);
        if (source.IsEmpty && Line.TryRead(line))
        {
            source = Line.Source;
        }

        if (source.Length > 1)
        {
            // The last of several: it is the newest reading of the file.
            _places[NameKey.Of(source[1..])] = (offset, line.Length);
        }
    }

    /// <summary>
    /// The path in the container where it stands in the line as it is, which it mostly does: reading the whole line costs ten times as much.
    /// Within a value no quote can stand, so what looks like a member is one.
    /// </summary>
    private static ReadOnlySpan<byte> PlainSourceOf(ReadOnlySpan<byte> line)
    {
        int begin = line.IndexOf("\"source\":\""u8) + "\"source\":\"".Length;
        if (begin < "\"source\":\"".Length || line.IndexOf("\"sourceBytes\":"u8) >= 0)
        {
            return [];
        }

        int length = line[begin..].IndexOf((byte)'"');
        return length < 0 || line.Slice(begin, length).Contains((byte)'\\') ? [] : line.Slice(begin, length);
    }
}
