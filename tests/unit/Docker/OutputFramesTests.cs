using Asterisell.Engine.Docker;

namespace Asterisell.Tests.Unit.Docker;

/// <summary>Frames arrive cut anywhere.</summary>
public sealed class OutputFramesTests
{
    [Fact]
    public async Task Any_cut_between_two_arrivals_gives_the_same_output()
    {
        byte[] frames = [.. RecordedAnswers.Output, 1, 0, 0, 0, 0, 0, 0, 0, .. RecordedAnswers.Output];
        for (int cut = 0; cut <= frames.Length; cut++)
        {
            await using FakeEngine fake = FakeEngine.Start(async exchange =>
            {
                if (!exchange.FirstLine.Contains("/start ", StringComparison.Ordinal))
                {
                    await RecordedAnswers.Exec([])(exchange);
                    return;
                }

                await exchange.SendAsync(RecordedAnswers.Upgrade(frames.AsSpan(0, cut)));
                await Task.Delay(2, exchange.End);
                await exchange.SendAndCloseAsync(frames.AsMemory(cut));
            });
            string output = await RunAsync(fake);
            Assert.Equal("outerrouterr", output.Replace("O", "", StringComparison.Ordinal).Replace("E", "", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_frame_larger_than_any_buffer_is_handed_on_in_pieces()
    {
        const int Length = 5_000_000;
        byte[] frame = new byte[8 + Length];
        frame[0] = 1;
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), Length);
        frame.AsSpan(8).Fill((byte)'x');
        await using FakeEngine fake = FakeEngine.Start(RecordedAnswers.Exec(frame));
        await using DockerConnector connector = new(FakeEngine.Limits);
        IDockerEngine engine = await connector.ConnectAsync(fake.Host, CancellationToken.None);
        await using IExecProcess process = await engine.StartExecAsync("some", new(["true"]), CancellationToken.None);
        long total = 0;
        await foreach (OutputChunk chunk in process.ReadOutputAsync(CancellationToken.None))
        {
            Assert.Equal(OutputSource.Output, chunk.Source);
            Assert.Equal(-1, chunk.Data.Span.IndexOfAnyExcept((byte)'x'));
            total += chunk.Data.Length;
        }

        Assert.Equal(Length, total);
    }

    private static async Task<string> RunAsync(FakeEngine fake)
    {
        await using DockerConnector connector = new(FakeEngine.Limits);
        IDockerEngine engine = await connector.ConnectAsync(fake.Host, CancellationToken.None);
        await using IExecProcess process = await engine.StartExecAsync("some", new(["true"]), CancellationToken.None);
        return await EngineProbe.ReadAsync(process.ReadOutputAsync(CancellationToken.None));
    }
}
