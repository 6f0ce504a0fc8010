using Asterisell.Engine.Backup.Restore;
using Asterisell.Engine.Deployment.Update;
using Asterisell.Engine.Docker;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Inventory.Secrets;
using Asterisell.Engine.Operations;
using Asterisell.Engine.Repository;
using Asterisell.Tests.Integration.Backup;
using Asterisell.Tests.Integration.Lab;
using Asterisell.Tests.Integration.Restore;

namespace Asterisell.Tests.Integration.Update;

/// <summary>An instance of release 5.8, and a checkout of 5.9 that it is updated from.</summary>
internal sealed class UpdateLab : IAsyncDisposable
{
    /// <summary>Upgrade jobs of release 5.9.</summary>
    public static readonly string[] NewJobs = ["Upgrade_2026_03_01", "UpgradeTexts_2026_03_01"];

    private readonly DockerConnector _connector = new();
    private readonly SecretResolver _secrets = new(new NoVault());

    private UpdateLab(BackupInstance lab, string checkout) => (Lab, Checkout) = (lab, checkout);

    public BackupInstance Lab { get; }

    public string Checkout { get; }

    public string Admin => $"/var/www/{Lab.Name}/admin";

    public string User => $"/var/www/{Lab.Name}/user";

    public static async Task<UpdateLab> StartAsync(params string[] options)
    {
        string checkout = Path.Combine(Directory.CreateTempSubdirectory("asterisell-checkout-").FullName, "checkout");
        Task<string> making = LabCommand.RunAsync(["checkout", checkout, "5.9"]);
        BackupInstance lab = await BackupInstance.StartAsync(options: ["--cdrs", "500", "--months", "2", .. options]);
        await making;
        return new UpdateLab(lab, checkout);
    }

    /// <summary>The instance as an inventory that knows of release 5.9 describes it.</summary>
    public async Task<IInstance> OpenAsync(Func<InstanceSettings, InstanceSettings>? change = null)
    {
        InstanceSettings settings = SettingsOf(Lab.Name, Checkout);
        return await new InstanceOpener(_connector).OpenAsync(
            Lab.Instance.Definition with { Settings = change is null ? settings : change(settings) }, CancellationToken.None);
    }

    public static InstanceSettings SettingsOf(string name, string checkout) => new()
    {
        Application = new ApplicationSettings { Source = checkout },
        Database = new DatabaseSettings
        {
            Name = name,
            User = name,
            Password = SecretReference.FromLiteral($"db-password-of-{name}"),
            CustomerPassword = SecretReference.FromLiteral($"usr-password-of-{name}"),
        },
        Jobs = new JobSettings { Upgrade = NewJobs },
    };

    public UpdateOptions Options => new() { SafetyDestination = Lab.Destination, HealthLimit = TimeSpan.FromSeconds(20) };

    public async Task<UpdateResult> UpdateAsync(
        UpdateOptions? options = null, UpdateTrace? trace = null, Func<InstanceSettings, InstanceSettings>? change = null, CancellationToken cancellation = default)
    {
        IInstance instance = await OpenAsync(change);
        return await Updater.UpdateAsync(instance, options ?? Options, trace ?? new UpdateTrace(instance.Definition), new Silence(), cancellation);
    }

    public async Task<UpdateResult> ResumeAsync()
    {
        IInstance instance = await OpenAsync();
        return await Updater.ResumeAsync(instance, Options, new UpdateTrace(instance.Definition), new Silence(), CancellationToken.None);
    }

    public async Task<UpdateResult> RollBackAsync()
    {
        IInstance instance = await OpenAsync();
        return await Updater.RollBackAsync(instance, Options, new UpdateTrace(instance.Definition), new Silence(), CancellationToken.None);
    }

