using System.Globalization;

namespace Asterisell.Engine.Operations;

/// <summary>What can go wrong with an operation as a whole.</summary>
internal static class OperationErrors
{
    internal static AsterisellException InstanceTimedOut(AsterisellInstance instance, TimeSpan limit) =>
        new(
            nameof(InstanceTimedOut),
            ErrorKind.Timeout,
            instance.ToString(),
            $"did not finish within {limit.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s and was told to stop.",
            "Give it more time with -TimeoutSec, or see what it is waiting for: Get-AsterisellStatus " + instance);
}
