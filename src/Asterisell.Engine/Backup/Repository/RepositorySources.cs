namespace Asterisell.Engine.Backup.Repository;

/// <summary>What an inventory's management directory consists of: its own folder, checkouts, and single files that it refers to.</summary>
internal sealed class RepositorySources
{
    private readonly HashSet<string> _excluded = new(StringComparer.Ordinal);

    /// <summary>Folders and files to take, by full path; none lies within another.</summary>
    public IReadOnlyList<string> Roots { get; private init; } = [];

    /// <summary>Files of secrets: they are left out, since they may lie in the very folder that is taken.</summary>
    public IReadOnlyList<string> SecretFiles { get; private init; } = [];

    /// <summary>True where a password stands in the inventory itself.</summary>
    public bool HasLiteral { get; private init; }

    /// <summary>The sources of an inventory.</summary>
    /// <param name="inventory">Inventory.</param>
    /// <param name="destination">Where the backup goes: never taken itself, should it lie within.</param>
    public static RepositorySources Of(AsterisellInventory inventory, string destination)
    {
        IEnumerable<string?> named =
        [
            Path.GetDirectoryName(inventory.Path),
            .. inventory.Instances.SelectMany(instance => new[]
            {
                instance.Settings.Application.Source, instance.Settings.Web.Certificate, instance.Settings.Web.CertificateKey,
                instance.Settings.Image.Dockerfile,
            }),
            .. inventory.Hosts.SelectMany(host => new[] { host.SshConfigFile, host.TlsFolder }),
            .. inventory.Targets.Select(target => target.SshConfigFile),
        ];
        string[] all = [.. named.OfType<string>().Select(Full).Where(Path.Exists).Distinct().Order(StringComparer.Ordinal)];
        SecretReference[] secrets = [.. RepositorySecrets.ReferencesOf(inventory).Select(one => one.Reference)];
        RepositorySources sources = new()
        {
            Roots = [.. all.Where(path => !all.Any(other => other != path && IsWithin(path, other)))],
            SecretFiles = [.. secrets.Where(reference => reference.Kind == SecretKind.File).Select(reference => Full(reference.Name!)).Distinct()],
            HasLiteral = secrets.Any(reference => reference.Kind == SecretKind.Literal),
        };
        sources._excluded.UnionWith(sources.SecretFiles);
        sources._excluded.UnionWith(inventory.Targets.SelectMany(target => new[] { target.Path, target.Staging }).OfType<string>().Append(destination).Select(Full));
        return sources;
    }

    /// <summary>True for what is not taken.</summary>
    public bool IsExcluded(string path) => _excluded.Contains(path);

    private static string Full(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    private static bool IsWithin(string path, string folder) =>
        path.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
