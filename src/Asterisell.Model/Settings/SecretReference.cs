using System.Diagnostics;

namespace Asterisell;

/// <summary>
/// Where a password is to be found. It never holds what it refers to; a literal from the inventory is reachable by no public member.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class SecretReference : IEquatable<SecretReference>
{
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string? literal;

    private SecretReference(SecretKind kind, string? name, string? vault, string? literal)
    {
        Kind = kind;
        Name = name;
        Vault = vault;
        this.literal = literal;
    }

    /// <summary>Sort of place.</summary>
    public SecretKind Kind { get; }

    /// <summary>Variable, file path, name in the vault, or question; null for a literal.</summary>
    public string? Name { get; }

    /// <summary>SecretManagement vault; null for the default one.</summary>
    public string? Vault { get; }

    /// <summary>An environment variable of the process that runs the command.</summary>
    public static SecretReference FromEnvironment(string variable) => new(SecretKind.Environment, variable, null, null);

    /// <summary>A file with mode 0600 or 0400, owned by the user or root; one newline at its end is left out.</summary>
    public static SecretReference FromFile(string path) => new(SecretKind.File, path, null, null);

    /// <summary>A secret of PowerShell's SecretManagement.</summary>
    public static SecretReference FromVault(string name, string? vault = null) => new(SecretKind.Vault, name, vault, null);

    /// <summary>A question asked when the secret is needed.</summary>
    public static SecretReference FromPrompt(string question) => new(SecretKind.Prompt, question, null, null);

    /// <summary>A password that stands in the inventory itself.</summary>
    public static SecretReference FromLiteral(string value) => new(SecretKind.Literal, null, null, value);

    /// <summary>The literal, for the resolver alone.</summary>
    internal string RevealLiteral() => literal ?? throw new InvalidOperationException("This secret is not a literal.");

    /// <inheritdoc/>
    public bool Equals(SecretReference? other) =>
        other is not null && Kind == other.Kind && Name == other.Name && Vault == other.Vault && literal == other.literal;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SecretReference);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Name, Vault);

    /// <summary>The reference as the inventory writes it; a literal shows as <c>(literal)</c>.</summary>
    public override string ToString() => Kind switch
    {
        SecretKind.Environment => $"{{ env: {Name} }}",
        SecretKind.File => $"{{ file: {Name} }}",
        SecretKind.Vault when Vault is not null => $"{{ secret: {Name}, vault: {Vault} }}",
        SecretKind.Vault => $"{{ secret: {Name} }}",
        SecretKind.Prompt => $"{{ prompt: {Name} }}",
        _ => "(literal)",
    };
}
