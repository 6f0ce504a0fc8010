namespace Asterisell.Engine.Docker.Transport;

/// <summary>Finds the API version to speak with an engine: by one ping, the older of the engine's newest and ours.</summary>
internal sealed class VersionNegotiation
{
    private readonly EngineHttp _http;
    private readonly SharedAttempt<ApiVersion> _version;

    internal VersionNegotiation(EngineHttp http)
    {
        _http = http;
        _version = new SharedAttempt<ApiVersion>(PingAsync);
    }

    internal Task<ApiVersion> GetAsync(CancellationToken cancellation) => _version.GetAsync(cancellation);

    private async Task<ApiVersion> PingAsync()
    {
        EngineRequest ping = new(HttpMethod.Get, "/_ping") { Doing = "asking for its version", Within = _http.Limits.QuickAnswer };
        using HttpResponseMessage answer = await _http.SendUnversionedAsync(ping, CancellationToken.None).ConfigureAwait(false);
        string? text = answer.Headers.TryGetValues("Api-Version", out IEnumerable<string>? values) ? values.FirstOrDefault() : null;
        if (!ApiVersion.TryParse(text, out ApiVersion engine))
        {
            throw DockerErrors.NotDocker(_http.Host, "its ping names no API version");
        }

        if (engine < ApiVersion.Oldest)
        {
            throw DockerErrors.EngineTooOld(_http.Host, engine);
        }

        return engine < ApiVersion.Newest ? engine : ApiVersion.Newest;
    }
}
