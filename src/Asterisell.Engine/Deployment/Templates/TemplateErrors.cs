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
}
