namespace Asterisell.Engine.Instances;

/// <summary>The programs of supervisord's configuration files.</summary>
internal static class SupervisorConfig
{
    private const string Section = "[program:";

    /// <summary>Programs by name with their command lines, in the order of the files.</summary>
    public static IReadOnlyList<(string Name, string Command)> Parse(IEnumerable<string> files)
    {
        var programs = new List<(string Name, string Command)>();
        string? current = null;
        foreach (string raw in files.SelectMany(file => file.Split('\n')))
        {
            string line = raw.Trim();
            if (line.StartsWith('['))
            {
                current = line.StartsWith(Section, StringComparison.Ordinal) && line.EndsWith(']') ? line[Section.Length..^1].Trim() : null;
                if (current is not null)
                {
                    programs.Add((current, ""));
                }
            }
            else if (current is not null && line.StartsWith("command", StringComparison.Ordinal) && line.Split('=', 2) is [var key, var value]
                && key.TrimEnd() == "command")
            {
                programs[^1] = (current, WithoutComment(value).Trim());
            }
        }

        return programs;
    }

    private static string WithoutComment(string value)
    {
        int comment = value.IndexOf(" ;", StringComparison.Ordinal);
        return comment < 0 ? value : value[..comment];
    }
}
