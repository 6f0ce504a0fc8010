namespace Asterisell;

/// <summary>How an operation on one instance ended.</summary>
public enum OperationStatus
{
    /// <summary>Done, and checked.</summary>
    Succeeded,

    /// <summary>Nothing had to be done.</summary>
    Unchanged,

    /// <summary>Not done; the reason stands beside it.</summary>
    Failed,

    /// <summary>Not begun: a failure limit was reached, or it was stopped.</summary>
    Skipped,
}
