using System.Diagnostics;

namespace Asterisell.Engine.Ssh;

/// <summary>Starts programs in a session of their own: without a terminal to ask on, and out of reach of its Ctrl+C and hang-up.</summary>
/// <remarks>
/// restic gives the terminal to the ssh that it starts, if it finds one; PowerShell, which reads the place of its cursor there meanwhile, ends
/// with "Input/output error".
/// </remarks>
internal static class OwnSession
{
    private static readonly string? Setsid = OperatingSystem.IsWindows() ? null : Find("setsid");

    /// <summary>How a program is started, its three streams redirected.</summary>
    /// <param name="command">Program and arguments. One that is not there fails to start as itself, and not as something that setsid says.</param>
    public static ProcessStartInfo Describe(IReadOnlyList<string> command)
    {
        bool own = Setsid is not null && Find(command[0]) is not null;
        ProcessStartInfo start = new(own ? Setsid! : command[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNoWindow = true,
        };
        foreach (string argument in own ? command : command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    private static string? Find(string program) => Path.IsPathRooted(program)
        ? (File.Exists(program) ? program : null)
        : (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}
