namespace Asterisell.Engine.Inventory.Secrets;

/// <summary>Failures of looking up a secret. None of them holds any part of a value.</summary>
public static class SecretErrors
{
    /// <summary>The environment variable is not there, or is empty.</summary>
    public static AsterisellException SecretVariableNotSet(string variable) => new(
        nameof(SecretVariableNotSet), ErrorKind.NotFound, variable, "the environment variable with the secret is not set, or is empty.",
        $"Set it for this session: $env:{variable} = Read-Host -MaskInput");

    /// <summary>There is no such file.</summary>
    public static AsterisellException SecretFileNotFound(string path) => new(
        nameof(SecretFileNotFound), ErrorKind.NotFound, path, "there is no such file of a secret.", "Write the secret into it, with mode 0600.");

    /// <summary>The file is a directory, a pipe or a device.</summary>
    public static AsterisellException SecretFileNotRegular(string path) => new(
        nameof(SecretFileNotRegular), ErrorKind.InvalidInput, path, "the file of a secret is no regular file.", "Name a regular file.");

    /// <summary>The file cannot be read.</summary>
    public static AsterisellException SecretFileNotReadable(string path, string reason, Exception inner) => new(
        nameof(SecretFileNotReadable), ErrorKind.PermissionDenied, path, $"the file of a secret cannot be read: {reason}", null, inner);

    /// <summary>Others may read or change the file.</summary>
    public static AsterisellException SecretFileExposed(string path, UnixFileMode mode) => new(
        nameof(SecretFileExposed), ErrorKind.PermissionDenied, path,
        $"the file of a secret has mode 0{Convert.ToString((int)mode, 8)}; it must be 0600 or 0400.",
        $"Close it, and change the password if others may have read it: chmod 600 '{path}'");

    /// <summary>The file belongs to somebody else.</summary>
    public static AsterisellException SecretFileForeign(string path, uint owner) => new(
        nameof(SecretFileForeign), ErrorKind.PermissionDenied, path,
        $"the file of a secret belongs to user {owner}; it must belong to you or to root.", $"Take it over: chown $(id -u) '{path}'");

    /// <summary>The file holds no password.</summary>
    public static AsterisellException SecretFileUnusable(string path, string reason) => new(
        nameof(SecretFileUnusable), ErrorKind.InvalidInput, path, $"the file of a secret {reason}.", "It should hold the password and nothing else.");

    /// <summary>The vault has no such secret.</summary>
    public static AsterisellException SecretNotInVault(string name, string? vault) => new(
        nameof(SecretNotInVault), ErrorKind.NotFound, name, $"there is no such secret in {(vault is null ? "the default vault" : $"the vault '{vault}'")}.",
        $"Store it: Set-Secret -Name '{name}'{(vault is null ? string.Empty : $" -Vault '{vault}'")} -SecureStringSecret (Read-Host -AsSecureString)");

    /// <summary>A secret can only be asked for, and nobody is there to answer.</summary>
    public static AsterisellException SecretNotAnswered(string question) => new(
        nameof(SecretNotAnswered), ErrorKind.InvalidState, question, "this secret has to be asked for, and nobody answered.",
        "Run the command in an interactive shell, or refer to a file or a vault in the inventory.");
}
