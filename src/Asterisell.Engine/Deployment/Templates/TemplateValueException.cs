namespace Asterisell.Engine.Deployment.Templates;

/// <summary>A value has no safe form in the language of a file. The message says why, and never the value.</summary>
internal sealed class TemplateValueException(string what, string why) : Exception(why)
{
    /// <summary>Setting or key that the value belongs to.</summary>
    public string What { get; } = what;
}
