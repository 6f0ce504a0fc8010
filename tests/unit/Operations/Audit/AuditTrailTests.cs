using System.Text.Json;
using Asterisell.Engine.Operations.Audit;

namespace Asterisell.Tests.Unit.Operations.Audit;

public sealed class AuditTrailTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("audit-").FullName;
    private readonly List<string> _warnings = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_change_stands_between_two_lines()
    {
        await Trail().RunAsync("milan", "billing", "Restart-AsterisellInstance", notes =>
        {
            Assert.Single(Lines());
            return Task.FromResult<OperationResult?>(new OperationResult("billing", "milan", "Restart", OperationStatus.Unchanged, default, default, "It was so."));
        }, default);
        JsonElement[] lines = Lines();
        Assert.Equal(["Begin", "End"], lines.Select(line => Text(line, "event")));
        Assert.Equal(Text(lines[0], "change"), Text(lines[1], "change"));
        Assert.Equal(("milan", "billing", "Restart-AsterisellInstance", Environment.UserName, Environment.MachineName),
            (Text(lines[0], "hostName"), Text(lines[0], "name"), Text(lines[0], "command"), Text(lines[0], "owner"), Text(lines[0], "machine")));
        Assert.Equal(("Unchanged", "It was so."), (Text(lines[1], "result"), Text(lines[1], "message")));
        Assert.False(lines[0].TryGetProperty("result", out _));
        Assert.True(lines[1].GetProperty("seconds").GetDouble() >= 0);
        Assert.InRange(lines[0].GetProperty("time").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task Failure_and_stop_are_told_and_go_on()
    {
        await Assert.ThrowsAsync<AsterisellException>(() => Trail().RunAsync(
            "h", "i", "c", _ => throw new AsterisellException("DiskFull", ErrorKind.ResourceExhausted, "h/i", "the disk is full."), default));
        await Assert.ThrowsAsync<TaskCanceledException>(() => Trail().RunAsync("h", "i", "c", _ => throw new TaskCanceledException(), default));
        await Assert.ThrowsAsync<FormatException>(() => Trail().RunAsync("h", "i", "c", _ => throw new FormatException("may hold anything"), default));
        JsonElement[] ends = [.. Lines().Where(line => Text(line, "event") == "End")];
        Assert.Equal(("Failed", "DiskFull", "the disk is full."), (Text(ends[0], "result"), Text(ends[0], "errorId"), Text(ends[0], "message")));
        Assert.Equal("Stopped", Text(ends[1], "result"));
        Assert.Equal(("Failed", "FormatException"), (Text(ends[2], "result"), Text(ends[2], "errorId")));
        Assert.False(ends[2].TryGetProperty("message", out _));
    }

    [Fact]
    public async Task What_a_program_of_the_operator_said_is_not_kept()
    {
        AsterisellInstance instance = new() { Name = "i", Host = new AsterisellHost { Name = "h", Endpoint = new Uri("unix:///x") } };
        CommandResult said = new("i", "h", "php", OperationStatus.Failed, default, default, "php ended with exit code 1: user with password blue-horse");
        await Assert.ThrowsAnyAsync<AsterisellException>(() => Trail().RunAsync(
            "h", "i", "c", _ => throw Asterisell.Engine.Operations.OperationErrors.CommandFailed(instance, said), default));
        await Trail().RunAsync("h", "i", "c", _ => Task.FromResult<OperationResult?>(said with { Status = OperationStatus.Succeeded }), default);
        Assert.DoesNotContain("blue-horse", File.ReadAllText(Assert.Single(Directory.GetFiles(_folder))));
    }

    [Fact]
    public async Task Lines_of_many_who_write_at_the_same_time_are_whole()
    {
        string long1 = new('x', 20_000);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(number => Task.Run(() => Trail().RunAsync(
            "h", $"i{number}", "c", _ => Task.FromResult<OperationResult?>(new OperationResult("i", "h", "o", OperationStatus.Succeeded, default, default, long1)), default))));
        Assert.Equal(80, Lines().Length);
        Assert.Empty(_warnings);
    }

    [Fact]
    public async Task Only_the_operator_reads_it()
    {
        await Trail().RunAsync("h", "i", "c", _ => Task.FromResult<OperationResult?>(null), default);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Assert.Single(Directory.GetFiles(_folder))));
        }
    }

    [Fact]
    public async Task A_trail_that_cannot_be_written_is_told_once_and_keeps_nobody_from_work()
    {
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        bool done = false;
        await new AuditTrail(Path.Combine(file, "below"), TimeProvider.System, _warnings.Add).RunAsync(
            "h", "i", "c", _ =>
            {
                done = true;
                return Task.FromResult<OperationResult?>(null);
            }, default);
        Assert.True(done);
        Assert.Contains("can't be written", Assert.Single(_warnings));
    }

    private AuditTrail Trail() => new(_folder, TimeProvider.System, _warnings.Add);

    private static string? Text(JsonElement line, string name) => line.GetProperty(name).GetString();

    private JsonElement[] Lines() =>
        [.. File.ReadAllLines(Assert.Single(Directory.GetFiles(_folder))).Select(line => JsonDocument.Parse(line).RootElement)];
}
