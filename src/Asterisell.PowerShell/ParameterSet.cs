namespace Asterisell.PowerShell;

/// <summary>Names of parameter sets that several cmdlets have.</summary>
internal static class ParameterSet
{
    /// <summary>What is meant is given by name.</summary>
    internal const string Name = nameof(Name);

    /// <summary>What is meant comes through the pipeline as our own object.</summary>
    internal const string InputObject = nameof(InputObject);
}