    /// <summary>An update as a process of its own; each phase is a line.</summary>
    public static async Task<int> RunAsync(AsterisellHost host, string name, string checkout, string destination)
    {
        await using DockerConnector connector = new();
        using SecretResolver secrets = new(new NoVault());
        AsterisellInstance definition = new() { Name = name, Host = host, Settings = SettingsOf(name, checkout) };
        IInstance instance = await new InstanceOpener(connector).OpenAsync(definition, CancellationToken.None);
        var trace = new UpdateTrace(definition, Console.WriteLine);
        UpdateResult result = await new InstanceUpdate(secrets, new DataCheckpoint(TimeProvider.System), new RepositoryCheck(), TimeProvider.System)
            .UpdateAsync(instance, new UpdateOptions { SafetyDestination = destination }, trace, new Silence(), CancellationToken.None);
        Console.WriteLine(result.Message);
        return 0;
    }

    /// <summary>The same instance as it was first, in a new container.</summary>
    public Task StartAgainAsync() => LabCommand.RunAsync(
        ["run", "--name", Environment.GetEnvironmentVariable("ASTERISELL_LAB_NAME") ?? $"test-{Environment.ProcessId}", "local", Lab.Name, "--no-cron", "--cdrs", "500", "--months", "2"]);

    /// <summary>Everything that an undo must bring back: rows, objects, files with their owners, modes and times, and locks.</summary>
    public async Task<string> StateAsync() => await Lab.StateAsync() + "\n" + await FilesAsync() + "\n" + await LocksAsync();

    /// <summary>
    /// Files of both applications and of /etc. Every activation sets owners and modes of data and uploads anew; of those the content counts.
    /// </summary>
    public Task<string> FilesAsync() => Lab.ExecAsync("bash", "-c", $$"""
        cd / && find {{Admin[1..]}} {{User[1..]}} etc/nginx etc/my.cnf.d etc/php.ini etc/php-fpm.d/ etc/cron.d /var/www/{{Lab.Name}}/.asterisell-deployed \
          \( -path '*/cache' -o -path '*/log' -o -path '*/messages/archive' -o -path '*/messages/backup' -o -path '*/messages/tmp' \) -prune -o -type f -printf '%p %m %u:%g ' -exec sha256sum {} \; 2>/dev/null \
          | sed -E '/data_files|uploads/s/ [0-7]+ [a-z]+:[a-z]+ / /' | sort
        """);

    public async Task<string> LocksAsync()
    {
        ApplicationLocks locks = (await Lab.Instance.Application.GetActivityAsync(CancellationToken.None)).Locks;
        return $"cron {locks.CronLocked} web {locks.WebLocked}";
    }

    /// <summary>What no update may leave.</summary>
    public async Task AssertNothingLeftAsync()
    {
        Assert.Equal("", (await Lab.ExecAsync("bash", "-c", $"ls -A /var/lib/asterisell-update /var/lib/asterisell-restore 2>/dev/null | grep -v ':$' | grep . || true")).Trim());
        Assert.Equal("", (await Lab.ExecAsync("bash", "-c", $"ls {Admin}/REMOVE_ME* 2>/dev/null || true")).Trim());
        Assert.Equal("0", Assert.Single(await Lab.SqlAsync("SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME LIKE '%\\_\\_%'")));
    }

    /// <summary>Calls with their amounts.</summary>
    public async Task<string> CallsAsync() =>
        Assert.Single(await Lab.SqlAsync("SELECT COUNT(*), SUM(count_of_calls), SUM(income), SUM(cost), SUM(destination_type = 5), (SELECT COUNT(*) FROM ar_source_cdr) FROM ar_cdr"));

    public async ValueTask DisposeAsync()
    {
        _secrets.Dispose();
        await _connector.DisposeAsync();
        await Lab.DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(Checkout)!, recursive: true);
    }

    private InstanceUpdate Updater => new(_secrets, new DataCheckpoint(TimeProvider.System), new RepositoryCheck(), TimeProvider.System);

    internal sealed class Silence : IOperationProgress
    {
        public void Report(string value)
        {
        }

        public void Report(string step, int percent)
        {
        }
    }

    internal sealed class NoVault : ISecretSource
    {
        public Task<Secret?> FindInVaultAsync(string name, string? vault, CancellationToken cancellation) => Task.FromResult<Secret?>(null);

        public Task<Secret?> AskAsync(string question, CancellationToken cancellation) => Task.FromResult<Secret?>(null);
    }
}
