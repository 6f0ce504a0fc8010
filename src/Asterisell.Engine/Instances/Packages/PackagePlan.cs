namespace Asterisell.Engine.Instances.Packages;

/// <summary>What an update of an instance's packages would do.</summary>
public sealed class PackagePlan
{
    internal PackagePlan(PackageTransaction transaction, bool isCutOff) => (Transaction, IsCutOff) = (transaction, isCutOff);

    /// <summary>True when an earlier update was cut off with its container: it is undone, and nothing else is done.</summary>
    public bool IsCutOff { get; }

    internal PackageTransaction Transaction { get; }

    /// <summary>Each package; empty where nothing is pending.</summary>
    public IReadOnlyList<PackageChange> Changes =>
        [.. Transaction.Steps.Select(step => new PackageChange(step.Package, step.Architecture, step.From, step.To, step.IsSecurity))];

    /// <summary>In one line, for a question.</summary>
    public override string ToString()
    {
        IReadOnlyList<PackageChange> changes = Changes;
        if (IsCutOff || changes.Count == 0)
        {
            return IsCutOff ? "no package, but undo an update that was cut off" : "no package: none is pending";
        }

        int security = changes.Count(change => change.IsSecurity == true);
        return $"{changes.Count} {(changes.Count == 1 ? "package" : "packages")}{(security > 0 ? $" ({security} for security)" : "")}: {string.Join(", ", changes)}";
    }
}

/// <summary>How packages are updated.</summary>
public sealed record PackageUpdateOptions
{
    /// <summary>Longest wait for running jobs; when it is over, nothing is changed.</summary>
    public TimeSpan DrainLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Time for the instance to be healthy after the update; when it is over, the update is undone.</summary>
    public TimeSpan HealthLimit { get; init; } = TimeSpan.FromMinutes(1);
}

/// <summary>How an update ended.</summary>
/// <param name="Result">What was done.</param>
/// <param name="Failure">Why it failed; null where it did not.</param>
public sealed record PackageUpdateOutcome(PackageUpdateResult Result, AsterisellException? Failure);
