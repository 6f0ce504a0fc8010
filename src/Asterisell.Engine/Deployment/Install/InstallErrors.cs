namespace Asterisell.Engine.Deployment.Install;

/// <summary>Why an instance is not installed.</summary>
internal static class InstallErrors
{
    public static AsterisellException InstanceNameTaken(AsterisellInstance instance, string state, string image) => new(
        nameof(InstanceNameTaken), ErrorKind.Conflict, instance.ToString(),
        $"there is a container of that name already ({state}, image {image}) that this command did not make; it was not touched.",
        "If it is an instance that the old tool made, it needs no installation: Get-AsterisellStatus tells how it is. Else give one of the two another name.");

    public static AsterisellException VolumeNameTaken(AsterisellInstance instance, string volume) => new(
        nameof(VolumeNameTaken), ErrorKind.Conflict, instance.ToString(),
        $"there is a volume '{volume}' already that is not this instance's; it was not touched.",
        $"See what it is with: docker volume inspect {volume}");

    public static AsterisellException ImageNotFound(AsterisellInstance instance, string image) => new(
        nameof(ImageNotFound), ErrorKind.NotFound, instance.ToString(),
        $"the host has no image '{image}'.", $"Build it: Build-AsterisellImage {instance}");

    public static AsterisellException HostNotFit(AsterisellInstance instance, IReadOnlyList<HostCheck> failed) => new(
        nameof(HostNotFit), ErrorKind.InvalidState, instance.ToString(),
        $"the host is not fit for it: {string.Join(" ", failed.Select(check => check.Message))} Nothing was changed.",
        failed[0].Remedy);

    public static AsterisellException WebUserMissing(AsterisellInstance instance, string user, string image) => new(
        nameof(WebUserMissing), ErrorKind.InvalidInput, instance.ToString(),
        $"the image '{image}' has no user and group '{user}', whom web.unixUser names.", "Correct web.unixUser in the inventory, or the image.");

    public static AsterisellException DatabaseNotReachable(AsterisellInstance instance, string why) => new(
        nameof(DatabaseNotReachable), ErrorKind.Authentication, instance.ToString(),
        $"MariaDB's root could not be reached: {why}",
        $"See what MariaDB says: Get-AsterisellLog {instance} -Service mysql");

    public static AsterisellException RootStatementFailed(AsterisellInstance instance, string what, string why) => new(
        nameof(RootStatementFailed), ErrorKind.CommandFailed, instance.ToString(), $"{what} failed in MariaDB: {why}");

    public static AsterisellException InstallNotComplete(AsterisellInstance instance, int exitCode, IReadOnlyList<string> missing) => new(
        nameof(InstallNotComplete), ErrorKind.CommandFailed, instance.ToString(),
        $"the application's own installation ended with exit code {exitCode}, but it is not complete: {string.Join("; ", missing)}.",
        "Run the same command again; it begins with the database anew, as long as nobody's data are in it.");

    public static AsterisellException OtherCommandRuns(AsterisellInstance instance, string what) => new(
        nameof(OtherCommandRuns), ErrorKind.Conflict, instance.ToString(),
        $"another command of the application still runs: {what}.", "Wait for it to end, then run the same command again.");

    public static AsterisellException PagesDoNotAnswer(AsterisellInstance instance, string pages) => new(
        nameof(PagesDoNotAnswer), ErrorKind.InvalidState, instance.ToString(),
        $"everything is installed, but the web pages do not answer as they should: {pages}.",
        $"See why: Get-AsterisellLog {instance} -Service nginx, php");
}
