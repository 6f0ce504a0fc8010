using System.ComponentModel;
using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Instances;

/// <summary>The terminal that this process was started in.</summary>
public static class OperatorTerminal
{
    /// <summary>True when a person sits there: neither input nor output is redirected.</summary>
    public static bool IsPresent => !Console.IsInputRedirected && !Console.IsOutputRedirected;

    /// <summary>Its size now.</summary>
    public static TerminalSize Size => new(Console.WindowWidth, Console.WindowHeight);

    /// <summary>Takes it in raw mode; it is as before when the result is disposed.</summary>
    public static ITerminal Take()
    {
        try
        {
            return OperatingSystem.IsWindows() ? new RawWindowsTerminal() : new RawUnixTerminal();
        }
        catch (Win32Exception reason)
        {
            throw TerminalErrors.NoTerminal(reason.Message);
        }
    }
}
