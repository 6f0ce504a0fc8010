using System.Diagnostics;
using System.Threading.Channels;
using Asterisell.Engine.Instances.Logs;

namespace Asterisell.Tests.Integration.Logs;

public sealed class FollowLogTests : IAsyncLifetime
{
    private const string Log = "/var/log/nginx/error.log";
    private LogContainer _container = null!;

    public async Task InitializeAsync() => _container = await LogContainer.StartAsync();

    public async Task DisposeAsync() => await _container.DisposeAsync();

    [Fact]
    public async Task Lines_come_once_and_in_order_over_rotation_truncation_and_new_files()
    {
        await _container.AppendAsync(Log, "old 1\nold 2\nhalf a li");
        await using var follower = new Follower(_container, new LogQuery { Services = ["nginx"] });
        Assert.Equal("old 1", await follower.NextAsync());
        Assert.Equal("old 2", await follower.NextAsync());
        await _container.AppendAsync(Log, "ne\nwhole\n");
        Assert.Equal("half a line", await follower.NextAsync());
        Assert.Equal("whole", await follower.NextAsync());

        // Rotated by rename, with a line written at the last moment and one without its end.
        await _container.BashAsync($"echo 'last moment' >> {Log}; printf 'no end' >> {Log}; mv {Log} {Log}.1; echo 'after rotation' > {Log}");
        Assert.Equal("last moment", await follower.NextAsync());
        Assert.Equal("no end", await follower.NextAsync());
        Assert.Equal("after rotation", await follower.NextAsync());

        // Truncated in place, as logrotate's copytruncate does.
        await _container.BashAsync($": > {Log}");
        await Task.Delay(TimeSpan.FromSeconds(1.5));
        await _container.BashAsync($"echo 'after cut' >> {Log}");
        Assert.Equal("after cut", await follower.NextAsync());

        // A file that is not there for a while, and one that was never there.
        await _container.BashAsync($"rm {Log}");
        await Task.Delay(TimeSpan.FromSeconds(1.5));
        await _container.BashAsync($"echo 'is back' > {Log}");
        Assert.Equal("is back", await follower.NextAsync());
        await _container.BashAsync("echo 'new file' > /var/log/nginx/other.log");
        Assert.Equal("new file", await follower.NextAsync());
    }

    [Fact]
    public async Task Many_lines_from_two_writers_are_not_torn()
    {
        await _container.BashAsync($"touch {Log} /var/log/mysqld.log");
        await using var follower = new Follower(_container, new LogQuery { Services = ["nginx", "mysql"] });
        await _container.BashAsync(
            $"for f in {Log} /var/log/mysqld.log; do (for i in {{1..5000}}; do echo \"$f $i {new string('y', 200)}\"; done >> $f) & done; wait");
        var seen = new Dictionary<string, int> { [Log] = 0, ["/var/log/mysqld.log"] = 0 };
        for (int i = 0; i < 10_000; i++)
        {
            string[] words = (await follower.NextAsync()).Split(' ');
            Assert.Equal(++seen[words[0]], int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal(200, words[2].Length);
        }
    }

    [Fact]
    public async Task Cancelling_ends_it_and_the_program_inside_at_once()
    {
        await _container.AppendAsync(Log, "one\n");
        var follower = new Follower(_container, new LogQuery { Services = ["nginx", "container"] });
        await follower.NextAsync();
        Assert.Equal("1", await ReadersAsync());
        var watch = Stopwatch.StartNew();
        await follower.DisposeAsync();
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"It took {watch.Elapsed}.");
        Assert.Equal("0", await ReadersAsync());
    }

    [Fact]
    public async Task The_end_of_the_container_is_told()
    {
        await _container.AppendAsync(Log, "one\n");
        await using var follower = new Follower(_container, new LogQuery());
        for (string line = ""; line != "WARN second words";)
        {
            line = await follower.NextAsync();
        }

        await _container.DockerAsync("stop", "--time", "1", _container.Definition.Name);
        ChannelClosedException closed = await Assert.ThrowsAsync<ChannelClosedException>(follower.NextAsync);
        Assert.Equal("FollowingEnded", Assert.IsType<AsterisellException>(closed.InnerException).ErrorId);
    }

    private async Task<string> ReadersAsync() =>
        (await _container.BashAsync("n=0; for f in /proc/[0-9]*/cmdline; do tr '\\0' ' ' < $f 2>/dev/null | grep -q 'number\\[\\$file\\]=' && n=$((n + 1)); done; echo $n")).Trim();

    /// <summary>Follows beside the test.</summary>
    private sealed class Follower : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
        private readonly Task _running;

        public Follower(LogContainer container, LogQuery query) => _running = RunAsync(container, query);

        public async Task<string> NextAsync() => await _lines.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _running;
            _stop.Dispose();
        }

        private async Task RunAsync(LogContainer container, LogQuery query)
        {
            try
            {
                await foreach (LogEntry entry in new LogReader(container.Instance).FollowAsync(query, _stop.Token))
                {
                    _lines.Writer.TryWrite(entry.Text);
                }
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                _lines.Writer.TryComplete();
            }
            catch (AsterisellException failure)
            {
                _lines.Writer.TryComplete(failure);
            }
        }
    }
}
