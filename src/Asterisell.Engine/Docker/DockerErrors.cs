namespace Asterisell.Engine.Docker;

/// <summary>Failures of talking to a Docker engine.</summary>
internal static class DockerErrors
{
    internal static AsterisellException NoEngine(AsterisellHost host, string where, string message, Exception? cause = null) =>
        new(nameof(NoEngine), ErrorKind.Connection, host.Name,
            $"no Docker engine answers at {where} ({message}).",
            $"See whether it runs, on the host: systemctl status docker. See whether the inventory's endpoint is right: {host.Endpoint}", cause);

    internal static AsterisellException SocketPermissionDenied(AsterisellHost host, string where, Exception? cause) =>
        new(nameof(SocketPermissionDenied), ErrorKind.PermissionDenied, host.Name,
            $"the Docker engine's socket {where} refuses this user.",
            "Let the user join the group that owns the socket (usermod -aG docker USER, then log in again), which makes it as mighty as root.", cause);

    internal static AsterisellException TlsFilesUnreadable(AsterisellHost host, string folder, Exception cause) =>
        new(nameof(TlsFilesUnreadable), ErrorKind.InvalidInput, host.Name,
            $"the certificates in {folder} cannot be used ({EngineText.Reason(cause)}).",
            "There must be ca.pem, and cert.pem with its unencrypted key.pem, all readable by you.", cause);

    internal static AsterisellException TlsServerNotTrusted(AsterisellHost host, Exception cause) =>
        new(nameof(TlsServerNotTrusted), ErrorKind.Authentication, host.Name,
            $"the engine's certificate is not trusted ({EngineText.Reason(cause)}).",
            $"It must be signed by ca.pem of {host.TlsFolder}, be valid today and name {host.Endpoint.DnsSafeHost}.", cause);

    internal static AsterisellException TlsRefused(AsterisellHost host, Exception cause) =>
        new(nameof(TlsRefused), ErrorKind.Authentication, host.Name,
            $"the engine ended the TLS connection ({EngineText.Reason(cause)}); it does not accept our certificate, or speaks no TLS at this port.",
            $"See whether cert.pem of {host.TlsFolder} is valid today and signed by an authority that the engine knows (its --tlscacert).", cause);

    internal static AsterisellException EngineTimeout(AsterisellHost host, string doing, TimeSpan limit) =>
        new(nameof(EngineTimeout), ErrorKind.Timeout, host.Name,
            $"the Docker engine did not answer within {limit.TotalSeconds:0.#} s ({doing}).",
            "See whether the host is overloaded or its disk hangs; on the host: docker info.");

    internal static AsterisellException ConnectionLost(AsterisellHost host, string? container, string doing, Exception? cause) =>
        new(nameof(ConnectionLost), ErrorKind.Connection, Target(host, container),
            $"the connection to the Docker engine broke off ({doing}{(cause is null ? "" : ": " + EngineText.Reason(cause))}).",
            "What was running may have been done in part. See whether the engine and the container still run, then repeat.", cause);

    internal static AsterisellException ProgramLost(AsterisellHost host, string container) =>
        new(nameof(ProgramLost), ErrorKind.Connection, Target(host, container),
            "the engine no longer knows the program that was started, as when the container was removed or the engine restarted meanwhile.",
            "What was running may have been done in part. See whether the container still runs, then repeat.");

    internal static AsterisellException NotDocker(AsterisellHost host, string what, Exception? cause = null) =>
        new(nameof(NotDocker), ErrorKind.Protocol, host.Name,
            $"what answers at {host.Endpoint} is not a Docker engine, or something in between damages its answers: {what}.",
            "See whether the inventory's endpoint is right.", cause);

    internal static AsterisellException EngineTooOld(AsterisellHost host, ApiVersion version) =>
        new(nameof(EngineTooOld), ErrorKind.InvalidState, host.Name,
            $"the Docker engine speaks API {version}; at least {ApiVersion.Oldest} (Docker 17.12) is needed.",
            "Upgrade Docker on the host.");

    internal static AsterisellException EngineTooNew(AsterisellHost host, string message) =>
        new(nameof(EngineTooNew), ErrorKind.InvalidState, host.Name,
            $"the Docker engine no longer speaks API {ApiVersion.Newest} or older, the newest that this module knows: {message}",
            "Upgrade the Asterisell module.");

    internal static AsterisellException ContainerNotFound(AsterisellHost host, string container) =>
        new(nameof(ContainerNotFound), ErrorKind.NotFound, Target(host, container),
            $"there is no container '{container}' on this host.",
            "See the names on the host with: docker ps --all");

