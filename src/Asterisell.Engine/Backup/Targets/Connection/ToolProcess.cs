using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Asterisell.Engine.Ssh;

namespace Asterisell.Engine.Backup.Targets;

/// <summary>Runs a tool of this machine (rdiff-backup, restic) that speaks in lines.</summary>
internal static class ToolProcess
{
    private const int KeptErrorCharacters = 16 * 1024;

    /// <summary>Runs it to its end.</summary>
    /// <param name="command">Program and arguments; none is secret, none is read by a shell.</param>
    /// <param name="input">What it reads, such as a password; never kept, never logged.</param>
    /// <param name="folder">Folder that it runs in; null for any.</param>
    /// <param name="onLine">Told every line that it writes.</param>
    /// <param name="cancellation">Ends it and what it started.</param>
    /// <returns>Exit code, and the end of what it said as errors.</returns>
    /// <exception cref="Win32Exception">There is no such program.</exception>
    public static async Task<(int ExitCode, string Errors)> RunAsync(
        IReadOnlyList<string> command, string? input, string? folder, Action<string>? onLine, CancellationToken cancellation)
    {
        using Process process = Process.Start(Describe(command, folder))!;
        using CancellationTokenRegistration registration = cancellation.Register(() => Kill(process));
        StringBuilder errors = new();
        Task output = ReadAsync(process.StandardOutput, line => onLine?.Invoke(line));
        Task error = ReadAsync(process.StandardError, line =>
        {
            errors.Append(line).Append('\n');
            if (errors.Length > KeptErrorCharacters)
            {
                errors.Remove(0, errors.Length - KeptErrorCharacters);
            }
        });
        try
        {
            if (input is not null)
            {
                await process.StandardInput.WriteLineAsync(input).ConfigureAwait(false);
            }

            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its exit code tells why.
        }

        await Task.WhenAll(output, error).ConfigureAwait(false);
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        return (process.ExitCode, errors.ToString());
    }

    private static ProcessStartInfo Describe(IReadOnlyList<string> command, string? folder)
    {
        ProcessStartInfo start = OwnSession.Describe(command);
        start.StandardOutputEncoding = Encoding.UTF8;
        start.StandardErrorEncoding = Encoding.UTF8;
        start.WorkingDirectory = folder ?? Path.GetTempPath();
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["TZ"] = "UTC";
        start.Environment["SSH_ASKPASS_REQUIRE"] = "never";
        foreach (string own in start.Environment.Keys.Where(IsForRepository).ToList())
        {
            start.Environment.Remove(own); // the inventory says where and with what password, not the shell that we run in
        }

        return start;
    }

    private static bool IsForRepository(string name) =>
        name.StartsWith("RESTIC_PASSWORD", StringComparison.Ordinal) || name.StartsWith("RESTIC_REPOSITORY", StringComparison.Ordinal);

    private static async Task ReadAsync(StreamReader reader, Action<string> onLine)
    {
        while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            onLine(line);
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception ended) when (ended is InvalidOperationException or Win32Exception)
        {
            // It had ended by itself.
        }
    }
}
