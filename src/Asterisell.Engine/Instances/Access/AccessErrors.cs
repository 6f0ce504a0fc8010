namespace Asterisell.Engine.Instances.Access;

/// <summary>Failures of SSH access.</summary>
public static class AccessErrors
{
    /// <summary>What was given is a private key. Its text is not repeated.</summary>
    internal static AsterisellException PrivateKeyGiven(string source) => new(
        nameof(PrivateKeyGiven), ErrorKind.InvalidInput, source,
        "this is a private key, which must never leave its machine. Nothing was sent.",
        "Give the public key, usually the file of the same name that ends in .pub. If this key was shown to anybody, make a new one.");

    internal static AsterisellException PublicKeyInvalid(string source, string why) => new(
        nameof(PublicKeyInvalid), ErrorKind.InvalidInput, source, $"this is no public key of OpenSSH: {why}.",
        "It is one line that begins with its type: ssh-ed25519 AAAA… name. Another format is turned into it by: ssh-keygen -i -f FILE");

    internal static AsterisellException PublicKeyWeak(PublicKey key) => new(
        nameof(PublicKeyWeak), ErrorKind.InvalidInput, key.Fingerprint, $"the key '{key.Comment}' ({key.Type}, {key.Bits} bits) is too weak.",
        "Make a new one: ssh-keygen -t ed25519");

    internal static AsterisellException FingerprintInvalid(string text) => new(
        nameof(FingerprintInvalid), ErrorKind.InvalidInput, text, "this is no fingerprint of a key.",
        "It reads SHA256: and 43 characters, as Get-AsterisellSshAccess and ssh-keygen -l show it.");

    internal static AsterisellException KeysNotWritten(AsterisellInstance instance, string why) => new(
        nameof(KeysNotWritten), ErrorKind.CommandFailed, instance.ToString(), $"the keys were not changed: {InstanceErrors.OneLine(why)}");

    internal static AsterisellException KeysChangedMeanwhile(AsterisellInstance instance) => new(
        nameof(KeysChangedMeanwhile), ErrorKind.Conflict, instance.ToString(),
        "the keys were not changed: somebody else keeps changing them at the same time.", "Run the same command again.");
}
