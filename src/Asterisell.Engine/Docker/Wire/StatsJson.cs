using System.Text.Json.Serialization;

namespace Asterisell.Engine.Docker.Wire;

/// <summary>GET /containers/ID/stats.</summary>
internal sealed record StatsJson
{
    [JsonPropertyName("read")]
    public string? Read { get; init; }

    [JsonPropertyName("cpu_stats")]
    public CpuStatsJson? Cpu { get; init; }

    [JsonPropertyName("memory_stats")]
    public MemoryStatsJson? Memory { get; init; }

    [JsonPropertyName("pids_stats")]
    public PidsStatsJson? Pids { get; init; }

    [JsonPropertyName("blkio_stats")]
    public BlockStatsJson? Blocks { get; init; }

    [JsonPropertyName("networks")]
    public Dictionary<string, NetworkStatsJson>? Networks { get; init; }
}

internal sealed record CpuStatsJson([property: JsonPropertyName("cpu_usage")] CpuUsageJson? Usage);

internal sealed record CpuUsageJson([property: JsonPropertyName("total_usage")] ulong TotalNanoseconds);

internal sealed record MemoryStatsJson(
    [property: JsonPropertyName("usage")] ulong Usage,
    [property: JsonPropertyName("limit")] ulong Limit,
    [property: JsonPropertyName("stats")] Dictionary<string, ulong>? Parts);

internal sealed record PidsStatsJson([property: JsonPropertyName("current")] ulong Current);

internal sealed record BlockStatsJson([property: JsonPropertyName("io_service_bytes_recursive")] List<BlockCounterJson>? Bytes);

internal sealed record BlockCounterJson([property: JsonPropertyName("op")] string? Operation, [property: JsonPropertyName("value")] ulong Value);

internal sealed record NetworkStatsJson(
    [property: JsonPropertyName("rx_bytes")] ulong Received, [property: JsonPropertyName("tx_bytes")] ulong Sent);
