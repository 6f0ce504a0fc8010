namespace Asterisell.Engine.Docker.Transport;

/// <summary>Finds the API version to speak with an engine by one ping that all callers share.</summary>
/// <remarks>
/// A failure is told to everybody who waited for that ping. A failure that took long is also told to those who come shortly after,
/// so that fifty instances on a dead host cost one timeout and not seven.
/// </remarks>
internal sealed class VersionNegotiation(EngineHttp http)
{
    private static readonly TimeSpan LongFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(3);
    private readonly object _gate = new();
    private Task<ApiVersion>? _attempt;
    private DateTime _retryAfter;

    internal Task<ApiVersion> GetAsync(CancellationToken cancellation)
    {
        Task<ApiVersion> attempt;
        lock (_gate)
        {
            if (_attempt is null || (_attempt.IsFaulted && DateTime.UtcNow >= _retryAfter))
            {
                _attempt = Task.Run(AttemptAsync, CancellationToken.None);
            }

            attempt = _attempt;
        }

        return attempt.IsCompletedSuccessfully ? attempt : attempt.WaitAsync(cancellation);
    }

    private async Task<ApiVersion> AttemptAsync()
    {
        DateTime start = DateTime.UtcNow;
        try
        {
            return await PingAsync().ConfigureAwait(false);
        }
        catch
        {
            DateTime end = DateTime.UtcNow;
            _retryAfter = end - start > LongFailure ? end + Remembered : DateTime.MinValue;
            throw;
        }
    }

    private async Task<ApiVersion> PingAsync()
    {
        EngineRequest ping = new(HttpMethod.Get, "/_ping") { Doing = "asking for its version", Within = http.Limits.QuickAnswer };
        using HttpResponseMessage answer = await http.SendUnversionedAsync(ping, CancellationToken.None).ConfigureAwait(false);
        string? text = answer.Headers.TryGetValues("Api-Version", out IEnumerable<string>? values) ? values.FirstOrDefault() : null;
        if (!ApiVersion.TryParse(text, out ApiVersion engine))
        {
            throw DockerErrors.NotDocker(http.Host, "its ping names no API version");
        }

        if (engine < ApiVersion.Oldest)
        {
            throw DockerErrors.EngineTooOld(http.Host, engine);
        }

        return engine < ApiVersion.Newest ? engine : ApiVersion.Newest;
    }
}
