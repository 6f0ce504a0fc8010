namespace Asterisell.Engine.Operations;

/// <summary>How the operation ended on one instance of a fleet.</summary>
/// <param name="Instance">Instance.</param>
/// <param name="Status">Succeeded, Failed or Skipped.</param>
/// <param name="Failure">Why it failed; null when it did not.</param>
/// <param name="Message">Why it failed or was not begun, in one sentence; empty when it succeeded.</param>
/// <param name="StartedAt">UTC; for one that was not begun, when that was decided.</param>
/// <param name="Duration">Time it took.</param>
public sealed record FleetOutcome(
    AsterisellInstance Instance, OperationStatus Status, Exception? Failure, string Message, DateTimeOffset StartedAt, TimeSpan Duration);
