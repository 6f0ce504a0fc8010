using System.Diagnostics;

namespace Asterisell.Tests.Integration.Lab;

/// <summary>Runs one of the lab's own test scripts, which speak TAP: <c>ok</c> or <c>not ok</c>, one line a check.</summary>
internal static class LabScript
{
    public static async Task<IReadOnlyList<string>> RunAsync(string script, params string[] arguments)
    {
        ProcessStartInfo start = new(Find(script)) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        List<string> lines = [.. (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        if (process.ExitCode != 0)
        {
            lines.Add($"not ok - {script} ended with {process.ExitCode}: {await error}");
        }

        return lines;
    }

    private static string Find(string script)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "tests", "lab", script)))
        {
            folder = folder.Parent;
        }

        return folder is null
            ? throw new InvalidOperationException($"tests/lab/{script} was not found above the test's folder.")
            : Path.Combine(folder.FullName, "tests", "lab", script);
    }
}
