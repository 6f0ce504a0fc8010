namespace Asterisell.Engine.Backup.Restore.Drill;

/// <summary>Where a backup is restored to be proven.</summary>
/// <param name="Instance">Instance of the backup, as the inventory describes it.</param>
/// <param name="Host">Docker host that runs the throw-away container.</param>
/// <param name="ImageName">Image in place of the one that the backup was made on; null for that one.</param>
public sealed record DrillOptions(AsterisellInstance Instance, AsterisellHost Host, string? ImageName);
