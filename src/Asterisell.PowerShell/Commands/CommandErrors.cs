namespace Asterisell.PowerShell.Commands;

/// <summary>What can be wrong with the parameters of a cmdlet.</summary>
internal static class CommandErrors
{
    internal static AsterisellException CommandMissing() => new(
        nameof(CommandMissing),
        ErrorKind.InvalidInput,
        "",
        "There is nothing to run.",
        "Say it by -Command df,-h or -Shell 'df -h | tail -1'. Behind a pipeline the parameter's name is needed: … | Invoke-AsterisellCommand -Command df,-h");
}
