using System.Text;

namespace Asterisell.Tests.Unit.Docker;

/// <summary>Whole, right answers as an engine 20.10 gives them.</summary>
internal static class RecordedAnswers
{
    public const string ExecId = "4898d2737df13b9cdfcd5250661c870096ac2db1bbcf4236c0e3497113ae3246";

    private const string Common =
        "Api-Version: 1.41\r\nContent-Type: application/json\r\nDocker-Experimental: false\r\nOstype: linux\r\nServer: Docker/20.10.24 (linux)\r\n";

    public static byte[] Container { get; } = Json(
        """
        {"Id":"dc68c2e6e081b193308ffee7c9b49e195c3697a01005256e8fbba5840b3482bd","Created":"2026-11-22T23:04:26.838711525Z",
        "State":{"Status":"running","Running":true,"Paused":false,"OOMKilled":false,"Dead":false,"Pid":7154,"ExitCode":0,"Error":"",
        "StartedAt":"2026-11-22T23:04:27.538711525Z","FinishedAt":"0001-01-01T00:00:00Z"},"Image":"sha256:55268ca1587843aa",
        "Name":"/billing","RestartCount":2,"HostConfig":{"PortBindings":{},"RestartPolicy":{"Name":"always","MaximumRetryCount":0},
        "Memory":1073741824,"NanoCpus":1500000000,"CpuPeriod":0,"CpuQuota":0},
        "Mounts":[{"Type":"volume","Name":"data","Source":"/var/lib/docker/volumes/data/_data","Destination":"/var","Driver":"local",
        "Mode":"z","RW":true,"Propagation":""}],
        "Config":{"Tty":false,"Image":"asterisell/centos7","Labels":{"a":"b"}},
        "NetworkSettings":{"Ports":{"22/tcp":null,"80/tcp":[{"HostIp":"127.0.0.1","HostPort":"8100"}]}}}
        """);

    public static byte[] ExecCreated { get; } = Json($$"""{"Id":"{{ExecId}}"}""", "201 Created");

    public static byte[] ExecEnded { get; } = Json("""{"ID":"x","Running":false,"ExitCode":7,"Pid":42}""");

    public static byte[] Output { get; } = [1, 0, 0, 0, 0, 0, 0, 3, 111, 117, 116, 2, 0, 0, 0, 0, 0, 0, 3, 101, 114, 114];

    public static byte[] Upgrade(ReadOnlySpan<byte> output) =>
    [
        .. "HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.raw-stream\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n"u8,
        .. output,
    ];

    public static byte[] Logs { get; } = Chunked(Output, "application/octet-stream");

    public static byte[] Archive { get; } = Chunked(new byte[1024], "application/x-tar");

    /// <summary>An engine that runs a program with this raw output.</summary>
    public static Func<FakeExchange, Task> Exec(byte[] output) => exchange =>
    {
        if (exchange.FirstLine.Contains("/start ", StringComparison.Ordinal))
        {
            return exchange.SendAndCloseAsync(Upgrade(output));
        }

        return exchange.SendAsync(exchange.FirstLine.StartsWith("POST", StringComparison.Ordinal) ? ExecCreated : ExecEnded);
    };

    /// <summary>The right answer to anything that <see cref="EngineProbe"/> reads of a container.</summary>
    public static byte[] For(string firstLine) => firstLine switch
    {
        _ when firstLine.Contains("/start ", StringComparison.Ordinal) => Upgrade(Output),
        _ when firstLine.StartsWith("POST", StringComparison.Ordinal) => ExecCreated,
        _ when firstLine.Contains("/exec/", StringComparison.Ordinal) => ExecEnded,
        _ when firstLine.Contains("/logs", StringComparison.Ordinal) => Logs,
        _ when firstLine.Contains("/archive", StringComparison.Ordinal) => Archive,
        _ => Container,
    };

    public static byte[] Json(string json, string status = "200 OK") =>
        Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\n{Common}Content-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");

    private static byte[] Chunked(byte[] body, string type) =>
    [
        .. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nTransfer-Encoding: chunked\r\n\r\n{body.Length / 2:x}\r\n"),
        .. body.AsSpan(0, body.Length / 2),
        .. Encoding.ASCII.GetBytes($"\r\n{body.Length - (body.Length / 2):x}\r\n"),
        .. body.AsSpan(body.Length / 2),
        .. "\r\n0\r\n\r\n"u8,
    ];
}
