using Xunit.Abstractions;

namespace Asterisell.Tests.Unit.Docker;

/// <summary>
/// Right answers, cut at every byte or with bytes changed. A short selection by default; all with <c>ASTERISELL_CAMPAIGN=full</c>.
/// </summary>
[Trait("Category", "Campaign")]
public sealed class BrokenAnswerCampaign(ITestOutputHelper output)
{
    private static readonly bool Full = Environment.GetEnvironmentVariable("ASTERISELL_CAMPAIGN") == "full";

    /// <summary>What is done, and the answer among those it gets that is damaged.</summary>
    public static TheoryData<string, string> Damaged => new()
    {
        { "inspect", "/json" }, { "exec", "/exec " }, { "exec", "/start " }, { "exec", "/exec/" }, { "logs", "/logs" }, { "archive", "/archive" },
    };

    [Theory]
    [MemberData(nameof(Damaged))]
    public async Task An_answer_cut_at_any_byte_is_a_failure(string operation, string damaged)
    {
        int cut = 0;
        await using FakeEngine fake = FakeEngine.Start(exchange =>
        {
            byte[] whole = RecordedAnswers.For(exchange.FirstLine);
            return Hits(exchange, damaged) ? exchange.SendAndCloseAsync(whole.AsMemory(0, cut)) : AnswerAsync(exchange, whole);
        });
        byte[] answer = RecordedAnswers.For($"{(damaged == "/json" ? "GET" : damaged == "/exec " ? "POST" : "GET")} /v1.41{damaged}");
        int step = Full ? 1 : Math.Max(1, answer.Length / 40);
        for (cut = 0; cut < answer.Length; cut += step)
        {
            AsterisellException? failure = await EngineProbe.RunAsync(fake, operation);

            // The streams of a program may end between two frames; then its exit code, asked for afterwards, says that all is there.
            bool whole = damaged == "/start " && (answer.Length - cut) is 22 or 11;
            Assert.True(failure is not null || whole, $"cut after byte {cut} of {answer.Length}: taken for whole");
        }

        output.WriteLine($"{operation}{damaged}: {answer.Length} bytes, cut at every {(step == 1 ? "byte" : $"{step} bytes")}: none taken for whole");
    }

    [Theory]
    [MemberData(nameof(Damaged))]
    public async Task An_answer_with_changed_bytes_never_leads_astray(string operation, string damaged)
    {
        const int Seed = 20260101;
        Random random = new(Seed);
        byte[] changed = [];
        await using FakeEngine fake = FakeEngine.Start(exchange =>
            Hits(exchange, damaged) ? exchange.SendAndCloseAsync(changed) : AnswerAsync(exchange, RecordedAnswers.For(exchange.FirstLine)));
        byte[] answer = RecordedAnswers.For($"{(damaged == "/exec " ? "POST" : "GET")} /v1.41{damaged}");
        int rounds = Full ? 3000 : 60;
        int failures = 0;
        for (int round = 0; round < rounds; round++)
        {
            changed = [.. answer];
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            }

            // No hang and no other exception: both would be thrown here. Whether it is a failure depends on the byte.
            failures += await EngineProbe.RunAsync(fake, operation) is null ? 0 : 1;
        }

        output.WriteLine($"{operation}{damaged}: {rounds} changed answers: {failures} typed failures, no hang, no other exception");
    }

    private static bool Hits(FakeExchange exchange, string damaged) => damaged switch
    {
        "/exec " => exchange.FirstLine.Contains("/exec ", StringComparison.Ordinal),
        "/exec/" => exchange.FirstLine.Contains("/exec/", StringComparison.Ordinal) && exchange.FirstLine.Contains("/json", StringComparison.Ordinal),
        "/json" => exchange.FirstLine.Contains("/containers/some/json", StringComparison.Ordinal),
        _ => exchange.FirstLine.Contains(damaged, StringComparison.Ordinal),
    };

    private static Task AnswerAsync(FakeExchange exchange, byte[] answer) =>
        exchange.FirstLine.Contains("/start ", StringComparison.Ordinal) ? exchange.SendAndCloseAsync(answer) : exchange.SendAsync(answer);
}
