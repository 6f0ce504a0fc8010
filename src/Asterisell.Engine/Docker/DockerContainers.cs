using System.Text.Json;
using Asterisell.Engine.Docker.Transport;
using Asterisell.Engine.Docker.Wire;

namespace Asterisell.Engine.Docker;

/// <summary>The containers of one engine.</summary>
internal sealed class DockerContainers(EngineHttp http) : IDockerContainers
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<ContainerSummary>> ListAsync(ContainerFilter filter, CancellationToken cancellation)
    {
        string? filters = EngineQuery.Filters(("label", filter.Labels), ("volume", filter.Volume is null ? [] : [filter.Volume]));
        List<ContainerListJson> list = await http.SendAsync(
            Quick(HttpMethod.Get, "/containers/json" + EngineQuery.Build(("all", EngineQuery.Flag(filter.All)), ("filters", filters)), "listing containers"),
            DockerJson.Default.ListContainerListJson,
            cancellation).ConfigureAwait(false);
        return [.. list.Select(ContainerReader.ReadSummary)];
    }

    /// <inheritdoc/>
    public async Task<string> CreateAsync(ContainerDefinition definition, CancellationToken cancellation)
    {
        ContainerCreateJson body = ContainerRequests.Create(definition);
        IdJson created = await http.SendAsync(
            Quick(HttpMethod.Post, $"/containers/create?name={ContainerName.Check(http.Host, definition.Name)}", "creating the container") with
            {
                Container = definition.Name,
                Within = http.Limits.SlowAnswer,
                Content = EngineQuery.Json(body, DockerJson.Default.ContainerCreateJson),
            },
            DockerJson.Default.IdJson,
            cancellation).ConfigureAwait(false);
        return created.Id ?? throw DockerErrors.NotDocker(http.Host, "a container without id");
    }

    /// <inheritdoc/>
    public Task KillAsync(string container, string signal, CancellationToken cancellation) => http.CommandAsync(
        Request(HttpMethod.Post, container, "/kill" + EngineQuery.Build(("signal", signal)), "sending a signal"), cancellation);

    /// <inheritdoc/>
    public async Task<int> WaitAsync(string container, CancellationToken cancellation)
    {
        WaitJson end = await http.SendAsync(
            Request(HttpMethod.Post, container, "/wait", "waiting for its end") with { Long = true, Within = null },
            DockerJson.Default.WaitJson,
            cancellation).ConfigureAwait(false);
        return end.Error?.Message is { Length: > 0 } message
            ? throw DockerErrors.EngineFailed(http.Host, container, EngineText.Clean(message))
            : end.StatusCode;
    }

    /// <inheritdoc/>
    public Task RenameAsync(string container, string name, CancellationToken cancellation) => http.CommandAsync(
        Request(HttpMethod.Post, container, $"/rename?name={ContainerName.Check(http.Host, name)}", "renaming the container"), cancellation);

    /// <inheritdoc/>
    public Task UpdateAsync(string container, ContainerLimits limits, CancellationToken cancellation)
    {
        if (limits.MemoryBytes == 0 || limits.Cpus == 0)
        {
            throw DockerErrors.LimitStays(http.Host, container);
        }

        HostConfigRequestJson body = ContainerRequests.Limits(limits, new HostConfigRequestJson());
        return http.CommandAsync(
            Request(HttpMethod.Post, container, "/update", "changing the container's limits") with
            {
                Content = EngineQuery.Json(body, DockerJson.Default.HostConfigRequestJson),
            },
            cancellation);
    }

    /// <inheritdoc/>
    public Task RemoveAsync(string container, bool force, bool withAnonymousVolumes, CancellationToken cancellation)
    {
        string query = EngineQuery.Build(("force", EngineQuery.Flag(force)), ("v", EngineQuery.Flag(withAnonymousVolumes)));
        return http.CommandAsync(
            Request(HttpMethod.Delete, container, query, "removing the container") with { Long = true, Within = http.Limits.SlowAnswer },
            cancellation);
    }

    /// <inheritdoc/>
    public async Task<ContainerUsage> MeasureAsync(string container, CancellationToken cancellation)
    {
        StatsJson stats = await http.SendAsync(
            Request(HttpMethod.Get, container, "/stats?stream=0&one-shot=1", "measuring the container"),
            DockerJson.Default.StatsJson,
            cancellation).ConfigureAwait(false);
        return ContainerReader.ReadUsage(stats);
    }

    /// <inheritdoc/>
    public async Task<ProcessTable> TopAsync(string container, string? psArguments, CancellationToken cancellation)
    {
        TopJson top = await http.SendAsync(
            Request(HttpMethod.Get, container, "/top" + EngineQuery.Build(("ps_args", psArguments)), "listing its processes"),
            DockerJson.Default.TopJson,
            cancellation).ConfigureAwait(false);
        return new ProcessTable(top.Titles ?? [], [.. top.Processes ?? []]);
    }

    /// <inheritdoc/>
    public async Task<ContainerPath?> FindPathAsync(string container, string path, CancellationToken cancellation)
    {
        const string Doing = "looking for a path";
        EngineRequest head = Request(HttpMethod.Head, container, "/archive" + EngineQuery.Build(("path", path)), Doing);
        try
        {
            using HttpResponseMessage answer = await http.SendAsync(head, cancellation).ConfigureAwait(false);
            string? header = answer.Headers.TryGetValues("X-Docker-Container-Path-Stat", out IEnumerable<string>? values)
                ? values.FirstOrDefault()
                : null;
            return ContainerReader.ReadPath(
                JsonSerializer.Deserialize(Convert.FromBase64String(header ?? ""), DockerJson.Default.PathStatJson)!);
        }
        catch (Exception error) when (error is FormatException or JsonException)
        {
            throw DockerErrors.NotDocker(http.Host, $"an unreadable header ({Doing})", error);
        }
        catch (AsterisellException error) when (error.ErrorId == nameof(DockerErrors.ObjectNotFound))
        {
            // An answer to HEAD has no text: the container may be what is missing.
            _ = await http.SendAsync(
                Request(HttpMethod.Get, container, "/json", Doing), DockerJson.Default.ContainerJson, cancellation).ConfigureAwait(false);
            return null;
        }
    }

    private EngineRequest Quick(HttpMethod method, string path, string doing) =>
        new(method, path) { Doing = doing, Within = http.Limits.QuickAnswer };

    private EngineRequest Request(HttpMethod method, string container, string action, string doing) =>
        Quick(method, $"/containers/{ContainerName.Check(http.Host, container)}{action}", doing) with { Container = container };
}
