using Asterisell.Engine.Inventory.Yaml;

namespace Asterisell.Engine.Inventory.Settings;

/// <summary>Reads references to secrets. No message of it ever holds a value, nor a key, since <c>{pass}</c> may be a password without quotes.</summary>
internal sealed class SecretReader(FindingList findings, string folder)
{
    private static readonly string[] Keys = ["env", "file", "secret", "prompt", "vault"];

    /// <summary>The reference; null, with a finding, when there is none. A literal is taken, with a warning.</summary>
    public SecretReference? Read(YamlNode node, string path, string expected)
    {
        switch (node)
        {
            case YamlScalar { IsMissing: true }:
                findings.Error(FindingId.MissingValue, node, path, "The value is missing.", expected, "Write null for none.");
                return null;
            case YamlScalar { Value.Length: 0 }:
                findings.Error(FindingId.InvalidValue, node, path, "The password is empty.", expected);
                return null;
            case YamlScalar literal:
                findings.Warning(
                    FindingId.LiteralSecret, node, path, "The password stands in the file, for everybody who can read it.", expected,
                    "Keep it elsewhere and refer to it.");
                return SecretReference.FromLiteral(literal.Value);
            case YamlMapping mapping:
                return ReadReference(mapping, path, expected);
            default:
                findings.Error(FindingId.WrongType, node, path, $"Found {node.Description}.", expected);
                return null;
        }
    }

    private SecretReference? ReadReference(YamlMapping mapping, string path, string expected)
    {
        Dictionary<string, string> given = new(StringComparer.Ordinal);
        bool sound = true;
        foreach ((YamlScalar key, YamlNode value) in mapping.Entries)
        {
            if (!Keys.Contains(key.Value))
            {
                sound = false;
                findings.Error(
                    FindingId.UnknownKey, key, path, "A key is not known here.", expected,
                    findings.DidYouMean(key.Value, Keys));
            }
            else if (value is not YamlScalar { Value: { Length: > 0 and <= 1000 } text } || text.Any(char.IsControl) || value is YamlScalar { IsNull: true })
            {
                sound = false;
                findings.Error(FindingId.WrongType, value, $"{path}.{key.Value}", $"Found no text of one line.", expected);
            }
            else
            {
                given.Add(key.Value, text);
            }
        }

        return sound ? Make(mapping, given, path, expected) : null;
    }

    private SecretReference? Make(YamlMapping mapping, Dictionary<string, string> given, string path, string expected)
    {
        given.Remove("vault", out string? vault);
        if (given.Count != 1 || (vault is not null && !given.ContainsKey("secret")))
        {
            findings.Error(FindingId.InvalidValue, mapping, path, "Not one place of a secret.", $"exactly one of {expected}; vault only beside secret");
            return null;
        }

        (string kind, string name) = given.Single();
        if (kind == "env" && !IsVariable(name))
        {
            findings.Error(FindingId.InvalidValue, mapping, $"{path}.env", "Not the name of an environment variable.", "letters, digits and '_'");
            return null;
        }

        return kind switch
        {
            "env" => SecretReference.FromEnvironment(name),
            "file" => SecretReference.FromFile(LocalPaths.Resolve(folder, name)),
            "secret" => SecretReference.FromVault(name, vault),
            _ => SecretReference.FromPrompt(name),
        };
    }

    private static bool IsVariable(string name) =>
        !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
