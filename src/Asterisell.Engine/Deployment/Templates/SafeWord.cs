using System.Text.RegularExpressions;

namespace Asterisell.Engine.Deployment.Templates;

/// <summary>
/// Values for files whose languages have no quotes that hold everything (nginx, cron, logrotate, PHP's and MariaDB's settings). What is more
/// than a plain word is refused: the inventory lets nothing else through, but an instance can be made by hand too.
/// </summary>
internal static partial class SafeWord
{
    /// <summary>The value itself.</summary>
    /// <exception cref="TemplateValueException">It is no plain word.</exception>
    public static string Check(string what, string value) => Word().IsMatch(value)
        ? value
        : throw new TemplateValueException(what, "only letters, digits, '_', '.', ':', '/', '+', '*' and '-' are safe in that file");

    [GeneratedRegex(@"^[A-Za-z0-9_.:/+*-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
