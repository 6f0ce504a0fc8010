using System.Globalization;
using System.Text.RegularExpressions;

namespace Asterisell.Engine.Instances;

/// <summary>An error line of a MariaDB client program.</summary>
/// <param name="Code">MariaDB's number.</param>
/// <param name="Line">Line of the client's input; 0 where it names none (no connection).</param>
/// <param name="Text">What it says.</param>
internal sealed partial record ClientError(int Code, int Line, string Text)
{
    /// <summary>Errors in what a client wrote to standard error, in their order.</summary>
    public static IReadOnlyList<ClientError> Find(string standardError)
    {
        var errors = new List<ClientError>();
        foreach (Match match in Form().Matches(standardError))
        {
            errors.Add(new ClientError(Number(match.Groups["code"]), Number(match.Groups["line"]), match.Groups["text"].Value.Trim()));
        }

        return errors;
    }

    private static int Number(Group group) =>
        int.TryParse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    /// <summary>mysql: <c>ERROR 1146 (42S02) at line 1: …</c>; mysqldump: <c>mysqldump: Got error: 1045: "…" when …</c>.</summary>
    [GeneratedRegex(
        @"^(?:ERROR (?<code>\d{1,9})(?: \(\w+\))?(?: at line (?<line>\d{1,9}))?(?: in file: '[^']*')?: |[\w./-]+: (?:Got error: |Error )?(?<code>\d{4}): )(?<text>.*)$",
        RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
