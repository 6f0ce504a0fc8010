using Asterisell.Engine.Deployment.Templates;

namespace Asterisell.Engine.Backup.Sanitize;

/// <summary>
/// Takes out of an <c>app.yml</c> what reaches the world: the mail server, passwords of providers, jobs that are not the application's own
/// (imports, exports, the operator's backups). Line by line, so that everything else stays as it was written.
/// </summary>
internal static class AppYmlMask
{
    private static readonly HashSet<string> OwnJobs =
        new([.. JobLists.AlwaysScheduled(new JobSettings()), .. JobLists.OnEvent(new JobSettings()), "NullJob"], StringComparer.Ordinal);

    private static readonly HashSet<string> Mail = new(StringComparer.Ordinal) { "host", "username", "password", "smtp_command", "sender_email_address" };

    private static readonly HashSet<string> Lists = new(StringComparer.Ordinal) { "always_scheduled_jobs", "jobs" };

    /// <summary>The text without it. The file has blanks for its levels, as the application wants it.</summary>
    public static string Mask(string text)
    {
        List<string> lines = [];
        List<(int Indent, string Key)> path = [];
        foreach (string line in text.Split('\n'))
        {
            string content = line.TrimStart(' ');
            int indent = line.Length - content.Length;
            if (content.Trim().Length == 0 || content[0] == '#')
            {
                lines.Add(line);
                continue;
            }

            // A list may stand as deep as its key.
            bool isItem = content[0] == '-';
            path.RemoveAll(level => level.Indent > indent || (level.Indent == indent && !isItem));
            string inside = path.Count > 0 ? path[^1].Key : string.Empty;
            if (isItem ? IsDropped(path, inside, content) : path.Exists(level => level.Key == "connections"))
            {
                continue;
            }

            int colon = content.IndexOf(':', StringComparison.Ordinal);
            if (isItem || colon < 0)
            {
                lines.Add(line);
                continue;
            }

            string key = content[..colon].Trim();
            path.Add((indent, key));
            lines.Add(Rewrite(line[..(indent + colon)], key, inside, content[(colon + 1)..].Trim()) ?? line);
        }

        return string.Join('\n', lines);
    }

    private static bool IsDropped(List<(int Indent, string Key)> path, string list, string item) =>
        path.Exists(level => level.Key == "connections")
        || (Lists.Contains(list) && !OwnJobs.Contains(item[1..].Trim().Trim('\'', '"')));

    /// <summary>What is written in one line, with braces, is taken out whole.</summary>
    private static string? Rewrite(string head, string key, string section, string value) => (section, key) switch
    {
        (_, "smtp") when value.Length > 0 => $"{head}: {{}}",
        (_, "jobs" or "always_scheduled_jobs") when value.Length > 0 => $"{head}: []",
        ("smtp", _) when Mail.Contains(key) => $"{head}: \"\"",
        (_, "connections") => $"{head}: []",
        (_, "contact_external_hosts" or "import_extensions_from_ipbx_database" or "import_organization_hieararchy_from_ipbx_database") => $"{head}: false",
        _ => null,
    };
}
