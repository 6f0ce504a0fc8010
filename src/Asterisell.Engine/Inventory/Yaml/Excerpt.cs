namespace Asterisell.Engine.Inventory.Yaml;

/// <summary>Text from a file in a message: short, and of one line.</summary>
internal static class Excerpt
{
    private const int Length = 60;

    /// <summary>The beginning of a text, control characters as blanks.</summary>
    public static string Of(string text)
    {
        string start = text.Length <= Length ? text : string.Concat(text.AsSpan(0, Length), "…");
        return start.Any(char.IsControl) ? string.Concat(start.Select(c => char.IsControl(c) ? ' ' : c)) : start;
    }
}
