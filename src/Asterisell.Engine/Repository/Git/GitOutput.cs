using System.Text;

namespace Asterisell.Engine.Repository.Git;

/// <summary>What a run of git left.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Bytes">What it wrote; names in it are bytes that need not be UTF-8.</param>
/// <param name="Errors">The end of what it said as errors.</param>
internal sealed record GitOutput(int ExitCode, byte[] Bytes, string Errors)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>Output as one text, without the line end that closes it. A name may hold further ones.</summary>
    public string Text
    {
        get
        {
            string text = Encoding.UTF8.GetString(Bytes);
            return text.EndsWith('\n') ? text[..^1] : text;
        }
    }

    /// <summary>Fields that NUL ends.</summary>
    public string[] Fields()
    {
        string text = Encoding.UTF8.GetString(Bytes);
        return text.Length == 0 ? [] : (text.EndsWith('\0') ? text[..^1] : text).Split('\0');
    }
}
