namespace Asterisell.Engine.Inventory.Yaml;

/// <summary>The lines of a text, numbered from 1 as in findings.</summary>
internal sealed class SourceLines
{
    private readonly string[] lines;

    public SourceLines(string text) => lines = text.ReplaceLineEndings("\n").Split('\n');

    /// <summary>Number of lines.</summary>
    public int Count => lines.Length;

    /// <summary>A line; empty beyond the text.</summary>
    public string this[int number]
    {
        get => number >= 1 && number <= lines.Length ? lines[number - 1] : string.Empty;
        set => lines[number - 1] = value;
    }

    /// <summary>Blanks before the first other character.</summary>
    public int Indentation(int number) => this[number].Length - this[number].TrimStart(' ').Length;

    /// <summary>False for an empty line and for a comment.</summary>
    public bool HasContent(int number) => this[number].AsSpan().TrimStart() is [not '#', ..];

    /// <summary>The nearest line above with content; 0 when there is none.</summary>
    public int ContentAbove(int number)
    {
        do
        {
            number--;
        }
        while (number > 0 && !HasContent(number));

        return Math.Max(0, number);
    }

    /// <summary>The text, each line ended by a line feed.</summary>
    public override string ToString() => string.Join('\n', lines);
}
