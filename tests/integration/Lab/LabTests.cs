namespace Asterisell.Tests.Integration.Lab;

/// <summary>What the other tests stand on: the lab keeps its promises, the stand-in behaves as the original was seen to.</summary>
public sealed class LabTests
{
    [Theory]
    [InlineData("life")]
    [InlineData("data")]
    [InlineData("faults")]
    public async Task Lab_keeps_its_promises(string part) => AssertAllOk(await LabScript.RunAsync("lab-test", part));

    [Fact]
    public async Task Stand_in_behaves_as_the_recorded_original()
    {
        TestLab lab = await TestLab.GetAsync();
        IReadOnlyList<string> lines = await LabScript.RunAsync("oracle-test", "--name", lab.Name);
        AssertAllOk(lines);
        Assert.Equal(83, lines.Count(l => l.StartsWith("ok ", StringComparison.Ordinal)));
    }

    private static void AssertAllOk(IReadOnlyList<string> lines)
    {
        Assert.Contains(lines, l => l.StartsWith("ok ", StringComparison.Ordinal));
        string[] failed = [.. lines.Where(l => l.StartsWith("not ok", StringComparison.Ordinal))];
        Assert.True(failed.Length == 0, string.Join('\n', failed));
    }
}
