using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Instances;

/// <summary>Reads how an instance is: one inspection of its container and one exec in it, side by side.</summary>
public sealed class StatusCollector
{
    private static readonly TimeSpan UsualLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ExactLimit = TimeSpan.FromMinutes(10);

    private readonly AsterisellInstance _instance;
    private readonly IDockerEngine _docker;
    private readonly InstanceProbe _probe;
    private readonly TimeProvider _clock;

    internal StatusCollector(AsterisellInstance instance, IDockerEngine docker, InstanceProbe probe, TimeProvider clock) =>
        (_instance, _docker, _probe, _clock) = (instance, docker, probe, clock);

    /// <summary>The status. A container that is stopped or missing has one too; only an engine that cannot be reached is an error.</summary>
    /// <exception cref="AsterisellException">The Docker engine cannot be asked.</exception>
    public async Task<InstanceStatus> ReadAsync(StatusOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        DateTimeOffset asked = _clock.GetUtcNow();
        using var together = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task<ContainerDetail?> inspecting = _docker.FindContainerAsync(_instance.ContainerName, together.Token);
        Task<StatusFacts> asking = AskAsync(options, together.Token);
        try
        {
            ContainerDetail? container = await inspecting.ConfigureAwait(false);
            (StatusFacts? facts, AsterisellException? failure) = await SettleAsync(asking).ConfigureAwait(false);
            DateTimeOffset now = _clock.GetUtcNow();
            InstanceStatus bare = new()
            {
                Name = _instance.Name, HostName = _instance.HostName, ReadAt = asked, Container = ContainerReader.Read(container, now),
            };
            InstanceStatus full = facts is null || !bare.Container.IsRunning
                ? bare with { Unread = Silence(bare.Container, failure) }
                : Fill(bare, facts, options.Exact, options.HostPlannedBytes);
            return StatusJudge.Judge(full, TimeSpan.FromMinutes(_instance.Settings.Jobs.FrequencyMinutes));
        }
        catch
        {
            await together.CancelAsync().ConfigureAwait(false);
            await ((Task)asking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    /// <summary>How the two web applications answer, without the rest: one exec, and no question to the database.</summary>
    /// <exception cref="AsterisellException">The container cannot be asked.</exception>
    public async Task<WebStatus> ReadWebAsync(CancellationToken cancellation)
    {
        DateTimeOffset asked = _clock.GetUtcNow();
        ProbeResult result = await _probe.RunAsync(StatusScript.Web, WebServer, null, UsualLimit, cancellation).ConfigureAwait(false);
        return WebReader.Read(new StatusFacts(_instance, result, asked, _clock.GetUtcNow()));
    }

    private string[] WebServer => [_instance.Settings.Web.Domain, _instance.Settings.Web.ListenAddress ?? "127.0.0.1"];

    private async Task<StatusFacts> AskAsync(StatusOptions options, CancellationToken cancellation)
    {
        DateTimeOffset asked = _clock.GetUtcNow();
        var heard = new HeardAt(_clock);
        TimeSpan limit = options.Limit ?? (options.Exact ? ExactLimit : UsualLimit);
        ProbeResult result = await _probe.RunAsync(
            StatusScript.Text,
            WebServer,
            StatusQueries.Create(options.Exact),
            limit,
            cancellation,
            heard.Note).ConfigureAwait(false);
        return new StatusFacts(_instance, result, asked, heard.At ?? _clock.GetUtcNow());
    }

    private static async Task<(StatusFacts? Facts, AsterisellException? Failure)> SettleAsync(Task<StatusFacts> asking)
    {
        try
        {
            return (await asking.ConfigureAwait(false), null);
        }
        catch (AsterisellException failure)
        {
            return (null, failure);
        }
    }

    private static IReadOnlyList<UnreadPart> Silence(ContainerStatus container, AsterisellException? failure) => container.IsRunning
        ? [new UnreadPart("*", failure?.ErrorId ?? "AnswerIncomplete", failure?.Reason ?? "The instance did not answer.")]
        : [];

    internal static InstanceStatus Fill(InstanceStatus bare, StatusFacts facts, bool exact, long? hostPlanned = null)
    {
        ClockStatus? clock = facts.Part(nameof(InstanceStatus.Clock), () => ClockReader.Read(facts));
        LockStatus? locks = facts.Part(nameof(InstanceStatus.Locks), () => JobReader.ReadLocks(facts));
        IReadOnlyList<ServiceStatus>? services = facts.Part(nameof(InstanceStatus.Services), () => ServiceMatcher.Read(facts.Answer));
        if (services is null)
        {
            facts.Miss(nameof(InstanceStatus.Services), nameof(InstanceErrors.SupervisorNotFound), "The container has no configuration of supervisord.");
        }

        InstanceStatus full = bare with
        {
            Services = services ?? [],
            Database = facts.Part(nameof(InstanceStatus.Database), () => DatabaseReader.Read(facts, exact)),
            Web = facts.Part(nameof(InstanceStatus.Web), () => WebReader.Read(facts)),
            Locks = locks,
            Jobs = facts.Part(nameof(InstanceStatus.Jobs), () => JobReader.ReadJobs(facts, locks ?? new LockStatus())),
            Calls = facts.Part(nameof(InstanceStatus.Calls), () => CallFlowReader.Read(facts)),
            Problems = facts.Part(nameof(InstanceStatus.Problems), () => JobReader.ReadProblems(facts)),
            Memory = facts.Part(nameof(InstanceStatus.Memory), () => MemoryReader.Read(facts, hostPlanned)),
            Disk = facts.Part(nameof(InstanceStatus.Disk), () => DiskReader.Read(facts)),
            Logs = facts.Part(nameof(InstanceStatus.Logs), () => LogRotationReader.Read(facts)),
            PackageUpdateCutOff = facts.Answer.Find("packages-cut") is not null,
            Application = facts.Part(nameof(InstanceStatus.Application), () => VersionReader.Read(facts)),
            OwnBackups = facts.Part(nameof(InstanceStatus.OwnBackups), () => OwnBackupReader.Read(facts)),
            Clock = clock,
        };
        return full with { Unread = facts.Unread };
    }

    /// <summary>When the first word came: the clock that is compared with ours was read just before.</summary>
    private sealed class HeardAt(TimeProvider clock)
    {
        public DateTimeOffset? At { get; private set; }

        public void Note() => At ??= clock.GetUtcNow();
    }
}
