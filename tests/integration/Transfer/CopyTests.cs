using Asterisell.Engine.Backup.Restore;
using Asterisell.Engine.Backup.Sanitize;
using Asterisell.Engine.Backup.Transfer;
using Asterisell.Tests.Integration.Backup;
using Asterisell.Tests.Integration.Restore;

namespace Asterisell.Tests.Integration.Transfer;

/// <summary>Copies between two instances on two hosts, one of them behind ssh.</summary>
public sealed class CopyTests(CopyTests.Pair pair) : IClassFixture<CopyTests.Pair>
{
    private static readonly RestoreOptions Plain = new() { Include = RestoreContent.Database };

    private readonly BackupInstance source = pair.Source;
    private readonly BackupInstance destination = pair.Destination;

    [Fact]
    public async Task BringsEveryRowAndLeavesTheSourceAsItIs()
    {
        await source.ExecAsync("bash", "-c", $"echo logo > {source.Instance.Definition.AdminDirectory}/web/uploads/copied.png");
        string before = await source.StateAsync();
        string appYml = await destination.ReadAsync("apps/asterisell/config/app.yml");

        CopyResult result = await CopyAsync(new RestoreOptions { Include = RestoreContent.Database | RestoreContent.Uploads, SafetyDestination = destination.Destination });

        Assert.Equal(before, await source.StateAsync());
        Assert.Equal(await RowsAsync(source), await RowsAsync(destination));
        Assert.Equal("logo\n", await destination.ReadAsync("web/uploads/copied.png"));
        Assert.Equal(appYml, await destination.ReadAsync("apps/asterisell/config/app.yml"));
        Assert.Equal($"{destination.Name}@localhost", Assert.Single(await destination.SqlAsync($"SELECT DISTINCT DEFINER FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = '{destination.Name}'")));
        await destination.SqlAsync("UPDATE ar_rate SET source_data_file = 'changed' WHERE id = 1");
        Assert.Equal(["0"], await destination.SqlAsync("SELECT was_compiled FROM ar_rate WHERE id = 1"));
        Assert.True(result.RowCount > 1500, $"{result.RowCount} rows");
        Assert.Equal(source.Instance.Definition.ToString(), result.Source);
        Assert.InRange(result.SourceMoment!.Value, result.StartedAt, result.StartedAt + result.Duration);
        Assert.Equal(destination.Destination, Path.GetFullPath(Path.Combine(result.SafetyBackup!, "..", "..", "..")));
        Assert.Empty(Directory.GetFiles(source.Destination, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task MasksOnTheWayAndCannotReachTheWorld()
    {
        string app = await destination.ReadAsync("apps/asterisell/config/app.yml");
        Assert.Contains("smtp-password-of-", app, StringComparison.Ordinal);

        CopyResult result = await CopyAsync(Plain with { Sanitize = new SanitizeOptions() });

        string dump = await destination.ExecAsync("mysqldump", "-uroot", $"-pdb-password-of-{destination.Name}", "--routines", destination.Name);
        Assert.DoesNotContain("@example.com", dump, StringComparison.Ordinal);
        Assert.DoesNotContain("Söhne", dump, StringComparison.Ordinal);
        Assert.DoesNotContain("asterisell_mask", dump, StringComparison.Ordinal);
        Assert.Contains("compile_rate_trigger", dump, StringComparison.Ordinal);
        Assert.Equal(["2"], await destination.SqlAsync("SELECT COUNT(*) FROM ar_user WHERE password = '*'"));
        const string Sums = "SELECT DATE(calldate), COUNT(*), SUM(income), SUM(cost), SUM(billsec) FROM ar_cdr GROUP BY 1 ORDER BY 1";
        Assert.Equal(await source.SqlAsync(Sums), await destination.SqlAsync(Sums));
        Assert.DoesNotContain("smtp-password-of-", await destination.ReadAsync("apps/asterisell/config/app.yml"), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "smtp-password-of-", await destination.ExecAsync("cat", $"{destination.Instance.Definition.UserDirectory}/apps/asterisell/config/app.yml"), StringComparison.Ordinal);
        ApplicationLocks locks = await destination.Instance.Application.GetLocksAsync(default);
        Assert.True(locks.CronLocked);
        Assert.False(locks.WebLocked);
        Assert.Contains("ar_party.email", result.Sanitized!.MaskedColumns);
        Assert.Contains("its jobs stay locked", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("source")]
    [InlineData("cancel")]
    [InlineData("unknown column")]
    public async Task LeavesTheDestinationAsItWasWhenItFails(string how)
    {
        string before = await destination.StateAsync();
        ApplicationLocks locks = await destination.Instance.Application.GetLocksAsync(default);
        using CancellationTokenSource stop = new();
        RestoreOptions options = Plain;
        StepLog log = new(step =>
        {
            if (step == "Load" && how == "source")
            {
                source.DockerAsync("kill", source.Name).GetAwaiter().GetResult();
            }
            else if (step == "Compare" && how == "cancel")
            {
                stop.Cancel();
            }
        });
        if (how == "unknown column")
        {
            await source.SqlAsync("ALTER TABLE ar_party ADD nickname VARCHAR(10)");
            options = Plain with { Sanitize = new SanitizeOptions() };
        }

        try
        {
            Exception? failure = await Record.ExceptionAsync(() => new InstanceCopy(TimeProvider.System)
                .CopyAsync(source.Instance, destination.Instance, options, log, null, stop.Token));

            Assert.NotNull(failure);
            Assert.Equal(how == "cancel", failure is OperationCanceledException);
            Assert.Equal(how == "unknown column", failure is AsterisellException { ErrorId: "SanitizeColumnUnknown" });
        }
        finally
        {
            if (how == "source")
            {
                await pair.RestartSourceAsync();
            }
            else if (how == "unknown column")
            {
                await source.SqlAsync("ALTER TABLE ar_party DROP nickname");
            }
        }

        Assert.Equal(before, await destination.StateAsync());
        Assert.Equal(locks, await destination.Instance.Application.GetLocksAsync(default));
        Assert.Equal(["0"], await destination.SqlAsync("SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME LIKE '%\\_\\_restore' OR SCHEMA_NAME LIKE '%\\_\\_before'"));
    }

    [Fact]
    public async Task RefusesItselfAndFilesThatCannotBeMasked()
    {
        InstanceCopy copy = new(TimeProvider.System);
        AsterisellException itself = await Assert.ThrowsAsync<AsterisellException>(
            () => copy.CopyAsync(source.Instance, source.Instance, Plain, new StepLog(), null, default));
        Assert.Equal("CopyOntoItself", itself.ErrorId);

        AsterisellException files = await Assert.ThrowsAsync<AsterisellException>(
            () => CopyAsync(new RestoreOptions { Include = RestoreContent.Database | RestoreContent.Uploads, Sanitize = new SanitizeOptions() }));
        Assert.Equal("SanitizeDatabaseOnly", files.ErrorId);

        string version = await source.ReadAsync("VERSION");
        await source.ExecAsync("bash", "-c", $"printf Asterisell-5.10 > {source.Instance.Definition.AdminDirectory}/VERSION");
        AsterisellException newer = await Assert.ThrowsAsync<AsterisellException>(() => CopyAsync(Plain));
        await source.ExecAsync("bash", "-c", $"printf %s '{version}' > {source.Instance.Definition.AdminDirectory}/VERSION");
        Assert.Equal("CopySourceNewer", newer.ErrorId);
    }

    private Task<CopyResult> CopyAsync(RestoreOptions options) =>
        new InstanceCopy(TimeProvider.System).CopyAsync(source.Instance, destination.Instance, options, new StepLog(), null, default);

    /// <summary>The checksum of every table that the application does not write by itself.</summary>
    private static async Task<string[]> RowsAsync(BackupInstance lab)
    {
        string[] tables = await lab.SqlAsync(
            $"SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = '{lab.Name}' AND TABLE_TYPE <> 'VIEW' AND TABLE_NAME NOT IN ('ar_check_upgrade_script', 'ar_current_problem', 'ar_lock') ORDER BY 1");
        return [.. (await lab.SqlAsync($"CHECKSUM TABLE {string.Join(", ", tables)}")).Select(line => line[(line.IndexOf('.', StringComparison.Ordinal) + 1)..])];
    }

    /// <summary>A source on this machine's engine and a destination on the one behind ssh.</summary>
    public sealed class Pair : IAsyncLifetime
    {
        internal BackupInstance Source { get; private set; } = null!;

        internal BackupInstance Destination { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Source = await BackupInstance.StartAsync("local", "--cdrs", "3000", "--months", "3");
            Destination = await BackupInstance.StartAsync("milan", "--cdrs", "100");
        }

        /// <summary>Starts the killed source and waits for its database.</summary>
        internal async Task RestartSourceAsync()
        {
            await Source.DockerAsync("start", Source.Name);
            await Source.ExecAsync("bash", "-c", $"for i in $(seq 100); do mysql -uroot -pdb-password-of-{Source.Name} -e 'SELECT 1' >/dev/null 2>&1 && exit 0; sleep 0.2; done; exit 1");
        }

        public async Task DisposeAsync()
        {
            await Source.DisposeAsync();
            await Destination.DisposeAsync();
        }
    }
}
