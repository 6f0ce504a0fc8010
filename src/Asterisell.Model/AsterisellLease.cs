namespace Asterisell;

/// <summary>Who is changing an instance.</summary>
/// <param name="Name">Instance.</param>
/// <param name="HostName">Docker host of the instance.</param>
/// <param name="Owner">Account of the operator; who became root by sudo is named too.</param>
/// <param name="Machine">Name of the machine that the operator's PowerShell runs on.</param>
/// <param name="ProcessId">That PowerShell on that machine.</param>
/// <param name="Reason">What is being done: the cmdlet.</param>
/// <param name="Since">UTC, by the clock of the Docker host.</param>
/// <param name="LastSign">Last sign of life, UTC, by the clock of the Docker host; there is one every 15 seconds.</param>
/// <param name="State">Whether anybody is still at work.</param>
public sealed record AsterisellLease(
    string Name, string HostName, string Owner, string Machine, int ProcessId, string Reason,
    DateTimeOffset Since, DateTimeOffset LastSign, LeaseState State) : IInstanceObject
{
    /// <summary>Id of this lease; the next one has another.</summary>
    public string Id { get; init; } = "";

    /// <summary>Time since the last sign of life, when this was asked.</summary>
    public TimeSpan Silence { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Reason} by {Owner} on {Machine} (process {ProcessId})";
}
