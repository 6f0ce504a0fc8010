using Asterisell.Engine.Deployment.Templates;

namespace Asterisell.Engine.Deployment.Release;

/// <summary>
/// Files of the management directory that an inventory in it brings along: the inventory itself, its secrets, keys of certificates. The
/// application's group may read what is deployed, so none of them may go.
/// </summary>
internal sealed class PrivateFiles
{
    private readonly HashSet<string> _files;
    private readonly HashSet<string> _folders;

    private PrivateFiles(IEnumerable<string> files, IEnumerable<string> folders) => (_files, _folders) = ([.. files], [.. folders]);

    /// <summary>What an instance's part of the inventory names.</summary>
    public static PrivateFiles Of(AsterisellInstance instance)
    {
        WebSettings web = instance.Settings.Web;
        string[] secrets =
        [
            .. MaterialReader.References(instance.Settings)
                .Where(reference => reference is { Kind: SecretKind.File, Name: not null }).Select(reference => Path.GetFullPath(reference.Name!)),
        ];
        IEnumerable<string> named = new[] { instance.InventoryPath, web.Certificate, web.CertificateKey }.OfType<string>().Select(Path.GetFullPath);
        return new PrivateFiles(named.Concat(secrets), secrets.Select(path => Path.GetDirectoryName(path) ?? path));
    }

    /// <summary>True for one of them, and for a closed file beside a secret: it is another instance's.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="isClosed">True for a file that only its owner may read.</param>
    public bool Has(string path, bool isClosed) => _files.Contains(path) || (isClosed && _folders.Contains(Path.GetDirectoryName(path) ?? path));
}
