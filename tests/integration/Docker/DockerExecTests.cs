using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Asterisell.Engine.Docker;

namespace Asterisell.Tests.Integration.Docker;

/// <summary>Programs in containers, through the socket and through ssh.</summary>
public sealed class DockerExecTests
{
    [Theory]
    [InlineData("local")]
    [InlineData("milan")]
    public async Task A_hundred_megabytes_go_both_ways_unchanged(string engine)
    {
        const int Blocks = 100;
        await using LightContainer container = await LightContainer.StartAsync(engine);
        await using IExecProcess process = await container.Engine.StartExecAsync(
            container.Name, new(["cat"]) { AttachInput = true }, CancellationToken.None);
        using IncrementalHash sent = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Task sending = Task.Run(async () =>
        {
            Random random = new(7);
            byte[] block = new byte[1024 * 1024];
            for (int i = 0; i < Blocks; i++)
            {
                random.NextBytes(block);
                sent.AppendData(block);
                await process.Input.WriteAsync(block);
            }

            await process.CompleteInputAsync(CancellationToken.None);
        });
        using IncrementalHash received = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long length = 0;
        await foreach (OutputChunk chunk in process.ReadOutputAsync(CancellationToken.None))
        {
            received.AppendData(chunk.Data.Span);
            length += chunk.Data.Length;
        }

        await sending;
        Assert.Equal(0, await process.GetExitCodeAsync(CancellationToken.None));
        Assert.Equal(Blocks * 1024L * 1024, length);
        Assert.Equal(sent.GetHashAndReset(), received.GetHashAndReset());
    }

    [Theory]
    [InlineData("local")]
    [InlineData("milan")]
    public async Task Streams_exit_codes_user_folder_and_environment_are_what_was_asked(string engine)
    {
        await using LightContainer container = await LightContainer.StartAsync(engine);
        Assert.Equal((7, "out\n", "err\n"), await container.RunAsync("sh", "-c", "echo out; echo err >&2; exit 7"));
        Assert.Equal(255, (await container.RunAsync("sh", "-c", "exit 255")).ExitCode);
        Assert.Equal(137, (await container.RunAsync("sh", "-c", "kill -9 $$")).ExitCode);
        await using IExecProcess process = await container.Engine.StartExecAsync(
            container.Name,
            new(["sh", "-c", "id -un; pwd; printf %s \"$WORDS\"", "ignored $(reboot)"])
            {
                User = "nobody", WorkingDirectory = "/tmp", Environment = new Dictionary<string, string> { ["WORDS"] = "a 'b' \"c\" ü" },
            },
            CancellationToken.None);
        Assert.Equal((0, "nobody\n/tmp\na 'b' \"c\" ü", ""), await LightContainer.EndAsync(process));
    }

    [Fact]
    public async Task A_program_that_ends_before_its_input_does_not_hang_the_writer()
    {
        await using LightContainer container = await LightContainer.StartAsync("local");
        await using IExecProcess process = await container.Engine.StartExecAsync(
            container.Name, new(["head", "-c", "1"]) { AttachInput = true }, CancellationToken.None);
        Task<AsterisellException> writing = Assert.ThrowsAsync<AsterisellException>(async () =>
        {
            byte[] block = new byte[1024 * 1024];
            while (true)
            {
                await process.Input.WriteAsync(block);
            }
        });
        Assert.Equal(0, (await LightContainer.EndAsync(process)).ExitCode);
        Assert.Equal("ProgramEndedEarly", (await writing.WaitAsync(TimeSpan.FromSeconds(10))).ErrorId);
    }

    [Theory]
    [InlineData("local")]
    [InlineData("milan")]
    public async Task What_is_no_program_is_told_and_not_taken_for_its_output(string engine)
    {
        await using LightContainer container = await LightContainer.StartAsync(engine);
        foreach (string program in (string[])["no-such-program", "/etc/passwd"])
        {
            AsterisellException failure = await Assert.ThrowsAsync<AsterisellException>(() => container.RunAsync(program));
            Assert.Equal("ProgramNotStarted", failure.ErrorId);
            Assert.Equal($"{engine}/{container.Name}", failure.Target);
        }

        // A shell's 127 is the shell's.
        Assert.Equal(127, (await container.RunAsync("sh", "-c", "no-such-program")).ExitCode);
    }

