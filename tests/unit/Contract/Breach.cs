namespace Asterisell.Tests.Unit.Contract;

/// <summary>Tells breaches in full: xunit cuts a collection short.</summary>
internal static class Breach
{
    public static void None(IEnumerable<string> breaches)
    {
        string[] all = [.. breaches];
        Assert.True(all.Length == 0, string.Join(Environment.NewLine, all));
    }
}
