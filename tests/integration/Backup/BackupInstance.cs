using Asterisell.Engine.Backup;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;
using Asterisell.Tests.Integration.Lab;

namespace Asterisell.Tests.Integration.Backup;

/// <summary>A stand-in instance with a destination of its own, and what a test does to either behind the product's back.</summary>
internal sealed class BackupInstance : IAsyncDisposable
{
    private readonly DockerConnector _connector;
    private readonly LabInstance _lab;

    private BackupInstance(LabInstance lab, DockerConnector connector, IInstance instance, string destination)
    {
        (_lab, _connector, Instance, Destination) = (lab, connector, instance, destination);
    }

    public IInstance Instance { get; }

    /// <summary>Folder of this test alone.</summary>
    public string Destination { get; }

    public string Name => Instance.Definition.Name;

    /// <summary>Folder of this instance's snapshots.</summary>
    public string Folder => Path.Combine(Destination, Instance.Definition.HostName, Name);

    public static Task<BackupInstance> StartAsync(string engine = "local", params string[] options) => StartAsync(null, engine, options);

    /// <summary>One on "milan" that the product reaches through another host.</summary>
    public static Task<BackupInstance> StartBehindAsync(AsterisellHost host, params string[] options) => StartAsync(host, "milan", options);

    private static async Task<BackupInstance> StartAsync(AsterisellHost? host, string engine, string[] options)
    {
        TestLab lab = await TestLab.GetAsync();
        string name = $"backup-{Guid.NewGuid():N}"[..20];
        LabInstance started = await lab.StartInstanceAsync(name, engine, ["--no-cron", .. options]);
        DockerConnector connector = new();
        IInstance instance = await new InstanceOpener(connector).OpenAsync(
            started.Definition with { Host = host ?? started.Definition.Host }, CancellationToken.None);
        string destination = Directory.CreateTempSubdirectory("asterisell-backup-").FullName;
        return new BackupInstance(started, connector, instance, destination);
    }

    /// <summary>Makes a backup.</summary>
    public Task<AsterisellBackup> BackUpAsync(string? destination = null, int streams = 2, CancellationToken cancellation = default) =>
        new InstanceBackup(TimeProvider.System).MakeAsync(Instance, new BackupOptions(destination ?? Destination) { Streams = streams }, null, cancellation);

    /// <summary>Makes a backup that must fail; nothing of it may be visible.</summary>
    public async Task<AsterisellException> FailToBackUpAsync(string? destination = null)
    {
        string folder = Path.Combine(destination ?? Destination, Instance.Definition.HostName, Name);
        string[] before = Entries(folder);
        AsterisellException failure = await Assert.ThrowsAsync<AsterisellException>(() => BackUpAsync(destination));
        Assert.Equal(before, Entries(folder));
        return failure;
    }

    /// <summary>What is in the instance's folder, the lock file left out.</summary>
    public static string[] Entries(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)!).Where(name => name != ".lock").Order(StringComparer.Ordinal)]
        : [];

    public static Task<BackupVerdict> TestAsync(AsterisellBackup backup, BackupTestLevel level = BackupTestLevel.Content) =>
        new BackupVerifier(TimeProvider.System).TestAsync(backup, level, null, CancellationToken.None);

    /// <summary>Runs a program in the container behind the product's back.</summary>
    public Task<string> ExecAsync(params string[] arguments) => _lab.ExecAsync(arguments);

    /// <summary>A file below the admin directory.</summary>
    public Task<string> ReadAsync(string path) => ExecAsync("cat", $"{Instance.Definition.AdminDirectory}/{path}");

    /// <summary>Runs SQL as root; rows come as tab-separated lines.</summary>
    public async Task<string[]> SqlAsync(string sql, string? database = null) =>
        (await ExecAsync("mysql", "-uroot", $"-pdb-password-of-{Name}", "--batch", "--skip-column-names", "-e", sql, database ?? Name))
        .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public Task<string> DockerAsync(params string[] arguments) => _lab.DockerAsync(arguments);

    public Task FaultAsync(string fault, bool on = true) => _lab.FaultAsync(fault, on);

    /// <summary>Programs of a backup that run in the container.</summary>
    public async Task<string[]> ProgramsAsync() =>
        [.. (await ExecAsync("bash", "-c", "ps -eo args | grep -E '^(mysqldump|mariadb-dump|mysql|mariadb|tar|find|dd|gzip) ' || true"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    public async ValueTask DisposeAsync()
    {
        await _connector.DisposeAsync();
        await _lab.DisposeAsync();
        Directory.Delete(Destination, recursive: true);
    }
}
