using Asterisell.Engine.Deployment.Update.Phases;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Update;

/// <summary>The phases of an update in their order.</summary>
internal static class UpdateSteps
{
    /// <summary>All phases after the preflight.</summary>
    public static IEnumerable<IUpdateWork> Of(UpdateWorld world, IDataCheckpoint checkpoint) =>
        world.Journal.WithApplication ? OfApplication(world, checkpoint) : OfConfiguration(world);

    /// <summary>What is going to be done, for who asks beforehand.</summary>
    public static IEnumerable<string> Describe(UpdateOptions options)
    {
        bool application = options.Scope.HasFlag(UpdateScope.Application);
        yield return "Compare what runs with what is wanted; test disk and health";
        if (!application)
        {
            yield return "Write the configuration files that differ, have nginx and MariaDB test theirs, reload the services concerned";
            yield return "Test the instance; put everything back where that fails";
            yield break;
        }

        yield return "Compile the rate engine where its sources differ, bring the files that differ, copy the present ones; customers and jobs go on";
        yield return "Wait for its jobs, lock them";
        yield return $"Back the data up into {options.SafetyDestination ?? "the folder of its backups"} and test that backup; customers are still in";
        yield return "Keep customers out";
        yield return options.Scope.HasFlag(UpdateScope.Configuration)
            ? "Put new files in their place and write the configuration; nginx and MariaDB test theirs"
            : "Put new files in their place, and app.yml, which names the upgrade jobs";
        yield return "Activate the application, apply upgrade jobs and judge them, reload services one by one";
        yield return "Test services, pages, database, a job pass and the calls";
        yield return options.NoRollback
            ? "Unlock what was not locked before; leave everything as it is where a phase fails"
            : "Unlock what was not locked before; put everything back, the database included, where a phase fails";
    }

    private static IEnumerable<IUpdateWork> OfApplication(UpdateWorld world, IDataCheckpoint checkpoint)
    {
        if (world.Wanted.RateEngine is not null)
        {
            yield return new BuildPhase(world);
        }

        yield return new StagePhase(world);
        yield return new DrainPhase(world);
        yield return new CheckpointPhase(world, checkpoint);
        yield return new LockPhase(world);
        yield return new SyncPhase(world);
        yield return new ConfigurationPhase(world);
        yield return new ActivatePhase(world);
        yield return new UserInstancePhase(world);
        yield return new UpgradeJobsPhase(world);
        yield return new ReloadPhase(world);
        yield return new HealthPhase(world);
        yield return new UnlockPhase(world);
        yield return new FinishPhase(world);
    }

    /// <summary>Nothing is locked, because nothing is interrupted; but for MariaDB's own options, which want it to start anew.</summary>
    private static IEnumerable<IUpdateWork> OfConfiguration(UpdateWorld world)
    {
        bool restarts = world.Journal.CronLocked is not null || world.Wanted.Differing.Any(one => one.File.Effect == DriftEffect.DatabaseRestart);
        if (restarts)
        {
            yield return new DrainPhase(world);
            yield return new LockPhase(world);
        }

        yield return new ConfigurationPhase(world);
        yield return new PublishPhase(world);
        yield return new ReloadPhase(world);
        yield return new HealthPhase(world);
        if (restarts)
        {
            yield return new UnlockPhase(world);
        }

        yield return new FinishPhase(world);
    }
}
