using Asterisell.Engine.Instances;

namespace Asterisell.Engine.Deployment.Update;

/// <summary>Keeps customers out of their application while it is exchanged.</summary>
/// <remarks>
/// The application's activation clones the admin application for the customers and deletes what that does not have, the lock of their web among
/// it: the old tool let customers in during the upgrade of the database. So the file is laid into the admin application too, where it means
/// nothing; then the clone brings it along, and there is no moment without it.
/// </remarks>
internal sealed class WebHold(IInstance instance)
{
    private const string Lock = "REMOVE_ME_FOR_ENABLING_ASTERISELL_APP";

    private const string Script = """
        umask 022
        case $3 in
          hold) : > "$1/$4" ;;
          release) rm -f -- "$1/$4" ;;
        esac
        """;

    /// <summary>Locks; again after what may have deleted the lock.</summary>
    /// <returns>True when it was locked.</returns>
    public async Task<bool> HoldAsync(CancellationToken cancellation)
    {
        await RunAsync("hold", cancellation).ConfigureAwait(false);
        return await instance.Application.SetWebLockAsync(true, cancellation).ConfigureAwait(false);
    }

    /// <summary>Locks again, and refuses where the lock does not stay.</summary>
    /// <exception cref="AsterisellException"><c>WebLockLost</c>.</exception>
    public async Task AssertAsync(string command, CancellationToken cancellation)
    {
        await HoldAsync(cancellation).ConfigureAwait(false);
        if (!await instance.Application.SetWebLockAsync(true, cancellation).ConfigureAwait(false))
        {
            throw UpdateErrors.WebLockLost(instance.Definition, command);
        }
    }

    /// <summary>Ends the hold; customers come in where they were in before.</summary>
    public async Task ReleaseAsync(bool wasLocked, CancellationToken cancellation)
    {
        await RunAsync("release", cancellation).ConfigureAwait(false);
        await instance.Application.SetWebLockAsync(wasLocked, cancellation).ConfigureAwait(false);
    }

    private Task<string> RunAsync(string what, CancellationToken cancellation) => UpdateScripts.RunAsync(
        instance, "the lock of the customers' web", Script, [instance.Definition.AdminDirectory, instance.Definition.UserDirectory, what, Lock], null, cancellation);
}
