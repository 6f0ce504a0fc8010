using System.Diagnostics;
using System.Text;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;

namespace Asterisell.Tests.Integration.Instances;

[Collection(OneDatabase.Name)]
public sealed class ExecTests(DatabaseContainer container)
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Arguments_reach_the_program_as_they_are()
    {
        string[] awkward = ["", " ", "a b", "'", "\"", "$HOME", "`id`", "\\", "*", "-n", "new\nline", "é€😀", "%s", "\t"];
        CommandOutcome outcome = await container.Instance.Exec.RunAsync(new InstanceCommand(["printf", "%s\\0", .. awkward]), None);
        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(string.Join('\0', awkward) + "\0", outcome.OutputText);
    }

    [Fact]
    public async Task Streams_exit_code_user_directory_and_environment_are_kept_apart()
    {
        var command = new InstanceCommand(["bash", "-c", "cat; echo err >&2; id -un; pwd; echo $A_WORD; exit 3"])
        {
            User = "nobody",
            WorkingDirectory = "/tmp",
            Environment = new Dictionary<string, string> { ["A_WORD"] = "a word" },
            Input = new MemoryStream("in\n"u8.ToArray()),
        };
        CommandOutcome outcome = await container.Instance.Exec.RunAsync(command, None);
        Assert.Equal((3, "in\nnobody\n/tmp\na word\n", "err\n"), (outcome.ExitCode, outcome.OutputText, outcome.ErrorText));
    }

    [Fact]
    public async Task A_program_without_input_sees_its_end_at_once()
    {
        CommandOutcome outcome = await container.Instance.Exec.RunAsync(new InstanceCommand("cat") { Timeout = TimeSpan.FromSeconds(20) }, None);
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.OutputText));
    }

    [Fact]
    public async Task A_large_input_comes_back_whole()
    {
        byte[] data = new byte[8 * 1024 * 1024];
        new Random(5).NextBytes(data);
        CommandOutcome outcome = await container.Instance.Exec.RunAsync(new InstanceCommand("cat") { Input = new MemoryStream(data) }, None);
        Assert.True(outcome.Output.Span.SequenceEqual(data));
    }

    [Fact]
    public async Task A_program_that_does_not_read_its_input_is_no_failure()
    {
        var command = new InstanceCommand("true") { Input = new MemoryStream(new byte[4 * 1024 * 1024]) };
        Assert.Equal(0, (await container.Instance.Exec.RunAsync(command, None)).ExitCode);
    }

    [Fact]
    public async Task A_source_that_breaks_is_never_an_end_of_input()
    {
        var command = new InstanceCommand("bash", "-c", "cat > /tmp/half && touch /tmp/took-it-for-whole") { Input = new BreakingStream(300_000) };
        await Assert.ThrowsAsync<InvalidDataException>(() => container.Instance.Exec.RunAsync(command, None));
        Assert.Equal("no\n", await container.ExecAsync("bash", "-c", "test -e /tmp/took-it-for-whole && echo yes || echo no"));
    }

    [Theory]
    [InlineData("sleep 300")]
    [InlineData("sleep 300 & sleep 300 & wait")]
    [InlineData("trap '' INT TERM; while :; do sleep 300; done")]
    [InlineData("env -i sleep 300; true")]
    [InlineData("setsid sleep 300; true")]
    [InlineData("(sleep 300 &) ; sleep 300")]
    public async Task A_cancelled_program_and_its_children_are_gone_within_two_seconds(string script)
    {
        string mark = $"{Random.Shared.Next(1_000_000, 9_999_999)}";
        using var stop = new CancellationTokenSource();
        var command = new InstanceCommand("bash", "-c", $"{script} # {mark}".Replace("300", mark, StringComparison.Ordinal));
        Task run = container.Instance.Exec.RunAsync(command, stop.Token);
        await UntilAsync(async () => (await ProcessesAsync(mark)).Length > 0);

        long cancelled = Stopwatch.GetTimestamp();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        TimeSpan took = Stopwatch.GetElapsedTime(cancelled);

        Assert.Equal("", await ProcessesAsync(mark));
        Assert.True(took < TimeSpan.FromSeconds(2), $"took {took}");
    }

    [Fact]
    public async Task A_program_over_its_time_is_ended_and_named()
    {
        var command = new InstanceCommand("sleep", "31415926") { Timeout = TimeSpan.FromSeconds(0.5) };
        AsterisellException failure = await Assert.ThrowsAsync<AsterisellException>(() => container.Instance.Exec.RunAsync(command, None));
        Assert.Equal(("CommandTimedOut", ErrorKind.Timeout), (failure.ErrorId, failure.Kind));
        Assert.Contains("sleep", failure.Message, StringComparison.Ordinal);
        Assert.Equal("", await ProcessesAsync("31415926"));
    }

    [Fact]
    public async Task Endless_output_is_an_error_not_memory()
    {
        var command = new InstanceCommand("yes") { OutputLimitBytes = 100_000 };
        AsterisellException failure = await Assert.ThrowsAsync<AsterisellException>(() => container.Instance.Exec.RunAsync(command, None));
        Assert.Equal("OutputTooLarge", failure.ErrorId);
        Assert.DoesNotContain("yes", await container.ExecAsync("ps", "-eo", "args"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_given_up_in_the_middle_is_ended()
    {
        IExecProcess process = await container.Instance.Exec.StartAsync(new InstanceCommand("bash", "-c", "echo ready; sleep 27182818"), None);
        await foreach (OutputChunk chunk in process.ReadOutputAsync(None))
        {
            Assert.Equal("ready\n", Encoding.UTF8.GetString(chunk.Data.Span));
            break;
        }

        await process.DisposeAsync();
        Assert.Equal("", await ProcessesAsync("27182818"));
    }

    [Fact]
    public async Task An_unknown_program_and_an_unknown_container_are_named()
    {
        AsterisellException failure = await Assert.ThrowsAsync<AsterisellException>(
            () => container.Instance.Exec.RunAsync(new InstanceCommand("no-such-program"), None));
        Assert.Contains("no-such-program", failure.Message, StringComparison.Ordinal);

        await using var connector = new DockerConnector();
        AsterisellInstance elsewhere = container.Instance.Definition with { Name = "instance-never-was" };
        IInstance missing = await new InstanceOpener(connector).OpenAsync(elsewhere, None);
        failure = await Assert.ThrowsAsync<AsterisellException>(() => missing.Exec.RunAsync(new InstanceCommand("true"), None));
        Assert.Equal(("ContainerNotFound", "local/instance-never-was"), (failure.ErrorId, failure.Target));
    }

    private Task<string> ProcessesAsync(string mark) =>
        container.ExecAsync("bash", "-c", $"for p in /proc/[0-9]*; do [ \"${{p#/proc/}}\" = $$ ] || tr '\\0' ' ' < $p/cmdline 2>/dev/null | grep -F {mark} | grep -vF grep; done; true");

    private static async Task UntilAsync(Func<Task<bool>> test)
    {
        for (long start = Stopwatch.GetTimestamp(); !await test();)
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(30));
        }
    }

    /// <summary>Fails in the middle, as a file on a broken disk does.</summary>
    private sealed class BreakingStream(int good) : MemoryStream(new byte[good])
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int count = await base.ReadAsync(buffer, cancellationToken);
            return count > 0 ? count : throw new InvalidDataException("broken disk");
        }
    }
}
