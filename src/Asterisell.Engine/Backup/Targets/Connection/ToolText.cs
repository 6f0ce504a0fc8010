using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Backup.Targets;

/// <summary>What tools say, for a message.</summary>
internal static class ToolText
{
    /// <summary>The last line that says something.</summary>
    /// <param name="errors">What the tool wrote.</param>
    /// <param name="otherwise">Where it wrote nothing.</param>
    public static string Last(string errors, string otherwise)
    {
        string[] lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return EngineText.OneLine(lines.Length == 0 ? otherwise : lines[^1]).TrimEnd('.');
    }

    /// <summary>The first line that has some words; they themselves where none has.</summary>
    public static string With(string errors, string words) => EngineText.OneLine(
        errors.Split('\n').FirstOrDefault(line => line.Contains(words, StringComparison.Ordinal)) ?? words).Trim().TrimEnd('.');
}
