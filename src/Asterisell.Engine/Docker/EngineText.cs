using System.Net.Sockets;
using System.Text;

namespace Asterisell.Engine.Docker;

/// <summary>Makes text that came from outside fit for an error message.</summary>
internal static class EngineText
{
    private const int Longest = 600;

    /// <summary>A sentence to be built into another: as <see cref="OneLine"/>, without a full stop at its end.</summary>
    internal static string Clean(string text) => OneLine(text).TrimEnd(' ', '.');

    /// <summary>One line without control characters, not endless.</summary>
    internal static string OneLine(string text)
    {
        StringBuilder clean = new(Math.Min(text.Length, Longest));
        foreach (char c in text.AsSpan().Trim())
        {
            if (clean.Length == Longest)
            {
                clean.Append('…');
                break;
            }

            clean.Append(char.IsControl(c) ? ' ' : c);
        }

        return clean.ToString();
    }

    /// <summary>The innermost reason of an exception, for people.</summary>
    internal static string Reason(Exception error)
    {
        while (error is not SocketException && error.InnerException is { } inner)
        {
            error = inner;
        }

        return Clean(error.Message);
    }
}