    [Theory]
    [InlineData("local", 200)]
    [InlineData("milan", 60)]
    public async Task Many_at_once_do_not_mix(string engine, int count)
    {
        await using LightContainer container = await LightContainer.StartAsync(engine);
        await Task.WhenAll(Enumerable.Range(0, count).Select(async i =>
        {
            (int exitCode, string output, string error) = await container.RunAsync("sh", "-c", $"echo o{i}; echo e{i} >&2; exit {i % 100}");
            Assert.Equal((i % 100, $"o{i}\n", $"e{i}\n"), (exitCode, output, error));
        }));
    }

    [Theory]
    [InlineData("local")]
    [InlineData("milan")]
    public async Task Cancelling_a_hanging_program_takes_less_than_a_second(string engine)
    {
        await using LightContainer container = await LightContainer.StartAsync(engine);
        using CancellationTokenSource stop = new();
        await using IExecProcess process = await container.Engine.StartExecAsync(container.Name, new(["sleep", "1000"]), stop.Token);
        Task reading = Task.Run(async () =>
        {
            await foreach (OutputChunk chunk in process.ReadOutputAsync(stop.Token))
            {
                Assert.True(chunk.Data.IsEmpty);
            }
        });
        await Task.Delay(200);
        long start = Stopwatch.GetTimestamp();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(TimeSpan.FromSeconds(5)));
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("local")]
    [InlineData("milan")]
    public async Task A_terminal_has_its_size_and_learns_a_new_one(string engine)
    {
        await using LightContainer container = await LightContainer.StartAsync(engine);
        await using IExecProcess process = await container.Engine.StartExecAsync(
            container.Name,
            new(["sh", "-c", "read first; stty size; read second; stty size; test -t 0 && test -t 2 && echo terminal"])
            {
                AttachInput = true, Terminal = new TerminalSize(91, 33),
            },
            CancellationToken.None);
        StringBuilder seen = new();
        await process.Input.WriteAsync("\n"u8.ToArray());
        await foreach (OutputChunk chunk in process.ReadOutputAsync(CancellationToken.None))
        {
            bool sized = seen.ToString().Contains("33 91", StringComparison.Ordinal);
            seen.Append(Encoding.UTF8.GetString(chunk.Data.Span));
            if (!sized && seen.ToString().Contains("33 91", StringComparison.Ordinal))
            {
                await process.ResizeAsync(new TerminalSize(120, 40), CancellationToken.None);
                await process.Input.WriteAsync("\n"u8.ToArray());
            }
        }

        Assert.Equal(0, await process.GetExitCodeAsync(CancellationToken.None));
        Assert.Contains("40 120", seen.ToString(), StringComparison.Ordinal);
        Assert.Contains("terminal", seen.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("local")]
    [InlineData("milan")]
    public async Task A_container_that_dies_ends_its_programs(string engine)
    {
        await using LightContainer container = await LightContainer.StartAsync(engine);
        await using IExecProcess process = await container.Engine.StartExecAsync(
            container.Name, new(["sh", "-c", "echo begun; sleep 1000"]), CancellationToken.None);
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(30));
        await foreach (OutputChunk chunk in process.ReadOutputAsync(limit.Token))
        {
            Assert.Equal("begun\n", Encoding.UTF8.GetString(chunk.Data.Span));
            await container.Engine.Containers.KillAsync(container.Name, "SIGKILL", limit.Token);
        }

        Assert.Equal(137, await process.GetExitCodeAsync(limit.Token));
        AsterisellException failure = await Assert.ThrowsAsync<AsterisellException>(() => container.RunAsync("true"));
        Assert.Equal("ContainerNotRunning", failure.ErrorId);
        Assert.Contains($"Start-AsterisellInstance {engine}/{container.Name}", failure.Remedy, StringComparison.Ordinal);
    }
}
