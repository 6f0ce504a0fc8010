namespace Asterisell.Engine.Instances;

/// <summary>Keeps the last part of a text that may be endless: what a program wrote to standard error.</summary>
internal sealed class TailText(int limitBytes = 64 * 1024)
{
    private readonly List<byte> _kept = [];

    /// <summary>True when nothing was written.</summary>
    public bool IsEmpty => _kept.Count == 0;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        _kept.AddRange(bytes.Length > limitBytes ? bytes[^limitBytes..] : bytes);
        if (_kept.Count > limitBytes)
        {
            _kept.RemoveRange(0, _kept.Count - limitBytes);
        }
    }

    /// <summary>Lines that are not empty.</summary>
    public IReadOnlyList<string> Lines => ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>True when there is a line, and each passes.</summary>
    public bool AllLines(Predicate<string> test) => !IsEmpty && Lines.All(line => test(line));

    public override string ToString() => ByteText.Decode(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_kept));
}
