using System.Diagnostics;

namespace Asterisell.Tests.Unit.Backup;

/// <summary>Programs of the machine that say whether ours agree with them.</summary>
internal static class Processes
{
    /// <summary>Runs a program that must succeed; its output is returned.</summary>
    public static byte[] Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        using MemoryStream output = new();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {error.Result}");
        return output.ToArray();
    }
}
