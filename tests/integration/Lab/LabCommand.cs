using System.Diagnostics;

namespace Asterisell.Tests.Integration.Lab;

/// <summary>Runs the lab's script.</summary>
internal static class LabCommand
{
    public static async Task<string> RunAsync(IReadOnlyList<string> arguments)
    {
        ProcessStartInfo start = new(Script()) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"lab {string.Join(' ', arguments)} ended with {process.ExitCode}: {await error}{await output}");
    }

    private static string Script()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string script = Path.Combine(folder.FullName, "tests", "lab", "lab");
            if (File.Exists(script))
            {
                return script;
            }
        }

        throw new InvalidOperationException("tests/lab/lab was not found above the test's folder.");
    }
}
