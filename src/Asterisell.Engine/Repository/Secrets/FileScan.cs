using System.Text;
using Asterisell.Engine.Inventory.Secrets;
using Asterisell.Engine.Repository.Conflicts;

namespace Asterisell.Engine.Repository.Secrets;

/// <summary>Reads one file line by line for passwords and for conflict markers.</summary>
internal static class FileScan
{
    private const int Looked = 8000;

    /// <summary>Programs and texts that may be called "password" without being one.</summary>
    private static readonly HashSet<string> Programs = new(StringComparer.OrdinalIgnoreCase)
    {
        ".php", ".py", ".js", ".ts", ".cs", ".hs", ".rb", ".pl", ".sh", ".ps1", ".sql", ".css", ".html", ".md", ".rst", ".txt", ".yml", ".yaml", ".xml", ".json",
    };

    /// <summary>What was found: secrets, and where each complete conflict begins.</summary>
    /// <param name="path">Path below the checkout.</param>
    /// <param name="file">Full path.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<(List<FoundLine> Secrets, List<FoundLine> Markers)> ReadAsync(string path, string file, CancellationToken cancellation)
    {
        List<FoundLine> secrets = [];
        MarkerScan markers = new(path);
        bool passed = false;
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 64 * 1024);
        byte[] head = new byte[Looked];
        int length = await stream.ReadAtLeastAsync(head, Looked, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        bool isText = !ConflictText.IsBinary(head.AsSpan(0, length));
        if (isText)
        {
            stream.Position = 0;
            using StreamReader reader = new(stream, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: true);
            for (int line = 1; await reader.ReadLineAsync(cancellation).ConfigureAwait(false) is { } text; line++)
            {
                passed |= text.Contains(SecretRules.Pass, StringComparison.Ordinal);
                markers.Add(text, line);
                if (SecretRules.Find(text, path) is { } masked)
                {
                    secrets.Add(new FoundLine(path, line, text, masked));
                }
            }
        }

        if (SecretFileName.IsTelling(path) && !Programs.Contains(Path.GetExtension(path)) && !passed && secrets.Count == 0 && length > 0)
        {
            secrets.Add(new FoundLine(path, 0, "", "a file of passwords or keys, by its name"));
        }

        return (secrets, markers.Found);
    }
}
