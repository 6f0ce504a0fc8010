using System.Globalization;

namespace Asterisell.Engine.Instances.Web;

/// <summary>Asks the customers' application for its first page, from inside the container.</summary>
/// <remarks>
/// Closed, it answers 200 with a notice that has the word "maintenance" in it (read in the original's code, seen in its pages), not 503.
/// With a certificate nginx leads from port 80 to the published port, which nothing listens on inside; then 443 is asked.
/// </remarks>
internal sealed class CustomerPage(IInstance instance)
{
    /// <summary>The page, and on the last line its status. curl is part of the original's image, but not surely of others.</summary>
    private const string Script = """
        export LC_ALL=C
        ask() { curl -sk --noproxy '*' --connect-timeout 3 -m 10 -w '\n%{http_code}' "$1://127.0.0.1/"; }
        if command -v curl >/dev/null; then
          answer=$(ask http)
          case ${answer##*$'\n'} in 30[1278]) answer=$(ask https) ;; esac
          printf '%s\n' "$answer"
        else
          { exec 3<>/dev/tcp/127.0.0.1/80; } 2>/dev/null || { printf '\n000\n'; exit 0; }
          printf 'GET / HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' >&3
          read -r -t 10 version status rest <&3
          timeout 10 cat <&3
          printf '\n%s\n' "${status:-000}"
        fi
        """;

    public async Task<WebAnswer> AskAsync(CancellationToken cancellation)
    {
        CommandOutcome outcome = await instance.Exec.RunAsync(Bash.Command(Script), cancellation).ConfigureAwait(false);
        string text = outcome.OutputText.TrimEnd('\n');
        int last = text.LastIndexOf('\n');
        bool read = int.TryParse(text[(last + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int status) && status > 0;
        return new WebAnswer
        {
            Answers = read && status is < 500 and not 404,
            HttpStatus = read ? status : null,
            ShowsMaintenance = status == 200 && text.Contains("maintenance", StringComparison.OrdinalIgnoreCase),
            Remark = !read ? "nobody answers on port 80" : status >= 500 || status == 404 ? $"it answers {status}" : null,
        };
    }
}
