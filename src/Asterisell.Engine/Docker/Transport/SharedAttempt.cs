namespace Asterisell.Engine.Docker.Transport;

/// <summary>Something found out once for all who want to know it at the same time.</summary>
/// <remarks>
/// A failure is told to everybody who waited for that attempt. A failure that took long is also told to those who come shortly after,
/// so that fifty instances on a dead host cost one timeout and not seven.
/// </remarks>
internal sealed class SharedAttempt<T>(Func<Task<T>> attempt)
{
    private static readonly TimeSpan LongFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(3);
    private readonly object _gate = new();
    private Task<T>? _current;
    private DateTime _retryAfter;

    internal Task<T> GetAsync(CancellationToken cancellation)
    {
        Task<T> current;
        lock (_gate)
        {
            if (_current is null || (_current.IsFaulted && DateTime.UtcNow >= _retryAfter))
            {
                _current = Task.Run(RunAsync, CancellationToken.None);
            }

            current = _current;
        }

        return current.IsCompletedSuccessfully ? current : current.WaitAsync(cancellation);
    }

    /// <summary>Lets the next who asks find out anew, unless that is going on already.</summary>
    internal void Forget()
    {
        lock (_gate)
        {
            if (_current?.IsCompleted is true)
            {
                _current = null;
            }
        }
    }

    private async Task<T> RunAsync()
    {
        DateTime start = DateTime.UtcNow;
        try
        {
            return await attempt().ConfigureAwait(false);
        }
        catch
        {
            DateTime end = DateTime.UtcNow;
            _retryAfter = end - start > LongFailure ? end + Remembered : DateTime.MinValue;
            throw;
        }
    }
}
