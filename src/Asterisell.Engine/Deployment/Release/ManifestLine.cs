using System.Globalization;
using System.Text;

namespace Asterisell.Engine.Deployment.Release;

/// <summary>A line of a manifest: origin, kind, size, SHA-256, path, with tabs between them.</summary>
internal static class ManifestLine
{
    private const string Origins = "rac";
    private const string Kinds = "fdlo";

    public static string Format(DeployedEntry entry) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Origins[(int)entry.Origin]}\t{Kinds[(int)entry.Kind]}\t{entry.SizeBytes}\t{entry.Sha256}\t{Escape(entry.Path)}");

    /// <summary>The entry of a line; null where it is none.</summary>
    public static DeployedEntry? Parse(string line)
    {
        return line.Split('\t') is [{ Length: 1 } origin, { Length: 1 } kind, var size, var hash, { Length: > 0 } path]
            && Origins.IndexOf(origin[0], StringComparison.Ordinal) is >= 0 and int from
            && Kinds.IndexOf(kind[0], StringComparison.Ordinal) is >= 0 and int what
            && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes)
                ? new DeployedEntry(Unescape(path), (DeployedOrigin)from, (TreeEntryKind)what) { SizeBytes = bytes, Sha256 = hash }
                : null;
    }

    /// <summary>File names may have tabs and newlines.</summary>
    public static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal);

    public static string Unescape(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        var exact = new StringBuilder(text.Length);
        for (int at = 0; at < text.Length; at++)
        {
            exact.Append(text[at] == '\\' && ++at < text.Length ? text[at] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', char other => other } : text[Math.Min(at, text.Length - 1)]);
        }

        return exact.ToString();
    }
}
