namespace Asterisell.Engine.Hosts;

/// <summary>What only the machine itself knows, not its Docker engine. Null for what could not be found out.</summary>
/// <param name="HugePages">The chosen word of transparent huge pages: <c>always</c>, <c>madvise</c>, <c>never</c>.</param>
/// <param name="DiskBytes">Size of the file system with Docker's folder.</param>
/// <param name="FreeBytes">Bytes free on it for everybody but root.</param>
/// <param name="ListeningPorts">TCP ports that a program listens on.</param>
internal sealed record MachineFacts(string? HugePages, long? DiskBytes, long? FreeBytes, IReadOnlySet<int>? ListeningPorts)
{
    internal static MachineFacts Unknown { get; } = new(null, null, null, null);
}
