using System.Globalization;

namespace Asterisell.Engine.Operations;

/// <summary>What can go wrong with an operation as a whole.</summary>
public static class OperationErrors
{
    /// <summary>The time for one instance is over.</summary>
    internal static AsterisellException InstanceTimedOut(AsterisellInstance instance, TimeSpan limit) =>
        new(
            nameof(InstanceTimedOut),
            ErrorKind.Timeout,
            instance.ToString(),
            $"did not finish within {limit.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s and was told to stop.",
            "Give it more time with -TimeoutSec, or see what it is waiting for: Get-AsterisellStatus " + instance);

    /// <summary>A command ended with another exit code than 0.</summary>
    public static CommandFailedException CommandFailed(AsterisellInstance instance, CommandResult result) => new(instance, result);

    internal static AsterisellException OutputTooLargeToCollect(AsterisellInstance instance, long limit) => new(
        nameof(OutputTooLargeToCollect),
        ErrorKind.ResourceExhausted,
        instance.ToString(),
        $"the command wrote more than {limit / (1024 * 1024)} million characters; it was ended, because that much is not collected in memory.",
        "Take the lines as they come, without -Collect, or let the command write to a file.");

    internal static string Ended(string what, int exitCode, string? lastWords)
    {
        const int longest = 300;
        string words = lastWords?.Trim() ?? "";
        words = words.Length > longest ? words[..longest] + "…" : words;
        return words.Length == 0 ? $"{what} ended with exit code {exitCode}." : $"{what} ended with exit code {exitCode}: {words}";
    }
}
