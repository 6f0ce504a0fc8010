using System.Diagnostics;

namespace Asterisell;

/// <summary>A password that was looked up. It prints as stars, serializes to nothing, and shows its value only to who asks for it.</summary>
[DebuggerDisplay("***")]
public sealed class Secret
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string value;

    /// <summary>Wraps a value.</summary>
    public Secret(string value) => this.value = value;

    /// <summary>The value. To be called at the last moment, and its result never stored.</summary>
    public string Reveal() => value;

    /// <summary>Stars, the same number for every secret.</summary>
    public override string ToString() => "***";
}
