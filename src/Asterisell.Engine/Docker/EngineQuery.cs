using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Asterisell.Engine.Docker.Wire;

namespace Asterisell.Engine.Docker;

/// <summary>Builds what requests carry: query strings, filters, JSON bodies, times.</summary>
internal static class EngineQuery
{
    /// <summary>A query string of the parameters that are not null; empty where all are.</summary>
    internal static string Build(params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        StringBuilder query = new();
        foreach ((string name, string? value) in parameters)
        {
            if (value is not null)
            {
                query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
            }
        }

        return query.ToString();
    }

    /// <summary>The engine's filters; null where there is none.</summary>
    internal static string? Filters(params ReadOnlySpan<(string Name, IReadOnlyList<string> Values)> filters)
    {
        Dictionary<string, IReadOnlyList<string>> given = [];
        foreach ((string name, IReadOnlyList<string> values) in filters)
        {
            if (values.Count > 0)
            {
                given[name] = values;
            }
        }

        return given.Count == 0 ? null : JsonSerializer.Serialize(given, DockerJson.Default.IReadOnlyDictionaryStringIReadOnlyListString);
    }

    internal static string? Flag(bool value) => value ? "1" : null;

    internal static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Whole seconds, rounded up.</summary>
    internal static string Seconds(TimeSpan time) => Math.Ceiling(time.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);

    /// <summary>Seconds since 1970 with nanoseconds, as the engine reads times.</summary>
    internal static string? UnixTime(DateTimeOffset? time)
    {
        if (time is null)
        {
            return null;
        }

        long ticks = (time.Value - DateTimeOffset.UnixEpoch).Ticks;
        return string.Create(CultureInfo.InvariantCulture, $"{ticks / TimeSpan.TicksPerSecond}.{ticks % TimeSpan.TicksPerSecond * 100:000000000}");
    }

    internal static ByteArrayContent Json<T>(T value, JsonTypeInfo<T> type) =>
        new(JsonSerializer.SerializeToUtf8Bytes(value, type)) { Headers = { ContentType = new("application/json") } };
}
