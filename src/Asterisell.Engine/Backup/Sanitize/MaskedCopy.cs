using System.Text;
using Asterisell.Engine.Backup.Capture;
using Asterisell.Engine.Backup.Restore;
using Asterisell.Engine.Backup.Restore.Database;
using Asterisell.Engine.Backup.Restore.Files;
using Asterisell.Engine.Backup.Tree;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Sanitize;

/// <summary>Masks what a replacement brings, before it takes its place, and keeps the instance from reaching the world afterwards.</summary>
internal sealed class MaskedCopy(DataReplacement replacement, IOperationProgress? progress)
{
    private const int LargestSettings = 4 * 1024 * 1024;

    private readonly List<FilePlace> _places = [];

    /// <summary>Directories whose staged settings come in.</summary>
    public IReadOnlyList<FilePlace> Places => _places;

    /// <summary>Masks the staged database. Its views, triggers and routines go first: none may work while rows are changed.</summary>
    public async Task<SanitizeSummary> MaskAsync(SanitizeOptions options, CancellationToken cancellation)
    {
        string database = replacement.Database.Name;
        ClientSession session = await RootSession
            .OpenAsync(replacement.Instance, replacement.Clients, database, cancellation).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            DatabaseObjects objects = await DatabaseObjects.ReadAsync(session, database, cancellation).ConfigureAwait(false);
            await objects.DropAsync(session, database, cancellation).ConfigureAwait(false);
            return await new Sanitizer(session, database, replacement.Instance.Definition.ToString(), progress)
                .RunAsync(options, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Stages both applications' <c>app.yml</c> without mail server, connections and jobs of others.</summary>
    public async Task StageSettingsAsync(CancellationToken cancellation)
    {
        AsterisellInstance instance = replacement.Instance.Definition;
        using MemoryStream tar = new();
        foreach (string home in new[] { instance.AdminDirectory, instance.UserDirectory })
        {
            string folder = $"{home}/apps/asterisell/config";
            if (await ReadAsync($"{folder}/app.yml", cancellation).ConfigureAwait(false) is var (entry, text))
            {
                byte[] masked = Encoding.UTF8.GetBytes(AppYmlMask.Mask(text));
                tar.Write(TarEntries.Head(entry with { Size = masked.Length }));
                tar.Write(masked);
                tar.Write(new byte[TarEntries.Padding(masked.Length)]);
                _places.Add(new FilePlace(folder, FilePlaceMode.Overlay));
            }
        }

        tar.Write(TarEntries.End);
        tar.Position = 0;
        await replacement.Files.StageAsync(tar, cancellation).ConfigureAwait(false);
    }

    /// <summary>A file with its owner and mode; null where there is none.</summary>
    private async Task<(NewTarEntry Entry, string Text)?> ReadAsync(string path, CancellationToken cancellation)
    {
        IInstanceFiles files = replacement.Instance.Files;
        if (await files.FindAsync(path, cancellation).ConfigureAwait(false) is null)
        {
            return null;
        }

        string text = Encoding.UTF8.GetString(await files.ReadAsync(path, LargestSettings, cancellation).ConfigureAwait(false));
        Stream tar = await files.OpenTarAsync(path, cancellation).ConfigureAwait(false);
        await using (tar.ConfigureAwait(false))
        {
            TarEntry found = (await new TarReader(tar).NextAsync(cancellation).ConfigureAwait(false))!;
            return (
                new NewTarEntry
                {
                    Name = Encoding.UTF8.GetBytes(path[1..]),
                    Type = (byte)'0',
                    Mode = found.Mode,
                    UserId = found.UserId,
                    GroupId = found.GroupId,
                    Owner = found.Owner,
                    Group = found.Group,
                    ModifiedAt = DateTimeOffset.UtcNow,
                },
                text);
        }
    }
}
