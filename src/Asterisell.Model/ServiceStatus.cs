namespace Asterisell;

/// <summary>One service of an instance's supervisord.</summary>
/// <param name="Service">Program name in the supervisor's configuration: <c>mysql</c>, <c>php</c>, <c>nginx</c>, <c>sshd</c>, <c>crond</c>.</param>
/// <param name="IsRunning">True while its process lives.</param>
/// <param name="ProcessId">Process id in the container; 0 when not running.</param>
/// <param name="Uptime">Since the process started; null when not running.</param>
public sealed record ServiceStatus(string Service, bool IsRunning, int ProcessId, TimeSpan? Uptime);
