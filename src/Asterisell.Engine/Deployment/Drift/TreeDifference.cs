using Asterisell.Engine.Deployment.Release;

namespace Asterisell.Engine.Deployment.Drift;

/// <summary>A path at which an instance's application is not as the checkout has it.</summary>
/// <param name="Path">Below the application's folder.</param>
/// <param name="Change"><c>Added</c>, <c>Changed</c>, <c>Removed</c> or <c>OperatorFile</c>.</param>
/// <param name="Wanted">What should be there; null for nothing.</param>
/// <param name="Running">What is there; null for nothing.</param>
internal sealed record TreeDifference(string Path, DriftChange Change, TreeEntry? Wanted, RunningEntry? Running)
{
    /// <summary>True when what is there is not what was brought: somebody changed it in the instance. False where nobody noted what was brought.</summary>
    public bool IsEdited { get; init; }

    /// <summary>True when something of another kind is in its place: a folder where a file should be. It cannot be simply written over.</summary>
    public bool IsBlocked => Change == DriftChange.Changed && Wanted!.Kind != Running!.Kind;
}
