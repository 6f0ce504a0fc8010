namespace Asterisell.Engine.Instances.Waiting;

/// <summary>Asks the web server inside for the first page of both applications.</summary>
/// <remarks>
/// A page below 500 is an answer: with a certificate, port 80 answers 301 to https; while the web is disabled customers get 200 with a
/// notice. In the former case PHP is asked through port 443.
/// </remarks>
internal sealed class WebProbe(IInstance instance)
{
    /// <summary>Prints <c>PATH STATUS</c> for each; status 000 where nobody answers. curl is part of the original's image, but not surely of others.</summary>
    private const string Script = """
        export LC_ALL=C
        ask() {
          curl -sk --noproxy '*' --connect-timeout 3 -m 10 -o /dev/null -w '%{http_code} %{redirect_url}' "$1://127.0.0.1$2"
        }
        plain() {
          { exec 3<>/dev/tcp/127.0.0.1/80; } 2>/dev/null || { echo 000; return; }
          printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' "$1" >&3
          read -r -t 10 version status rest <&3
          exec 3>&-
          echo "${status:-000}"
        }
        for path in "$@"; do
          if command -v curl >/dev/null; then
            answer=$(ask http "$path")
            case $answer in *' https://'*) answer=$(ask https "$path") ;; esac
          else
            answer=$(plain "$path")
          fi
          echo "$path ${answer%% *}"
        done
        """;

    private static readonly (string Path, string Application)[] Pages = [("/", "customer application"), ("/admin/", "admin application")];

    public async Task<IReadOnlyList<string>> FindMissingAsync(CancellationToken cancellation)
    {
        IReadOnlyDictionary<string, string> answers = await ReadStatusesAsync(cancellation).ConfigureAwait(false);
        return [.. Pages.Select(page => Judge(page.Application, answers[page.Path])).OfType<string>()];
    }

    /// <summary>Status of the first page of each application, by its path; <c>000</c> where nobody answers.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadStatusesAsync(CancellationToken cancellation)
    {
        CommandOutcome outcome = await instance.Exec
            .RunAsync(Bash.Command(Script, [.. Pages.Select(page => page.Path)]), cancellation).ConfigureAwait(false);
        var answers = outcome.OutputText.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ')).Where(words => words.Length == 2).ToDictionary(words => words[0], words => words[1]);
        return Pages.ToDictionary(page => page.Path, page => answers.GetValueOrDefault(page.Path, "000"));
    }

    private static string? Judge(string application, string status) => status switch
    {
        "000" => $"the {application} does not answer",
        [>= '5', ..] => $"the {application} answers {status}",
        _ => null,
    };
}
