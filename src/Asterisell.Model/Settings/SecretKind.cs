namespace Asterisell;

/// <summary>Where a secret is kept.</summary>
public enum SecretKind
{
    /// <summary>Environment variable.</summary>
    Environment,

    /// <summary>File.</summary>
    File,

    /// <summary>PowerShell's SecretManagement.</summary>
    Vault,

    /// <summary>In the operator's head.</summary>
    Prompt,

    /// <summary>In the inventory itself.</summary>
    Literal,
}
