using System.Diagnostics.CodeAnalysis;

namespace Asterisell.Engine.Instances;

/// <summary>What a probe script said: pairs of key and value in their order. It may have been cut anywhere.</summary>
internal sealed class ProbeAnswer
{
    private readonly List<KeyValuePair<string, string>> _pairs = [];

    /// <summary>Pairs in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Pairs => _pairs;

    /// <summary>True when the script came to its end.</summary>
    public bool IsComplete => Find("end") is not null;

    /// <summary>What it wrote to standard error.</summary>
    public string Error { get; init; } = "";

    /// <summary>Pairs from output, cut anywhere; a pair without its last NUL does not count.</summary>
    public static ProbeAnswer Parse(ReadOnlySpan<byte> output, string error)
    {
        var answer = new ProbeAnswer { Error = error };
        while (TryTake(ref output, out string? key) && TryTake(ref output, out string? value))
        {
            answer._pairs.Add(new KeyValuePair<string, string>(key, value));
        }

        return answer;
    }

    /// <summary>The first value of a key; null where it was not said.</summary>
    public string? Find(string key)
    {
        foreach (KeyValuePair<string, string> pair in _pairs)
        {
            if (pair.Key == key)
            {
                return pair.Value;
            }
        }

        return null;
    }

    /// <summary>All values of a key.</summary>
    public IEnumerable<string> All(string key) => _pairs.Where(pair => pair.Key == key).Select(pair => pair.Value);

    private static bool TryTake(ref ReadOnlySpan<byte> output, [NotNullWhen(true)] out string? text)
    {
        int length = output.IndexOf((byte)0);
        text = length < 0 ? null : ByteText.Decode(output[..length]);
        output = length < 0 ? default : output[(length + 1)..];
        return text is not null;
    }
}
