namespace Asterisell.Engine.Instances;

/// <summary>A run of <c>asterisell.php</c>, judged.</summary>
/// <param name="Outcome">Exit code and output, which are not to be believed alone.</param>
/// <param name="Result">What they prove together.</param>
public sealed record ApplicationRun(CommandOutcome Outcome, ApplicationResult Result);

/// <summary>What a run of <c>asterisell.php</c> proves by itself.</summary>
public enum ApplicationResult
{
    /// <summary>It says that the work is done, and nothing that speaks against it.</summary>
    Succeeded,

    /// <summary>It did not do what it was asked for.</summary>
    Failed,

    /// <summary>It would say the same either way: look at the rows, files and locks that it should have left.</summary>
    Unknown,
}
