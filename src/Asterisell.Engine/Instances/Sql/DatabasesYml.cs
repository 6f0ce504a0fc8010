using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Asterisell.Engine.Instances;

/// <summary>
/// symfony's <c>config/databases.yml</c>: section <c>all.propel.param</c>. What the old tool wrote there without quotes is often no valid
/// YAML although symfony reads it (a password that begins with <c>@</c> or <c>%</c>); then its lines are read as symfony reads them.
/// </summary>
internal static class DatabasesYml
{
    private static readonly string[] Section = ["all", "propel", "param"];

    /// <summary>The credentials.</summary>
    /// <exception cref="FormatException">The file does not say them; the message tells what is missing and never quotes the file.</exception>
    public static DatabaseCredentials Parse(string text)
    {
        IReadOnlyDictionary<string, string> param = TryYaml(text) ?? Lines(text);
        string dsn = param.GetValueOrDefault("dsn", "");
        Dictionary<string, string> parts = dsn[(dsn.IndexOf(':', StringComparison.Ordinal) + 1)..]
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0], StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Last()[1], StringComparer.Ordinal);
        return new DatabaseCredentials(
            param.GetValueOrDefault("database") ?? parts.GetValueOrDefault("dbname") ?? throw Missing("database"),
            param.GetValueOrDefault("username") ?? throw Missing("username"),
            param.GetValueOrDefault("password") ?? "")
        {
            Host = parts.GetValueOrDefault("host", "localhost"),
            Port = parts.GetValueOrDefault("port"),
            Socket = parts.GetValueOrDefault("unix_socket"),
        };
    }

    private static FormatException Missing(string key) => new($"its section {string.Join('.', Section)} has no '{key}'");

    private static Dictionary<string, string>? TryYaml(string text)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            YamlNode? node = stream.Documents.Count == 0 ? null : stream.Documents[0].RootNode;
            foreach (string key in Section)
            {
                node = node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? child) ? child : null;
            }

            return (node as YamlMappingNode)?.Children
                .Where(pair => pair.Key is YamlScalarNode && pair.Value is YamlScalarNode)
                .ToDictionary(pair => ((YamlScalarNode)pair.Key).Value ?? "", pair => Text((YamlScalarNode)pair.Value), StringComparer.Ordinal);
        }
        catch (YamlException)
        {
            return null;
        }
    }

    private static string Text(YamlScalarNode scalar) =>
        scalar.Style == ScalarStyle.Plain ? SymfonyScalar.Evaluate(scalar.Value ?? "") : scalar.Value ?? "";

    private static Dictionary<string, string> Lines(string text)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var path = new Stack<(int Indent, string Key)>();
        foreach (string line in text.Split('\n'))
        {
            string trimmed = line.Trim();
            int colon = trimmed.IndexOf(':', StringComparison.Ordinal);
            if (trimmed.Length == 0 || trimmed[0] == '#' || colon < 1)
            {
                continue;
            }

            int indent = line.Length - line.TrimStart().Length;
            while (path.Count > 0 && path.Peek().Indent >= indent)
            {
                path.Pop();
            }

            string key = trimmed[..colon];
            if (path.Reverse().Select(level => level.Key).SequenceEqual(Section))
            {
                found[key] = Value(trimmed[(colon + 1)..].Trim());
            }

            path.Push((indent, key));
        }

        return found;
    }

    private static string Value(string text)
    {
        if (text.Length >= 2 && text[0] is '\'' or '"' && text[^1] == text[0])
        {
            return text[1..^1].Replace("''", "'", StringComparison.Ordinal);
        }

        int comment = text.IndexOf(" #", StringComparison.Ordinal);
        return SymfonyScalar.Evaluate((comment < 0 ? text : text[..comment]).Trim());
    }
}
