using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Asterisell.Engine.Docker.Transport;
using Asterisell.Engine.Docker.Wire;

namespace Asterisell.Engine.Docker;

/// <summary>The images of one engine.</summary>
internal sealed class DockerImages(EngineHttp http) : IDockerImages
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<ImageDetail>> ListAsync(CancellationToken cancellation)
    {
        List<ImageListJson> images = await http.SendAsync(
            Quick(HttpMethod.Get, "/images/json", "listing images"), DockerJson.Default.ListImageListJson, cancellation).ConfigureAwait(false);
        return
        [
            .. images.Select(image => new ImageDetail(
                image.Id ?? "", Names(image.RepoTags), Names(image.RepoDigests), image.Size,
                DateTimeOffset.UnixEpoch.AddSeconds(image.Created), image.Labels ?? [])),
        ];
    }

    /// <inheritdoc/>
    public async Task<ImageDetail?> FindAsync(string image, CancellationToken cancellation)
    {
        try
        {
            ImageJson json = await http.SendAsync(
                Quick(HttpMethod.Get, $"/images/{ObjectName.CheckImage(http.Host, image)}/json", "inspecting an image"),
                DockerJson.Default.ImageJson,
                cancellation).ConfigureAwait(false);
            return new ImageDetail(
                json.Id ?? "", Names(json.RepoTags), Names(json.RepoDigests), json.Size,
                DockerTime.Parse(json.Created) ?? default, json.Config?.Labels ?? [])
            {
                Volumes = [.. json.Config?.Volumes?.Keys ?? Enumerable.Empty<string>()],
            };
        }
        catch (AsterisellException error) when (error.ErrorId == nameof(DockerErrors.ObjectNotFound))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public Task TagAsync(string image, string repository, string tag, CancellationToken cancellation) => http.CommandAsync(
        Quick(
            HttpMethod.Post,
            $"/images/{ObjectName.CheckImage(http.Host, image)}/tag" + EngineQuery.Build(("repo", repository), ("tag", tag)),
            "naming an image"),
        cancellation);

    /// <inheritdoc/>
    public Task RemoveAsync(string image, bool force, CancellationToken cancellation) => http.CommandAsync(
        Quick(
            HttpMethod.Delete,
            $"/images/{ObjectName.CheckImage(http.Host, image)}" + EngineQuery.Build(("force", EngineQuery.Flag(force))),
            "removing an image") with { Within = http.Limits.SlowAnswer },
        cancellation);

    /// <inheritdoc/>
    public async Task<Stream> SaveAsync(IReadOnlyList<string> images, CancellationToken cancellation)
    {
        string query = string.Join('&', images.Select(image => "names=" + Uri.EscapeDataString(ObjectName.CheckImage(http.Host, image))));
        return await AnswerStream.OpenAsync(
            http, new EngineRequest(HttpMethod.Get, "/images/get?" + query) { Doing = "saving images", MediaType = "application/x-tar" }, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<EngineProgress> LoadAsync(Stream tar, CancellationToken cancellation) =>
        UploadAsync("/images/load?quiet=1", "loading images", tar, cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<EngineProgress> PullAsync(string repository, string tag, CancellationToken cancellation) => ReadAsync(
        new EngineRequest(HttpMethod.Post, "/images/create" + EngineQuery.Build(("fromImage", repository), ("tag", tag)))
        {
            Doing = "pulling an image",
        },
        cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<EngineProgress> BuildAsync(Stream context, ImageBuild build, CancellationToken cancellation)
    {
        string query = EngineQuery.Build(
            ("t", build.Name),
            ("dockerfile", build.Dockerfile),
            ("buildargs", JsonSerializer.Serialize(build.Arguments, DockerJson.Default.IReadOnlyDictionaryStringString)),
            ("labels", JsonSerializer.Serialize(build.Labels, DockerJson.Default.IReadOnlyDictionaryStringString)),
            ("networkmode", build.Network),
            ("nocache", EngineQuery.Flag(build.NoCache)),
            ("rm", "1"),
            ("forcerm", "1"));
        return UploadAsync("/build" + query, "building an image", context, cancellation);
    }

    private static List<string> Names(List<string>? names) => [.. (names ?? []).Where(name => !name.StartsWith("<none>", StringComparison.Ordinal))];

    private async IAsyncEnumerable<EngineProgress> UploadAsync(
        string path, string doing, Stream tar, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using SourceContent content = new(tar, "application/x-tar");
        EngineRequest request = new(HttpMethod.Post, path) { Doing = doing, Content = content };
        await using IAsyncEnumerator<EngineProgress> lines = ReadAsync(request, cancellation).GetAsyncEnumerator(cancellation);
        while (true)
        {
            try
            {
                if (!await lines.MoveNextAsync().ConfigureAwait(false))
                {
                    yield break;
                }
            }
            catch (AsterisellException)
            {
                content.ThrowIfSourceFailed();
                throw;
            }

            yield return lines.Current;
        }
    }

    private async IAsyncEnumerable<EngineProgress> ReadAsync(EngineRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (ProgressJson line in JsonLines.ReadAsync(http, request, DockerJson.Default.ProgressJson, cancellation).ConfigureAwait(false))
        {
            if (line.Error is { Length: > 0 } error)
            {
                throw DockerErrors.EngineFailed(
                    http.Host, null, string.Create(CultureInfo.InvariantCulture, $"{request.Doing}: {EngineText.Clean(error)}"));
            }

            if ((line.Stream ?? line.Status) is { Length: > 0 } text)
            {
                yield return new EngineProgress(text, line.Id, line.Detail?.Current ?? 0, line.Detail?.Total ?? 0);
            }
        }
    }

    private EngineRequest Quick(HttpMethod method, string path, string doing) =>
        new(method, path) { Doing = doing, Within = http.Limits.QuickAnswer };
}
