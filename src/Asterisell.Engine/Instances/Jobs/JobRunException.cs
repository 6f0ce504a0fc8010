namespace Asterisell.Engine.Instances.Jobs;

/// <summary>A pass that failed or was not begun; it brings along what is known of it.</summary>
public sealed class JobRunException : AsterisellException
{
    internal JobRunException(string errorId, ErrorKind kind, AsterisellInstance instance, JobRun run, string? remedy)
        : base(errorId, kind, instance.ToString(), run.Message, remedy)
    {
        Run = run;
    }

    /// <summary>The pass.</summary>
    public JobRun Run { get; }
}
