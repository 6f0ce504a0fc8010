using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Instances;

/// <summary>An <see cref="InputFeed"/> that begins only when the program has said something; disposed after the process as that one is.</summary>
internal sealed class LateFeed : IAsyncDisposable
{
    private InputFeed? _feed;
    private Stream? _input;

    public void Start(IExecProcess process, Stream input, CancellationToken cancellation)
    {
        _input = input;
        _feed = InputFeed.Start(process, input, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (_feed is not null)
        {
            await _feed.DisposeAsync().ConfigureAwait(false);
            await _input!.DisposeAsync().ConfigureAwait(false);
        }
    }
}
