using System.Diagnostics;

namespace Asterisell.Tests.Integration.Update;

/// <summary>A change of the configuration alone.</summary>
public class ConfigurationUpdateTests
{
    [Fact]
    public async Task TouchesNothingButTheFilesConcerned()
    {
        await using UpdateLab lab = await UpdateLab.StartAsync();
        var options = lab.Options with { Scope = UpdateScope.Configuration, SafetyDestination = null };
        Assert.Equal("UpgradeJobsNeedApplication", (await Assert.ThrowsAnyAsync<AsterisellException>(() => lab.UpdateAsync(options))).ErrorId);
        Assert.Equal(OperationStatus.Succeeded, (await lab.UpdateAsync(options, change: WithoutJobs)).Status);
        string before = await InodesAsync(lab);
        string processes = await ProcessesAsync(lab);
        long start = Stopwatch.GetTimestamp();

        UpdateResult result = await lab.UpdateAsync(options, change: settings => WithoutJobs(settings) with { Display = settings.Display with { CallsPerPage = 41 } });

        TimeSpan took = Stopwatch.GetElapsedTime(start);
        Assert.Equal([$"{lab.Admin}/apps/asterisell/config/app.yml"], result.ConfigurationFiles);
        string[] changed = [.. (await InodesAsync(lab)).Split('\n').Except(before.Split('\n')).Select(line => line.Split(' ')[0])];
        Assert.Equal([$"{lab.Admin}/apps/asterisell/config/app.yml", $"{lab.User}/apps/asterisell/config/app.yml"], changed);
        Assert.Equal(processes, await ProcessesAsync(lab));
        Assert.Null(result.Downtime);
        Assert.Contains("how_many_calls_in_call_report: 41", await lab.Lab.ExecAsync("cat", $"{lab.User}/apps/asterisell/config/app.yml"), StringComparison.Ordinal);
        Assert.True(took < TimeSpan.FromSeconds(20), $"It took {took}.");
        await lab.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task PutsBackWhatNginxRefuses()
    {
        await using UpdateLab lab = await UpdateLab.StartAsync();
        string before = await lab.StateAsync();

        AsterisellException failure = await Assert.ThrowsAnyAsync<AsterisellException>(() => lab.UpdateAsync(
            lab.Options with { Scope = UpdateScope.Configuration }, change: settings => WithoutJobs(settings) with { Web = settings.Web with { ListenAddress = "203.0.113.9" } }));

        Assert.True(failure.ErrorId == "WebServerRefusedConfiguration", failure.ToString());
        Assert.Equal(before, await lab.StateAsync());
        await lab.AssertNothingLeftAsync();
    }

    private static InstanceSettings WithoutJobs(InstanceSettings settings) => settings with { Jobs = new JobSettings() };

    /// <summary>Files with inode, times of content and of status; without those that are mounts of the engine.</summary>
    private static Task<string> InodesAsync(UpdateLab lab) => lab.Lab.ExecAsync("bash", "-c", $$"""
        find {{lab.Admin}} {{lab.User}} /etc \( -path '*/cache' -o -path '*/log' -o -path /etc/hosts -o -path /etc/hostname -o -path /etc/resolv.conf \) -prune -o -type f -printf '%p %i %T@ %C@\n' | sort
        """);

    private static async Task<string> ProcessesAsync(UpdateLab lab) => await lab.Lab.ExecAsync("bash", "-c", "echo $(pgrep -x mariadbd) $(pgrep -o nginx) $(pgrep -o php-fpm) $(pgrep -x sshd | head -1)");
}
