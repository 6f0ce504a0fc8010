using System.Text.RegularExpressions;

namespace Asterisell.Engine.Instances.Logs;

/// <summary>Finds in a log line how bad it says it is.</summary>
internal static partial class LogLevel
{
    private const RegexOptions Options = RegexOptions.CultureInvariant;

    /// <summary>Null where the line does not say.</summary>
    public static LogSeverity? Find(string text)
    {
        if (Request().Match(Start(text, 400)) is { Success: true } request)
        {
            return request.Groups["class"].ValueSpan[0] switch
            {
                '5' => LogSeverity.Error,
                '4' => LogSeverity.Warning,
                _ => LogSeverity.Information,
            };
        }

        Match word = Bracket().Match(Start(text, 120));
        word = word.Success ? word : Colon().Match(Start(text, 90));
        word = word.Success ? word : Bare().Match(Start(text, 40));
        return word.Success ? Of(word.Groups["level"].Value) : null;
    }

    /// <summary>The word stands before the message; farther on it would be part of one.</summary>
    private static string Start(string text, int length) => text.Length > length ? text[..length] : text;

    private static LogSeverity? Of(string level) => level.ToUpperInvariant() switch
    {
        "DEBUG" or "DEBG" or "TRAC" or "BLAT" => LogSeverity.Debug,
        "INFO" or "NOTE" or "NOTICE" or "SYSTEM" or "DEPRECATED" or "STRICT STANDARDS" => LogSeverity.Information,
        "WARN" or "WARNING" => LogSeverity.Warning,
        "ERR" or "ERRO" or "ERROR" or "FATAL ERROR" or "PARSE ERROR" or "RECOVERABLE FATAL ERROR" => LogSeverity.Error,
        "CRIT" or "CRITICAL" or "ALERT" or "EMERG" => LogSeverity.Critical,
        _ => null,
    };

    /// <summary>nginx access: the status after the quoted request.</summary>
    [GeneratedRegex(@"\[[0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}:[^\]]{10,20}\] ""[^""]*"" (?<class>[1-5])[0-9]{2} ", Options)]
    private static partial Regex Request();

    /// <summary>MariaDB <c>[Note]</c>, nginx <c>[error]</c>, symfony <c>[err]</c>.</summary>
    [GeneratedRegex(@"\[(?<level>debug|info|note|notice|system|warn|warning|err|error|crit|critical|alert|emerg)\]", Options | RegexOptions.IgnoreCase)]
    private static partial Regex Bracket();

    /// <summary>PHP <c>Fatal error:</c>, php-fpm <c>NOTICE:</c>.</summary>
    [GeneratedRegex(
        @"(?:^|\s)(?<level>DEBUG|NOTICE|WARNING|ERROR|ALERT|Recoverable fatal error|Fatal error|Parse error|Warning|Notice|Deprecated|Strict Standards):",
        Options)]
    private static partial Regex Colon();

    /// <summary>supervisord <c>WARN</c>.</summary>
    [GeneratedRegex(@"(?:^|\s)(?<level>DEBG|TRAC|BLAT|INFO|WARN|ERRO|CRIT)\s", Options)]
    private static partial Regex Bare();
}
