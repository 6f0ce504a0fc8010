using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Asterisell.Engine.Repository.Git;

/// <summary>Ends a git that is no longer wanted. Asked by a signal it removes its lock files; killed, it would leave them.</summary>
internal static class GitSignal
{
    private const int Terminate = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(700);

    /// <summary>Asks, waits a moment, and kills what still runs.</summary>
    /// <param name="git">Process.</param>
    /// <param name="leadsSession">True where it began a session of its own: its hooks and connections are then asked too.</param>
    public static async Task EndAsync(Process git, bool leadsSession)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && !git.HasExited)
            {
                _ = Kill(leadsSession ? -git.Id : git.Id, Terminate);
                using CancellationTokenSource limit = new(Patience);
                await git.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // It is killed below.
        }

        try
        {
            git.Kill(entireProcessTree: true);
        }
        catch (Exception ended) when (ended is InvalidOperationException or Win32Exception)
        {
            // It had ended by itself.
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
