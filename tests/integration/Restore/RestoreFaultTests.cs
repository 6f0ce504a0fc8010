using Asterisell.Engine.Backup.Restore;
using Asterisell.Engine.Backup.Transfer;
using Asterisell.Tests.Integration.Backup;

namespace Asterisell.Tests.Integration.Restore;

/// <summary>The instance's disk fills up, or its container dies, in the middle of a restore and of a copy.</summary>
public sealed class RestoreFaultTests(RestoreFaultTests.Pair pair) : IClassFixture<RestoreFaultTests.Pair>
{
    private static readonly RestoreOptions DatabaseOnly = new() { Include = RestoreContent.Database };

    private readonly BackupInstance _source = pair.Source;
    private readonly BackupInstance _destination = pair.Destination;

    [Theory]
    [InlineData("restore")]
    [InlineData("copy")]
    public async Task PutsEverythingBackWhenTheDiskFillsUp(string how)
    {
        string before = await _destination.StateAsync();
        // The new database lies on a small file system from its first moment on.
        Task moved = _destination.ExecAsync("bash", "-ec", $"""
            cd /var/lib/mysql; name=$(ls -d backup@*) name=$name"__restore"
            for ((i = 0; i < 2000000; i++)); do [ -d "$name" ] && break; done
            mv "$name" /var/tmp/small && ln -s /var/tmp/small "$name"
            """);

        AsterisellException failure = await Assert.ThrowsAnyAsync<AsterisellException>(() => BringAsync(how, new StepLog()));

        await moved;
        Assert.Equal(ErrorKind.ResourceExhausted, failure.Kind);
        Assert.Equal(before, await _destination.StateAsync());
        await AssertCleanAsync();
    }

    [Theory]
    [InlineData("restore", "Judge")]
    [InlineData("copy", "Judge")]
    public async Task PutsEverythingBackWhenTheContainerDies(string how, string step)
    {
        string before = await _destination.StateAsync();
        StepLog log = new(begun =>
        {
            if (begun == step)
            {
                _destination.DockerAsync("kill", _destination.Name).GetAwaiter().GetResult();
            }
        });

        AsterisellException failure = await Assert.ThrowsAnyAsync<AsterisellException>(() => BringAsync(how, log));
        await _destination.DockerAsync("start", _destination.Name);
        string? recovered = await RecoverAsync();

        Assert.Equal("RestoreNotUndone", failure.ErrorId);
        Assert.Contains($"Restore-AsterisellData {_destination.Instance.Definition} -Recover", failure.Message, StringComparison.Ordinal);
        Assert.Contains("the data from before were put back", recovered, StringComparison.Ordinal);
        Assert.Equal(before, await _destination.StateAsync());
        await AssertCleanAsync();
    }

    private async Task BringAsync(string how, StepLog log)
    {
        if (how == "copy")
        {
            await new InstanceCopy(TimeProvider.System).CopyAsync(_source.Instance, _destination.Instance, DatabaseOnly, log, null, default);
        }
        else
        {
            await new InstanceRestore(TimeProvider.System).RestoreAsync(_destination.Instance, pair.Backup, DatabaseOnly, log, null, default);
        }
    }

    /// <summary>What an operator does when the container is there again; its database takes a moment.</summary>
    private async Task<string?> RecoverAsync()
    {
        await _destination.ExecAsync("bash", "-c", $"for i in $(seq 150); do mysql -uroot -pdb-password-of-{_destination.Name} -e 'SELECT 1' >/dev/null 2>&1 && exit 0; sleep 0.2; done; exit 1");
        return await InstanceRestore.RecoverAsync(_destination.Instance, CancellationToken.None);
    }

    private async Task AssertCleanAsync()
    {
        Assert.Equal("0", Assert.Single(await _destination.SqlAsync("SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME LIKE '%\\_\\_%'")));
        Assert.Equal("", await _destination.ExecAsync("bash", "-c", "ls /var/lib/asterisell-restore; ls /var/tmp/small 2>/dev/null || true"));
        Assert.False((await _destination.Instance.Application.GetLocksAsync(CancellationToken.None)).WebLocked);
    }

    /// <summary>One with many calls, its backup, and one with few that has a small disk beside its own.</summary>
    public sealed class Pair : IAsyncLifetime
    {
        internal BackupInstance Source { get; private set; } = null!;

        internal BackupInstance Destination { get; private set; } = null!;

        internal AsterisellBackup Backup { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Source = await BackupInstance.StartAsync("local", "--cdrs", "15000", "--months", "2");
            Destination = await BackupInstance.StartAsync("local", "--cdrs", "100", "--months", "1", "--fault", "disk-full=9m");
            Backup = await Source.BackUpAsync();
        }

        public async Task DisposeAsync()
        {
            await Source.DisposeAsync();
            await Destination.DisposeAsync();
        }
    }
}