    internal static AsterisellException ContainerNotRunning(AsterisellHost host, string container, string message) =>
        new(nameof(ContainerNotRunning), ErrorKind.InvalidState, Target(host, container),
            $"the container is not running ({message}).",
            $"Start it with: Start-AsterisellInstance {Target(host, container)}");

    internal static AsterisellException ContainerNotReady(AsterisellHost host, string container, string message) =>
        new(nameof(ContainerNotReady), ErrorKind.InvalidState, Target(host, container),
            $"the container's state does not allow this: {message}.",
            "Unpause it, or wait until it has restarted.");

    internal static AsterisellException EngineConflict(AsterisellHost host, string? container, string message) =>
        new(nameof(EngineConflict), ErrorKind.Conflict, Target(host, container), $"the Docker engine refused: {message}.");

    internal static AsterisellException PathNotFound(AsterisellHost host, string container, string message) =>
        new(nameof(PathNotFound), ErrorKind.NotFound, Target(host, container), $"{message}.");

    internal static AsterisellException ObjectNotFound(AsterisellHost host, string message) =>
        new(nameof(ObjectNotFound), ErrorKind.NotFound, host.Name, $"{message}.");

    internal static AsterisellException EngineRefused(AsterisellHost host, string? container, string message) =>
        new(nameof(EngineRefused), ErrorKind.InvalidInput, Target(host, container), $"the Docker engine refused the request: {message}.");

    internal static AsterisellException EngineForbids(AsterisellHost host, string? container, string message) =>
        new(nameof(EngineForbids), ErrorKind.PermissionDenied, Target(host, container),
            $"the Docker engine does not allow this: {message}.",
            "An authorization plugin or a proxy before the engine decides; ask who set it up.");

    internal static AsterisellException HostDiskFull(AsterisellHost host, string? container, string message) =>
        new(nameof(HostDiskFull), ErrorKind.ResourceExhausted, Target(host, container),
            $"no space is left on the host: {message}.",
            "Free space on the host; see what Docker uses with: docker system df");

    internal static AsterisellException EngineFailed(AsterisellHost host, string? container, string message) =>
        new(nameof(EngineFailed), ErrorKind.CommandFailed, Target(host, container), $"the Docker engine failed: {message}.",
            "The engine's own log may say more, on the host: journalctl -u docker");

    internal static AsterisellException ProgramNotStarted(AsterisellHost host, string container, string program, string message) =>
        new(nameof(ProgramNotStarted), ErrorKind.NotFound, Target(host, container),
            $"the program '{program}' could not be started in the container: {message}.");

    internal static AsterisellException ProgramEndedEarly(AsterisellHost host, string container, Exception cause) =>
        new(nameof(ProgramEndedEarly), ErrorKind.CommandFailed, Target(host, container),
            "the program in the container ended before it had read all of its input.", null, cause);

    internal static AsterisellException NoInput(AsterisellHost host, string container) =>
        new(nameof(NoInput), ErrorKind.InvalidInput, Target(host, container), "the program was started without a standard input.");

    internal static AsterisellException InvalidContainerName(AsterisellHost host, string container) =>
        new(nameof(InvalidContainerName), ErrorKind.InvalidInput, host.Name,
            $"'{EngineText.OneLine(container)}' cannot be the name or id of a container.",
            "Names have letters, digits, '_', '.' and '-', and begin with a letter or digit.");

    internal static AsterisellException InvalidEndpoint(AsterisellHost host, string why) =>
        new(nameof(InvalidEndpoint), ErrorKind.InvalidInput, host.Name, $"the endpoint {host.Endpoint.OriginalString} cannot be used: {why}.",
            "Endpoints are unix:///path, npipe:////./pipe/name, tcp://host:port or ssh://[user@]host[:port].");

    internal static AsterisellException LimitStays(AsterisellHost host, string container) =>
        new(nameof(LimitStays), ErrorKind.InvalidInput, Target(host, container),
            "Docker cannot lift a limit of memory or processors from a container that exists.",
            "Give a larger limit, or create the container anew without one.");

    internal static AsterisellException InvalidObjectName(AsterisellHost host, string sort, string name) =>
        new(nameof(InvalidObjectName), ErrorKind.InvalidInput, host.Name, $"'{EngineText.OneLine(name)}' cannot be the name of {sort}.");

    private static string Target(AsterisellHost host, string? container) => container is null ? host.Name : $"{host.Name}/{container}";
}
