using System.Text;
using Asterisell.Engine.Docker;

namespace Asterisell.Tests.Unit.Docker;

/// <summary>Does each kind of thing with an engine, and sees to it that it ends well or as a typed failure, and soon.</summary>
internal static class EngineProbe
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    /// <summary>One of each way in which an answer is read.</summary>
    public static IReadOnlyDictionary<string, Func<IDockerEngine, CancellationToken, Task>> Operations { get; } =
        new Dictionary<string, Func<IDockerEngine, CancellationToken, Task>>
        {
            ["inspect"] = (engine, cancellation) => engine.FindContainerAsync("some", cancellation),
            ["list"] = (engine, cancellation) => engine.Containers.ListAsync(new(), cancellation),
            ["start"] = (engine, cancellation) => engine.StartContainerAsync("some", cancellation),
            ["info"] = (engine, cancellation) => engine.GetInfoAsync(cancellation),
            ["path"] = (engine, cancellation) => engine.Containers.FindPathAsync("some", "/etc", cancellation),
            ["exec"] = ExecAsync,
            ["logs"] = LogsAsync,
            ["archive"] = ArchiveAsync,
            ["put"] = (engine, cancellation) => engine.PutArchiveAsync("some", "/tmp", new MemoryStream(new byte[100_000]), cancellation),
            ["events"] = EventsAsync,
        };

    /// <summary>The failure of an operation; null where it did not fail. Anything else than a typed failure is thrown.</summary>
    public static async Task<AsterisellException?> RunAsync(FakeEngine fake, string operation)
    {
        await using DockerConnector connector = new(FakeEngine.Limits);
        using CancellationTokenSource hang = new(Soon);
        try
        {
            IDockerEngine engine = await connector.ConnectAsync(fake.Host, hang.Token);
            await Operations[operation](engine, hang.Token);
            return null;
        }
        catch (AsterisellException failure)
        {
            Assert.DoesNotContain("   at ", failure.Message, StringComparison.Ordinal);
            Assert.True(failure.Message.Length < 3000, failure.Message);
            return failure;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{operation} hangs");
        }
    }

    public static async Task<string> ReadAsync(IAsyncEnumerable<OutputChunk> chunks)
    {
        MemoryStream all = new();
        await foreach (OutputChunk chunk in chunks)
        {
            all.Write(Encoding.ASCII.GetBytes(chunk.Source == OutputSource.Error ? "E" : "O"));
            all.Write(chunk.Data.Span);
        }

        return Encoding.UTF8.GetString(all.ToArray());
    }

    private static async Task ExecAsync(IDockerEngine engine, CancellationToken cancellation)
    {
        await using IExecProcess process = await engine.StartExecAsync("some", new(["true"]), cancellation);
        await DrainAsync(process.ReadOutputAsync(cancellation));
        await process.GetExitCodeAsync(cancellation);
    }

    private static Task LogsAsync(IDockerEngine engine, CancellationToken cancellation) =>
        DrainAsync(engine.ReadLogsAsync("some", new(), cancellation));

    private static async Task ArchiveAsync(IDockerEngine engine, CancellationToken cancellation)
    {
        await using Stream tar = await engine.GetArchiveAsync("some", "/etc", cancellation);
        await tar.CopyToAsync(Stream.Null, cancellation);
    }

    private static async Task EventsAsync(IDockerEngine engine, CancellationToken cancellation)
    {
        await foreach (EngineEvent happened in engine.ReadEventsAsync(new(), cancellation))
        {
            Assert.NotNull(happened.Attributes);
        }
    }

    private static async Task DrainAsync(IAsyncEnumerable<OutputChunk> chunks)
    {
        await foreach (OutputChunk chunk in chunks)
        {
            Assert.False(chunk.Data.IsEmpty);
        }
    }
}
