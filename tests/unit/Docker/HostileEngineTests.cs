namespace Asterisell.Tests.Unit.Docker;

/// <summary>Whatever answers in place of an engine: no hang, no crash, memory bounded, a typed failure.</summary>
public sealed class HostileEngineTests
{
    public static TheoryData<string> Answers => [.. HostileAnswers.All.Keys];

    public static TheoryData<string> Frames => [.. HostileAnswers.Frames.Keys];

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_hostile_answer_is_a_typed_failure(string answer)
    {
        await using FakeEngine fake = FakeEngine.Start(HostileAnswers.All[answer]);
        long before = GC.GetTotalMemory(forceFullCollection: true);

        // Streams without end are meant to go on; those operations are cut by the client's own limits only where an answer should be quick.
        bool endless = answer.StartsWith("endless", StringComparison.Ordinal) || answer.StartsWith("slow", StringComparison.Ordinal)
            || answer is "nothing, never closed" or "one endless header";
        IEnumerable<string> operations = endless ? ["inspect", "list", "start", "info", "path", "exec"] : EngineProbe.Operations.Keys;
        foreach (string operation in operations)
        {
            AsterisellException? failure = await EngineProbe.RunAsync(fake, operation);
            bool fine = failure is not null || endless || IsHarmless(answer, operation);
            Assert.True(fine, $"{operation} took '{answer}' for success");
        }

        long grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(grown < 64 * 1024 * 1024, $"{grown >> 20} MB more than before");
    }

    [Theory]
    [MemberData(nameof(Frames))]
    public async Task A_hostile_frame_after_an_upgrade_is_a_typed_failure(string frame)
    {
        await using FakeEngine fake = FakeEngine.Start(RecordedAnswers.Exec(HostileAnswers.Frames[frame]));
        AsterisellException? failure = await EngineProbe.RunAsync(fake, "exec");
        Assert.NotNull(failure);
        Assert.Contains(failure.ErrorId, new[] { "NotDocker", "ConnectionLost", "EngineFailed" });
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK", "NotDocker")]
    [InlineData("HTTP/1.1 200 OK\r\nApi-Version: many\r\nContent-Length: 2\r\n\r\nOK", "NotDocker")]
    [InlineData("HTTP/1.1 200 OK\r\nApi-Version: 1.24\r\nContent-Length: 2\r\n\r\nOK", "EngineTooOld")]
    [InlineData("HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Length: 15\r\n\r\n<h1>Welcome</h1>", "NotDocker")]
    [InlineData("220 mail.example.org ESMTP\r\n", "NotDocker")]
    [InlineData("", "ConnectionLost")]
    public async Task A_ping_of_something_else_is_told_apart(string answer, string errorId)
    {
        await using FakeEngine fake = FakeEngine.StartRaw(exchange => exchange.SendAndCloseAsync(answer));
        AsterisellException? failure = await EngineProbe.RunAsync(fake, "inspect");
        Assert.Equal(errorId, failure?.ErrorId);
    }

    [Fact]
    public async Task A_silent_engine_over_tcp_is_a_timeout()
    {
        await using FakeEngine fake = FakeEngine.StartTcp(exchange => Task.Delay(Timeout.Infinite, exchange.End));
        AsterisellException? failure = await EngineProbe.RunAsync(fake, "inspect");
        Assert.Equal("EngineTimeout", failure?.ErrorId);
    }

    // A log or events without a line, and a success whose body nobody asked for, cannot be told from the right answer.
    private static bool IsHarmless(string answer, string operation) => operation switch
    {
        "logs" => answer is "empty success" or "no content",
        "events" => answer is "empty success" or "no content" or "null json",
        "start" => answer is "no content",
        "put" => true,
        _ => false,
    };
}
