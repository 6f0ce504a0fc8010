using System.Globalization;

namespace Asterisell.Engine.Instances;

/// <summary>The web applications' part of a status.</summary>
internal static class WebReader
{
    private const string AdminPath = "/admin/index.php";
    private const string CustomerPath = "/index.php";

    public static WebStatus Read(StatusFacts facts) => new(Read(facts, AdminPath), Read(facts, CustomerPath));

    private static WebAnswer Read(StatusFacts facts, string path)
    {
        if (facts.Answer.All("web-refused").Contains(path))
        {
            return Down("nginx does not listen on port 80");
        }

        if (facts.Answer.All("web-silent").Contains(path))
        {
            return Down("no answer within 8 s");
        }

        return facts.Said(nameof(InstanceStatus.Web), $"web-{path}") is { } answer ? Judge(answer) : Down("not asked");
    }

    private static WebAnswer Judge(string answer)
    {
        // HTTP/1.1 200 OK
        string[] first = answer.Split('\n', 2)[0].Split(' ', 3);
        if (first.Length < 2 || !int.TryParse(first[1], NumberStyles.None, CultureInfo.InvariantCulture, out int status))
        {
            return Down($"an answer that is none: {InstanceErrors.OneLine(answer[..Math.Min(answer.Length, 200)])}");
        }

        bool toHttps = status is 301 or 302 or 307 or 308 && answer.Contains("ocation: https://", StringComparison.OrdinalIgnoreCase);
        return new WebAnswer
        {
            Answers = status is < 500 and not 404,
            HttpStatus = status,
            ShowsMaintenance = status == 200 && answer.Contains("maintenance", StringComparison.OrdinalIgnoreCase),
            Remark = status switch
            {
                404 => "nginx does not find the application",
                502 or 504 => "php-fpm does not answer",
                >= 500 => "the application fails",
                _ when toHttps => "nginx leads to HTTPS, which was not followed: the container has no curl",
                _ => null,
            },
        };
    }

    private static WebAnswer Down(string remark) => new() { Answers = false, Remark = remark };
}
