using System.Text;
using Asterisell.Engine.Deployment.Templates;
using Asterisell.Engine.Instances;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Asterisell.Engine.Deployment.Passwords;

/// <summary><c>config/databases.yml</c> of one of the two applications, as it was found.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Text">The whole file.</param>
/// <param name="Ownership">Owner and mode.</param>
/// <param name="Credentials">What it says.</param>
internal sealed record CredentialFile(string Path, string Text, FileOwnership Ownership, DatabaseCredentials Credentials)
{
    private const int LargestFile = 1024 * 1024;

    /// <summary>Reads it.</summary>
    /// <exception cref="AsterisellException"><c>CredentialFileUnusable</c>.</exception>
    public static async Task<CredentialFile> ReadAsync(IInstance instance, string directory, CancellationToken cancellation)
    {
        string path = $"{directory}/config/databases.yml";
        InstanceFile? file = await instance.Files.FindAsync(path, cancellation).ConfigureAwait(false);
        if (file is not { Kind: InstanceFileKind.File })
        {
            throw PasswordErrors.CredentialFileUnusable(instance.Definition, path, file is null ? "there is none" : "it is no file");
        }

        string text = ByteText.Decode(await instance.Files.ReadAsync(path, LargestFile, cancellation).ConfigureAwait(false));
        try
        {
            DatabaseCredentials found = DatabasesYml.Parse(text);
            return found.Host == "localhost"
                ? new CredentialFile(path, text, new FileOwnership(file.Owner, file.Group, file.Mode), found)
                : throw PasswordErrors.CredentialFileUnusable(instance.Definition, path, $"it leads to a database on '{found.Host}', not in this instance");
        }
        catch (FormatException failure)
        {
            throw PasswordErrors.CredentialFileUnusable(instance.Definition, path, failure.Message);
        }
    }

    /// <summary>
    /// The same file with another password: nothing else in it changes. One that is no YAML, as the old tool wrote it with some passwords, is
    /// written anew.
    /// </summary>
    public string With(Secret password) =>
        Splice(password.Reveal()) is { } text && DatabasesYml.Parse(text) == Credentials with { Password = password.Reveal() }
            ? text
            : DatabasesYmlFile.Of(Credentials.Database, Credentials.User, password.Reveal());

    /// <summary>Writes it anew, at once.</summary>
    public Task WriteAsync(IInstance instance, string text, CancellationToken cancellation) =>
        instance.Files.WriteAsync(Path, ByteText.Encode(text), Ownership, cancellation);

    /// <summary>Shows no password.</summary>
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(Path);
        return true;
    }

    private string? Splice(string password)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(Text));
            YamlNode? node = stream.Documents[0].RootNode;
            foreach (string key in (string[])["all", "propel", "param", "password"])
            {
                node = node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? child) ? child : null;
            }

            return node is YamlScalarNode found
                ? $"{Text[..(int)found.Start.Index]}{SymfonyYaml.Scalar("database.password", password)}{Text[(int)found.End.Index..]}"
                : null;
        }
        catch (YamlException)
        {
            return null;
        }
    }
}
