using System.Globalization;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Undo;

/// <summary>Rating calls again after a restore: scheduled by the application's own command, and proven by its parameters.</summary>
internal sealed class Rerating(IInstance instance)
{
    private const string Question =
        "SELECT scheduled_rerate_from_specific_calldate AS from_day, scheduled_rerate_from_official_calldate AS from_official, official_calldate AS official_at"
        + " FROM ar_params WHERE is_default = 1";

    /// <summary>From when calls will be rated again with the next pass; null where nothing is scheduled.</summary>
    private async Task<DateTime?> FindAsync(CancellationToken cancellation)
    {
        await foreach (SqlRow row in instance.Database.QueryAsync(Question, null, cancellation).ConfigureAwait(false))
        {
            DateTime? official = row.Whole("from_official") == 1 ? row.Time("official_at") ?? DateTime.MinValue : null;
            return (row.Time("from_day"), official) switch
            {
                ({ } specific, { } unbilled) => specific < unbilled ? specific : unbilled,
                var (specific, unbilled) => specific ?? unbilled,
            };
        }

        return null;
    }

    /// <summary>Schedules it.</summary>
    /// <param name="from">First day; null for the application's own choice, the calls that are not billed yet.</param>
    /// <param name="isEnough">Whether a rating that is scheduled already, by a trigger, will do.</param>
    /// <param name="what">What was restored, for a message: <c>the rate was restored</c>.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="AsterisellException"><c>RerateNotScheduled</c>.</exception>
    public async Task<DateTime?> ScheduleAsync(DateTime? from, Func<DateTime, bool> isEnough, string what, CancellationToken cancellation)
    {
        string[] arguments = from is { } day ? ["debug", "rerate", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)] : ["debug", "rerate"];
        string why;
        try
        {
            if (await FindAsync(cancellation).ConfigureAwait(false) is { } known && isEnough(known))
            {
                return known;
            }

            ApplicationRun run = await instance.Application.RunAsync(arguments, [], TimeSpan.FromMinutes(3), cancellation).ConfigureAwait(false);
            if (await FindAsync(cancellation).ConfigureAwait(false) is { } scheduled)
            {
                return scheduled;
            }

            why = InstanceErrors.OneLine(run.Outcome.ErrorText + run.Outcome.OutputText);
        }
        catch (AsterisellException failure)
        {
            why = failure.Reason;
        }

        throw UndoErrors.RerateNotScheduled(instance.Definition, what, why);
    }
}
