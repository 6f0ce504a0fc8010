using Asterisell.Engine.Backup.Capture;
using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Backup.Restore;

/// <summary>One replacement of data at a time in an instance: the server drops its lock when the session ends, however it ends.</summary>
internal static class ReplacementGuard
{
    /// <summary>The client of a run that was killed ends when its statement does; until then it holds the lock.</summary>
    private const int SecondsToWait = 10;

    /// <summary>Takes the lock for as long as the session lives.</summary>
    /// <exception cref="AsterisellException"><c>RestoreAlreadyRunning</c>.</exception>
    public static async Task TakeAsync(IInstance instance, ClientSession session, CancellationToken cancellation)
    {
        IReadOnlyList<string[]> answer = await session
            .AskAsync($"SELECT IFNULL(GET_LOCK('asterisell-replacement', {SecondsToWait}), 0)", cancellation).ConfigureAwait(false);
        if (answer is not [["1"]])
        {
            throw RestoreErrors.RestoreAlreadyRunning(instance.Definition);
        }
    }
}
