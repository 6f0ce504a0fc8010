using System.Diagnostics;
using System.Text.Json;

namespace Asterisell.Demo;

/// <summary>Instances on the lab that <c>build.sh demo</c> brought up.</summary>
internal sealed class DemoLab
{
    private readonly string name = Environment.GetEnvironmentVariable("ASTERISELL_LAB_NAME")
        ?? throw new AsterisellException("LabMissing", ErrorKind.InvalidState, "", "There is no lab.", "Run me by ./build.sh demo");

    private readonly List<string> started = [];

    internal async Task StartAsync(params string[] instances)
    {
        Console.WriteLine($"==> starting {instances.Length} stand-in instances on two Docker hosts: {string.Join(", ", instances)}");
        foreach (string instance in instances)
        {
            string[] parts = instance.Split('/');
            started.Add(instance);
            await RunAsync("run", parts[0], parts[1]);
        }
    }

    internal async Task RemoveAsync()
    {
        foreach (string[] parts in started.Select(instance => instance.Split('/')))
        {
            await RunAsync("rm", parts[0], parts[1]);
        }
    }

    /// <summary>An inventory of what was started.</summary>
    internal async Task<string> InventoryAsync()
    {
        string home = Environment.GetEnvironmentVariable("ASTERISELL_LAB") ?? "/tmp/asterisell-lab";
        using JsonDocument lab = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(home, name, "env.json")));
        JsonElement engines = lab.RootElement.GetProperty("engines");
        return $$"""
            version: 1
            hosts:
              local: { endpoint: "{{engines[0].GetProperty("endpoint")}}" }
              milan: { endpoint: "{{engines[1].GetProperty("endpoint")}}", sshConfigFile: "{{lab.RootElement.GetProperty("ssh").GetProperty("config")}}" }
            instances:
            {{string.Join('\n', started.Select(instance => $"  {instance}: {{}}"))}}

            """;
    }

    private async Task RunAsync(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo("tests/lab/lab", [command, "--name", name, .. arguments]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new AsterisellException("LabFailed", ErrorKind.CommandFailed, "", $"lab {command} ended with {process.ExitCode}.");
        }
    }
}
