using System.Buffers.Text;
using System.Text;

namespace Asterisell.Engine.Instances.Logs;

/// <summary>Understands what <see cref="LogScript"/> writes, and gives the lines of the files.</summary>
internal sealed class LogProtocol(AsterisellInstance instance, TimeProvider clock, Action<LogLine> onLine, Action onHistoryEnd)
{
    /// <summary>The script's base64 lines are 32 kB; a path is far shorter.</summary>
    private const int LongestLine = 128 * 1024;

    private readonly LineCutter _cutter = new(LongestLine);
    private readonly List<LogFile> _files = [];
    private LogZones _zones = LogZones.Utc;
    private LogFile? _current;

    /// <summary>Packed files that the container cannot unpack, with the tool that it lacks.</summary>
    public List<UnreadLog> Unread { get; } = [];

    /// <summary>Services of the files that were found.</summary>
    public IEnumerable<string> Services => _files.Select(file => file.Service);

    public void Add(ReadOnlySpan<byte> bytes) => _cutter.Add(bytes, Take);

    /// <summary>Nothing more comes: what has no end of line is a line.</summary>
    public void End()
    {
        foreach (LogFile file in _files)
        {
            file.Flush(onLine);
        }
    }

    private void Take(ReadOnlySpan<byte> line, long length)
    {
        if (length > LongestLine)
        {
            throw InstanceErrors.AnswerNotUnderstood(instance, "reading the logs", $"a line of {length} bytes");
        }

        if (line.IsEmpty)
        {
            return;
        }

        if (!line.Contains((byte)' '))
        {
            _current?.Add(Decode(line), onLine);
            return;
        }

        string[] words = Encoding.ASCII.GetString(line).Split(' ');
        switch (words)
        {
            case ["Z", string container, string offset, string php]:
                _zones = LogZones.Read(container, offset, php);
                break;
            case ["F", _, string service, string path]:
                string file = Encoding.UTF8.GetString(Decode(Encoding.ASCII.GetBytes(path)));
                _files.Add(new LogFile(instance, service, file, () => _zones, clock));
                break;
            case ["M", string tool, string packed]:
                Unread.Add(new UnreadLog(Encoding.UTF8.GetString(Decode(Encoding.ASCII.GetBytes(packed))), tool));
                break;
            case ["H", ""]:
                onHistoryEnd();
                break;
            case ["D", string number]:
                _current = File(number);
                break;
            case ["R", string number]:
                File(number).Flush(onLine);
                break;
            default:
                throw InstanceErrors.AnswerNotUnderstood(instance, "reading the logs", $"'{LogText.Of(line, length)}'");
        }
    }

    private LogFile File(string number) =>
        int.TryParse(number, out int index) && index >= 0 && index < _files.Count
            ? _files[index]
            : throw InstanceErrors.AnswerNotUnderstood(instance, "reading the logs", $"there is no file {number}");

    private byte[] Decode(ReadOnlySpan<byte> base64)
    {
        byte[] bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(base64.Length)];
        return Base64.DecodeFromUtf8(base64, bytes, out _, out int written) == System.Buffers.OperationStatus.Done
            ? bytes[..written]
            : throw InstanceErrors.AnswerNotUnderstood(instance, "reading the logs", "a line that is not base64");
    }
}

/// <summary>A rotated log that was not read.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Tool">Program to unpack it, which the container does not have.</param>
public sealed record UnreadLog(string Path, string Tool);
