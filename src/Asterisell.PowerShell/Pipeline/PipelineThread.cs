namespace Asterisell.PowerShell.Pipeline;

/// <summary>
/// Lets a cmdlet await: PowerShell takes output only on the thread that called the cmdlet, so this context queues every continuation and
/// that thread works the queue while the task runs.
/// </summary>
/// <remarks>One for the life of a cmdlet, because something begun in one step may still come back in the next.</remarks>
internal sealed class PipelineThread : SynchronizationContext, IDisposable
{
    private readonly object gate = new();
    private readonly Queue<Work> queue = new();
    private int pumpingThread;
    private bool closed;

    /// <summary>True on the thread that works the queue now.</summary>
    public bool IsCurrent => Volatile.Read(ref pumpingThread) == Environment.CurrentManagedThreadId;

    /// <summary>
    /// Runs <paramref name="body"/> to its end on this thread. Once <paramref name="stop"/> is cancelled the body is given
    /// <paramref name="grace"/> to clean up; after that it is left to end on its own and <see cref="OperationCanceledException"/> is thrown.
    /// </summary>
    public void Run(Func<Task> body, TimeSpan grace, CancellationToken stop)
    {
        SynchronizationContext? outer = Current;
        SetSynchronizationContext(this);
        Volatile.Write(ref pumpingThread, Environment.CurrentManagedThreadId);
        try
        {
            Task task = body();
            if (!task.IsCompleted)
            {
                Pump(task, grace, stop);
            }

            task.GetAwaiter().GetResult();
        }
        finally
        {
            Volatile.Write(ref pumpingThread, 0);
            SetSynchronizationContext(outer);
        }
    }

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state)
    {
        if (!Enqueue(new Work(() => d(state), Abandoned: null)))
        {
            // Nobody works the queue any more, but what waits on this continuation (a lock to give back) must still happen.
            ThreadPool.QueueUserWorkItem(static work => work.Callback(work.State), (Callback: d, State: state), preferLocal: false);
        }
    }

    /// <inheritdoc/>
    public override void Send(SendOrPostCallback d, object? state) => Invoke(() => d(state));

    /// <summary>Runs <paramref name="action"/> on the pipeline thread and waits for it; at once when called there.</summary>
    /// <exception cref="OperationCanceledException">The cmdlet is over.</exception>
    public void Invoke(Action action)
    {
        if (IsCurrent)
        {
            action();
            return;
        }

        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Attempt()
        {
            try
            {
                action();
                done.SetResult();
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        }

        if (!Enqueue(new Work(Attempt, Abandoned: () => done.TrySetCanceled())))
        {
            throw new OperationCanceledException("The cmdlet is over.");
        }

        done.Task.GetAwaiter().GetResult();
    }

    /// <summary>Starts <paramref name="body"/> on the pipeline thread; the task is its whole run.</summary>
    public Task InvokeAsync(Func<Task> body)
    {
        if (IsCurrent && Current == this)
        {
            return body();
        }

        // What surrounds the call (the lease that it is made under) surrounds the body too.
        ExecutionContext? surroundings = ExecutionContext.Capture();
        var started = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Start()
        {
            try
            {
                if (surroundings is null)
                {
                    started.SetResult(body());
                }
                else
                {
                    ExecutionContext.Run(surroundings, _ => started.SetResult(body()), null);
                }
            }
            catch (Exception failure)
            {
                started.SetException(failure);
            }
        }

        return Enqueue(new Work(Start, Abandoned: () => started.TrySetCanceled()))
            ? started.Task.Unwrap()
            : Task.FromCanceled(new CancellationToken(canceled: true));
    }

    /// <summary>Closes the queue: what is in it runs elsewhere or, when it wanted to write, is cancelled.</summary>
    public void Dispose()
    {
        Work[] left;
        lock (gate)
        {
            closed = true;
            left = [.. queue];
            queue.Clear();
        }

        foreach (Work work in left)
        {
            (work.Abandoned ?? (() => ThreadPool.QueueUserWorkItem(static run => run(), work.Run, preferLocal: false)))();
        }
    }

    private void Pump(Task task, TimeSpan grace, CancellationToken stop)
    {
        long? giveUpAt = null;
        using CancellationTokenRegistration waking = stop.UnsafeRegister(static state => ((PipelineThread)state!).Wake(), this);
        task.ContinueWith(
            static (_, state) => ((PipelineThread)state!).Wake(), this,
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        while (true)
        {
            if (giveUpAt is null && stop.IsCancellationRequested)
            {
                giveUpAt = Environment.TickCount64 + (long)grace.TotalMilliseconds;
            }

            Work? work = Take(task, giveUpAt, stop);
            if (work is null && task.IsCompleted)
            {
                return;
            }

            if (giveUpAt is long limit && Environment.TickCount64 >= limit)
            {
                Forget(task);
                Dispose();
                throw new OperationCanceledException(stop);
            }

            work?.Run();
        }
    }

    /// <summary>Next piece of work; null when the task is over, when stopping begins or when the time to give up has come.</summary>
    private Work? Take(Task task, long? giveUpAt, CancellationToken stop)
    {
        lock (gate)
        {
            while (queue.Count == 0)
            {
                if (task.IsCompleted || (giveUpAt is null && stop.IsCancellationRequested))
                {
                    return null;
                }

                if (giveUpAt is null)
                {
                    Monitor.Wait(gate);
                }
                else if (!Monitor.Wait(gate, (int)Math.Max(0, giveUpAt.Value - Environment.TickCount64)))
                {
                    return null;
                }
            }

            return queue.Dequeue();
        }
    }

    private bool Enqueue(Work work)
    {
        lock (gate)
        {
            if (closed)
            {
                return false;
            }

            queue.Enqueue(work);
            Monitor.PulseAll(gate);
            return true;
        }
    }

    private void Wake()
    {
        lock (gate)
        {
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>An abandoned task may still fail; nobody is left to be told.</summary>
    private static void Forget(Task task) =>
        task.ContinueWith(
            static ended => _ = ended.Exception,
            CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private sealed record Work(Action Run, Action? Abandoned);
}
