namespace Asterisell.Tests.Integration.Lab;

/// <summary>A stand-in instance that lives as long as its test.</summary>
public sealed class LabInstance(TestLab lab, string engine, string name) : IAsyncDisposable
{
    /// <summary>The instance as an inventory would describe it.</summary>
    public AsterisellInstance Definition { get; } =
        new() { Name = name, Host = engine == "milan" ? lab.Milan : lab.Local };

    /// <summary>Runs the docker client against the instance's engine, for what a test does behind the product's back.</summary>
    public Task<string> DockerAsync(params string[] arguments) => lab.RunAsync("docker", [engine, .. arguments]);

    /// <summary>Runs a program in the instance behind the product's back; its output is returned.</summary>
    public Task<string> ExecAsync(params string[] arguments) => DockerAsync(["exec", Definition.Name, .. arguments]);

    /// <summary>Switches one of the lab's faults.</summary>
    public Task FaultAsync(string fault, bool on = true) => lab.RunAsync("fault", engine, Definition.Name, fault, on ? "on" : "off");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await lab.RunAsync("rm", engine, Definition.Name);
}
