namespace Asterisell.Engine.Instances;

/// <summary>Failures of terminal sessions.</summary>
public static class TerminalErrors
{
    /// <summary>There is no person at the other end.</summary>
    /// <param name="why">What was found instead; ends without a full stop.</param>
    public static AsterisellException NoTerminal(string why) => new(
        nameof(NoTerminal), ErrorKind.InvalidState, "", $"Entering an instance needs a terminal: {why}.",
        "In a script, run programs with: Invoke-AsterisellCommand NAME -Command PROGRAM, ARGUMENT");

    /// <summary>More than one instance was chosen.</summary>
    /// <param name="instances">Their names.</param>
    public static AsterisellException OneInstanceOnly(IReadOnlyList<string> instances)
    {
        ArgumentNullException.ThrowIfNull(instances);
        return new AsterisellException(
            nameof(OneInstanceOnly), ErrorKind.InvalidInput, "",
            $"One instance can be entered at a time; {instances.Count} were chosen: {string.Join(", ", instances)}.",
            $"Name one: Enter-AsterisellInstance {instances[0]}");
    }
}
