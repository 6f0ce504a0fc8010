namespace Asterisell.Engine.Deployment.Templates;

/// <summary>Failures of rendering an instance's configuration. None of them shows a value: it may be a password.</summary>
internal static class TemplateErrors
{
    public static AsterisellException DatabasePasswordMissing(AsterisellInstance instance, string setting) => new(
        nameof(DatabasePasswordMissing), ErrorKind.InvalidInput, instance.ToString(),
        $"its setting '{setting}' is not given, and the application cannot reach its database without.",
        $"Refer to a secret in the inventory: {setting}: {{ file: /path }}");

    public static AsterisellException ValueNotWritable(AsterisellInstance instance, string what, string file, string why) => new(
        nameof(ValueNotWritable), ErrorKind.InvalidInput, instance.ToString(),
        $"the value of {what} cannot be written into {file}: {why}.",
        "Choose another value; letters, digits, '_', '.' and '-' are safe everywhere.");

    public static AsterisellException FileGivenTwice(AsterisellInstance instance, string path) => new(
        nameof(FileGivenTwice), ErrorKind.InvalidInput, instance.ToString(),
        $"its setting 'customFiles' gives {path} a second content.",
        "Give each file another place, and leave out what the inventory's other settings make.");

    public static AsterisellException LocalFileNotReadable(AsterisellInstance instance, string setting, string path, string why, Exception cause) => new(
        nameof(LocalFileNotReadable), ErrorKind.NotFound, instance.ToString(), $"the file '{path}' of its setting '{setting}' cannot be read: {why}", null, cause);

    public static AsterisellException CertificateUnusable(AsterisellInstance instance, string path, string why) => new(
        nameof(CertificateUnusable), ErrorKind.InvalidInput, instance.ToString(), $"the certificate '{path}' cannot be used: {why}.",
        "nginx would not start with it. It wants both files as PEM: the certificate before those between it and its root, and its own key without a password.");
}
