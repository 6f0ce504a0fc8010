namespace Asterisell.Engine.Docker;

/// <summary>The processes of a container as <c>ps</c> on the host shows them.</summary>
/// <param name="Titles">Names of the columns.</param>
/// <param name="Processes">One row a process.</param>
public sealed record ProcessTable(IReadOnlyList<string> Titles, IReadOnlyList<IReadOnlyList<string>> Processes);
