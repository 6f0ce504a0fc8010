using System.Text.Json;

namespace Asterisell.Tests.Integration.Lab;

/// <summary>
/// The lab the tests run on. <c>ASTERISELL_LAB_NAME</c> names one that is up already (build.sh shares one between suites); otherwise
/// the first test brings one up that is owned by this process and goes down with it, however the process ends.
/// </summary>
public sealed class TestLab
{
    private static readonly Lazy<Task<TestLab>> Shared = new(StartAsync);

    private readonly JsonElement _environment;

    private TestLab(string name, JsonElement environment)
    {
        Name = name;
        _environment = environment;
    }

    /// <summary>The lab of this test run.</summary>
    public static Task<TestLab> GetAsync() => Shared.Value;

    /// <summary>Name for <c>tests/lab/lab</c>.</summary>
    public string Name { get; }

    /// <summary>Image of a stand-in instance.</summary>
    public string Image => Text("image");

    /// <summary>Small image that only sleeps.</summary>
    public string LightImage => Text("lightImage");

    /// <summary>State folder: sockets, keys, known hosts.</summary>
    public string StateFolder => Text("state");

    /// <summary>OpenSSH client configuration that knows the host <c>milan</c>.</summary>
    public string SshConfigFile => _environment.GetProperty("ssh").GetProperty("config").GetString()!;

    /// <summary>The engine on a unix socket.</summary>
    public AsterisellHost Local => Host("local");

    /// <summary>The engine behind a real sshd on loopback.</summary>
    public AsterisellHost Milan => Host("milan") with { SshConfigFile = SshConfigFile };

    /// <summary>A raw value of the lab's <c>env.json</c>, for what has no member here.</summary>
    public JsonElement Environment => _environment;

    /// <summary>Runs <c>tests/lab/lab COMMAND --name THIS …</c>; its output is returned, a failure throws with what it said.</summary>
    public Task<string> RunAsync(string command, params string[] arguments) => LabCommand.RunAsync([command, "--name", Name, .. arguments]);

    /// <summary>Starts an instance, waits for nothing but its container, and removes it at the end of the test.</summary>
    public async Task<LabInstance> StartInstanceAsync(string name, string engine = "local", params string[] options)
    {
        await RunAsync("run", [engine, name, .. options]);
        return new LabInstance(this, engine, name);
    }

    private static async Task<TestLab> StartAsync()
    {
        string? name = System.Environment.GetEnvironmentVariable("ASTERISELL_LAB_NAME");
        if (string.IsNullOrEmpty(name))
        {
            name = $"test-{System.Environment.ProcessId}";
            await LabCommand.RunAsync(["up", "--name", name, "--owner", $"{System.Environment.ProcessId}"]);
        }

        string home = System.Environment.GetEnvironmentVariable("ASTERISELL_LAB") ?? "/tmp/asterisell-lab";
        using FileStream file = File.OpenRead(Path.Combine(home, name, "env.json"));
        using JsonDocument document = await JsonDocument.ParseAsync(file);
        return new TestLab(name, document.RootElement.Clone());
    }

    private string Text(string property) => _environment.GetProperty(property).GetString()!;

    private AsterisellHost Host(string name)
    {
        JsonElement engine = _environment.GetProperty("engines").EnumerateArray().Single(e => e.GetProperty("name").GetString() == name);
        return new AsterisellHost { Name = name, Endpoint = new Uri(engine.GetProperty("endpoint").GetString()!) };
    }
}
