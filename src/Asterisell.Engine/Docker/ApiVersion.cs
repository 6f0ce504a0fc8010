using System.Globalization;

namespace Asterisell.Engine.Docker;

/// <summary>A version of Docker's Engine API, for example 1.41.</summary>
/// <param name="Major">Before the point.</param>
/// <param name="Minor">After the point.</param>
public readonly record struct ApiVersion(int Major, int Minor) : IComparable<ApiVersion>
{
    /// <summary>Newest version whose answers this client was written for; a newer engine is asked in this one.</summary>
    public static ApiVersion Newest { get; } = new(1, 47);

    /// <summary>Oldest version asked: older engines silently ignore the working directory of an exec (Docker before 17.10).</summary>
    public static ApiVersion Oldest { get; } = new(1, 35);

    /// <summary>From this version on, streams of output say in their content type whether they are multiplexed.</summary>
    internal static ApiVersion StreamsAreNamed { get; } = new(1, 42);

    /// <summary>From this version on, a terminal has its size from its very start.</summary>
    internal static ApiVersion TerminalsStartSized { get; } = new(1, 42);

    /// <summary>Reads <c>1.41</c>.</summary>
    public static bool TryParse(string? text, out ApiVersion version)
    {
        version = default;
        string[] parts = text?.Split('.') ?? [];
        if (parts.Length != 2
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int minor))
        {
            return false;
        }

        version = new ApiVersion(major, minor);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(ApiVersion other) => (Major, Minor).CompareTo((other.Major, other.Minor));

    /// <summary>Older than.</summary>
    public static bool operator <(ApiVersion left, ApiVersion right) => left.CompareTo(right) < 0;

    /// <summary>Newer than.</summary>
    public static bool operator >(ApiVersion left, ApiVersion right) => left.CompareTo(right) > 0;

    /// <summary>Not newer than.</summary>
    public static bool operator <=(ApiVersion left, ApiVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Not older than.</summary>
    public static bool operator >=(ApiVersion left, ApiVersion right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");
}
